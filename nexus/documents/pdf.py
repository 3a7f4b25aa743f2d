"""PDFs, tagged so that a screen reader can follow them (PDF/UA-1).

A Typst template under `templates/` gets its data as JSON through `sys.inputs.data`, never as text put
together, so nothing a person typed can become markup. The shared frame is templates/nexus/documents/pdf/page.typ.
"""

import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
# Checked while the PDF is made: a title, a language, headings in order, text that can be read out.
STANDARD: Literal["ua-1"] = "ua-1"
log = logging.getLogger("nexus.documents")


def render_pdf(template_name: str, data: dict[str, Any], files: Mapping[str, Path] | None = None) -> bytes:
    """The PDF of `templates/<template_name>` with `data` (JSON values only).

    The template finds `files` below `/files/`, by their keys. Pages of a PDF may be among them: they can be
    shown, but not read out, so such a PDF is tagged and not PDF/UA. Where no font of this machine has a letter
    of a name, the PDF is still made, with a box for that letter, and is not PDF/UA either; the log says so.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _root(files or {}) as root:
        if any(name.endswith(".pdf") for name in files or {}):
            return _compiled(template_name, inputs, None, root)
        try:
            return _compiled(template_name, inputs, STANDARD, root)
        except typst.TypstError as error:
            if "font" not in error.message:
                raise
            log.warning("no font for a letter: PDF made without PDF/UA")
            return _compiled(template_name, inputs, None, root)


@contextmanager
def _root(files: Mapping[str, Path]) -> Iterator[Path]:
    """The folder Typst may read: our templates, and a copy of each file beside them while the PDF is made."""
    if not files:
        yield ROOT
        return
    with TemporaryDirectory(prefix="nexus-pdf-") as folder:
        root = Path(folder)
        for template in ROOT.rglob("*.typ"):
            copy = root / template.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template, copy)
        (root / "files").mkdir()
        for name, path in files.items():
            shutil.copyfile(path, root / "files" / name)
        yield root


PROBE = """#set document(title: [Probe])
#image(sys.inputs.name, page: int(sys.inputs.page), width: 10pt, height: 10pt, alt: "Probe")"""
NO_SUCH_PAGE = 1_000_000
PAGES = re.compile(r"the document only has (\d+) pages?")


def pages_in(path: Path) -> int:
    """How many pages of this PDF can be shown in one of ours; 0 when Typst cannot read it."""
    with TemporaryDirectory(prefix="nexus-pdf-") as folder:
        shutil.copyfile(path, Path(folder) / "probed.pdf")
        try:
            _probed(folder, "probed.pdf", NO_SUCH_PAGE)
        except typst.TypstError as error:
            found = PAGES.search(" ".join(error.hints))
            return int(found.group(1)) if found else 0
    return 0


def can_be_shown(path: Path, extension: str) -> bool:
    """Whether this picture can be shown in a PDF."""
    with TemporaryDirectory(prefix="nexus-pdf-") as folder:
        shutil.copyfile(path, Path(folder) / f"probed.{extension}")
        try:
            _probed(folder, f"probed.{extension}", 1)
        except typst.TypstError:
            return False
    return True


def _probed(folder: str, name: str, page: int) -> None:
    probe = Path(folder) / "probe.typ"
    probe.write_text(PROBE)
    typst.compile(str(probe), root=folder, format="pdf", sys_inputs={"name": name, "page": str(page)})


def _compiled(
    template_name: str, inputs: dict[str, str], standard: Literal["ua-1"] | None, root: Path
) -> bytes:
    return typst.compile(
        str(root / template_name),
        root=str(root),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=[standard] if standard else [],
        pdf_tags=True,
    )

"""PDFs, tagged so that a screen reader can follow them (PDF/UA-1).

A Typst template under `templates/` gets its data as JSON through `sys.inputs.data`, never as text put
together, so nothing a person typed can become markup. The shared frame is templates/nexus/documents/pdf/page.typ.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from nexus.confined import pages
from nexus.confined.running import Limits, confined

ROOT = settings.BASE_DIR / "templates"
TOGETHER = Limits(
    seconds=30, megabytes=600, written=200_000_000, patience=60
)  # of a PDF that shows many strangers' files
log = logging.getLogger("nexus.documents")


def render_pdf(template_name: str, data: dict[str, Any], files: Mapping[str, Path] | None = None) -> bytes:
    """The PDF of `templates/<template_name>` with `data` (JSON values only).

    The template finds `files` below `/files/`, by their keys. Pages of a PDF may be among them: they can be
    shown, but not read out, so such a PDF is tagged and not PDF/UA. Where no font of this machine has a letter
    of a name, the PDF is still made, with a box for that letter, and is not PDF/UA either; the log says so.
    Raises Failed where the files cannot be shown together (nexus/confined/running.py).
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    if not files:
        return _of_our_own(template_name, inputs)
    # Strangers' files are opened in the confined program, beside copies of our templates.
    given = {"template": template_name, "inputs": inputs, "tagged": not _holds_pages(files)}
    copies = {str(path.relative_to(ROOT)): path for path in ROOT.rglob("*.typ")}
    beside = {f"files/{name}": path for name, path in files.items()}
    with confined("pages", given, {**copies, **beside}, limits=TOGETHER) as done:
        return done.made.read_bytes()


def _holds_pages(files: Mapping[str, Path]) -> bool:
    return any(name.endswith(".pdf") for name in files)


def _of_our_own(template_name: str, inputs: dict[str, str]) -> bytes:
    made, is_accessible = pages.rendered(ROOT, template_name, inputs, tagged=True)
    if not is_accessible:
        log.warning("no font for a letter: PDF made without PDF/UA")
    return made

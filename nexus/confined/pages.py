"""Typst with pictures and PDFs that strangers made: whether each page can be shown, and the PDF they are shown in."""

import re
from pathlib import Path
from typing import Any, Literal

import typst

from nexus.confined.faults import Fault
from nexus.confined.heads import pixels_of
from nexus.confined.program import MADE

MOST_PAGES = 500
PICTURES = ("png", "jpg", "jpeg")
STANDARD: Literal["ua-1"] = "ua-1"
PAGES = re.compile(r"the document only has (\d+) pages?")
NO_SUCH_PAGE = 1_000_000
PROBE = """#set document(title: [Probe])
#set page(width: 100pt, height: 100pt, margin: 0pt)
#for number in range(int(sys.inputs.first), int(sys.inputs.last) + 1) {
  image(sys.inputs.name, page: number, width: 100pt, height: 100pt, fit: "contain", alt: "Probe")
}"""


def answer(folder: Path, given: dict[str, Any]) -> Any:
    """With a `template`, write its PDF; else how many pages of the file `file.<kind>` can be shown."""
    if "template" in given:
        made, is_accessible = rendered(folder, given["template"], given["inputs"], tagged=given["tagged"])
        (folder / MADE).write_bytes(made)
        return is_accessible
    kind = given["kind"]
    return (
        _pages_shown(folder, given.get("most", MOST_PAGES)) if kind == "pdf" else _picture_shown(folder, kind)
    )


def rendered(root: Path, template: str, inputs: dict[str, str], *, tagged: bool) -> tuple[bytes, bool]:
    """The PDF of a template, and whether it is PDF/UA: where it is `tagged` and a font has every letter."""
    if tagged:
        try:
            return _compiled(root, template, inputs, [STANDARD]), True
        except typst.TypstError as error:
            if "font" not in error.message:
                raise
    return _compiled(root, template, inputs, []), False


def _pages_shown(folder: Path, most: int) -> int:
    """Each page is really drawn: one that cannot be would fail the whole bundle later."""
    pages = _pages_named(folder)
    if pages > most:
        raise Fault("pages", most=most)
    if not pages:
        raise Fault("damaged")
    _probed(folder, "file.pdf", 1, pages)
    return pages


def _pages_named(folder: Path) -> int:
    try:
        _probed(folder, "file.pdf", NO_SUCH_PAGE, NO_SUCH_PAGE)
    except typst.TypstError as error:
        words = " ".join((error.message, *error.hints))
        if found := PAGES.search(words):
            return int(found.group(1))
        raise Fault("password" if "encrypted" in words or "password" in words else "damaged") from error
    raise Fault("damaged")


def _picture_shown(folder: Path, kind: str) -> int:
    if kind not in PICTURES:
        raise Fault("kind")
    name = f"file.{kind}"
    pixels_of(folder / name, kind)
    _probed(folder, name, 1, 1)
    return 1


def _probed(folder: Path, name: str, first: int, last: int) -> None:
    _compiled(folder, PROBE.encode(), {"name": name, "first": str(first), "last": str(last)}, [])


def _compiled(root: Path, template: str | bytes, inputs: dict[str, str], standards: list[Any]) -> bytes:
    source: Any = template if isinstance(template, bytes) else str(root / template)
    return typst.compile(
        source,
        root=str(root),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        pdf_tags=True,
    )

"""Takes the text out of one Word or PDF file, with a blank line between paragraphs."""

import io
import statistics
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from pypdf import PageObject, PdfReader

from nexus.confined.faults import Fault

LARGEST_PART = 20_000_000  # bytes of a Word file's text, unpacked
MOST_PAGES = 200
LONGEST = 200_000  # characters
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SAME_LINE = 3  # points
WIDER = 1.25  # times the usual gap between lines
SAME_SIZE = 1  # points


def answer(folder: Path, given: dict[str, Any]) -> str:
    """The text of the file `file`, which is a `kind`."""
    return text_in(given["kind"], (folder / "file").read_bytes())


def text_in(kind: str, content: bytes) -> str:
    """The text. Raises Fault where it is too long or the file says no."""
    text = {"docx": of_docx, "pdf": of_pdf}[kind](content)
    if len(text) > LONGEST:
        raise Fault("long")
    return text


def of_docx(content: bytes) -> str:
    """Every paragraph of the body, tables included; what tracked changes took out is not text any more."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = packed.getinfo("word/document.xml")
        if part.file_size > LARGEST_PART:
            raise Fault("long")
        xml = packed.read(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:
        raise Fault("damaged")  # Word writes none; only an attack does
    found = ("".join(_words(paragraph)).strip() for paragraph in root.iter(f"{WORD}p"))
    return "\n\n".join(text for text in found if text)


def _words(paragraph: object) -> Iterator[str]:
    """The words of one paragraph, not those of a text box inside it, nor of what older programs show instead."""
    for element in paragraph:  # type: ignore[attr-defined]
        if element.tag == f"{WORD}t":
            yield element.text or ""
        elif element.tag == f"{WORD}tab":
            yield " "
        elif element.tag in (f"{WORD}br", f"{WORD}cr"):
            yield "\n"
        elif element.tag == f"{WORD}r" and _is_hidden(element):
            continue
        elif element.tag not in (f"{WORD}p", f"{WORD}pPr", f"{WORD}moveFrom", FALLBACK):
            yield from _words(element)


def _is_hidden(run: object) -> bool:
    """Whether Word hides these words by their own formatting: nobody who checked the file on paper read them."""
    vanish = run.find(f"{WORD}rPr/{WORD}vanish")  # type: ignore[attr-defined]
    return vanish is not None and vanish.get(f"{WORD}val") not in ("0", "false", "off")


def of_pdf(content: bytes) -> str:
    """The text of every page, in paragraphs as the gaps between its lines show them."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Fault("password")
    if len(reader.pages) > MOST_PAGES:
        raise Fault("long")
    pages = [_lines(page) for page in reader.pages]
    return "\n\n".join(_paragraphs(_without_margins(pages)))


class Line(NamedTuple):
    """One line of a page: how high it stands, how large its letters are, and its words."""

    height: float
    size: float
    words: str


def _lines(page: PageObject) -> list[Line]:
    """The lines of a page as they are drawn; pieces at one height are one line."""
    lines: list[Line] = []

    def keep(text: str, matrix: list[float], of_text: list[float], font: object, size: float) -> None:
        height = of_text[4] * matrix[1] + of_text[5] * matrix[3] + matrix[5]
        if lines and (not text.strip() or abs(lines[-1].height - height) < SAME_LINE):
            lines[-1] = lines[-1]._replace(words=lines[-1].words + text)
        elif text.strip():
            lines.append(Line(height, size, text))

    page.extract_text(visitor_text=keep)
    return [line._replace(words=" ".join(line.words.split())) for line in lines]


def _without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Without what stands at the head or foot of every page, whatever its page number."""

    def without_digits(line: Line) -> str:
        return "".join(letter for letter in line.words if not letter.isdigit())

    while len(pages) > 1:
        edge = next((at for at in (0, -1) if _same_on_all(pages, at, without_digits)), None)
        if edge is None:
            return pages
        pages = [page[1:] if edge == 0 else page[:-1] for page in pages]
    return pages


def _same_on_all(pages: list[list[Line]], at: int, words_of: Callable[[Line], str]) -> bool:
    return all(pages) and len({words_of(page[at]) for page in pages}) == 1


def _paragraphs(pages: list[list[Line]]) -> list[str]:
    """What is drawn apart is a paragraph; one goes on over the page when its sentence does."""
    gaps = [above.height - below.height for page in pages for above, below in pairwise(page)]
    usual = statistics.median_low([gap for gap in gaps if gap > 0] or [0])
    found: list[str] = []
    for page in pages:
        before = None
        for line in page:
            apart = _apart(before, line, usual) if before else bool(found) and _is_sentence(found[-1])
            if not found or apart or _begins_a_number(line.words):
                found.append(line.words)
            else:
                found[-1] += f" {line.words}"
            before = line
    return found


def _apart(above: Line, line: Line, usual: float) -> bool:
    """Whether a gap wider than the usual one, or other letters, part the two lines."""
    near = 0 < above.height - line.height < WIDER * usual
    return not near or abs(above.size - line.size) > SAME_SIZE


def _is_sentence(words: str) -> bool:
    return words.endswith((".", "!", "?", ":", ";", "”", '"'))


def _begins_a_number(words: str) -> bool:
    first = words.split(" ")[0]
    return first[-1:] in (".", ")") and first[:-1].isdigit() and len(first) <= 4

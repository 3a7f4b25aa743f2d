"""Binds many files into one paginated PDF: our own pages with page numbers, index and bookmarks, theirs set into them.

A stranger's PDF is not drawn anew. Our template leaves a page for each of its pages, with our head and foot, and that
page's own content is set into the room between them: fast, its words can still be searched, and nothing of the file
comes along but what is drawn: no links, no scripts, no forms, no attachments, no notes.
"""

import gc
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from nexus.confined.faults import Fault
from nexus.confined.pages import MOST_PAGES, PICTURES, rendered
from nexus.confined.program import MADE
from nexus.confined.redacting import still_there

MOST_PAGES_TOGETHER = 2_000
LEFT_OUT = ("/Metadata", "/PieceInfo", "/AF", "/Annots", "/AA", "/Thumb", "/OPI", "/LastModified")
THEIRS = NameObject("/Theirs")
# Room of their page between our head and foot, in points: left, bottom, and the margins at the right and at the top.
LEFT, BOTTOM, RIGHT, TOP = 36.0, 48.0, 36.0, 62.0


def answer(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Bind `files` ({key: {name, kind}}) by the template, which finds what was found of each in `data.theirs`.

    Answers with the first page and the number of pages of each entry, and a fault's word for each file left out.
    Raises Fault "redacted" where one of `words` can still be read in what was made.
    """
    gc.disable()  # the process ends with this, and looking for cycles among many small objects takes a quarter of it
    files, words = given["files"], given["words"]
    books, faults = opened(folder, files, words)
    data = given["data"]
    data["theirs"] = {key: turned(book) for key, book in books.items()}
    data["faults"] = {key: given["clauses"][fault].format(**more) for key, (fault, more) in faults.items()}
    base, _ = rendered(folder, given["template"], {"data": json.dumps(data)}, tagged=not files)
    made, numbers, total = bound(base, books)
    if words and (left := left_in(made, base, words)):
        raise Fault("redacted", left=len(left))
    (folder / MADE).write_bytes(made)
    return {
        "pages": numbers,
        "faults": {key: fault for key, (fault, _) in faults.items()},
        "total": total,
    }


Book = list[PageObject]
Faults = dict[str, tuple[str, dict[str, Any]]]


def opened(folder: Path, files: dict[str, Any], words: list[str]) -> tuple[dict[str, Book], Faults]:
    """The pages of each PDF that can be bound, and why the others cannot."""
    books: dict[str, Book] = {}
    faults: Faults = {}
    room = MOST_PAGES_TOGETHER
    for key, file in files.items():
        try:
            if file["kind"] in PICTURES:
                continue  # each was looked at by itself, and the template draws it
            pages = pages_of(folder / "files" / file["name"], words)
            if len(pages) > room:
                raise Fault("together", most=MOST_PAGES_TOGETHER)
        except Fault as fault:
            faults[key] = (fault.word, fault.more)
        except Exception:  # whatever a broken file does to a parser
            faults[key] = ("damaged", {})
        else:
            books[key], room = pages, room - len(pages)
    return books, faults


def pages_of(path: Path, words: list[str]) -> Book:
    """The pages of one file. Raises Fault where it cannot be bound, or holds a word that must not be read."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Fault("password")
    if len(reader.pages) > MOST_PAGES:
        raise Fault("pages", most=MOST_PAGES)
    pages = list(reader.pages)
    if not pages:
        raise Fault("damaged")
    for page in pages:
        box = page.cropbox
        if box.width <= 0 or box.height <= 0 or page.rotation % 90:
            raise Fault("damaged")
        if words and still_there("\n".join(words_of(page)), words):
            raise Fault("holds")
    return pages


def words_of(page: PageObject) -> Iterator[str]:
    """Everything of a page that reads as words: what is drawn, and what stands in its content without being drawn."""
    yield page.extract_text()
    contents = page.get_contents()
    if contents is not None:
        raw = contents.get_data()
        yield raw.decode("latin-1")
        yield raw.decode("utf-16-be", "ignore")


def turned(book: Book) -> list[bool]:
    """Of each page, whether it is wider than high as it is read."""
    found = []
    for page in book:
        wide = page.cropbox.width > page.cropbox.height
        found.append(bool(wide) != (page.rotation % 180 == 90))
    return found


def bound(base: bytes, books: dict[str, Book]) -> tuple[bytes, dict[str, list[int]], int]:
    """Our pages with theirs set in; by key the first page and how many there are; and how many in all."""
    reader = PdfReader(io.BytesIO(base))
    writer, numbers = PdfWriter(clone_from=reader), places_in(reader)
    ours = writer.pages
    for key, book in books.items():
        first = numbers[key][0] - 1
        for offset, page in enumerate(book):
            set_into(writer, ours[first + offset], page)
    for kept in writer._objects:
        if isinstance(kept, DictionaryObject) and kept.get("/Type") != "/Catalog":
            for name in LEFT_OUT:
                if name in kept and not (name == "/Annots" and kept.get("/Type") == "/Page"):
                    del kept[name]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), numbers, len(ours)


def places_in(base: PdfReader) -> dict[str, list[int]]:
    """By key the first page of each entry, which the template labels “entry-KEY” and begins on a page of its own, and
    how many pages there are until the next."""
    firsts = {
        title.removeprefix("entry-"): (base.get_destination_page_number(where) or 0) + 1
        for title, where in base.named_destinations.items()
        if title.startswith("entry-")
    }
    begins = sorted({*firsts.values(), len(base.pages) + 1})
    return {key: [first, begins[begins.index(first) + 1] - first] for key, first in firsts.items()}


def set_into(writer: PdfWriter, ours: PageObject, theirs: PageObject) -> None:
    """Their page's content as a form on ours, upright and as large as there is room."""
    form = writer._add_object(form_of(writer, theirs))
    resources = ours["/Resources"]
    forms = resources.setdefault(NameObject("/XObject"), DictionaryObject())  # type: ignore[attr-defined]
    forms.get_object()[THEIRS] = form
    matrix = " ".join(f"{each:.5f}" for each in placing(ours, theirs))
    drawn = DecodedStreamObject()
    drawn.set_data(f"q {matrix} cm {THEIRS} Do Q".encode())
    before = ours.get("/Contents")
    parts = ArrayObject(before if isinstance(before, ArrayObject) else [ours.raw_get("/Contents")])
    parts.append(writer._add_object(drawn))
    ours[NameObject("/Contents")] = parts


def placing(ours: PageObject, theirs: PageObject) -> Iterable[float]:
    """The matrix that turns their page upright and fits it between our head and foot."""
    box = theirs.cropbox
    x, y, width, height = (float(each) for each in (box.left, box.bottom, box.width, box.height))
    angle = theirs.rotation % 360
    a, b, c, d, e, f = {
        0: (1.0, 0.0, 0.0, 1.0, -x, -y),
        90: (0.0, -1.0, 1.0, 0.0, -y, width + x),
        180: (-1.0, 0.0, 0.0, -1.0, width + x, height + y),
        270: (0.0, 1.0, -1.0, 0.0, height + y, -x),
    }[angle]
    if angle in (90, 270):
        width, height = height, width
    room_x = float(ours.mediabox.width) - LEFT - RIGHT
    room_y = float(ours.mediabox.height) - BOTTOM - TOP
    scale = min(room_x / width, room_y / height, 1.0)
    right = LEFT + (room_x - width * scale) / 2
    up = BOTTOM + (room_y - height * scale)
    return (a * scale, b * scale, c * scale, d * scale, e * scale + right, f * scale + up)


def form_of(writer: PdfWriter, page: PageObject) -> StreamObject:
    """What their page draws, as one object that stands by itself."""
    stream = content_of(page)
    box = page.cropbox
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject(
        [FloatObject(each) for each in (box.left, box.bottom, box.right, box.top)]
    )
    resources = page.get("/Resources", DictionaryObject()).get_object()
    stream[NameObject("/Resources")] = resources.clone(writer, ignore_fields=["/Parent"])
    return stream


def content_of(page: PageObject) -> StreamObject:
    """The page's drawing. One that lies in one piece is taken as it is packed, without being unpacked."""
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    if isinstance(contents, ArrayObject) and len(contents) == 1:
        contents = contents[0].get_object()
    if isinstance(contents, EncodedStreamObject):
        taken = EncodedStreamObject()
        taken._data = contents._data
        for name in ("/Filter", "/DecodeParms"):
            if name in contents:
                taken[NameObject(name)] = plain(contents[name])
        return taken
    whole = page.get_contents()
    joined = DecodedStreamObject()
    joined.set_data(whole.get_data() if whole is not None else b"")
    return joined.flate_encode()


def plain(value: Any) -> Any:
    """The value without references to another file."""
    value = value.get_object() if isinstance(value, IndirectObject) else value
    if isinstance(value, ArrayObject):
        return ArrayObject([plain(each) for each in value])
    if isinstance(value, DictionaryObject):
        return DictionaryObject({NameObject(name): plain(value[name]) for name in value})
    return NumberObject(value) if isinstance(value, int) and not isinstance(value, bool) else value


def left_in(made: bytes, base: bytes, words: list[str]) -> list[str]:
    """Those of the words that can be read in the finished file: on a page of ours, in a bookmark, in what is said of the
    file, or in its bytes. Each page of theirs was read before it was set in, and one that holds a word never is."""
    reader = PdfReader(io.BytesIO(base))
    found: set[str] = set()
    told = [str(value) for value in (reader.metadata or {}).values()]
    told += [each.title or "" for each in flat(reader.outline)]
    for page in reader.pages:
        told += words_of(page)
    for text in told:
        found.update(still_there(text, words))
    raw = made.decode("latin-1")
    return sorted(found | set(still_there(raw, words)))


def flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from flat(each)
        else:
            yield each

"""Files good and hostile, each made by a few lines: nothing here was taken from anywhere."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

from nexus.confined.words import WORD


class Made(NamedTuple):
    """A file of the corpus: its name, what makes it, and the word of running.FAULTS it must end with; none: opened."""

    name: str
    make: Callable[[], bytes]
    fault: str = ""


# PDFs.

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PLAIN = b"<</Font<</F0 5 0 R>>>>"
HELLO = b"BT /F0 12 Tf 10 10 Td (I saw it.) Tj ET"


def a_pdf(
    *,
    resources: bytes = PLAIN,
    content: bytes = HELLO,
    page: bytes = b"/MediaBox[0 0 200 200]",
    pages: int = 1,
    more: Iterable[bytes] = (),
    catalog: bytes = b"",
    filters: bytes = b"",
) -> bytes:
    """A PDF written by hand, so that any part of it can be wrong. Objects 6, 7 … are `more`."""
    kids = b"3 0 R " * pages
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R" + page + b"/Contents 4 0 R/Resources " + resources + b">>",
        b"<</Length %d%s>>stream\n" % (len(content), filters) + content + b"\nendstream",
        FONT,
        *more,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + end


@cache
def noughts(number: int) -> bytes:
    """That many noughts packed by zlib, made in a moment: one million are packed, and repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(number % 1_000_000)) + packer.flush()
    total = 1
    for _ in range(number // 1_000_000):
        total = zlib.adler32(bytes(1_000_000), total)
    total = zlib.adler32(bytes(number % 1_000_000), total)
    return b"\x78\xda" + million * (number // 1_000_000) + rest + struct.pack(">I", total)


def unpacking_to(megabytes: int, *, times: int = 1) -> bytes:
    """A PDF whose content stream is packed once, or again and again."""
    content = noughts(megabytes * 1_000_000)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return a_pdf(content=content, filters=b"/Filter[" + b"/FlateDecode " * times + b"]")


def mutated(content: bytes, seed: int, changes: int) -> bytes:
    """The same with some bytes replaced, put in or taken out: as the seed says."""
    chosen, found = random.Random(seed), bytearray(content)  # noqa: S311  # no secret hangs on it
    for _ in range(changes):
        at, what = chosen.randrange(len(found)), chosen.random()
        if what < 0.4:
            found[at] = chosen.choice(b"\n\0<>[]()/ %0RxQ")
        elif what < 0.7:
            found[at:at] = bytes([chosen.choice(b"\n\0<>[]()/ %0RxQ")])
        else:
            del found[at : at + chosen.randint(1, 3)]
    return bytes(found)


def locked(content: bytes) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


# Pictures.


def a_png(width: int, height: int, *, colour: int = 2, said: tuple[int, int] | None = None) -> bytes:
    """All of one colour. `said`: the size its head names, where that is another."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    packed = noughts((1 + width * samples) * height)
    head = struct.pack(">IIBBBBB", *(said or (width, height)), 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body) for kind, body in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_jpeg_head(width: int, height: int, *, before: bytes = b"") -> bytes:
    """The beginning of a JPEG, which is all that is read before it is refused."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + before + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def a_gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def a_tiff(width: int, height: int) -> bytes:
    entries = struct.pack("<HHII", 256, 4, 1, width) + struct.pack("<HHII", 257, 4, 1, height)
    return b"II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4)


# Packages: Word files and workbooks.


def a_package(parts: dict[str, bytes], *, compressed: bool = True) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def a_docx(body: str, *, doctype: str = "", more: dict[str, bytes] | None = None) -> bytes:
    xml = f'{doctype}<w:document xmlns:w="{WORD.strip("{}")}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()}
    return a_package(parts | (more or {}))


def paragraphs(number: int, words: str = "I saw it.") -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" * number

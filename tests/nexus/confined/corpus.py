"""The corpus: what is shown in the bundle (pictures, PDFs) and what is read for its words (Word files, PDFs)."""

import struct

from tests.nexus.confined.files import (
    HELLO,
    PLAIN,
    Made,
    a_docx,
    a_gif,
    a_jpeg_head,
    a_package,
    a_pdf,
    a_png,
    a_tiff,
    locked,
    mutated,
    paragraphs,
    unpacking_to,
)

DEEP = 200_000  # brackets inside each other
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
# The form refuses these by name, magic or directory before anything is opened: they reach no program.
AT_THE_FORM = "form"
VIRUS = "virus"

SHOWN = (
    Made("plain.pdf", a_pdf),
    Made("forty pages.pdf", lambda: a_pdf(pages=40)),
    Made("five hundred pages.pdf", lambda: a_pdf(pages=500)),
    Made("three thousand pages.pdf", lambda: a_pdf(pages=3_000), "pages"),
    Made("sixty thousand pages.pdf", lambda: a_pdf(pages=60_000), "pages"),
    Made("no page.pdf", lambda: a_pdf(pages=0), "damaged"),
    Made("more pages said than there are.pdf", lambda: a_pdf().replace(b"/Count 1", b"/Count 9")),
    Made("pages that are their own parent.pdf", lambda: a_pdf().replace(b"/Kids[3 0 R ]", b"/Kids[2 0 R ]"), "damaged"),
    Made("a page of no size.pdf", lambda: a_pdf(page=b"/MediaBox[0 0 0 0]")),
    Made("a page of a million miles.pdf", lambda: a_pdf(page=b"/MediaBox[0 0 1e30 1e30]"), "damaged"),
    Made("deep arrays.pdf", lambda: a_pdf(resources=b"<</X " + b"[" * DEEP + b"]" * DEEP + b">>"), "crash"),
    Made("deep dictionaries.pdf", lambda: a_pdf(resources=b"<</X" * DEEP + b">>" * DEEP), "crash"),
    Made("deep in its content.pdf", lambda: a_pdf(content=b"q " * DEEP + HELLO)),
    Made("a stream packed five times.pdf", lambda: unpacking_to(400, times=5), "memory"),
    Made("a stream of 400 MB.pdf", lambda: unpacking_to(400), "memory"),
    Made("an object that is itself.pdf", lambda: a_pdf(resources=b"6 0 R", more=[b"6 0 R"])),
    Made("javascript.pdf", lambda: a_pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")),
    Made("locked.pdf", lambda: locked(a_pdf()), "password"),
    Made("cut in the middle.pdf", lambda: a_pdf()[:200], "damaged"),
    Made("only its head.pdf", lambda: b"%PDF-1.7\n", "damaged"),
    Made("noughts.pdf", lambda: b"%PDF-1.7\n" + bytes(100_000), "damaged"),
    Made("a programme with a PDF’s name.pdf", lambda: b"MZ" + bytes(500), AT_THE_FORM),
    Made("a web page with a PDF’s name.pdf", lambda: b"<html><script>alert(1)</script>", AT_THE_FORM),
    Made("empty.pdf", lambda: b"", AT_THE_FORM),
    Made("a PDF and a ZIP.pdf", lambda: a_pdf() + a_package({"word/document.xml": b"<x/>"})),
    Made("small.png", lambda: a_png(20, 10)),
    Made("twelve million pixels.png", lambda: a_png(4_000, 3_000)),
    Made("900 million pixels, grey.png", lambda: a_png(30_000, 30_000, colour=0), "pixels"),
    Made("a head of four thousand million squared.png", lambda: a_png(1, 1, said=(2**32 - 1, 2**32 - 1)), "pixels"),
    Made("a head of no size.png", lambda: a_png(1, 1, said=(0, 10)), "damaged"),
    Made("a head larger than its picture.png", lambda: a_png(10, 10, said=(6_000, 6_000)), "damaged"),
    Made("cut in its head.png", lambda: a_png(10, 10)[:20], "damaged"),
    Made("a JPEG with a PNG’s name.png", lambda: a_jpeg_head(10, 10), AT_THE_FORM),
    Made("large.jpg", lambda: a_jpeg_head(65_500, 65_500), "pixels"),
    Made("no picture behind its head.jpg", lambda: a_jpeg_head(100, 100), "damaged"),
    Made("markers without end.jpg", lambda: b"\xff\xd8" + b"\xff\xe1\x00\x02" * 5_000, "damaged"),
    Made("two sizes.jpg", lambda: a_jpeg_head(9, 9, before=a_jpeg_head(60_000, 60_000)[2:-2]), "pixels"),
    Made("a segment longer than its file.jpg", lambda: b"\xff\xd8\xff\xe1\xff\xff" + bytes(9), "damaged"),
    Made("large.gif", lambda: a_gif(65_000, 65_000), AT_THE_FORM),
    Made("a GIF with a PNG’s name.png", lambda: a_gif(65_000, 65_000), AT_THE_FORM),
    Made("large.tiff", lambda: a_tiff(1_000_000, 1_000_000), AT_THE_FORM),
    Made("a TIFF with a JPEG’s name.jpg", lambda: a_tiff(1_000_000, 1_000_000), AT_THE_FORM),
    Made("a drawing.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", AT_THE_FORM),
    Made("hel\u202efdp.png", lambda: a_png(1, 1), AT_THE_FORM),
    Made("statement.exe.pdf", a_pdf, AT_THE_FORM),
)  # fmt: skip

READ = (
    Made("statement.docx", lambda: a_docx(paragraphs(20))),
    Made("ten thousand paragraphs.docx", lambda: a_docx(paragraphs(10_000))),
    Made("a million characters.docx", lambda: a_docx(paragraphs(1, "x" * 1_000_000)), "long"),
    Made("unpacks to 30 MB.docx", lambda: a_docx("<w:p/>" + " " * 30_000_000), "long"),
    Made("unpacks to 101 MB.docx", lambda: a_package({"word/document.xml": bytes(101_000_000)}), AT_THE_FORM),
    Made("eight thousand parts.docx", lambda: a_docx("", more={f"word/{n}": b"" for n in range(8_000)}), AT_THE_FORM),
    Made("deep.docx", lambda: a_docx("<w:p>" * 50_000 + "</w:p>" * 50_000), "damaged"),
    Made("entities.docx", lambda: a_docx(paragraphs(1, "&b;"), doctype=ENTITIES), "damaged"),
    Made("an entity outside.docx", lambda: a_docx(paragraphs(1, "&a;"), doctype=OUTSIDE), "damaged"),
    Made("no text.docx", lambda: a_package({"word/other.xml": b"<x/>"}), "damaged"),
    Made("not XML.docx", lambda: a_package({"word/document.xml": b"\x00\x01"}), "damaged"),
    Made("macros.docx", lambda: a_docx("", more={"word/vbaProject.bin": b"x"}), VIRUS),
    Made("a workbook with a Word name.docx", lambda: a_package({"xl/workbook.xml": b"<x/>"}), AT_THE_FORM),
    Made("an old Word file.docx", lambda: struct.pack(">Q", 0xD0CF11E0A1B11AE1) + bytes(600), AT_THE_FORM),
    Made("statement.pdf", lambda: a_pdf(pages=3)),
    Made("a thousand pages.pdf", lambda: a_pdf(pages=1_000), "long"),
    Made("deep arrays.pdf", lambda: a_pdf(resources=b"<</X " + b"[" * DEEP + b"]" * DEEP + b">>")),
    Made("packed five times.pdf", lambda: unpacking_to(400, times=5), "damaged"),
    Made("locked.pdf", lambda: locked(a_pdf()), "password"),
    Made("kind.docm", lambda: a_docx(""), AT_THE_FORM),
)  # fmt: skip

# Whatever comes of these, the program alone ends with it.
MUTATED = tuple(
    Made(f"mutated {seed}.pdf", lambda seed=seed: mutated(a_pdf(resources=PLAIN), seed, 1 + seed % 4))
    for seed in range(8)
)

"""The text of an upload: paragraphs of Word files, PDFs and plain text, and what cannot be read."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import typst
from pypdf import PdfReader, PdfWriter

from nexus.confined import words
from nexus.documents import reading
from tests.nexus.documents.test_kinds import packed

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAGE = """#set document(title: [P])
#set page(header: [OFFICIAL-SENSITIVE], footer: context [Page #counter(page).display()])
= Statement
I am a police constable, and I make this statement from the notes that I took at the time of what I describe here.

On 4 March I saw the subject strike a shop worker outside the station, and
#pagebreak()
a colleague saw it too.

2. On 9 May I was called."""


def a_pdf(source: str = PAGE) -> bytes:
    return typst.compile(source.encode(), format="pdf")


def a_docx(*, body: str = "", doctype: str = "") -> bytes:
    """A Word file with this body, or one of Word's own making."""
    if body:
        xml = f"{doctype}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
        return packed(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})
    made, written = docx.Document(), io.BytesIO()
    made.add_paragraph("I am a police constable.")
    made.add_paragraph("I saw it.", style="List Number")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "4 March", "Assault"
    made.save(written)
    return written.getvalue()


def test_a_word_file_gives_every_paragraph_tables_included() -> None:
    assert words.text_in("docx", a_docx()).split("\n\n") == [
        "I am a police constable.",
        "I saw it.",
        "4 March",
        "Assault",
    ]


def test_what_tracked_changes_took_out_is_not_text() -> None:
    body = (
        "<w:p><w:r><w:t>I saw </w:t></w:r><w:del><w:r><w:delText>nothing</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>clearly </w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>it</w:t><w:br/><w:t>clearly.</w:t></w:r></w:ins></w:p><w:p/>"
    )
    assert words.text_in("docx", a_docx(body=body)) == "I saw it\nclearly."


def test_what_word_hides_is_not_text() -> None:
    body = (
        "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> Hidden.</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Shown.</w:t></w:r></w:p>'
    )
    assert words.text_in("docx", a_docx(body=body)) == "Seen. Shown."


def test_a_pdf_gives_its_paragraphs_without_what_stands_on_every_page() -> None:
    assert words.text_in("pdf", a_pdf()).split("\n\n") == [
        "Statement",
        "I am a police constable, and I make this statement from the notes that I took at the time of what I "
        "describe here.",
        "On 4 March I saw the subject strike a shop worker outside the station, and a colleague saw it too.",
        "2. On 9 May I was called.",
    ]


def test_a_scan_holds_no_text() -> None:
    assert words.text_in("pdf", a_pdf("#set document(title: [P])\n#rect()")) == ""


def locked(content: bytes) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("kind", "make", "fault"),
    [
        ("pdf", lambda: locked(a_pdf("#set document(title: [P])\nText")), "password"),
        ("pdf", lambda: b"%PDF-1.7\n" + b"\x00" * 500, "damaged"),
        ("docx", lambda: b"PK\x03\x04nothing", "damaged"),
        ("docx", lambda: packed(**{"word/other.xml": b"<x/>"}), "damaged"),
        ("docx", lambda: a_docx(body="<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", doctype=ENTITIES), "damaged"),
        ("docx", lambda: a_docx(body="<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", doctype=OUTSIDE), "damaged"),
        ("docx", lambda: packed(**{"word/document.xml": b" " * (words.LARGEST_PART + 1)}), "long"),
        ("docx", lambda: a_docx(body=f"<w:p><w:r><w:t>{'x' * 200_001}</w:t></w:r></w:p>"), "long"),
    ],
    ids=["password", "broken pdf", "broken docx", "no text part", "entities", "outside", "bomb", "long"],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, kind: str, make: Callable[[], bytes], fault: str
) -> None:
    (tmp_path / "a").write_bytes(make())
    with pytest.raises(reading.Unreadable) as unreadable:
        reading.text_in(tmp_path / "a", kind)
    assert unreadable.value.fault == fault


def test_reading_happens_in_a_program_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(a_docx(body="<w:p><w:r><w:t>One\u202eowT\u200b</w:t></w:r></w:p>"))
    assert reading.text_in(tmp_path / "a", "docx") == "OneowT"
    (tmp_path / "b").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(reading.Unreadable, match="it is damaged"):
        reading.text_in(tmp_path / "b", "pdf")


def test_plain_text_is_utf_8_or_windows(tmp_path: Path) -> None:
    for content in ("Café\r\n\r\nTwo".encode(), "Café\r\n\r\nTwo".encode("cp1252")):
        (tmp_path / "a").write_bytes(content)
        assert reading.text_in(tmp_path / "a", "txt") == "Café\n\nTwo"
    (tmp_path / "a").write_bytes(b"x" * (reading.LONGEST + 1))
    with pytest.raises(reading.Unreadable, match="too long"):
        reading.text_in(tmp_path / "a", "txt")

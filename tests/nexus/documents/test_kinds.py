"""The corpus of uploads: what is let in, and the sentence for what is not."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.documents.fields import DocumentField
from nexus.documents.kinds import LARGEST, MOST_UNPACKED

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 40
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04" + b"\x00" * 80
GIF = b"GIF89a" + b"\x00" * 40


def packed(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in entries.items():
            out.writestr(name, content)
    return made.getvalue()


DOCX = packed(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
XLSX = packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
ODT = packed(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
PLAIN_ZIP = packed(**{"virus.exe": EXE})
BOMB = packed(**{"word/document.xml": b"\x00" * (MOST_UNPACKED + 1)})


def checked(name: str, content: bytes) -> str:
    """The clean name of a file that is let in. Raises ValidationError."""
    return str(DocumentField().clean(SimpleUploadedFile(name, content)).name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("summary.pdf", PDF),
        ("SUMMARY.PDF", PDF),
        ("statement.docx", DOCX),
        ("list.xlsx", XLSX),
        ("letter.odt", ODT),
        ("picture.png", PNG),
        ("picture.jpg", JPG),
        ("picture.jpeg", JPG),
        ("notes.txt", "Café\r\nsecond line\t1".encode()),
        ("notes.txt", "\ufeffwith a byte order mark".encode()),
        ("rows.csv", b"a,b\r\n1,2\r\n"),
        ("rows.csv", "naïve".encode("cp1252")),
        ("Ward v1.2 (final).pdf", PDF),
        ("Заявление свидетеля.pdf", PDF),
        ("بيان الشاهد.pdf", PDF),
        ("陳述書.pdf", PDF),
        ("e\u0301tat.pdf", PDF),
    ],
)
def test_let_in(name: str, content: bytes) -> None:
    assert checked(name, content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("program.exe", EXE, "must be a PDF"),
        ("page.html", b"<html>", "must be a PDF"),
        ("picture.svg", b"<svg/>", "must be a PDF"),
        ("picture.gif", GIF, "must be a PDF"),
        ("macros.docm", DOCX, "must be a PDF"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 80, "must be a PDF"),
        ("pack.zip", PLAIN_ZIP, "must be a PDF"),
        ("nothing", PDF, "must be a PDF"),
        (".pdf.", PDF, "must be a PDF"),
        ("statement.pdf.exe", EXE, "must be a PDF"),
        ("statement.exe.pdf", PDF, "two extensions"),
        ("statement.html.txt", b"words", "two extensions"),
        ("renamed.pdf", EXE, "not a PDF file"),
        ("renamed.pdf", DOCX, "not a PDF file"),
        ("renamed.docx", PDF, "not a DOCX file"),
        ("renamed.docx", PLAIN_ZIP, "not a DOCX file"),
        ("renamed.docx", XLSX, "not a DOCX file"),
        ("renamed.xlsx", DOCX, "not a XLSX file"),
        ("renamed.png", JPG, "not a PNG file"),
        ("renamed.jpg", PNG, "not a JPG file"),
        ("bomb.docx", BOMB, "not a DOCX file"),
        ("cut.docx", DOCX[:40], "not a DOCX file"),
        ("renamed.txt", EXE, "not a plain TXT file"),
        ("renamed.csv", PNG, "not a plain CSV file"),
        ("utf16.txt", "wide".encode("utf-16"), "not a plain TXT file"),
        ("empty.pdf", b"", "empty"),
        ("turned\u202efdp.exe.pdf", PDF, "hidden control characters"),
        (f"{'n' * 200}.pdf", PDF, "160 characters or fewer"),
    ],
)
def test_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(name, content)
    assert sentence in refused.value.messages[0]
    assert len(refused.value.messages) == 1


def test_the_size_is_told_before_the_bytes_are_read() -> None:
    upload = SimpleUploadedFile("summary.pdf", PDF)
    upload.size = LARGEST + 1
    upload.file.close()
    with pytest.raises(ValidationError, match="smaller than 10 MB"):
        DocumentField().clean(upload)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\statement.pdf", "statement.pdf"),
        ("/var/www/x.pdf", "x.pdf"),
    ],
)
def test_a_path_is_no_part_of_a_name(name: str, kept: str) -> None:
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name  # as a handler that trusts the browser would
    assert DocumentField().clean(upload).name == kept


def test_no_file_is_none_where_it_is_not_required() -> None:
    assert DocumentField(required=False).clean(None) is None

"""Which files may be uploaded, and how each kind is recognised from its first bytes.

Plain functions over a name and an open file, used by forms and the API alike. A fault is a sentence.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

from nexus.ui.text import has_hidden_characters, plain

LARGEST = 10_000_000  # bytes
LARGEST_IN_WORDS = "10 MB"
LONGEST_NAME = 160
HEAD = 4096  # bytes looked at to recognise a kind

# Caps on what an Office document says of itself, read from its directory without unpacking anything.
MOST_ENTRIES = 5_000
LONGEST_ENTRY = 300  # bytes of the directory that one entry takes, its name included
MOST_UNPACKED = 100_000_000  # bytes
END_IS_WITHIN = 65_535 + 22  # bytes from the end: the record itself, and the longest remark behind it


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is served as, and what a ZIP container of this kind holds."""

    content_type: str
    holds: str = ""
    text: bool = False


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf"),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", holds="word/"),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", holds="xl/"),
    "odt": Kind(f"{OPEN_DOCUMENT}.text", holds="content.xml"),
    "ods": Kind(f"{OPEN_DOCUMENT}.spreadsheet", holds="content.xml"),
    "jpg": Kind("image/jpeg"),
    "jpeg": Kind("image/jpeg"),
    "png": Kind("image/png"),
    "txt": Kind("text/plain; charset=utf-8", text=True),
    "csv": Kind("text/csv; charset=utf-8", text=True),
}
ACCEPT = ",".join(f".{extension}" for extension in KINDS)
IN_WORDS = "PDF, Word (DOCX), Excel (XLSX), ODT, ODS, JPG, PNG, TXT or CSV"

# Never inside a name either: "statement.exe.pdf" is made to be misread.
# fmt: off
RUNS = frozenset((
    "app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "hta", "htm", "html", "iso",
    "jar", "js", "jse", "lnk", "msi", "pif", "pptm", "ps1", "reg", "scr", "sh", "svg", "vb", "vbe",
    "vbs", "wsf", "xlam", "xlsm", "xltm",
))
# fmt: on


def clean_name(name: str) -> str:
    """The file's own name without any folder, in one spelling."""
    return plain(PurePosixPath(name.replace("\\", "/")).name)


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def name_faults(name: str) -> list[str]:
    """What is wrong with a file's (clean) name; nothing when it may be kept."""
    if has_hidden_characters(name):
        return ["The file’s name must not include hidden control characters. Rename the file and try again"]
    if len(name) > LONGEST_NAME:
        return [f"The file’s name must be {LONGEST_NAME} characters or fewer"]
    if extension_of(name) not in KINDS:
        return [f"The selected file must be a {IN_WORDS}"]
    inner = {part.lower().strip() for part in re.split(r"\.", name)[1:-1]}
    if inner & RUNS:
        return ["The file’s name has two extensions, one of them of a program. Rename the file and try again"]
    return []


def size_faults(size: int) -> list[str]:
    """Told before a byte is read."""
    if size > LARGEST:
        return [f"The selected file must be smaller than {LARGEST_IN_WORDS}"]
    if size == 0:
        return ["The selected file is empty"]
    return []


def content_faults(name: str, file: BinaryIO) -> list[str]:
    """Whether the bytes are what the name says. Unpacks nothing; leaves the file at its start."""
    extension = extension_of(name)
    kind = KINDS[extension]
    file.seek(0)
    head = file.read(HEAD)
    if kind.text:
        agrees = _is_text(head + file.read())
    else:
        agrees = extension in _recognised(head) and (not kind.holds or _holds(kind, file))
    file.seek(0)
    if agrees:
        return []
    if kind.text:
        return [
            f"The selected file is not a plain {extension.upper()} file. Save it as UTF-8 text and try again"
        ]
    return [
        f"The selected file is not a {extension.upper()} file, or it is damaged. Check the file and try again"
    ]


def _is_text(content: bytes) -> bool:
    """UTF-8 or the Windows code page, without the control characters that only programs have."""
    if any(byte in content for byte in (b"\x00", b"\x1b", b"\x7f")):
        return False
    return all(byte >= 0x20 or byte in b"\t\n\r\f" for byte in set(content))


def _recognised(head: bytes) -> set[str]:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    extensions = {match.extension.removeprefix(".") for match in found}
    # Every Office and OpenDocument file is a ZIP; what it holds tells them apart.
    return extensions | {"docx", "xlsx", "odt", "ods"} if head.startswith(b"PK\x03\x04") else extensions


def _holds(kind: Kind, file: BinaryIO) -> bool:
    """Whether the ZIP's directory names what this kind holds, and claims no absurd size."""
    entries = zip_entries(file)
    if not entries or len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > MOST_UNPACKED:
        return False
    return any(each.filename.startswith(kind.holds) for each in entries)


def zip_entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The directory of a ZIP; empty when it cannot be read, or is longer than any we take. Nothing is unpacked."""
    if directory_size(file) > MOST_ENTRIES * LONGEST_ENTRY:
        return []
    try:
        with zipfile.ZipFile(file) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, OverflowError):
        return []


def directory_size(file: BinaryIO) -> int:
    """Bytes of a ZIP's directory, from the record at its end; 0 where there is none. `zipfile` would read it whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_IS_WITHIN))
    tail = file.read(END_IS_WITHIN)
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16:
        return 0
    return int.from_bytes(tail[at + 12 : at + 16], "little")

"""The text of an uploaded document: DOCX, PDF with a text layer, or TXT.

Word and PDF files are taken apart by strangers' code and were made by strangers, so that happens in the confined
program (ADR 0028). Call it for a file that the virus check has let pass.
"""

from pathlib import Path

from nexus.confined.running import Failed, confined
from nexus.ui.text import has_hidden_characters, plain

READABLE = ("docx", "pdf", "txt")
IN_WORDS = "Word (DOCX), PDF or TXT"
LONGEST = 200_000  # characters
TRY_AGAIN = frozenset(("slow", "busy"))  # faults of a moment: the machine may be busy

FAULTS = {
    "damaged": "The file cannot be read: it is damaged. Save it again, or paste its text.",
    "password": "The file is locked with a password. Save it without one, or paste its text.",
    "long": "The file is too long to be read here. Paste the part that is needed.",
    "slow": "Reading the file took too long. Save it again, or paste its text.",
    "busy": "Too many files are being read at this moment. Try again in a minute, or paste its text.",
}
# Other words for how the program ends, by what a person can do about it.
LIKE = {"large": "long", "pages": "long", "memory": "long", "crash": "damaged"}


class Unreadable(Exception):
    """The file's text cannot be had; the message is a sentence for who uploaded it, `fault` a word of FAULTS."""

    def __init__(self, fault: str) -> None:
        fault = LIKE.get(fault, fault)
        super().__init__(FAULTS[fault])
        self.fault = fault


def text_in(path: Path, extension: str) -> str:
    """The text, paragraphs parted by blank lines; empty where the file holds none, as a scan does.

    Raises Unreadable.
    """
    if extension == "txt":
        return cleaned(decoded(path.read_bytes()))
    try:
        with confined("words", {"kind": extension}, {"file": path}) as done:
            return cleaned(done.answer)
    except Failed as failed:
        raise Unreadable(failed.fault) from failed


def decoded(content: bytes) -> str:
    """Plain text in UTF-8 or the Windows code page. Raises Unreadable where it is too long."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if len(text) > LONGEST:
        raise Unreadable("long")
    return text.replace("\f", "\n\n")


def cleaned(text: str) -> str:
    """The text without what nobody could see in it."""
    return "".join(each for each in plain(text) if not has_hidden_characters(each, lines=True))

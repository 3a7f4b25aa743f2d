"""The text of an uploaded document: DOCX, PDF with a text layer, or TXT.

Word and PDF files are taken apart by strangers' code and were made by strangers, so that happens in a program of
its own, confined and short-lived (ADR 0028). Call it for a file that the virus check has let pass.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import IO, cast

from nexus.ui.text import has_hidden_characters, plain

READABLE = ("docx", "pdf", "txt")
IN_WORDS = "Word (DOCX), PDF or TXT"
PROGRAM = Path(__file__).with_name("extracting.py")
LONGEST = 200_000  # characters
# All that the program is told of the environment, which holds our secrets; some Pythons do not start without it.
NEEDED = ("LD_LIBRARY_PATH", "SYSTEMROOT")
MOST_TOLD = 3_000_000  # bytes: the longest text, each letter written as JSON may write it
PATIENCE = 20  # seconds, waiting included; its computing ends earlier

FAULTS = {
    "damaged": "The file cannot be read: it is damaged. Save it again, or paste its text.",
    "password": "The file is locked with a password. Save it without one, or paste its text.",
    "long": "The file is too long to be read here. Paste the part that is needed.",
    "slow": "Reading the file took too long. Save it again, or paste its text.",
}


class Unreadable(Exception):
    """The file's text cannot be had; the message is a sentence for who uploaded it, `fault` a word of FAULTS."""

    def __init__(self, fault: str) -> None:
        super().__init__(FAULTS[fault])
        self.fault = fault


def text_in(path: Path, extension: str) -> str:
    """The text, paragraphs parted by blank lines; empty where the file holds none, as a scan does.

    Raises Unreadable.
    """
    if extension == "txt":
        return cleaned(_decoded(path.read_bytes()))
    output = json.loads(_output_of(path, extension))
    if "fault" in output:
        raise Unreadable(output["fault"])
    return cleaned(output["text"])


def _output_of(path: Path, extension: str) -> bytes:
    """What the program writes; it is ended when it takes too long or writes too much. Raises Unreadable."""
    with (
        path.open("rb") as file,
        subprocess.Popen(
            [sys.executable, "-I", PROGRAM, extension],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
        ) as program,
    ):
        alarm = Timer(PATIENCE, program.kill)
        alarm.start()
        try:
            out = cast(IO[bytes], program.stdout)
            output = out.read(MOST_TOLD)
            out.close()  # what it still wants to write ends it
            program.wait()
        finally:
            alarm.cancel()
    if program.returncode:
        raise Unreadable("slow")  # it met one of its limits
    return output


def _decoded(content: bytes) -> str:
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

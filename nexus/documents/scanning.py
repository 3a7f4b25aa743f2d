"""The virus check. `NEXUS_SCANNER` says which: `clamd://host:port`, or `builtin` for demonstrations.

The builtin check is no virus scanner: it knows the EICAR test text and macros in Office files.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from nexus.documents.kinds import zip_entries

# The text every scanner takes for a virus (eicar.org). Put together here, so that this file is not one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NOT_CHECKED = "Not checked for viruses: this is a demonstration"  # what the builtin check finds nothing in
CHUNK = 65_536  # bytes
PATIENCE = 30  # seconds for one answer of the scanner


@dataclass(frozen=True)
class Verdict:
    """What the check found; `note` is a sentence for who uploaded the file."""

    clean: bool
    note: str = ""


class ScannerUnavailable(Exception):
    """No verdict: the file stays in quarantine and is tried again."""


def verdict_on(path: Path, scanner: str) -> Verdict:
    """Check one file. Raises ScannerUnavailable when the scanner does not answer."""
    if scanner == "builtin":
        return _builtin(path)
    where = urlsplit(scanner)
    if where.scheme != "clamd" or not where.hostname:
        raise ScannerUnavailable("NEXUS_SCANNER must be builtin or clamd://host:port")
    return _clamd(path, where.hostname, where.port or 3310)


def _builtin(path: Path) -> Verdict:
    content = path.read_bytes()
    if EICAR in content:
        return Verdict(False, "It holds the EICAR test virus.")
    with path.open("rb") as file:
        names = [entry.filename.lower() for entry in zip_entries(file)]
    if any(name.endswith(("vbaproject.bin", "script-lb.xml")) or name.startswith("basic/") for name in names):
        return Verdict(False, "It holds macros. Save it without macros and upload it again.")
    return Verdict(True, NOT_CHECKED)


def _clamd(path: Path, host: str, port: int) -> Verdict:
    """clamd's INSTREAM: each piece with its length before it, a length of nought at the end."""
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(CHUNK):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and (more := line.recv(4096)):
                answer += more
    except OSError as error:
        raise ScannerUnavailable(type(error).__name__) from error
    words = answer.rstrip(b"\0").decode("ascii", "replace")
    if words == "stream: OK":
        return Verdict(True)
    if words.endswith(" FOUND"):
        return Verdict(False, f"It holds {words.removeprefix('stream: ').removesuffix(' FOUND')}."[:200])
    raise ScannerUnavailable("The scanner gave no verdict")

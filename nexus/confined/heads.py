"""How large a picture is, read from its head alone: nothing is decoded."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nexus.confined.faults import Fault

MOST_PIXELS = 50_000_000  # more than a telephone's camera takes; three bytes each once they are decoded
MOST_MARKERS = 2_000  # of a JPEG, before the one that names its size
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that name it
ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length


def pixels_of(path: Path, kind: str) -> int:
    """Width times height. Raises Fault where the head says neither, or more than is decoded."""
    with path.open("rb") as opened:
        width, height = _of_png(opened) if kind == "png" else _of_jpeg(opened)
    if not width or not height:
        raise Fault("damaged")
    if width * height > MOST_PIXELS:
        raise Fault("pixels", most=MOST_PIXELS // 1_000_000)
    return width * height


def _of_png(opened: BinaryIO) -> tuple[int, int]:
    head = opened.read(24)
    if len(head) < 24 or not head.startswith(b"\x89PNG\r\n\x1a\n") or head[12:16] != b"IHDR":
        raise Fault("damaged")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _of_jpeg(opened: BinaryIO) -> tuple[int, int]:
    """The largest of the frames named before the picture begins: a second one may say otherwise."""
    if opened.read(2) != b"\xff\xd8":
        raise Fault("damaged")
    frames = [struct.unpack(">HH", body[1:5])[::-1] for marker, body in _segments(opened) if marker in FRAMES]
    if not frames:
        raise Fault("damaged")
    width, height = max(frames, key=lambda frame: frame[0] * frame[1])
    return width, height


def _segments(opened: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each marker before the picture with the first bytes behind it."""
    for _ in range(MOST_MARKERS):
        byte, code = opened.read(1), b""
        while byte == b"\xff":
            byte = code = opened.read(1)
        if not code or code == b"\xd9":
            return
        marker = code[0]
        if marker in ALONE:
            continue
        length = opened.read(2)
        if len(length) < 2 or (size := struct.unpack(">H", length)[0]) < 2:
            raise Fault("damaged")
        body = opened.read(min(size - 2, 5))
        if marker in FRAMES and len(body) < 5:
            raise Fault("damaged")
        yield marker, body
        if marker == 0xDA:
            return
        opened.seek(size - 2 - len(body), 1)
    raise Fault("damaged")

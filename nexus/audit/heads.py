"""Signed heads: what the record was at a moment, kept outside the database, so that a tail cut off is found.

A head says how many seals there were up to a number, and the hash over all of them, which goes on from the head before.
Whoever may write the database can make neither a line of this file nor its signature.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "nexus.audit.heads"
LONGEST_LINE = 1_000  # bytes


@dataclass(frozen=True)
class Head:
    """The record up to the seal `horizon`: so many seals, and the hash over their numbers and hashes."""

    horizon: int
    seals: int
    digest: str
    at: str
    signature: str = ""

    @property
    def is_ours(self) -> bool:
        return hmac.compare_digest(self.signature, signature_of(self))

    def signed(self) -> "Head":
        return Head(**{**asdict(self), "signature": signature_of(self)})

    def as_line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def signature_of(head: Head) -> str:
    """By the key of the settings, over everything the head says."""
    text = "|".join((str(head.horizon), str(head.seals), head.digest, head.at))
    return salted_hmac(SALT, text, secret=settings.NEXUS_AUDIT_KEY, algorithm="sha256").hexdigest()


def read_head(line: str) -> Head | None:
    """The head of one line; None where it is none."""
    try:
        return Head(**json.loads(line))
    except (ValueError, TypeError):
        return None


def kept_heads(file: Path) -> list[Head | None]:
    """Every line of the file; None for a line that is no head."""
    return [read_head(line) for line in file.read_text().splitlines()] if file.exists() else []


def last_head(file: Path) -> Head | None:
    """The head of the last line, where it is one of ours."""
    if not file.exists():
        return None
    with file.open("rb") as kept:
        kept.seek(max(0, file.stat().st_size - 2 * LONGEST_LINE))
        lines = kept.read().decode(errors="replace").splitlines()
    head = read_head(lines[-1]) if lines else None
    return head if head and head.is_ours else None


def keep(head: Head, file: Path) -> None:
    """Add one line for good."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
        out.write(head.as_line() + "\n")
        out.flush()
        os.fsync(out.fileno())


class Running:
    """The hash over seals in the order of their numbers, taken further seal by seal from where a head stopped."""

    def __init__(self, since: Head | None = None) -> None:
        self.horizon = since.horizon if since else 0
        self.seals = since.seals if since else 0
        self.digest = since.digest if since else ""

    def add(self, seals: Iterable[tuple[int, str]]) -> None:
        for number, value in seals:
            self.horizon = number
            self.seals += 1
            self.digest = hashlib.sha256(f"{self.digest}{number}:{value}".encode()).hexdigest()

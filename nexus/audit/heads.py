"""Signed heads: what the record was at a moment, kept outside the database, so that a tail cut off is found.

A head says how many seals there were up to a number, and the hash over all of them. Whoever may write the database
can make neither a line of this file nor its signature.
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


def keep(head: Head, file: Path) -> None:
    """Add one line for good."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
        out.write(head.as_line() + "\n")
        out.flush()
        os.fsync(out.fileno())


class Running:
    """The hash over seals in the order of their numbers, taken further seal by seal."""

    def __init__(self) -> None:
        self.seals = 0
        self._hash = hashlib.sha256()

    def add(self, seals: Iterable[tuple[int, str]]) -> None:
        for number, value in seals:
            self.seals += 1
            self._hash.update(f"{number}:{value};".encode())

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

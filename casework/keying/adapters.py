"""How what has to be keyed reaches CID or Atlas, chosen by settings.NEXUS_KEYING.

"manual": people work the list and nothing leaves. "file": a file a day lies in `<data folder>/keying/out`
for whatever keys it, and files of confirmations are read from `<data folder>/keying/in`.
Identifiers of CID and Atlas are opaque: copied as they are, never parsed.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Protocol

from django.conf import settings

from nexus.documents.exports import safe_cell


@dataclass(frozen=True)
class Line:
    """One entry as a file says it. No name: identifiers are enough to find the record."""

    key: str
    reference: str
    home_office_reference: str
    cid_person_id: str
    screen: str
    act: str
    happened_on: str


@dataclass(frozen=True)
class Confirmation:
    """One line of a file of confirmations: `key`, `system` (cid or atlas) and `keyed_by`, a name."""

    key: str
    system: str
    keyed_by: str


class Adapter(Protocol):
    def give(self, lines: Sequence[Line], day: str) -> int:
        """Pass on what is pending on that day; how many were passed on."""

    def taken(self) -> Iterator[Confirmation]:
        """What has been confirmed since the last time."""

    def settle(self) -> None:
        """Called when everything taken is stored: it is not given again."""


class Manual:
    """People read the list and confirm on the page."""

    def give(self, lines: Sequence[Line], day: str) -> int:
        return 0

    def taken(self) -> Iterator[Confirmation]:
        return iter(())

    def settle(self) -> None:
        pass


class Files:
    """One CSV file a day out, any number of CSV files in."""

    def __init__(self) -> None:
        folder = Path(settings.NEXUS_DATA_DIR) / "keying"
        self.out, self.into, self.done = folder / "out", folder / "in", folder / "done"
        for each in (self.out, self.into, self.done):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.read: list[Path] = []

    def give(self, lines: Sequence[Line], day: str) -> int:
        target = self.out / f"to-key-{day}.csv"
        unfinished = target.with_suffix(".part")
        private = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(private, "w", newline="") as file:
            writer = csv.DictWriter(file, [field.name for field in fields(Line)])
            writer.writeheader()
            for line in lines:
                writer.writerow({name: safe_cell(value) for name, value in asdict(line).items()})
        unfinished.replace(target)  # whoever reads sees the whole file or the one before
        return len(lines)

    def taken(self) -> Iterator[Confirmation]:
        for path in sorted(self.into.glob("*.csv")):
            self.read.append(path)
            with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
                for row in csv.DictReader(file):
                    cells = [(row.get(field.name) or "").strip() for field in fields(Confirmation)]
                    yield Confirmation(*cells)

    def settle(self) -> None:
        for path in self.read:
            path.replace(self.done / path.name)


ADAPTERS: dict[str, type[Adapter]] = {"manual": Manual, "file": Files}


def adapter() -> Adapter:
    return ADAPTERS[settings.NEXUS_KEYING]()

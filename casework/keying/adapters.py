"""How what has to be keyed reaches CID or Atlas, chosen by settings.NEXUS_KEYING.

"manual": people work the list and nothing leaves. "file": a file a day lies in `<data folder>/keying/out`
for whatever keys it, and files of confirmations are read from `<data folder>/keying/in`. "http": the other system is asked
at NEXUS_KEYING_ADDRESS (HttpApi says how).
Identifiers of CID and Atlas are opaque: copied as they are, never parsed.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import requests
from django.conf import settings

from nexus.documents.exports import safe_cell

SECONDS = 20  # for one call of the other system


class AtlasAway(OSError):
    """The other system did not take or give what it was asked; the next exchange asks again."""


@dataclass(frozen=True)
class Line:
    """One entry as a file says it. No name: identifiers are enough to find the record."""

    key: str
    reference: str
    home_office_reference: str
    cid_person_id: str
    screen: str
    act: str
    code: str
    value: str
    happened_on: str


@dataclass(frozen=True)
class Confirmation:
    """One confirmation: `key`, `system` (cid or atlas), `keyed_by`, a name, and the other system's own `receipt`."""

    key: str
    system: str
    keyed_by: str
    receipt: str = ""


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


class HttpApi:
    """`POST /entries` takes what is pending, `GET /confirmations` gives what was keyed, `POST /settled` takes the keys of
    what is stored here. All of it is JSON, by a bearer's key, in one call each; no redirect is followed."""

    def __init__(self) -> None:
        self.address = settings.NEXUS_KEYING_ADDRESS.rstrip("/")
        self.keys: list[str] = []

    def give(self, lines: Sequence[Line], day: str) -> int:
        self._call("POST", "entries", {"day": day, "entries": [asdict(line) for line in lines]})
        return len(lines)

    def taken(self) -> Iterator[Confirmation]:
        for said in self._call("GET", "confirmations")["confirmations"]:
            self.keys.append(str(said.get("key", "")))
            yield Confirmation(*(str(said.get(field.name) or "").strip() for field in fields(Confirmation)))

    def settle(self) -> None:
        if self.keys:
            self._call("POST", "settled", {"keys": self.keys})

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(
            method,
            f"{self.address}/{path}",
            json=body,
            headers={"Authorization": f"Bearer {settings.NEXUS_KEYING_TOKEN}"},
            timeout=SECONDS,
            allow_redirects=False,
        )
        if answer.status_code != HTTPStatus.OK:
            raise AtlasAway(f"The system that keys answered {answer.status_code}.")
        return answer.json()


ADAPTERS: dict[str, type[Adapter]] = {"manual": Manual, "file": Files, "http": HttpApi}


def adapter() -> Adapter:
    return ADAPTERS[settings.NEXUS_KEYING]()

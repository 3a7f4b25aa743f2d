"""Journeys as people make them, counted: pages that came, presses, choices, and boxes that were typed into.

`manage.py presses` runs tests/test_presses.py, which drives them, and prints what was counted beside what is wanted. A
figure may not grow beyond its `ceiling`, which is what was reached; where that is more than is wanted, the command says so.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, Response

from nexus.journeys import JOURNEYS
from tests import driving

COLLECTED = "NEXUS_JOURNEYS"  # a file to which each figure is appended as a line of JSON


@dataclass
class Journey:
    """A page on which every step is counted."""

    page: Page
    pages: int = 0
    presses: int = 0
    choices: int = 0
    boxes: int = 0
    addresses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self.arrived)

    def arrived(self, response: Response) -> None:
        """A page that is shown; a redirection is none."""
        request = response.request
        shown = request.resource_type == "document" and not 300 <= response.status < 400
        if (
            shown
            and request.frame == self.page.main_frame
            and "attachment" not in response.headers.get("content-disposition", "")
        ):
            self.pages += 1
            self.addresses.append(response.url)

    def press(self, name: str) -> None:
        """A button by its words."""
        self.presses += 1
        driving.press(self.page, name)

    def follow(self, name: str) -> None:
        """A link by its words."""
        self.presses += 1
        driving.follow(self.page, name)

    def go(self, control: Locator) -> None:
        """Anything that leads to another page."""
        self.presses += 1
        driving.go(control)

    def choose(self, **answers: str) -> None:
        """Radios, boxes to tick and options."""
        self.choices += len(answers)
        driving.choose(self.page, **answers)

    def tick(self, *names: str) -> None:
        """Boxes that stand alone."""
        self.choices += len(names)
        driving.tick(self.page, *names)

    def type_in(self, **answers: str) -> None:
        """Each input counts once."""
        self.boxes += len(answers)
        driving.type_in(self.page, **answers)

    def type_date(self, name: str, day: date) -> None:
        """A date in three inputs counts three times."""
        self.boxes += 3
        driving.fill_date(self.page, name, day)

    @property
    def height(self) -> int:
        """Of the page as it stands, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollHeight"))


Measured = Callable[..., None]


def say(journey: str, **figures: int) -> None:
    """Write down what was measured, and hold it to its ceiling."""
    for name, value in figures.items():
        wanted = JOURNEYS[journey].figure(name)
        if collected := os.environ.get(COLLECTED):
            line = {"journey": journey, "figure": name, "measured": value}
            with Path(collected).open("a") as file:
                file.write(json.dumps(line) + "\n")
        assert wanted.within(value, wanted.ceiling), (
            f"{journey}: {name} {value}, and {wanted.ceiling} was reached"
        )


def rows_shown(rows: Locator, height: int = 900) -> Iterator[Locator]:
    """Those that stand whole on the first screen."""
    for row in rows.all():
        box = row.bounding_box()
        if box and box["y"] + box["height"] <= height:
            yield row

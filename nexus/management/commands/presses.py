"""`manage.py presses`: drive each role's journeys in a browser, and print what they take beside what is wanted."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nexus.bootstrap import CHECKOUT
from nexus.journeys import JOURNEYS, Figure

TESTS = "tests/test_presses.py"


class Command(BaseCommand):
    """Leaves with 1 where a figure is missed or was not measured."""

    help = "Drives the journeys of each role in Chromium, and prints pages, presses, boxes and heights."

    def handle(self, *args: Any, **options: Any) -> None:
        """Drive, print, judge."""
        measured, missed = self.measure(), 0
        for key, journey in JOURNEYS.items():
            self.stdout.write(journey.words)
            for figure in journey.figures:
                value = measured.get((key, figure.name))
                reached = value is not None and figure.within(value, figure.wanted)
                missed += not reached
                self.say(figure, value, reached)
        self.stdout.write("Every figure is reached." if not missed else f"Not reached: {missed}.")
        if missed:
            sys.exit(1)

    def say(self, figure: Figure, value: int | None, reached: bool) -> None:
        """One figure on one line."""
        words = "not measured" if value is None else str(value)
        limit = f"{'at least' if figure.more_is_better else 'at most'} {figure.wanted}"
        self.stdout.write(f"  {words:>12}  {limit:<14}  {'' if reached else 'MISSED  '}{figure.words}")

    def measure(self) -> dict[tuple[str, str], int]:
        """What the tests counted; nothing of a journey that broke off."""
        with tempfile.TemporaryDirectory(prefix="nexus-presses-") as folder:
            collected = Path(folder) / "journeys.jsonl"
            wanted = os.environ | {"NEXUS_JOURNEYS": str(collected), "NEXUS_REQUIRE_BROWSER": "1"}
            run = [sys.executable, str(CHECKOUT / "manage.py"), "test", "-q", "--no-header", TESTS]
            subprocess.run(run, cwd=CHECKOUT, env=wanted, check=False)
            lines = collected.read_text().splitlines() if collected.exists() else []
        found = [json.loads(line) for line in lines]
        return {(each["journey"], each["figure"]): each["measured"] for each in found}

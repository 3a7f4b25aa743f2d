"""`manage.py walls`: ask what proves each of the twenty promises, and print the figures."""

import os
import platform
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nexus.bootstrap import CHECKOUT
from nexus.walls.asking import Finding, finding, read
from nexus.walls.promises import PROMISES, Promise
from nexus.walls.report import page

REPORT = CHECKOUT / "docs" / "security.md"


class Command(BaseCommand):
    """Runs the proofs at full size and leaves with 1 when a promise is not held."""

    help = "Asks the proofs of the twenty promises about walls and records, and prints their figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which promises to ask, and whether the page is written."""
        parser.add_argument(
            "numbers", nargs="*", type=int, help="the promises to ask; all where none is named"
        )
        parser.add_argument(
            "--write", action="store_true", help="write docs/security.md from what was measured"
        )
        parser.add_argument(
            "--tenth", action="store_true", help="measure a tenth, as an ordinary test run does"
        )

        parser.add_argument(
            "--recorded",
            type=Path,
            metavar="FILE",
            help="judge what an ordinary run of all tests with NEXUS_FIGURES=FILE wrote, instead of running any",
        )

    def handle(
        self, *args: Any, numbers: list[int], write: bool, tenth: bool, recorded: Path | None, **options: Any
    ) -> None:
        """Ask, print, write."""
        asked = [promise for promise in PROMISES if not numbers or promise.number in numbers]
        if unknown := set(numbers) - {promise.number for promise in PROMISES}:
            raise CommandError(f"There is no promise {min(unknown)}. They are numbered 1 to {len(PROMISES)}.")
        if write and numbers:
            raise CommandError("The page is written only when all promises are asked.")
        if recorded and not recorded.exists():
            raise CommandError(f"There is no file {recorded}.")
        lines = read(recorded) if recorded else self.ask(asked, tenth=tenth)
        findings = [finding(promise, lines) for promise in asked]
        for each in findings:
            self.say(each)
        if write:
            day = f"{timezone.localdate():%-d %B %Y}"
            cores = os.cpu_count()
            size = (
                "a tenth of each count, as an ordinary run of the tests does"
                if tenth or recorded
                else "at full size"
            )
            on = f"on {day}, {platform.system()} with {cores} processor cores, {size}"
            REPORT.write_text(page(findings, on))
        held = sum(each.holds for each in findings)
        self.stdout.write(f"{held} of {len(findings)} promises hold.")
        if held < len(findings):
            sys.exit(1)

    def ask(self, promises: list[Promise], *, tenth: bool) -> list[dict[str, object]]:
        """Run every test of these promises once; the lines that they wrote."""
        with tempfile.TemporaryDirectory(prefix="nexus-walls-") as folder:
            collected = Path(folder) / "figures.jsonl"
            wanted = os.environ | {"NEXUS_FIGURES": str(collected)}
            if not tenth:
                wanted["NEXUS_FULL_SIZE"] = "1"
            if tests := sorted({test for promise in promises for test in promise.tests}):
                run = [sys.executable, str(CHECKOUT / "manage.py"), "test", "-q", "--no-header", *tests]
                subprocess.run(run, cwd=CHECKOUT, env=wanted, check=False)
            return read(collected)

    def say(self, found: Finding) -> None:
        """One promise in a few lines."""
        self.stdout.write(
            f"{found.promise.number:>2}  {'holds' if found.holds else 'FALLS SHORT':<11}  {found.promise.title}"
        )
        for words in found.figures:
            self.stdout.write(f"      {words}")
        for reason in found.reasons:
            self.stdout.write(f"      not reached: {reason}")

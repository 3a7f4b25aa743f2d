"""`manage.py register`: load the immigration register from a file, or invent one."""

import sys
import tempfile
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from nexus.progress import say, step
from nexus.refusals import Refused
from referrals.datawash.actions.load import Loaded, load
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.generator import as_table, generate_list, generate_register
from referrals.datawash.register import current_snapshot

WRONG_INPUT = 2
SUBJECTS = 300  # of an invented list


class Command(BaseCommand):
    help = "Load the immigration register that data-washes compare with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", nargs="?", type=Path, metavar="FILE", help="CSV or Parquet")
        source.add_argument("--generate", type=int, metavar="N", help="invent N persons instead")
        parser.add_argument("--full", action="store_true",
                            help="the file is the whole register: persons it does not name are marked as gone")  # fmt: skip
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same persons")
        parser.add_argument("--list", type=Path, metavar="L.csv",
                            help=f"with --generate: also write a police list of {SUBJECTS} subjects to try")  # fmt: skip
        parser.add_argument(
            "--hardness", type=float, default=1.0, help="how much that list differs from the register"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with tempfile.TemporaryDirectory(prefix="nexus-register-") as folder:
            file = options["file"] or self._invent(Path(folder) / "register.parquet", options)
            try:
                with step(f"Loading {file.name}"):
                    loaded = load(file=file, now=now, full=options["full"])
            except Refused as refused:
                self._leave(refused.reasons)
        _tell(loaded)
        self._make_snapshot(now)

    def _invent(self, target: Path, options: dict[str, Any]) -> Path:
        if options["generate"] < 1:
            self._leave(["--generate takes a number of persons from 1."])
        with connected() as connection, step(f"Inventing {options['generate']:,} persons"):
            generate_register(connection, "people", options["generate"], seed=options["seed"])
            connection.execute(f"COPY people TO '{target}'")
            if options["list"]:
                some = min(SUBJECTS, options["generate"])
                subjects = generate_list(
                    connection, "people", some, seed=options["seed"], hardness=options["hardness"]
                )
                self._write_list(options["list"], connection, as_table(subjects))
        return target

    def _write_list(self, target: Path, connection: Any, checked: Any) -> None:
        try:
            connection.from_arrow(checked).write_csv(str(target))
        except OSError as error:
            self._leave([f"{target} cannot be written: {error}."])

    def _make_snapshot(self, now: datetime) -> None:
        """Here and not in the first wash after it, which somebody waits for."""
        with step("Making the snapshot that washes read"):
            current_snapshot(now=now)

    def _leave(self, faults: list[str]) -> NoReturn:
        self.stderr.write("\n".join(faults))
        sys.exit(WRONG_INPUT)


def _tell(loaded: Loaded) -> None:
    if loaded.absent:
        say(f"  The file has no column {', '.join(loaded.absent)}; what was known of it stays.")
    for remark in loaded.remarks:
        say(f"  {remark}")
    say(
        f"  {loaded.new:,} new, {loaded.changed:,} changed, {loaded.unchanged:,} as before, {loaded.gone:,} gone."
    )

"""`manage.py datawash`: wash a list against a register file, without a browser or a database."""

import sys
import tempfile
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import duckdb
from django.core.management.base import BaseCommand

from nexus.progress import say, step
from nexus.refusals import Refused
from referrals.datawash.linkage import engine, snapshot
from referrals.datawash.linkage.files import Listed, read_list
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.washing import wash, write_pairs, write_results

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Match a list of subjects against a register and put each in a pot (needs no database)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", required=True, type=Path, metavar="L.csv", help="the list, CSV or XLSX")
        parser.add_argument("--register", required=True, type=Path, metavar="R.csv",
                            help="the register, CSV or Parquet, or a snapshot made before (.duckdb)")  # fmt: skip
        parser.add_argument("--out", required=True, type=Path, metavar="O.csv", help="one row a subject")
        parser.add_argument(
            "--pairs", type=Path, metavar="P.csv", help="every candidate pair with its probability"
        )
        parser.add_argument(
            "--threads", type=int, default=1, help="threads for the engine; the scores are the same"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = datetime.now(tz=UTC).date()
        try:
            with step("Reading the list"):
                checked = read_list(options["list"], today=today)
        except Refused as refused:
            self._leave(refused.reasons)
        _tell(checked)
        with tempfile.TemporaryDirectory(prefix="nexus-register-") as folder:
            register = self._snapshot(options["register"], Path(folder), today.year, options["threads"])
            with engine.connected(threads=options["threads"]) as connection:
                snapshot.attach(connection, register)
                washer = Engine(connection, this_year=today.year)
                with step("Matching"):
                    washed = list(wash(washer, list(checked.accepted)))
                self._write(options, washer, checked, washed)

    def _snapshot(self, register: Path, folder: Path, this_year: int, threads: int) -> Path:
        if register.suffix == ".duckdb" and register.exists():
            return register
        made = folder / "register.duckdb"
        try:
            with step("Reading the register"):
                absent = snapshot.build(made, register, this_year=this_year, threads=threads)
        except (snapshot.NotARegister, duckdb.Error) as error:
            self._leave([f"The register cannot be read: {str(error).splitlines()[0]}"])
        if absent:
            say(f"  The register has no column {', '.join(absent)}; the wash goes on without.")
        return made

    def _write(self, options: dict[str, Any], washer: Engine, checked: Listed, washed: list[Any]) -> None:
        try:
            write_results(options["out"], washed)
            if options["pairs"]:
                write_pairs(options["pairs"], washer, list(checked.accepted))
        except OSError as error:
            self._leave([f"{error.filename} cannot be written: {error.strerror}."])

    def _leave(self, faults: list[str]) -> NoReturn:
        self.stderr.write("\n".join(faults))
        sys.exit(WRONG_INPUT)


def _tell(checked: Listed) -> None:
    for each in checked.rejected:
        say(f"  Line {each.line} rejected: {each.reason}")
    for remark in checked.repeated + checked.remarks:
        say(f"  {remark}")
    say(f"  {checked.rows} rows: {len(checked.accepted)} accepted, {len(checked.rejected)} rejected.")

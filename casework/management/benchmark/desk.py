"""`manage.py bench desk`: load, measure beside the floor, print the table, exit 1 where a target is missed."""

import os
import platform
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from casework.management.benchmark import databases
from casework.management.benchmark.growth import growth, keep
from casework.management.benchmark.measuring import Line, measure
from casework.management.benchmark.pages import pages
from casework.reports.actions.counting import count_everything_again
from nexus.bootstrap import CHECKOUT
from nexus.embedded import data_folder, running
from nexus.progress import step
from referrals.actions import reckon_again


class DeskBench(BaseCommand):
    help = "Measure the pages of the desk among many invented referrals, in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--referrals", type=int, default=1_000_000)
        parser.add_argument("--undecided", type=int, help="by default 15 of 1,000")
        parser.add_argument("--rounds", type=int, default=15)
        parser.add_argument("--seconds", type=float, default=600, help="no new round is begun after so many")
        parser.add_argument(
            "--keep", action="store_true", help="keep the database, and use one that was kept"
        )
        parser.add_argument("--only", default="", help="only pages whose title begins so, and the floors")
        parser.add_argument(
            "--measure", action="store_true", help="measure in the database that is connected to"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["measure"]:
            self.measured(options)
            return
        undecided = options["undecided"] or options["referrals"] * 15 // 1000
        name = databases.name_of(options["referrals"], undecided)
        with running(CHECKOUT, "bench", {"postgres", "valkey"}):
            if not (options["keep"] and databases.exists(name)):
                databases.drop(name)
                databases.make(name, referrals=options["referrals"], undecided=undecided)
            # In a process of its own, which knows no other database.
            again = [*databases.MANAGE, "bench", "desk", "--measure", f"--rounds={options['rounds']}",
                     f"--seconds={options['seconds']}", f"--only={options['only']}"]  # fmt: skip
            done = subprocess.run(again, env=databases.environment(name), check=False)
            if not options["keep"]:
                databases.drop(name)
        sys.exit(done.returncode)

    def measured(self, options: dict[str, Any]) -> None:
        """Print the table; leave with 1 where a target is missed."""
        with step("Places in the queue reckoned"):
            reckon_again(now=timezone.now())
        with step("Figures of the dashboard counted"):
            count_everything_again()
        self.stdout.write("\n".join(circumstances()))
        asked = [page for page in pages() if page.title.startswith((options["only"], "floor"))]
        found = measure(asked, rounds=options["rounds"], seconds=options["seconds"])
        folder, referrals = data_folder(CHECKOUT) / "bench", number_of_referrals()
        fewest, grown = growth(folder, found, referrals=referrals)
        keep(folder, found, referrals=referrals)
        self.stdout.write(table(found, fewest=fewest, grown=grown))
        if any(line.faults for line in found):
            sys.exit(1)


def circumstances() -> list[str]:
    """Where and among how much it was measured."""
    with connection.cursor() as ask:
        ask.execute("SELECT count(*), count(*) FILTER (WHERE submitted_at IS NOT NULL AND state IN"
                    " ('submitted', 'in_triage', 'information_requested')) FROM referrals_referral")  # fmt: skip
        referrals, undecided = ask.fetchone()
        ask.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = ask.fetchone()
    return [
        f"{referrals:,} referrals, {undecided:,} of them undecided, {size}",
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},"
        f" {datetime.now(tz=UTC):%d %B %Y %H:%M} UTC",
    ]


def number_of_referrals() -> int:
    with connection.cursor() as ask:
        ask.execute("SELECT count(*) FROM referrals_referral")
        return int(ask.fetchone()[0])


def table(lines: list[Line], *, fewest: int = 0, grown: Mapping[str, float] | None = None) -> str:
    """As docs/benchmarks.md has it; with a smaller run, how many times its figure each page has grown since."""
    grown = grown or {}
    more_head, more_rule = (f" Growth from {fewest:,} |", "--:|") if grown else ("", "")
    head = [
        f"| Page | ms | Processor ms | × floor | Wanted | SQL | KB |{more_head} |",
        f"|---|--:|--:|--:|--:|--:|--:|{more_rule}---|",
    ]
    return "\n".join(head + [
        f"| {line.page.title} | {line.ms:.1f} | {line.processor:.1f} | {line.times:.1f} | {line.page.most:g} | {line.sql}"
        f" | {line.bytes / 1024:.0f} | {growth_in_words(line, grown)}{'**missed**' if line.faults else 'met'} |"
        for line in lines
    ])  # fmt: skip


def growth_in_words(line: Line, grown: Mapping[str, float]) -> str:
    """Its own column, where there is one."""
    if not grown:
        return ""
    return f"{grown[line.page.title]:.2f} | " if line.page.title in grown else "| "

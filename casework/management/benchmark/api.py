"""`manage.py bench api`: what keeping up with a force's open referrals costs in a day, by the feed of changes and without."""

import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.test import override_settings

from casework.management.benchmark import databases
from casework.management.benchmark.desk import circumstances
from casework.management.benchmark.polling import Cost, Way, a_day
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.bootstrap import CHECKOUT
from nexus.embedded import running
from nexus.progress import step

FORCE = "20"
ONE = 1  # call, and audit entry, of a round in which nothing has changed
MINUTES_A_DAY = 24 * 60


class ApiBench(BaseCommand):
    help = (
        "Measure a day of a force's records system that follows its open referrals, in a database of its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--referrals", type=int, default=80, help="open ones of the force")
        parser.add_argument("--minutes", type=int, default=30, help="from one round to the next")
        parser.add_argument("--changes", type=int, default=40, help="of those referrals, in the day")
        parser.add_argument(
            "--measure", action="store_true", help="measure in the database that is connected to"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["measure"]:
            self.measured(options)
            return
        name = f"nexus_bench_api_{options['referrals']}"
        with running(CHECKOUT, "bench", {"postgres", "valkey"}):
            databases.drop(name)
            databases.make(name, referrals=options["referrals"], undecided=options["referrals"], force=FORCE)
            again = [*databases.MANAGE, "bench", "api", "--measure",
                     *(f"--{each}={options[each]}" for each in ("referrals", "minutes", "changes"))]  # fmt: skip
            done = subprocess.run(again, env=databases.environment(name), check=False)
            databases.drop(name)
        sys.exit(done.returncode)

    @override_settings(NEXUS_API_CALLS_A_MINUTE=0)  # a day's calls come in minutes here
    def measured(self, options: dict[str, Any]) -> None:
        """Print the table; leave with 1 where a quiet round of the feed costs more than it may."""
        rounds = MINUTES_A_DAY // options["minutes"]
        police = list(User.objects.filter(role=Role.POLICE_OFFICER, force__code=FORCE).order_by("pk")[:2])
        office = User.objects.filter(role=Role.REFERRALS_OFFICER).order_by("pk")[0]
        with step(f"{rounds} rounds played"):
            ways = a_day(police, office, rounds=rounds, changes=options["changes"])
        self.stdout.write("\n".join(circumstances()))
        self.stdout.write(f"{rounds} rounds, {options['changes']} changes")
        self.stdout.write(table(ways))
        if missed(ways[0]):
            sys.exit(1)


def missed(feed: Way) -> bool:
    """Whether a round of the feed in which nothing had changed took more than one call or left more than one entry."""
    return (feed.quiet.calls, feed.quiet.entries) != (ONE, ONE)


def table(ways: list[Way]) -> str:
    """As docs/benchmarks.md has it."""
    head = [
        "| Reading | Calls of a quiet round | Entries | KB | Calls of the day | Entries | of them “viewed” | KB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return "\n".join(head + [row(way) for way in ways])


def row(way: Way) -> str:
    quiet, day = way.quiet, way.day
    return (
        f"| {way.title} | {quiet.calls} | {quiet.entries} | {kilobytes(quiet)} | {day.calls:,} | {day.entries:,}"
        f" | {day.viewed:,} | {kilobytes(day)} |"
    )


def kilobytes(cost: Cost) -> str:
    return f"{cost.bytes / 1024:,.1f}"

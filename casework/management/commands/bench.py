"""`manage.py bench datawash`, `desk` and `api`: measure, print the figures, exit 1 when a target is missed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casework.management.benchmark.api import ApiBench
from casework.management.benchmark.desk import DeskBench
from referrals.management.measuring_the_wash import DatawashBench

BENCHES: dict[str, type[BaseCommand]] = {"api": ApiBench, "datawash": DatawashBench, "desk": DeskBench}


class Command(BaseCommand):
    help = "Measure one part of the service on invented people: the data-wash, the pages of the desk, or the API."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        each = parser.add_subparsers(dest="what", required=True)
        for name, bench in BENCHES.items():
            bench().add_arguments(each.add_parser(name, help=bench.help))

    def handle(self, *args: Any, **options: Any) -> None:
        bench = BENCHES[options["what"]]()
        bench.stdout = self.stdout
        bench.handle(*args, **options)

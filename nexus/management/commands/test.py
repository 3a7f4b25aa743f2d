"""`manage.py test`: pytest, against real servers started for it. Arguments go to pytest as they are."""

import sys

import pytest
from django.core.management.base import BaseCommand

from nexus import assets
from nexus.bootstrap import CHECKOUT


class Command(BaseCommand):
    """Runs the tests and leaves with pytest's exit code."""

    help = "Runs the tests with pytest; every further argument is pytest's own."

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the arguments over unread: `-k`, `-n`, paths and all."""
        if "--help" not in argv:
            assets.prepare(CHECKOUT)
        sys.exit(int(pytest.main(argv[2:])))

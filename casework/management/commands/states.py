"""`manage.py states`: write docs/states.md, or with --check say whether it is stale."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.management.state_page import page


class Command(BaseCommand):
    help = (
        "Writes docs/states.md from the state machines. --check changes nothing and fails when it is stale."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is stale; write nothing")
        parser.add_argument("--out", type=Path, default=Path(settings.BASE_DIR) / "docs" / "states.md")

    def handle(self, *args: Any, check: bool, out: Path, **options: Any) -> None:
        wanted = page()
        if check:
            if not out.exists() or out.read_text(encoding="utf-8") != wanted:
                raise CommandError(f"{out.name} is stale. Run: manage.py states")
            self.stdout.write(f"{out.name} is fresh.")
            return
        out.write_text(wanted, encoding="utf-8")
        self.stdout.write(f"{out.name} is written.")

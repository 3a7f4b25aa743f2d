"""`manage.py lint`: everything that can be wrong without running the program."""

import os
import secrets
import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nexus.bootstrap import CHECKOUT
from nexus.supply_chain import NOT_RUN

PYTHON = sys.executable
MANAGE = [PYTHON, str(CHECKOUT / "manage.py")]
SUPPLY_CHAIN = [PYTHON, "-m", "nexus.supply_chain"]
# What is checked, and the remedy when it fails.
CHECKS = (
    # Ruff's rules S are bandit's: see tests/nexus/test_supply_chain.py for what they find.
    ("ruff check, bandit's rules included", [PYTHON, "-m", "ruff", "check", "."], "ruff check --fix"),
    (
        "ruff format",
        [PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", "."],
        "ruff format",
    ),
    ("import contracts", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"], ""),
    ("types", [PYTHON, "-m", "mypy"], ""),
    ("locks, licences, secrets", [*SUPPLY_CHAIN, "locks", "licences", "secrets"], ""),
    ("advisories", [*SUPPLY_CHAIN, "advisories"], ""),
    ("Django's checks, as deployed", [*MANAGE, "check", "--deploy", "--fail-level=WARNING"], ""),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], "manage.py makemigrations"),
    ("generated docs", [*MANAGE, "states", "--check"], "manage.py states"),
)


class Command(BaseCommand):
    """Runs every check, also after one has failed, and fails when any did. What could not run is no pass, and said."""

    help = "Runs ruff, mypy, the import contracts, and the migration and documentation checks."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a check; what a failing one says is printed whole."""
        failed: list[str] = []
        not_run: list[str] = []
        for name, command, remedy in CHECKS:
            began = time.monotonic()
            done = subprocess.run(
                command,
                cwd=CHECKOUT,
                env=as_deployed() if "--deploy" in command else None,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            took = time.monotonic() - began
            if done.returncode:
                (not_run if done.returncode == NOT_RUN else failed).append(name)
                self.stdout.write(done.stdout)
            word = {0: "ok", NOT_RUN: "NOT RUN"}.get(done.returncode, "FAILED")
            hint = f" – try: {remedy}" if word == "FAILED" and remedy else ""
            self.stdout.write(f"{word:<8}{name} ({took:.1f} s){hint}")
        if failed:
            raise CommandError(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
        unseen = f", {len(not_run)} not run: {', '.join(not_run)}" if not_run else ""
        self.stdout.write(f"{len(CHECKS) - len(not_run)} checks passed{unseen}")


def as_deployed() -> dict[str, str]:
    """The environment of deploy/nexus.env.example, with a key in the place of each blank."""
    lines = (CHECKOUT / "deploy" / "nexus.env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return os.environ | {name: value or secrets.token_urlsafe(50) for name, value in given.items()}

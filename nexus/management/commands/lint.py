"""`manage.py lint`: everything that can be wrong without running the program."""

import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nexus.bootstrap import CHECKOUT

PYTHON = sys.executable
MANAGE = [PYTHON, str(CHECKOUT / "manage.py")]
# What is checked, and the remedy when it fails.
CHECKS = (
    ("ruff check", [PYTHON, "-m", "ruff", "check", "."], "ruff check --fix"),
    (
        "ruff format",
        [PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", "."],
        "ruff format",
    ),
    ("import contracts", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"], ""),
    ("types", [PYTHON, "-m", "mypy"], ""),
    ("Django's checks", [*MANAGE, "check", "--fail-level=WARNING"], ""),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], "manage.py makemigrations"),
    ("generated docs", [*MANAGE, "states", "--check"], "manage.py states"),
)


class Command(BaseCommand):
    """Runs every check, also after one has failed, and fails when any did."""

    help = "Runs ruff, mypy, the import contracts, and the migration and documentation checks."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a check; what a failing one says is printed whole."""
        failed = []
        for name, command, remedy in CHECKS:
            began = time.monotonic()
            done = subprocess.run(
                command,
                cwd=CHECKOUT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            took = time.monotonic() - began
            if done.returncode:
                failed.append(name)
                self.stdout.write(done.stdout)
            hint = f" – try: {remedy}" if done.returncode and remedy else ""
            self.stdout.write(f"{'FAILED' if done.returncode else 'ok':<7}{name} ({took:.1f} s){hint}")
        if failed:
            raise CommandError(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
        self.stdout.write(f"{len(CHECKS)} checks passed")

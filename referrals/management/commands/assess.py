"""`manage.py assess FILE`: the rules without a browser or a database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from referrals.rules import policies
from referrals.rules.policy import Policy
from referrals.subjects_json import assessed, faults_in

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Assess one subject or several (a JSON object or an array of them) and print a JSON array."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
        parser.add_argument(
            "--policy",
            choices=[each.version for each in policies.POLICIES],
            help="assess under this version of the policy, not under the one of each subject's reference date",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        subjects = self._read(options["file"])
        faults = faults_in(subjects)
        if faults:
            self._leave(faults)
        try:
            results = [assessed(subject, self._policy(subject, options["policy"])) for subject in subjects]
        except policies.NoPolicy as none:
            self._leave([str(none)])
        self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))

    def _policy(self, subject: dict[str, Any], version: str | None) -> Policy:
        """The version asked for, or the policy in force on the subject's reference date."""
        if version:
            return policies.policy_of_version(version)
        return policies.policy_on(date.fromisoformat(subject["reference_date"]))

    def _read(self, name: str) -> list[Any]:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            document = json.loads(raw.decode("utf-8-sig"))
        except OSError as error:
            self._leave([f"{name} cannot be read: {error.strerror}."])
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            self._leave([f"{name} is not JSON: {error}."])
        return document if isinstance(document, list) else [document]

    def _leave(self, faults: list[str]) -> NoReturn:
        self.stderr.write("\n".join(faults))
        sys.exit(WRONG_INPUT)

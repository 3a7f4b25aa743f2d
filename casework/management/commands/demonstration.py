"""`manage.py demonstration`: invented people and eighteen months of invented work."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.demonstration.make import make
from casework.demonstration.people import sign_ins
from nexus.refusals import Refused
from referrals.models import Referral


class Command(BaseCommand):
    """Fills an empty database, or says who can sign in."""

    help = "Fills an empty database with invented people, referrals, cases and reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: only say who can sign in."""
        parser.add_argument(
            "--sign-ins", action="store_true", help="change nothing; list an e-mail address for each role"
        )

    def handle(self, *args: Any, sign_ins: bool, **options: Any) -> None:
        """Refuses a database that holds anything."""
        if sign_ins:
            self.list_sign_ins()
            return
        now = timezone.now()
        try:
            events = make(now=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"The demonstration: {Referral.objects.count()} invented referrals, {events} events."
        )
        self.list_sign_ins()

    def list_sign_ins(self) -> None:
        """One line a role: what it is and its e-mail address; the pass phrase all share comes last."""
        rows = sign_ins()
        for role, email, _ in rows:
            self.stdout.write(f"  {role:<32}{email}")
        self.stdout.write(f"\n  Password for all of them: {rows[0][2]}")

"""`manage.py demonstration`: invented people and eighteen months of invented work."""

from argparse import ArgumentParser
from datetime import datetime
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.demonstration.make import REFERRALS, make, make_everybody, tell_beside_others
from casework.demonstration.people import sign_ins
from nexus import preparing
from nexus.refusals import Refused
from referrals.models import Referral


class Command(BaseCommand):
    """Fills an empty database, or says who can sign in."""

    help = "Fills an empty database with invented people, referrals, cases and reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without an option, all of it at once."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--sign-ins", action="store_true", help="change nothing; list an e-mail address for each role"
        )
        only.add_argument(
            "--people", action="store_true", help="only the people, so that they can sign in already"
        )
        only.add_argument(
            "--stories",
            action="store_true",
            help="what happened, after --people, while others may be at work",
        )

    def handle(self, *args: Any, sign_ins: bool, people: bool, stories: bool, **options: Any) -> None:
        """Refuses a database that holds anything else."""
        now = timezone.now()
        try:
            if people:
                make_everybody(now=now)
            elif stories:
                self.tell(now)
            elif not sign_ins:
                self.say_what_there_is(make(now=now))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not stories:
            self.list_sign_ins()

    def tell(self, now: datetime) -> None:
        """Every page says how far it is, until it is done."""
        try:
            self.say_what_there_is(
                tell_beside_others(now=now, progress=partial(preparing.tell, total=REFERRALS))
            )
        finally:
            preparing.forget()

    def say_what_there_is(self, events: int) -> None:
        """One line."""
        self.stdout.write(
            f"The demonstration: {Referral.objects.count()} invented referrals, {events} events."
        )

    def list_sign_ins(self) -> None:
        """One line a role: what it is and its e-mail address; what all share comes last."""
        rows = sign_ins()
        for role, email, _ in rows:
            self.stdout.write(f"  {role:<32}{email}")
        self.stdout.write(f"\n  Password for all of them: {rows[0][2]}")
        self.stdout.write(
            "  The second step asks for a code. In another terminal: python3 manage.py code E-MAIL"
        )

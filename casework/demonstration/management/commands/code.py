"""`manage.py code NAME`: what the authenticator app of a person of the demonstration shows now."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.demonstration.people import addresses
from nexus.accounts.second_factor import codes


class Command(BaseCommand):
    """Prints a code for invented people only: a newcomer has no telephone that was set up for them."""

    help = "Prints the code of the moment for a person of the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("name", help="e-mail address, or what stands before the @")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Refuses everybody who is not invented."""
        wanted = name.strip().lower()
        invented = addresses()
        emails = [each for each in invented if wanted in (each, each.partition("@")[0])]
        if not emails:
            raise CommandError(
                f"{name} is nobody of the demonstration. Codes are printed for invented people only."
            )
        if len(emails) > 1:
            raise CommandError(f"Say which: {', '.join(sorted(emails))}")
        app = Authenticator.objects.filter(user__email=emails[0], type=Authenticator.Type.TOTP).first()
        if app is None:
            raise CommandError(f"{emails[0]} has set up no app. Sign in with the password to set one up.")
        used: int = app.data["last_period"]
        period = max(codes.period_of(timezone.now()), used + 1)
        self.stdout.write(codes.code_at(codes.opened(app.data["secret"]), period))

"""`manage.py administrator NAME EMAIL`: the first account of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from nexus.accounts.invitations import GOOD_FOR, invite, new_link
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record


class Command(BaseCommand):
    """Makes an administrator, and prints once the link with which they choose their password."""

    help = "Makes an administrator, and prints the link with which they choose their password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account it is."""
        parser.add_argument("full_name")
        parser.add_argument("email")
        parser.add_argument("--address", default=settings.NEXUS_ADDRESS, help="where this service is found")

    def handle(self, *args: Any, full_name: str, email: str, address: str, **options: Any) -> None:
        """Refuses an e-mail address that already has an account."""
        if User.objects.filter(email=email.strip().lower()).exists():
            raise CommandError(f"{email} already has an account. To set a password: manage.py changepassword")
        now = timezone.now()
        with transaction.atomic():
            user = User.objects.create_user(email=email, full_name=full_name, role=Role.ADMINISTRATOR)
            record(kind="user.created", by=None, subject=user, now=now)
            invite(user, by=None, now=now)
            opens = new_link(user, now=now)
        self.stdout.write(f"Choose the password of {user.email} at {address.rstrip('/')}{opens}")
        self.stdout.write(
            f"The link works once, for {GOOD_FOR.days} days. To set a password: manage.py changepassword {user.email}"
        )

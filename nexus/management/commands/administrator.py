"""`manage.py administrator NAME EMAIL`: the first account of a new installation."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record


class Command(BaseCommand):
    """Makes an administrator with a random password and prints it once."""

    help = "Makes an administrator; its password is printed once and can be changed with changepassword."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account it is."""
        parser.add_argument("full_name")
        parser.add_argument("email")

    def handle(self, *args: Any, full_name: str, email: str, **options: Any) -> None:
        """Refuses an e-mail address that already has an account."""
        if User.objects.filter(email=email.strip().lower()).exists():
            raise CommandError(f"{email} already has an account. To set a password: manage.py changepassword")
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            user = User.objects.create_user(
                email=email, password=password, full_name=full_name, role=Role.ADMINISTRATOR
            )
            record(kind="user.created", by=None, subject=user, now=timezone.now())
        self.stdout.write(f"Sign in as {user.email} with the password {password}")
        self.stdout.write("It is shown this once. To set another: manage.py changepassword " + user.email)

"""`manage.py sandbox`: make this installation a sandbox for programs, and play its Referrals Office."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nexus.refusals import Refused
from nexus.scope import SYSTEM, scope
from referrals.sandbox.preparing import prepare
from referrals.sandbox.triage import decide_waiting


class Command(BaseCommand):
    """Prints what a program begins with; or with --triage what was decided."""

    help = "Makes an installation with a database of its own a sandbox for programs (docs/api/guide.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the new program's key is written, or that what waits is to be decided."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--key", type=Path, help="the file to write the new program’s private key to")
        what.add_argument("--triage", action="store_true", help="decide what waits, as the rules indicate")

    def handle(self, *args: Any, key: Path | None, **options: Any) -> None:
        """Refuses an installation that is not switched to be a sandbox, and one in which others work."""
        try:
            with scope(SYSTEM):
                self.made(key) if key else self.decided()
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons)) from None

    def made(self, path: Path) -> None:
        """A program, as JSON: its number, the officer it names, the address of the service."""
        if path.exists():
            raise CommandError(f"{path} is there already. Name another file for the key.")
        key = ec.generate_private_key(ec.SECP256R1())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        found = prepare(public_key=public, now=timezone.now())
        path.touch(mode=0o600)
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        begins = {"address": settings.NEXUS_ADDRESS, "program": found.program.pk, "officer": found.officer}
        self.stdout.write(json.dumps({**begins, "key": str(path)}))

    def decided(self) -> None:
        """A line a referral: its reference and its state."""
        for referral in decide_waiting(now=timezone.now()):
            self.stdout.write(f"{referral.reference} {referral.state}")

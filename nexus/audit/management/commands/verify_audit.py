"""`manage.py verify_audit`: whether the audit record is as it was written. Exit code 1 when it is not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nexus.audit.actions import read_record
from nexus.audit.heads import kept_heads


class Command(BaseCommand):
    """Reads a few thousand entries at a time, however long the record is, and changes nothing."""

    help = "Compares the audit record with its seals and with exported heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            help="a file of exported heads, where it is not that of the settings",
        )

    def handle(self, *args: Any, heads: Path | None, **options: Any) -> None:
        file = heads or Path(settings.NEXUS_AUDIT_HEADS)
        if heads and not heads.exists():
            raise CommandError(f"There is no file {heads}.")
        findings = read_record(now=timezone.now(), heads=kept_heads(file)).findings
        for sentence in findings.first:
            self.stdout.write(sentence)
        read = (
            f"{findings.entries:,} entries in {findings.chains:,} chains, {findings.heads:,} exported heads"
        )
        if findings.faults:
            raise CommandError(f"Not as it was written: {findings.faults:,} faults ({read}).")
        self.stdout.write(f"Verified: {read}.")

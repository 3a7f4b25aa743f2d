"""`manage.py export_audit_head`: one signed line that says what the audit record is now, to be kept elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nexus.audit.actions import read_record


class Command(BaseCommand):
    """The line goes to standard output; `verify_audit --heads FILE` compares the record with such lines."""

    help = "Prints the signed head of the audit record."

    def handle(self, *args: Any, **options: Any) -> None:
        verified = read_record(now=timezone.now())
        if verified.findings.faults:
            raise CommandError("The record is not as it was written: run verify_audit.")
        self.stdout.write(verified.head.as_line())

"""`manage.py verify_queue`: whether every referral stands in the queue where it belongs. Exit code 1 when one does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from referrals.actions.reckoning import misplaced, reckon_again


class Command(BaseCommand):
    help = "Reckons every referral's place in the queue again and compares it with the one that is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Reckoned again for today: {reckon_again(now=now):,}.")
        found = [referral.reference for referral in misplaced(now=now)]
        for reference in found[:20]:
            self.stdout.write(reference)
        if found:
            raise CommandError(f"{len(found):,} referrals do not stand in the queue where they belong.")
        self.stdout.write("Every referral stands in the queue where it belongs.")

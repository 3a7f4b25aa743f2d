"""`manage.py reference`: load forces and teams."""

from typing import Any

from django.core.management.base import BaseCommand

from nexus.accounts.reference import load_reference_data


class Command(BaseCommand):
    help = "Add the police forces and Home Office teams that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        forces, teams = load_reference_data()
        self.stdout.write(f"Reference data: {forces} forces and {teams} teams added.")

"""`manage.py assets`: fetch the design systems' files and pack them with our own, for serving."""

from typing import Any

from django.core.management.base import BaseCommand

from nexus import assets
from nexus.bootstrap import CHECKOUT


class Command(BaseCommand):
    """Does what `up` does at its start; an image or a server build needs only this part."""

    help = "Fetches and packs styles and scripts."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Quick when nothing has changed; Trouble without network."""
        assets.prepare(CHECKOUT)
        assets.pack(CHECKOUT)

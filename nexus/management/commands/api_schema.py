"""Keep the schema of the programming interface as it is released: what later ones are compared with."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from nexus.api.compatible import binding
from nexus.api.schema import schema
from nexus.bootstrap import CHECKOUT

RELEASED = CHECKOUT / "docs" / "api" / "openapi.json"


class Command(BaseCommand):
    """Writes docs/api/openapi.json."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the schema without its words. Say in docs/api/changelog.md what has changed."""
        found = json.loads(json.dumps(binding(schema()), default=str))
        RELEASED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
        self.stdout.write(f"{RELEASED.relative_to(CHECKOUT)} is written.")

"""`manage.py house`: how often the house says the same thing, counted in the source as it stands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nexus.bootstrap import CHECKOUT

DOORS = ("views", "forms", "api", "verbs", "urls", "administration")
ROW_CLASS = re.compile(r"^class (Act|Deed|Decision|Verb)\b(?!\(StateModel)", re.MULTILINE)
BY_HAND = re.compile(r"^@require_http_methods\(\[\"GET\", \"POST\"\]\)", re.MULTILINE)
BUTTON = re.compile(r"^@require_POST", re.MULTILINE)
REFUSED = re.compile(r"except Refused\b")
NAMED = re.compile(r"^def (lock|visible|viewed)\(", re.MULTILINE)
JOIN = re.compile(r"^NEXUS_ON_\w+ = (\([^)]*\)|\"[^\"]*\")", re.MULTILINE)
STATED = re.compile(r"\bVerb\(")


def sources() -> Iterator[tuple[Path, str]]:
    """Each module of the three storeys, without migrations and the demonstration, and its text."""
    for storey in ("nexus", "referrals", "casework"):
        for path in sorted((CHECKOUT / storey).rglob("*.py")):
            if not {"migrations", "demonstration"} & set(path.parts):
                yield path.relative_to(CHECKOUT), path.read_text()


def is_door(path: Path) -> bool:
    """Whether people or programs come in here: views, forms, endpoints and their addresses."""
    return path != Path("nexus/verbs.py") and any(part.removesuffix(".py") in DOORS for part in path.parts)


def counts() -> dict[str, int]:
    """What is counted, by its name in words."""
    modules = list(sources())
    doors = [(path, text) for path, text in modules if is_door(path)]
    endpoints = [(path, text) for path, text in modules if "api" in path.parts]
    settings = (CHECKOUT / "nexus" / "settings.py").read_text()
    joins = sum(named.count('"') // 2 for named in JOIN.findall(settings))
    migrations = [
        path
        for app in ("nexus", "referrals", "casework")
        for path in (CHECKOUT / app).rglob("migrations/0*.py")
    ]

    def found(pattern: re.Pattern[str], among: list[tuple[Path, str]]) -> int:
        return sum(len(pattern.findall(text)) for _, text in among)

    return {
        "row classes for a verb beside nexus/verbs.py": found(ROW_CLASS, doors),
        "views with a form, by hand": found(BY_HAND, doors),
        "views of one button, by hand": found(BUTTON, doors),
        "verbs that endpoints state again": found(STATED, endpoints),
        "except Refused in doors": found(REFUSED, doors),
        "lines in doors": sum(text.count("\n") for _, text in doors),
        "functions called lock, visible or viewed": found(NAMED, modules),
        "joins named by a string in the settings": joins,
        "migrations": len(migrations),
        "lines in migrations": sum(path.read_text().count("\n") for path in migrations),
    }


class Command(BaseCommand):
    """Prints the table; it judges nothing."""

    help = "Counts how often the same idea stands in the source."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a count."""
        for words, number in counts().items():
            self.stdout.write(f"{number:>7,}  {words}")

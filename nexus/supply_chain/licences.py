"""No package whose licence would bind what is built on it: none under GPL or AGPL. LGPL is used as a library."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from nexus.supply_chain import LOCKS, npm_packages, pins

BINDING = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
# Looked at by a person.
DECIDED = {
    "axe-playwright-python": "MIT, as its repository says; the wheel itself names no licence.",
    "text-unidecode": "Artistic or GPL, whichever one chooses: Artistic. Only the tests bring it.",
}


def faults() -> Iterator[str]:
    """What is under GPL or AGPL, and what names no licence; what is not installed here is not judged."""
    for name in sorted({name for lock in LOCKS[:2] for name, _, _ in pins(lock)} - DECIDED.keys()):
        try:
            found = licences_of(name)
        except PackageNotFoundError:  # for another system
            continue
        if fault := fault_of(found):
            yield f"{name} {fault}"
    for name, row in npm_packages().items():
        if fault := fault_of([row.get("license", "")]):
            yield f"{name} (npm) {fault}"


def fault_of(licences: list[str]) -> str:
    """A sentence's end, or "" where nothing is wrong."""
    named = [words for words in licences if words]
    if not named:
        return "names no licence"
    bound = [words for words in named if BINDING.search(words) and not LESSER.search(words)]
    return f"is under {bound[0]}" if bound else ""


def licences_of(package: str) -> list[str]:
    """As its wheel names them: the expression, else the classifiers, else the first line of the text."""
    of: dict[str, Any] = metadata(package).json
    if expression := of.get("license_expression"):
        return [expression]
    classifiers = [each for each in of.get("classifier", []) if each.startswith("License")]
    return classifiers or [of.get("license", "").partition("\n")[0]]

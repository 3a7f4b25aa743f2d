"""The words of a case that nothing which goes to the tribunal may show."""

from typing import Any

from django.db.models import QuerySet

from casework.material.models import ParagraphChecked
from casework.material.queries import approved_for
from casework.material.rules import passages
from casework.models import Case
from casework.tribunal.models import Redaction
from nexus.confined.redacting import without


def standing(case: Case) -> QuerySet[Redaction]:
    """Redactions nobody has withdrawn. One that no second reader has confirmed is applied as well: nothing it may
    protect is let out meanwhile."""
    return case.redactions.filter(withdrawn_at=None).select_related("marked_by", "confirmed_by")


def words_of(case: Case) -> list[str]:
    """Every passage that is redacted throughout: those marked, and those the checks of approved statements name."""
    found = list(standing(case).values_list("passage", flat=True))
    checks = approved_for(case).values("approval__of_check")
    for listed in ParagraphChecked.objects.filter(of_check__in=checks).values_list("to_redact", flat=True):
        found += passages(listed)
    return sorted(set(found))


def redacted(value: Any, words: list[str]) -> Any:
    """The same data with the words taken out of every text in it, keys aside."""
    if isinstance(value, str):
        return without(value, words)
    if isinstance(value, list):
        return [redacted(each, words) for each in value]
    if isinstance(value, dict):
        return {key: redacted(each, words) for key, each in value.items()}
    return value

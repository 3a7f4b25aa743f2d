"""What a force answered about an operation and said of how it went, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from casework.engagement.models import Engagement
from nexus.accounts.models import User
from referrals.parts import ToldByForce


def told_by_forces(*, referrals: Collection[int], reader: User) -> Iterator[ToldByForce]:
    """One query."""
    seen = Engagement.objects.visible_to(reader).filter(case__referral__in=referrals)
    for operation in seen.select_related("answered_by", "outcome_by"):
        path, kind = reverse("engagement:detail", args=[operation.pk]), operation.get_kind_display().lower()
        if operation.answer_words and operation.answered_at:
            by = str(operation.answered_by)
            yield ToldByForce(f"Answer about {kind}", operation.answer_words, operation.answered_at, by, path)
        if operation.what_happened and operation.outcome_at:
            by = str(operation.outcome_by)
            yield ToldByForce(f"Outcome of {kind}", operation.what_happened, operation.outcome_at, by, path)

"""What a force answered about an operation and said of how it went, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from casework.engagement.models import Engagement
from casework.engagement.rules.powers import Kind
from nexus.accounts.models import User
from referrals.models import Referral
from referrals.parts import Telling


def told_by_forces(*, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
    """Its answer, and its outcome."""
    seen = Engagement.objects.visible_to(reader).filter(case__referral__in=referrals.values("pk"))
    return (
        Telling(
            rows=seen.filter(answered_at__isnull=False).exclude(answer_words=""),
            kind=lambda more: f"Answer about {Kind(more).label.lower()}",
            words="answer_words",
            at="answered_at",
            by="answered_by__full_name",
            more="kind",
            page="engagement:detail",
        ),
        Telling(
            rows=seen.filter(outcome_at__isnull=False).exclude(what_happened=""),
            kind=lambda more: f"Outcome of {Kind(more).label.lower()}",
            words="what_happened",
            at="outcome_at",
            by="outcome_by__full_name",
            more="kind",
            page="engagement:detail",
        ),
    )

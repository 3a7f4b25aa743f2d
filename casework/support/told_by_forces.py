"""What a force said about a person in answering and giving support, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from casework.support.models import SupportMessage, SupportRequest
from casework.support.queries import RECORDED_AT
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from referrals.models import Referral
from referrals.parts import Telling


def told_by_forces(*, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
    """Messages, answers, and what the force says it did."""
    seen = SupportRequest.objects.visible_to(reader).filter(referral__in=referrals.values("pk")).order_by()
    return (
        Telling(
            rows=SupportMessage.objects.filter(
                support_request__in=seen.values("pk"), by__role__in=POLICE_ROLES
            ),
            kind=lambda more: "Message about police support",
            words="text",
            at="at",
            by="by__full_name",
            key="support_request_id",
            page="support:detail",
        ),
        Telling(
            rows=seen.filter(answered_at__isnull=False).exclude(answer=""),
            kind=lambda more: "Answer to a request for police support",
            words="answer",
            at="answered_at",
            by="answered_by__full_name",
            page="support:detail",
        ),
        Telling(
            rows=seen.annotate(recorded_at=RECORDED_AT).filter(recorded_at__isnull=False).exclude(done=""),
            kind=lambda more: "Police support given",
            words="done",
            at="recorded_at",
            by="done_by__full_name",
            page="support:detail",
        ),
    )

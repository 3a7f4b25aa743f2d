"""A request for police support about somebody who was not referred as a record of its own."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from casework.support.models import SupportChange, SupportRequest
from casework.support.states import ENDED
from nexus.retention.kinds import Codes, RecordKind, day_in_figures, numbered


def over() -> QuerySet[Any]:
    """What the force has done or declined, and what was cancelled."""
    last_change = (
        SupportChange.objects.filter(support_request=OuterRef("pk")).order_by("-at").values("at")[:1]
    )
    ended = SupportRequest.objects.filter(referral=None, state__in=ENDED)
    return ended.annotate(ended_at=Subquery(last_change), retention=Value("support"))


def codes(asked: SupportRequest) -> Codes:
    """What the figures count."""
    return {
        "force": asked.force.code,
        "kind": asked.kind,
        "state": asked.state,
        "asked_on": day_in_figures(asked.asked_at),
        "declined_because": asked.decline_reason or None,
    }


SUPPORT = RecordKind(
    code="support",
    words="Request for police support",
    label="support.SupportRequest",
    over=over,
    reference=str,
    named=numbered("Support request"),
    page=lambda asked: reverse("support:detail", args=[asked.pk]),
    codes=codes,
    names=lambda asked: [asked.subject_name],
)

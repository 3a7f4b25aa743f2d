"""An enquiry that belongs to no referral as a record of its own."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from nexus.retention.kinds import Codes, RecordKind, day_in_figures, numbered
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.states import State


def over() -> QuerySet[Any]:
    """What has been answered."""
    answered = Enquiry.objects.filter(referral=None, state=State.ANSWERED)
    return answered.annotate(ended_at=F("answered_at"), retention=Value("enquiry"))


def codes(enquiry: Enquiry) -> Codes:
    """What the figures count."""
    return {
        "force": enquiry.force.code if enquiry.force else None,
        "asker": enquiry.asker,
        "logged_on": day_in_figures(enquiry.logged_at),
        "answered_on": day_in_figures(enquiry.answered_at),
    }


ENQUIRY = RecordKind(
    code="enquiry",
    words="Enquiry to the Duty Desk",
    label="duty_desk.Enquiry",
    over=over,
    reference=str,
    named=numbered("Enquiry"),
    page=lambda enquiry: reverse("duty_desk:detail", args=[enquiry.pk]),
    codes=codes,
    names=lambda enquiry: [enquiry.caller],
)

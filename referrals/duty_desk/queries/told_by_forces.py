"""What was said at the Duty Desk and by telephone about a person, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from nexus.accounts.models import User
from referrals.duty_desk.models import CallAdvice, Enquiry, TelephoneReferral
from referrals.models import Referral
from referrals.parts import Telling


def told_by_forces(*, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
    """Enquiries with the reply, calls, and advice given in calls."""
    ids = referrals.values("pk")
    return (
        Telling(
            rows=Enquiry.objects.filter(referral__in=ids, force__isnull=False),
            kind="Enquiry {}, Duty Desk".format,
            words="question",
            second="reply",
            reply="The Duty Desk replied: ",
            at="logged_at",
            by="caller",
            more="pk",
        ),
        Telling(
            rows=TelephoneReferral.objects.filter(referral__in=ids),
            kind=lambda more: "Telephone call",
            words="why_urgent",
            second="asked",
            at="taken_at",
            by="caller",
        ),
        Telling(
            rows=CallAdvice.objects.filter(call__referral__in=ids),
            kind=lambda more: "Advice given by telephone",
            words="text",
            at="at",
            by="by__full_name",
        ),
    )

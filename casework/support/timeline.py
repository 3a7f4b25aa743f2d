"""What happened to a support request: for its own page, and for the timeline of its case."""

from collections.abc import Iterator
from datetime import datetime

from casework.models import Case
from casework.support.models import SupportChange, SupportRequest
from casework.support.queries import contact_of
from casework.timeline import INTERNAL, SIZE, Entry, shared_with
from nexus.accounts.models import User

TITLES = {
    "submit": "Submitted",
    "send_back": "Sent back by the Referrals Office",
    "pass_on": "Passed on to the force",
    "accept": "Accepted by the force",
    "decline": "Declined by the force",
    "fulfil": "Done by the force",
    "cancel": "Cancelled",
}
BEFORE_THE_FORCE = ("submit", "send_back")  # the force sees nothing of these


def happenings(request: SupportRequest, reader: User) -> list[Entry]:
    """Newest first. To the force only its own people and the case-owner have names."""
    changes = SupportChange.objects.filter(support_request=request).select_related("by")
    if not reader.is_police:
        entries = [Entry(TITLES[change.verb], change.at, change.by, change.reason) for change in changes]
        return entries[::-1]
    contact = contact_of(request)
    seen = changes.exclude(verb__in=BEFORE_THE_FORCE)
    return [
        Entry(
            TITLES[change.verb],
            change.at,
            change.by if change.by and (change.by.is_police or change.by == contact) else None,
            change.reason,
        )
        for change in seen
    ][::-1]


def of_case(*, case: Case, before: datetime | None) -> Iterator[Entry]:
    """What was asked for the case's subject, by Nexus or Criminal Casework, and what became of it."""
    found = SupportChange.objects.filter(support_request__referral=case.referral_id)
    # What Liverpool submits is with the force in the same moment: told once.
    found = found.exclude(verb="submit", support_request__from_criminal_casework=False)
    if before:
        found = found.filter(at__lt=before)
    for change in found.select_related("by", "support_request").order_by("-at", "-pk")[: SIZE + 1]:
        request = change.support_request
        text = request.asked if change.verb in ("submit", "pass_on") else change.reason
        entries = request.passed_on_at is not None and request.passed_on_at <= change.at
        title = f"Police support, {request.get_kind_display()}: {TITLES[change.verb]}"
        yield Entry(title, change.at, change.by, text, tag=shared_with(case) if entries else INTERNAL)

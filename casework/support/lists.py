"""Support requests, flags and ledgers as people meet them: which exist for whom, and that they were read."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from casework.support.models import SupportRequest
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.queries import open_first, requests
from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.rows import Rows
from referrals.models import SpecialConditionsFlag

REQUESTS: Rows[SupportRequest] = Rows(
    noun="support",
    seen=lambda by: requests(SupportRequest.objects.visible_to(by)).annotate(over=open_first()),
    who_may=WHO_MAY,
    recipient=recipient_of,
)

# What makes a subject eligible: an address names the reference of its referral.
FLAGS = Rows(
    noun="flag",
    seen=lambda by: (
        SpecialConditionsFlag.objects.visible_to(by).latest_of_each().select_related("referral__force")
    ),
    who_may=WHO_MAY,
    subject=lambda flag: flag.referral,
    lookups={"reference": "referral__reference"},
)


def flags_shown(by: User, flags: Iterable[SpecialConditionsFlag]) -> None:
    """Write down which flags a page showed beside a request."""
    record(kind="flag.listed", by=by, subjects=flags, now=timezone.now())


def forces_seen_by(by: User) -> QuerySet[Force]:
    """Another force's ledger does not exist for a force lead."""
    return Force.objects.filter(pk=by.force_id) if by.force_id else Force.objects.all()


def ledger_viewed(by: User, force: Force | None = None) -> None:
    """Write down that the ledger of one force, or of all, was read."""
    kind = "support.ledger_viewed" if force else "support.ledgers_viewed"
    record(kind=kind, by=by, subject=force, now=timezone.now(), recipient=recipient_of(by))

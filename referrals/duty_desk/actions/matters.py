"""What is pending: listed when a referral is sent or by an officer, and checked until it is over."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if
from nexus.working_days import local_day
from referrals.duty_desk.models import MatterKind, PendingMatter
from referrals.duty_desk.permissions import MATTERS
from referrals.duty_desk.queries import WATCHED
from referrals.models import Referral
from referrals.rules.terms import ConductKind


def list_matters(*, referral: Referral, by: User, now: datetime) -> list[PendingMatter]:
    """What a referral says is pending becomes a row each, in the transaction that sends it."""
    return [
        PendingMatter.objects.create(
            referral=referral, kind=kind, what=what, court=court, made_by=by, made_at=now, looked_at=now
        )
        for kind, what, court in _told_by(referral)
    ]


def _told_by(referral: Referral) -> Iterator[tuple[str, str, str]]:
    """(kind, what, court) of everything the form says is pending; each pending charge by itself."""
    if referral.pending_criminal == "yes":
        yield MatterKind.CRIMINAL, referral.pending_criminal_details, ""
    if referral.pending_appeals == "yes":
        yield MatterKind.APPEAL, referral.pending_appeals_details, ""
    for event in referral.conduct.filter(kind=ConductKind.PENDING_CHARGE):
        yield MatterKind.CRIMINAL, f"Charge: {event.offence}", event.court


def reasons_not_to_watch(referral: Referral) -> list[str]:
    if referral.state in WATCHED:
        return []
    said = referral.get_state_display().lower()
    return [f"{referral.reference} is {said}, so nothing pending is watched for it."]


def reasons_against_day(next_on: date | None, now: datetime) -> list[str]:
    if next_on and next_on < local_day(now):
        return ["The next hearing or check must be today or later."]
    return []


@transaction.atomic
def add_matter(
    *, referral_id: int, by: User, now: datetime, kind: str, what: str, court: str, next_on: date | None
) -> PendingMatter:
    """List a matter the desk has heard of. Raises Refused."""
    referral = Referral.objects.visible_to(by).select_for_update(of=("self",)).get(pk=referral_id)
    MATTERS.permit("add_matter", by)
    refuse_if(
        reasons_not_to_watch(referral)
        or blank(what, "Enter what is pending.") + reasons_against_day(next_on, now)
    )
    matter = PendingMatter.objects.create(
        referral=referral,
        kind=kind,
        what=what,
        court=court,
        next_on=next_on,
        made_by=by,
        made_at=now,
        looked_at=now,
    )
    record(kind="matter.added", by=by, subject=referral, now=now, detail={"matter": matter.pk})
    return matter


def reasons_not_to_check(matter: PendingMatter) -> list[str]:
    if matter.ended_at:
        return ["This matter is over, so there is nothing left to check."]
    return reasons_not_to_watch(matter.referral)


def reasons_against_what_is_next(next_on: date | None, over: bool, now: datetime) -> list[str]:
    """A matter has a next day or is over, so that none is lost from sight."""
    if over and next_on:
        return ["A matter that is over has no next hearing or check. Remove the date."]
    if not (over or next_on):
        return ["Enter the next hearing or the day to check again, or say that the matter is over."]
    return reasons_against_day(next_on, now)


@transaction.atomic
def check_matter(
    *,
    matter_id: int,
    by: User,
    now: datetime,
    result: str,
    changes: str,
    next_on: date | None,
    over: bool = False,
) -> PendingMatter:
    """Write down what was found out, what it changes and when to look again. Raises Refused."""
    MATTERS.permit("check_matter", by)
    matters = PendingMatter.objects.visible_to(by).select_for_update(of=("self",))
    matter = matters.select_related("referral").get(pk=matter_id)
    refuse_if(
        reasons_not_to_check(matter)
        or blank(result, "Enter what you found out.") + reasons_against_what_is_next(next_on, over, now)
    )
    matter.looked_at, matter.checked_by = now, by
    matter.result, matter.changes, matter.next_on = result, changes, next_on
    matter.ended_at = now if over else None
    matter.save()
    detail = {"matter": matter.pk, "next_on": next_on.isoformat() if next_on else "", "over": over}
    told = f"{result}\n{changes}".strip()
    record(kind="matter.checked", by=by, subject=matter.referral, now=now, reason=told, detail=detail)
    return matter

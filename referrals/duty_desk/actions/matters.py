"""What is pending: listed when a referral is sent or by an officer, checked until it is over."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if
from nexus.steps import Lock
from nexus.working_days import local_day
from referrals.duty_desk.models import MatterEntry, PendingMatter
from referrals.duty_desk.permissions import MATTERS
from referrals.duty_desk.queries import WATCHED
from referrals.duty_desk.rules.pending import (
    Done,
    Ending,
    MatterKind,
    check_day,
    endings_of,
    reasons_against_days,
    reasons_against_what_is_next,
)
from referrals.models import Referral
from referrals.rules.terms import ConductKind

lock_referral = Lock(Referral, MATTERS)
lock_matter = Lock(PendingMatter, MATTERS, join=("referral",))


def list_matters(*, referral: Referral, by: User, now: datetime) -> list[PendingMatter]:
    """What a referral says is pending becomes a row each, in the transaction that sends it."""
    return [
        enter(referral, by=by, now=now, kind=kind, what=what, court=court)
        for kind, what, court in _told_by(referral)
    ]


def _told_by(referral: Referral) -> Iterator[tuple[str, str, str]]:
    """(kind, what, court) of everything the form says is pending; each pending charge by itself."""
    if referral.pending_criminal == "yes":
        yield MatterKind.CRIMINAL, referral.pending_criminal_details, ""
    if referral.pending_litigation == "yes":
        yield MatterKind.OTHER, referral.pending_litigation_details, ""
    if referral.pending_appeals == "yes":
        yield MatterKind.APPEAL, referral.pending_appeals_details, ""
    for event in referral.conduct.filter(kind=ConductKind.PENDING_CHARGE):
        yield MatterKind.CRIMINAL, f"Charge: {event.offence}", event.court


def enter(referral: Referral, *, by: User, now: datetime, **values: Any) -> PendingMatter:
    """The row of a matter, and the first entry of its story."""
    matter = PendingMatter.objects.create(referral=referral, made_by=by, made_at=now, looked_at=now, **values)
    write(matter, Done.LISTED, by=by, now=now, text=matter.what)
    return matter


def write(
    matter: PendingMatter,
    done: Done,
    *,
    by: User,
    now: datetime,
    text: str,
    said: str = "",
    **days: Any,
) -> MatterEntry:
    return MatterEntry.objects.create(matter=matter, done=done, said=said, text=text, by=by, at=now, **days)


def reasons_not_to_watch(referral: Referral) -> list[str]:
    if referral.state in WATCHED:
        return []
    state = referral.get_state_display().lower()
    return [f"{referral.reference} is {state}, so nothing pending is monitored for it."]


@transaction.atomic
def add_matter(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    what: str,
    court: str = "",
    next_on: date | None = None,
    hearing_on: date | None = None,
) -> PendingMatter:
    """List criminal proceedings the desk has heard of. Raises Refused."""
    referral = lock_referral(referral_id, by=by, verb="add_matter")
    refuse_if(
        reasons_not_to_watch(referral)
        or blank(what, "Enter what is pending.") + reasons_against_days([next_on, hearing_on], local_day(now))
    )
    values = {
        "what": what,
        "court": court,
        "next_on": check_day(next_on, hearing_on),
        "hearing_on": hearing_on,
    }
    matter = enter(referral, by=by, now=now, kind=MatterKind.CRIMINAL, **values)
    record(kind="matter.added", by=by, subject=referral, now=now, detail={"matter": matter.pk})
    return matter


def reasons_not_to_check(matter: PendingMatter) -> list[str]:
    """Why nothing more is written of it."""
    if matter.ended_at:
        return ["This matter has ended, so there is nothing left to check."]
    return reasons_not_to_watch(matter.referral)


@transaction.atomic
def check_matter(
    *,
    matter_id: int,
    by: User,
    now: datetime,
    result: str,
    changes: str,
    next_on: date | None,
    hearing_on: date | None = None,
) -> PendingMatter:
    """Write down what was found out, what it changes and when to look again. Raises Refused."""
    matter = lock_matter(matter_id, by=by, verb="check_matter")
    refuse_if(
        reasons_not_to_check(matter)
        or blank(result, "Enter what you found out.")
        + reasons_against_what_is_next(next_on, hearing_on, local_day(now))
    )
    days: dict[str, Any] = {"next_on": check_day(next_on, hearing_on), "hearing_on": hearing_on}
    looked(matter, by=by, now=now, result=result, changes=changes, **days)
    write(matter, Done.CHECKED, by=by, now=now, text=result, changes=changes, **days)
    detail = {"matter": matter.pk} | {name: day.isoformat() if day else "" for name, day in days.items()}
    record(
        kind="matter.checked", by=by, subject=matter.referral, now=now, detail=detail
    )  # its words stay with it
    return matter


@transaction.atomic
def conclude_matter(
    *, matter_id: int, by: User, now: datetime, ending: str, result: str, changes: str
) -> PendingMatter:
    """The matter is over: how it ended, and what that changes. It changes nothing by itself. Raises Refused."""
    matter = lock_matter(matter_id, by=by, verb="conclude_matter")
    known = ending in endings_of(matter.kind)
    refuse_if(
        reasons_not_to_check(matter)
        or ([] if known else ["Select how it ended."]) + blank(result, "Enter what was decided.")
    )
    matter.ended_at, matter.ending = now, ending
    looked(matter, by=by, now=now, result=result, changes=changes, next_on=None, hearing_on=None)
    write(matter, Done.CONCLUDED, by=by, now=now, said=Ending(ending).label, text=result, changes=changes)
    detail = {"matter": matter.pk, "ending": ending}
    record(kind="matter.concluded", by=by, subject=matter.referral, now=now, detail=detail)
    return matter


def looked(matter: PendingMatter, *, by: User, now: datetime, **found: Any) -> None:
    """The matter now says what was found last."""
    for name, value in {**found, "looked_at": now, "checked_by": by}.items():
        setattr(matter, name, value)
    matter.save()

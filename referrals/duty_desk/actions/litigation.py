"""Immigration litigation: listed with what it stops, judged, and tasked to who deals with it."""

from datetime import date, datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.working_days import local_day
from referrals.duty_desk import telling
from referrals.duty_desk.actions.matters import (
    enter,
    lock_matter,
    lock_referral,
    reasons_not_to_check,
    reasons_not_to_watch,
    write,
)
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.rules.pending import (
    DOES_NOT,
    LITIGATION,
    SUSPENDS,
    Done,
    Team,
    check_day,
    reasons_against_days,
)
from referrals.parts import referral_parts


def reasons_not_litigation(kind: str) -> list[str]:
    return [] if kind in LITIGATION else ["Select what kind of litigation it is."]


def reasons_in_the_future(known_since: date | None, now: datetime) -> list[str]:
    if known_since and known_since > local_day(now):
        return ["The day it was lodged must be today or in the past."]
    return []


@transaction.atomic
def add_litigation(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    kind: str,
    what: str,
    court: str = "",
    their_reference: str = "",
    known_since: date | None = None,
    hearing_on: date | None = None,
    next_on: date | None = None,
    suspends_removal: bool | None = None,
    suspends_reason: str = "",
) -> PendingMatter:
    """List an appeal, a judicial review, or an injunction or stay that somebody has heard of.

    `suspends_removal` is the judgement of `by`, who gives the reason; None leaves it to be judged, and until
    then it stands against removal. Everything but kind and `what` may stay open. Raises Refused.
    """
    referral = lock_referral(referral_id, by=by, verb="add_litigation")
    refuse_if(
        reasons_not_to_watch(referral)
        or reasons_not_litigation(kind)
        + blank(what, "Enter what is challenged and by whom.")
        + reasons_in_the_future(known_since, now)
        + reasons_against_days([next_on, hearing_on], local_day(now))
        + reasons_not_judged(suspends_reason, optional=suspends_removal is None)
    )
    matter = enter(
        referral,
        by=by,
        now=now,
        kind=kind,
        what=what,
        court=court,
        their_reference=their_reference,
        known_since=known_since,
        next_on=check_day(next_on, hearing_on),
        hearing_on=hearing_on,
    )
    record(kind="litigation.added", by=by, subject=referral, now=now, detail={"matter": matter.pk})
    if suspends_removal is not None:
        judge(matter, by=by, now=now, suspends=suspends_removal, reason=suspends_reason)
    return matter


def reasons_not_judged(reason: str, *, optional: bool = False) -> list[str]:
    return wordless(reason, "Enter why it suspends removal or does not.", optional=optional)


def reasons_only_litigation(matter: PendingMatter) -> list[str]:
    if matter.is_litigation:
        return reasons_not_to_check(matter)
    return ["Only immigration litigation is tasked or suspends removal here."]


def judge(matter: PendingMatter, *, by: User, now: datetime, suspends: bool, reason: str) -> None:
    """Write the judgement on the matter, into its story and into the audit record."""
    matter.suspends_removal, matter.suspends_reason = suspends, reason
    matter.judged_by, matter.judged_at = by, now
    matter.save()
    write(matter, Done.JUDGED, by=by, now=now, said=SUSPENDS if suspends else DOES_NOT, text=reason)
    detail = {"matter": matter.pk, "suspends": suspends}
    record(kind="litigation.judged", by=by, subject=matter.referral, now=now, reason=reason, detail=detail)
    if suspends:
        stop_what_relies(matter, by=by, now=now)


def stop_what_relies(matter: PendingMatter, *, by: User, now: datetime) -> None:
    """Each part stops what was authorised before somebody knew that removal is suspended."""
    because = f"Litigation suspends removal: {matter.get_kind_display()}."
    for part in referral_parts():
        if part.when_suspended:
            part.when_suspended(referral=matter.referral, by=by, now=now, because=because)


@transaction.atomic
def judge_litigation(
    *, matter_id: int, by: User, now: datetime, suspends: bool, reason: str
) -> PendingMatter:
    """A person says whether it suspends removal, and why; a later judgement replaces it. Raises Refused."""
    matter = lock_matter(matter_id, by=by, verb="judge_litigation")
    refuse_if(reasons_only_litigation(matter) or reasons_not_judged(reason))
    judge(matter, by=by, now=now, suspends=suspends, reason=reason)
    return matter


def reasons_not_to_task(matter: PendingMatter, to: str) -> list[str]:
    if to not in Team:
        return ["Select Nexus Casework or Criminal Casework."]
    if matter.tasked_to == to:
        return [f"It is tasked to {Team(to).label} already."]
    return []


@transaction.atomic
def task_litigation(*, matter_id: int, by: User, now: datetime, to: str, reason: str) -> PendingMatter:
    """The desk says who deals with it: "tasked to either Nexus Casework or Criminal Casework appropriately".

    Neither a case nor an allocation moves by it: where Criminal Casework holds the case, "the case should
    remain with the command it is allocated to" (p. 12). Raises Refused.
    """
    matter = lock_matter(matter_id, by=by, verb="task_litigation")
    refuse_if(
        reasons_only_litigation(matter)
        or reasons_not_to_task(matter, to) + wordless(reason, "Enter why this team deals with it.")
    )
    before, matter.tasked_to = matter.tasked_to, to
    matter.save()
    entry = write(matter, Done.TASKED, by=by, now=now, said=Team(to).label, text=reason)
    detail = {"matter": matter.pk, "from": before, "to": to}
    record(kind="litigation.tasked", by=by, subject=matter.referral, now=now, reason=reason, detail=detail)
    telling.litigation_tasked(entry, now=now)
    return matter

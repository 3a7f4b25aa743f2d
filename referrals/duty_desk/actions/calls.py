"""A live-time referral by telephone: taken while talking, completed by the force.

"The Nexus High Harm CIO or HMI will also take calls on urgent cases, 'live-time' referrals for immediate
detention including out of hours and weekends" (p. 8).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.steps import Lock
from referrals.actions.draft import begin
from referrals.duty_desk import telling
from referrals.duty_desk.models import CallAdvice, TelephoneReferral
from referrals.duty_desk.permissions import CALLS
from referrals.models import Channel, Nationality, NationalitySource, Referral
from referrals.states import State

# The columns of the draft a caller may know already. Everything else is the force's to fill in.
lock_call = Lock(TelephoneReferral, CALLS, join=("referral__force",))

HEARD = (
    "officer",
    "in_custody",
    "custody_reference",
    "custody_clock_started_at",
    "held_under",
    "surname",
    "forenames",
    "date_of_birth",
    "date_of_birth_precision",
    "sex",
)


def reasons_not_of_the_force(account: User | None, force: Force | None) -> list[str]:
    """Whose account is told must be of the police force that calls."""
    if account is None or (account.role in POLICE_ROLES and account.force == force):
        return []
    return [f"{account} is not an officer of {force}, so this referral cannot be shown there."]


def reasons_against_call(caller: str, why_urgent: str) -> list[str]:
    return blank(caller, "Enter the name of the caller.") + wordless(why_urgent, "Enter why it is urgent.")


@transaction.atomic
def take_call(*, by: User, now: datetime, **told: Any) -> TelephoneReferral:
    """Write down a live-time call: it becomes a draft of the force, which is told to complete it.

    `told` is what `begin_live_time` takes. Nobody can decide a draft, so nothing is decided on what was said in a hurry;
    and as `by` has raised it, somebody else triages it. The same key gives the same call back. Raises Refused.
    """
    CALLS.permit("take_call", by)
    return begin_live_time(by=by, now=now, **told)


@transaction.atomic
def raise_live_time(*, by: User, now: datetime, **told: Any) -> TelephoneReferral:
    """An immigration officer raises a live-time referral in a few words: the force in whose name it is made is told to
    complete and send it, and commits itself; the Referrals Office sees it among its live-time calls. Raises Refused."""
    CALLS.permit("raise_live_time", by)
    return begin_live_time(by=by, now=now, **told)


def begin_live_time(
    *,
    by: User,
    now: datetime,
    idempotency_key: UUID,
    force: Force | None,
    caller: str,
    why_urgent: str,
    contact: str = "",
    account: User | None = None,
    asked: str = "",
    advice: str = "",
    nationality: str = "",
    **heard: Any,
) -> TelephoneReferral:
    """The draft, what was said, and the message to the force. `heard` are columns of HEARD; the caller has settled that
    `by` may. Call it in a transaction. Raises Refused."""
    refuse_if(reasons_not_of_the_force(account, force) + reasons_against_call(caller, why_urgent))
    if strangers := set(heard) - set(HEARD):
        raise ValueError(f"Not heard on a call: {sorted(strangers)}")
    answers = {"channel": Channel.LIVE_TIME, "officer_contact": contact, **heard}
    referral = begin(by=by, now=now, idempotency_key=idempotency_key, force=force, **answers)
    if already := TelephoneReferral.objects.filter(referral=referral).first():
        return already
    if nationality:
        Nationality.objects.create(referral=referral, code=nationality, source=NationalitySource.CLAIMED)
    call = TelephoneReferral.objects.create(
        referral=referral,
        caller=caller,
        contact=contact,
        account=account,
        why_urgent=why_urgent,
        asked=asked,
        taken_by=by,
        taken_at=now,
    )
    record(kind="call.taken", by=by, subject=referral, now=now, recipient=referral.force.name)
    if advice.strip():
        advise(call, by=by, now=now, text=advice)
    telling.call_taken(call, now=now)
    return call


def reasons_not_to_advise(referral: Referral) -> list[str]:
    """Advice is logged until the force has sent its referral; then the triage page is the place."""
    if referral.state == State.DRAFT:
        return []
    state = referral.get_state_display().lower()
    return [f"{referral.reference} is {state}: ask the force or decide on its page."]


def advise(call: TelephoneReferral, *, by: User, now: datetime, text: str) -> CallAdvice:
    given = CallAdvice.objects.create(call=call, text=text, by=by, at=now)
    record(
        kind="call.advised",
        by=by,
        subject=call.referral,
        now=now,
        reason=text,
        recipient=call.referral.force.name,
        detail={"advice": given.pk},
    )
    return given


@transaction.atomic
def log_advice(*, call_id: int, by: User, now: datetime, text: str) -> CallAdvice:
    """Write down what was discussed or advised by telephone; the force reads it. Raises Refused."""
    call = lock_call(call_id, by=by, verb="log_advice")
    refuse_if(reasons_not_to_advise(call.referral) or blank(text, "Enter what was said."))
    return advise(call, by=by, now=now, text=text)

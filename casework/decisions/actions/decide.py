"""A named person makes the decision, with reasons; served to a person; or set aside for a new decision."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.decisions.actions.appeal_time import day_after_appeal, reasons_not_this_right
from casework.decisions.actions.steps import (
    lock,
    reasons_no_shared_text,
    reasons_not_at_work,
    reasons_not_on,
    reasons_not_read,
    reasons_not_to,
    set_next_action,
    tell_force,
)
from casework.decisions.models import Decision, Letter, ServedHow
from casework.decisions.queries import appeal_until, gaps_of, reasons_for_two_of, text_hash_of
from casework.decisions.states import State
from casework.material.actions import rely_on
from casework.material.states import State as MaterialState
from casework.models import ProgressKind
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless

UNREVIEWED = "A Senior Caseworker must review this decision first. Submit it for review."
REVIEWED_BY_SELF = "You reviewed this decision. Somebody else must make it."
CHANGED = "The text has changed since it was reviewed. Take the decision back and submit it again."


def reasons_not_to_decide(decision: Decision, by: User, now: datetime) -> list[str]:
    """Everything that stands against making this decision, before its reasons are written."""
    reasons = reasons_not_to("decide", decision, by) or [gap.sentence for gap in gaps_of(decision, now=now)]
    return reasons or reasons_alone(decision, by, now)


def reasons_alone(decision: Decision, by: User, now: datetime) -> list[str]:
    """Why it may not be made yet, or not by `by`: two people decide what the rules do not leave to one."""
    if decision.state != State.REVIEWED:
        because = reasons_for_two_of(decision, now=now)
        return [*because, UNREVIEWED] if because else []
    if decision.reviewed_hash != text_hash_of(decision):
        return [CHANGED]
    return [REVIEWED_BY_SELF] if decision.reviewed_by_id == by.pk else []


@transaction.atomic
def decide(
    *, decision_id: int, by: User, now: datetime, reasons: str, shared_text: str, asked_of_force: str = ""
) -> Decision:
    """Make the decision. From now on its text stays as it is; the force reads `shared_text` only. Raises Refused."""
    decision = lock(decision_id, by=by, verb="decide")
    refuse_if(
        reasons_not_to_decide(decision, by, now)
        or reasons_not_read(decision, by)
        + wordless(reasons, "Enter why you make this decision.")
        + reasons_no_shared_text(shared_text)
    )
    decision.move(
        "decide",
        by=by,
        now=now,
        reason=reasons,
        reasons=reasons,
        text_hash=text_hash_of(decision),
        reviewed_because="\n".join(reasons_for_two_of(decision, now=now)),
    )
    record(kind="decision.decided", by=by, subject=decision.case, now=now, detail={"decision": decision.pk})
    for material in decision.material.filter(state=MaterialState.APPROVED):
        rely_on(material_id=material.pk, by=by, now=now, reason=str(decision))
    set_next_action(decision.case, "decide", now=now)
    tell_force(
        decision.case,
        by=by,
        now=now,
        done="decided",
        kind=ProgressKind.DECISION,
        on=timezone.localdate(now),
        shared_text=shared_text,
        asked_of_force=asked_of_force,
        detail={"decision": decision.pk},
    )
    return decision


def reasons_not_this_service(
    decision: Decision, *, on: date, how: str, letter: Letter | None, document: str, now: datetime
) -> list[str]:
    """It was served after it was made, in a known way, and it is known what was served."""
    reasons = reasons_not_on(on, decision.case, timezone.localdate(now))
    if decision.decided_at and on < timezone.localdate(decision.decided_at):
        reasons = ["The decision cannot have been served before the day it was made."]
    if how not in ServedHow.values:
        reasons.append("Select how it was served.")
    if letter is None and not document.strip():
        reasons.append("Select the letter that was served, or say which other document it was.")
    if letter is not None and letter.decision_id != decision.pk:
        reasons.append("That letter belongs to another decision.")
    return reasons


@transaction.atomic
def serve(
    *,
    decision_id: int,
    by: User,
    now: datetime,
    on: date,
    how: str,
    to: str,
    by_whom: str,
    shared_text: str,
    letter: Letter | None = None,
    document: str = "",
    asked_of_force: str = "",
    place: str = "",
    appeal: str = "",
) -> Decision:
    """Record how, when, by whom and on whom it was served, and the very document. Raises Refused.

    The time to appeal is reckoned from where the subject is (`place`) and the right of appeal the decision carries;
    until both are recorded nobody is ready for removal.
    """
    decision = lock(decision_id, by=by, verb="serve")
    refuse_if(
        reasons_not_to("serve", decision, by)
        or reasons_not_this_service(decision, on=on, how=how, letter=letter, document=document, now=now)
        + reasons_not_this_right(place, appeal, unsaid=True)
        + blank(to, "Enter on whom it was served.")
        + blank(by_whom, "Enter who served it.")
        + reasons_no_shared_text(shared_text)
    )
    named = (str(letter), letter.pdf_hash) if letter else (document, "")
    decision.move(
        "serve",
        by=by,
        now=now,
        on=on,
        how=how,
        to=to,
        by_whom=by_whom,
        document=named[0],
        sha256=named[1],
        place=place,
        appeal=appeal,
        appeal_until=appeal_until(place=place, right=appeal, served_on=on, how=how),
    )
    detail = {"decision": decision.pk, "letter": letter.pk if letter else None}
    record(kind="decision.served", by=by, subject=decision.case, now=now, detail=detail)
    set_next_action(decision.case, "serve", now=now, on=day_after_appeal(decision))
    tell_force(
        decision.case,
        by=by,
        now=now,
        done="served",
        kind=ProgressKind.SERVICE,
        on=on,
        shared_text=shared_text,
        asked_of_force=asked_of_force,
        detail=detail,
    )
    return decision


def reasons_not_to_reconsider(decision: Decision, by: User) -> list[str]:
    return reasons_not_at_work(decision.case, by) or decision.reasons_not_to_move("supersede")


@transaction.atomic
def reconsider(
    *, decision_id: int, by: User, now: datetime, reasons: str, shared_text: str, asked_of_force: str = ""
) -> Decision:
    """Supersede the decision, so that a new one can be drafted. Raises Refused."""
    decision = lock(decision_id, by=by, verb="reconsider")
    refuse_if(
        reasons_not_to_reconsider(decision, by)
        or wordless(reasons, "Enter why the decision no longer stands.") + reasons_no_shared_text(shared_text)
    )
    set_aside(
        decision,
        by=by,
        now=now,
        reasons=reasons,
        on=timezone.localdate(now),
        shared_text=shared_text,
        asked_of_force=asked_of_force,
    )
    return decision


def set_aside(
    decision: Decision,
    *,
    by: User,
    now: datetime,
    reasons: str,
    on: date,
    shared_text: str,
    asked_of_force: str,
) -> None:
    """The decision is superseded and the case goes back to its evidence. Call with both locked."""
    supersede(decision, by=by, now=now, reasons=reasons)
    tell_force(
        decision.case,
        by=by,
        now=now,
        done="reconsidered",
        kind=ProgressKind.RECONSIDERATION,
        on=on,
        shared_text=shared_text,
        asked_of_force=asked_of_force,
        detail={"decision": decision.pk},
    )


def supersede(decision: Decision, *, by: User, now: datetime, reasons: str) -> None:
    """It no longer stands. Call with it and its case locked."""
    decision.move("supersede", by=by, now=now, reason=reasons)
    record(
        kind="decision.superseded", by=by, subject=decision.case, now=now, detail={"decision": decision.pk}
    )

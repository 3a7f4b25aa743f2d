"""A named person makes the decision, with reasons; served to a person; or set aside for a new decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.decisions.actions.appeal_time import day_after_appeal, reasons_not_this_place
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
from casework.decisions.letters.composing import place_of
from casework.decisions.letters.text import text_hash_of
from casework.decisions.models import Decision, Letter, LetterTemplate, ServedHow
from casework.decisions.queries import (
    appeal_until,
    gaps_of,
    reasons_for_two_of,
    right_carried,
)
from casework.decisions.rules.time_limits import PLACES
from casework.decisions.states import State
from casework.engagement.models import Engagement
from casework.engagement.queries import reasons_not_done_in
from casework.engagement.rules.powers import SERVED_IN
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


# Who received it, as the audit names them: never a person's name.
RECIPIENT = {
    **dict.fromkeys(ServedHow.values, "the subject"),
    ServedHow.REPRESENTATIVE: "the representative",
    ServedHow.ON_FILE: "the file",
}

# Both belong to a service: what is decided, and why.
SERVED_TOGETHER = (LetterTemplate.NOTICE, LetterTemplate.REASONS)


@dataclass(frozen=True)
class Service:
    """How a decision was served, and which documents: `document` names those that were not made here."""

    on: date
    how: str
    letters: Sequence[Letter] = ()
    document: str = ""
    document_on: date | None = None
    operation: Engagement | None = None
    rule: str = ""


def reasons_not_this_service(decision: Decision, service: Service, *, now: datetime) -> list[str]:
    """It was served after it was made, in a way that rests on an operation or a rule, with its notice and reasons."""
    reasons = reasons_not_on(service.on, decision.case, timezone.localdate(now))
    if decision.decided_at and service.on < timezone.localdate(decision.decided_at):
        reasons = ["The decision cannot have been served before the day it was made."]
    return reasons + reasons_not_this_way(decision, service) + reasons_not_these_documents(decision, service)


def reasons_not_this_way(decision: Decision, service: Service) -> list[str]:
    """The police serve in a live authorised operation and in no other way; other means ask for their rule."""
    if service.how not in ServedHow.values:
        return ["Select how it was served."]
    if service.how != ServedHow.IN_PERSON:
        return blank(
            service.rule,
            "Enter the rule it rests on: which regulation or article allows this way of service.",
        )
    return reasons_not_done_in(
        service.operation, decision.case, on=service.on, kinds=SERVED_IN, what="served it"
    )


def reasons_not_these_documents(decision: Decision, service: Service) -> list[str]:
    """Each document is named, the notice and the reasons, and none is older than the decision."""
    made_on = timezone.localdate(decision.decided_at) if decision.decided_at else service.on
    found = []
    if any(letter.decision_id != decision.pk for letter in service.letters):
        found.append("That letter belongs to another decision.")
    missing = [
        each.label for each in SERVED_TOGETHER if each not in {one.template for one in service.letters}
    ]
    if missing and not service.document.strip():
        words = " and ".join(f"“{label}”" for label in missing)
        found.append(f"Select what was served, or name the other document: {words} is missing.")
    if service.document.strip() and service.document_on is None:
        found.append("Enter the date of the other document.")
    elif service.document_on and not made_on <= service.document_on <= service.on:
        found.append(
            "A document that was served cannot be older than the decision or younger than its service."
        )
    return found


def reasons_not_where_letters_say(decision: Decision, letters: Sequence[Letter], place: str) -> list[str]:
    """The time to appeal that the notice names is that of the place where the subject is."""
    if not letters or not place or place == place_of(decision):
        return []
    return [
        f"The letters say the time to appeal of somebody who is {dict(PLACES)[place_of(decision)].lower()}. "
        "Reconsider the decision, so that its letters can be written for where the subject is."
    ]


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
    letters: Sequence[Letter] = (),
    document: str = "",
    document_on: date | None = None,
    operation: Engagement | None = None,
    rule: str = "",
    asked_of_force: str = "",
    place: str = "",
) -> Decision:
    """Record how, when, by whom and on whom it was served, under which operation or rule, and each document.

    The right of appeal follows from the decision, the time to appeal from that and from where the subject is (`place`);
    until both are known nobody is ready for removal. Raises Refused.
    """
    decision = lock(decision_id, by=by, verb="serve")
    service = Service(on, how, letters, document, document_on, operation, rule)
    refuse_if(
        reasons_not_to("serve", decision, by)
        or reasons_not_this_service(decision, service, now=now)
        + reasons_not_this_place(place, unsaid=True)
        + reasons_not_where_letters_say(decision, letters, place)
        + blank(to, "Enter on whom it was served.")
        + blank(by_whom, "Enter who served it.")
        + reasons_no_shared_text(shared_text)
    )
    in_person, right = how == ServedHow.IN_PERSON, right_carried(decision)
    decision.move(
        "serve",
        by=by,
        now=now,
        on=on,
        how=how,
        to=to,
        by_whom=by_whom,
        document="; ".join([*map(str, letters), *filter(None, [document.strip()])]),
        document_on=document_on if document.strip() else None,
        sha256=letters[0].pdf_hash if letters else "",
        operation=operation if in_person else None,
        rule="" if in_person else rule,
        place=place,
        appeal=right,
        appeal_until=appeal_until(place=place, right=right, served_on=on, how=how),
    )
    decision.served_letters.set(letters)
    detail = {"decision": decision.pk, "letters": [letter.pk for letter in letters]}
    record(
        kind="decision.served",
        by=by,
        subject=decision.case,
        now=now,
        detail=detail,
        recipient=RECIPIENT[how],
    )
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

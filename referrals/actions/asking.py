"""What the force is asked, and how it ends: answered one by one, withdrawn, or not waited for any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from referrals import telling
from referrals.actions.attach import add_document
from referrals.actions.lapse import lapse
from referrals.actions.steps import blank, lock
from referrals.actions.triage import reasons_not_held_by
from referrals.models import InformationRequest, Question, Referral
from referrals.queries import open_questions, people_to_ask
from referrals.rules.custody import answer_by

MOST = 10  # questions in one request


@dataclass(frozen=True)
class NewQuestion:
    """A question to be asked. Without an owner it goes to the officer who raised the referral."""

    text: str
    due_on: date
    owner: User | None = None


def reasons_not_to_ask(referral: Referral, by: User) -> list[str]:
    return referral.reasons_not_to_move("request_information") or reasons_not_held_by(referral, by)


def reasons_not_to_put(questions: Sequence[NewQuestion], referral: Referral, now: datetime) -> list[str]:
    """What is wrong with the questions themselves, each sentence once."""
    if not 0 < len(questions) <= MOST:
        return [f"Ask between 1 and {MOST} questions at a time."]
    can_be_asked = {person.pk for person in people_to_ask(referral)}
    found: dict[str, None] = {}
    for question in questions:
        found |= dict.fromkeys(blank(question.text, "Enter what you need to know."))
        found |= dict.fromkeys(due_in_the_past(question.due_on, now))
        if question.owner and question.owner.pk not in can_be_asked:
            found[f"{question.owner} cannot answer for {referral.force}. Choose somebody else."] = None
    return list(found)


def due_in_the_past(due_on: date, now: datetime) -> list[str]:
    if due_on < timezone.localdate(now):
        return ["The date to answer by must be today or later."]
    return []


def hour_to_answer(referral: Referral, now: datetime) -> datetime | None:
    """While a custody clock runs an answer is due in hours, before it ends (`Question.due_at`)."""
    ends_at = referral.custody_ends_at if referral.in_custody else None
    return answer_by(ends_at, now) if ends_at and ends_at > now else None


@transaction.atomic
def request_information(
    *, referral_id: int, by: User, now: datetime, questions: Sequence[NewQuestion]
) -> InformationRequest:
    """Ask the force one question or several, each with a day and a person to answer it. Raises Refused."""
    referral = lock(referral_id, by=by, verb="request_information")
    refuse_if(reasons_not_to_ask(referral, by) or reasons_not_to_put(questions, referral, now))
    request = InformationRequest.objects.create(referral=referral, asked_by=by, asked_at=now)
    hour = hour_to_answer(referral, now)
    last = timezone.localdate(hour) if hour else None
    made = Question.objects.bulk_create(
        Question(
            request=request,
            number=number,
            text=question.text,
            due_on=min(question.due_on, last) if last else question.due_on,
            owner=question.owner or referral.raised_by,
        )
        for number, question in enumerate(questions, start=1)
    )
    lapse(referral=referral, by=by, now=now, verb="request_information")
    referral.move("request_information", by=by, now=now)
    detail = {"request": request.pk, "questions": [question.pk for question in made]}
    record(kind="referral.asked_about", by=by, subject=referral, now=now, detail=detail)
    telling.questions_asked(request, [question.owner for question in made], now=now)
    return request


def reasons_settled(question: Question) -> list[str]:
    """Why a question cannot be answered or withdrawn any more."""
    if question.answered_at:
        return [f"{question.answered_by} has already answered this question."]
    if question.withdrawn_at:
        return ["The Referrals Office has withdrawn this question."]
    return [] if question.is_open else ["The Referrals Office no longer needs this answer."]


def chosen(referral: Referral, question_id: int | None) -> Question:
    """The question that is meant, of a locked referral. Raises Refused."""
    if question_id is None:
        found = list(open_questions(referral))
        several = len(found) > 1
        refuse_if([f"{len(found)} questions are open. Say which one you mean."] if several else [])
    else:
        questions = Question.objects.select_related("request", "answered_by", "owner")
        found = list(questions.filter(pk=question_id, request__referral=referral))
        refuse_if([] if found else ["There is no such question about this referral."])
    return found[0]


@transaction.atomic
def answer_information(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    answer: str,
    question_id: int | None = None,
    document: dict[str, Any] | None = None,
) -> Question:
    """The force answers one question; with the last of them the referral goes back to who asked. Raises Refused.

    `question_id` may be left out where only one is open. `document` is what `add_document` takes of an upload:
    upload, description, marking, disclosable. The referral is locked, so of two last answers at once one is last.
    """
    referral = lock(referral_id, by=by, verb="answer_information")
    if question_id is None:
        refuse_if(referral.reasons_not_to_move("answer_information"))
    question = chosen(referral, question_id)
    refuse_if(
        reasons_settled(question)
        or referral.reasons_not_to_move("answer_information")
        or blank(answer, "Enter your answer.")
    )
    question.answer, question.answered_by, question.answered_at = answer, by, now
    question.save(update_fields=["answer", "answered_by", "answered_at"])  # it may be chased meanwhile
    if document:
        add_document(referral, by=by, now=now, question=question, **document)
    referral.changed_at = now
    record(kind="referral.answered", by=by, subject=referral, now=now, detail={"question": question.pk})
    if open_questions(referral).exists():
        referral.save()
    else:
        close(question.request, now)
        referral.move("answer_information", by=by, now=now)
        telling.answered(question.request, now=now)
    return question


def reasons_not_to_give_to(question: Question, to: User, people: Sequence[User]) -> list[str]:
    """Who may be asked instead of the question's owner."""
    referral = question.request.referral
    if to.pk == question.owner_id:
        return [f"{to} already has this question."]
    if to.pk not in {person.pk for person in people}:
        return [f"{to} cannot answer for {referral.force}. Choose somebody else."]
    return []


@transaction.atomic
def reassign_question(*, referral_id: int, by: User, now: datetime, question_id: int, to: User) -> Question:
    """The force's people settle among themselves who answers a question; its day stays. Raises Refused."""
    referral = lock(referral_id, by=by, verb="reassign_question")
    question = chosen(referral, question_id)
    refuse_if(reasons_settled(question) or reasons_not_to_give_to(question, to, people_to_ask(referral)))
    before, question.owner = question.owner, to
    question.save(update_fields=["owner"])  # it may be chased meanwhile
    detail = {"question": question.pk, "from": before.pk, "to": to.pk}
    record(kind="referral.question_reassigned", by=by, subject=referral, now=now, detail=detail)
    telling.given(question, before, by=by, now=now)
    return question


def close(request: InformationRequest, now: datetime) -> None:
    request.closed_at = now
    request.save()


def reasons_not_to_take_back(referral: Referral, by: User) -> list[str]:
    return referral.reasons_not_to_move("take_back") or reasons_not_held_by(referral, by)


@transaction.atomic
def withdraw_question(
    *, referral_id: int, by: User, now: datetime, reason: str, question_id: int | None = None
) -> Question:
    """Withdraw one question; after the last the referral is back in triage. Raises Refused."""
    referral = lock(referral_id, by=by, verb="withdraw_question")
    if question_id is None:
        refuse_if(reasons_not_to_take_back(referral, by))
    question = chosen(referral, question_id)
    refuse_if(
        reasons_settled(question)
        or reasons_not_to_take_back(referral, by)
        or wordless(reason, "Enter why the question is withdrawn.")
    )
    question.withdrawn_by, question.withdrawn_at, question.withdrawn_reason = by, now, reason
    question.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    detail = {"question": question.pk}
    record(kind="referral.question_withdrawn", by=by, subject=referral, now=now, reason=reason, detail=detail)
    telling.no_longer_asked(referral, [question], now=now)
    if not open_questions(referral).exists():
        close(question.request, now)
        referral.move("take_back", by=by, now=now, reason=reason)
    return question


@transaction.atomic
def take_back(*, referral_id: int, by: User, now: datetime, reason: str) -> Referral:
    """Go on with triage without the answers that are missing; the local target runs again. Raises Refused."""
    referral = lock(referral_id, by=by, verb="take_back")
    refuse_if(
        reasons_not_to_take_back(referral, by)
        or wordless(reason, "Enter why you are continuing without the answers.")
    )
    unanswered = list(open_questions(referral))
    close(referral.information_requests.get(closed_at=None), now)
    referral.move("take_back", by=by, now=now, reason=reason)
    detail = {"questions": [question.pk for question in unanswered]}
    record(kind="referral.taken_back", by=by, subject=referral, now=now, reason=reason, detail=detail)
    telling.no_longer_asked(referral, unanswered, now=now)
    return referral

"""What comes before a removal: what was found out of the person, and the notices of removal that were given."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import (
    CLARIFIED_BY_A_SENIOR_CASEWORKER,
    WITH_DEPARTURE,
    WITH_INTENTION,
    Case,
    Clarification,
    NoticeKind,
    OpenQuestion,
    RemovalNotice,
)
from casework.queries import basis_of_age, referred_on
from casework.rules.planning import reasons_it_cannot_have_happened
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.law import law
from nexus.refusals import blank, refuse_if, wordless
from nexus.working_days import add_working_days


def reasons_not_this_answer(about: str, found: bool, welfare: str, by: User) -> list[str]:
    """A child's and a victim's safety is a Senior Caseworker's; a child is looked after."""
    if about not in OpenQuestion.values:
        return ["Select the question that was answered."]
    if about in CLARIFIED_BY_A_SENIOR_CASEWORKER and by.role != Role.SENIOR_CASEWORKER:
        return [f"“{OpenQuestion(about).label}” Only a Senior Caseworker may record the answer."]
    if about == OpenQuestion.UNDER_18 and found:
        return wordless(welfare, "Enter who looks after the subject, and what is arranged.")
    return []


@transaction.atomic
def clarify(
    *, case_id: int, by: User, now: datetime, about: str, found: bool, words: str, welfare: str = ""
) -> Clarification:
    """Record what was done to find out what nobody knew of the person, and what was found. Raises Refused."""
    case = lock(case_id, by=by, verb="clarify")
    refuse_if(
        reasons_not_to("clarify", case, by)
        or reasons_not_this_answer(about, found, welfare, by)
        + wordless(words, "Enter what was done to find out, and what was found.")
    )
    row = Clarification.objects.create(
        case=case,
        about=about,
        found=found,
        words=words,
        welfare=welfare,
        basis=basis_of_age(case.referral) if about == OpenQuestion.UNDER_18 else "",
        by=by,
        at=now,
    )
    detail = {"clarification": row.pk, "about": about}
    save(case, done="clarified", by=by, now=now, is_progress=True, detail=detail)
    return row


def reasons_not_this_notice(case: Case, kind: str, given_on: date, departure: str, today: date) -> list[str]:
    if kind not in NoticeKind.values:
        return ["Select which notice was given."]
    missing = blank(departure, "Enter the details of the departure.") if kind in WITH_DEPARTURE else []
    return reasons_it_cannot_have_happened(given_on, today=today, referred_on=referred_on(case)) + missing


def _period_ends_on(given_on: date) -> date:
    return add_working_days(given_on, law("removal_notice_period").number)


@transaction.atomic
def give_removal_notice(
    *, case_id: int, by: User, now: datetime, kind: str, given_on: date, how: str, departure: str = ""
) -> RemovalNotice:
    """Record a notice of removal that was given. Its period is worked out, and nobody is ready before it is over.
    Raises Refused."""
    case = lock(case_id, by=by, verb="give_removal_notice")
    refuse_if(
        reasons_not_to("give_removal_notice", case, by)
        or reasons_not_this_notice(case, kind, given_on, departure, timezone.localdate(now))
        + blank(how, "Enter how it was given, and by whom.")
    )
    notice = RemovalNotice.objects.create(
        case=case,
        kind=kind,
        given_on=given_on,
        period_ends_on=_period_ends_on(given_on) if kind in WITH_INTENTION else None,
        how=how,
        departure=departure if kind in WITH_DEPARTURE else "",
        recorded_by=by,
        recorded_at=now,
    )
    detail = {"notice": notice.pk, "kind": kind}
    save(case, done="given_notice_of_removal", by=by, now=now, is_progress=True, detail=detail)
    return notice

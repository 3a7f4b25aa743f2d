"""A referral as data for its PDF (templates/referrals/pdf/referral.typ): texts only."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from nexus.accounts.models import User
from nexus.ui.formatting import date, date_and_time, weekday
from referrals.following import Following, following
from referrals.models import Question, Referral
from referrals.summary import SectionSummary, summary_of

Pairs = list[list[str]]


def printed(referral: Referral, *, by: User, now: datetime) -> dict[str, Any]:
    """What the force may know of the referral, its own answers first of all."""
    known = following(referral)
    return {
        "reference": referral.reference,
        "made": f"Copy of {date_and_time(now)} for {by.full_name}",
        "about": _about(referral, known),
        "outcome": _outcome(known),
        "sections": [_section(section) for section in summary_of(referral)],
        "questions": [_question(question) for question in _questions(referral)],
    }


def _about(referral: Referral, known: Following) -> Pairs:
    rows = [["Reference", referral.reference], ["Force", referral.force.name], ["Stage", known.stage]]
    rows.append(["What this means", known.state_words])
    rows.append(["Started", date_and_time(referral.created_at)])
    if referral.submitted_at:
        rows.append(["Submitted", date_and_time(referral.submitted_at)])
    return rows


def _outcome(known: Following) -> Pairs:
    if known.outcome is None:
        return []
    return [
        ["Outcome", known.outcome_in_words],
        ["Decided", date(known.outcome.decided_at)],
        ["Reasons", known.outcome.reasons],
    ]


def _section(section: SectionSummary) -> dict[str, Any]:
    return {
        "title": section.title,
        "answers": [[answer.label, answer.text] for answer in section.answers],
        "tables": [
            {
                "title": table.title,
                "none": table.none,
                "rows": [
                    {
                        "title": row.title,
                        "note": row.note,
                        "answers": [[answer.label, answer.text] for answer in row.answers],
                    }
                    for row in table.rows
                ],
            }
            for table in section.tables
        ],
    }


def _questions(referral: Referral) -> QuerySet[Question]:
    questions = Question.objects.filter(request__referral=referral).select_related("request")
    return questions.order_by("request__asked_at", "request", "number")


def _question(question: Question) -> Pairs:
    rows = [
        ["Asked", date(question.request.asked_at)],
        ["Question", question.text],
        ["Answer by", weekday(question.due_on)],
    ]
    if question.answered_at:
        return [*rows, ["Answered", date(question.answered_at)], ["Answer", question.answer]]
    if question.withdrawn_at:
        return [*rows, ["Withdrawn", date(question.withdrawn_at)], ["Why", question.withdrawn_reason]]
    return [*rows, ["Answer", "Not yet" if question.is_open else "Not answered, and no longer needed"]]

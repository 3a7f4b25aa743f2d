"""A referral as data for its PDF (templates/referrals/pdf/referral.typ): texts only."""

from datetime import datetime
from typing import Any

from nexus.accounts.models import User
from nexus.ui.formatting import date, date_and_time, weekday
from referrals.following import Following, following
from referrals.models import InformationRequest, Referral
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
        "questions": [_question(asked) for asked in referral.information_requests.all()],
    }


def _about(referral: Referral, known: Following) -> Pairs:
    rows = [["Reference", referral.reference], ["Force", referral.force.name], ["Stage", known.stage]]
    rows.append(["What this means", known.told])
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


def _question(asked: InformationRequest) -> Pairs:
    rows = [
        ["Asked", date(asked.asked_at)],
        ["Question", asked.question],
        ["Answer by", weekday(asked.due_on)],
    ]
    if asked.answered_at:
        return [*rows, ["Answered", date(asked.answered_at)], ["Answer", asked.answer]]
    return [
        *rows,
        ["Answer", "Not answered before the referral was withdrawn" if asked.lapsed_at else "Not yet"],
    ]

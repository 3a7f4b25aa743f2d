"""Where a result leads: a draft, or a discussion with the Referrals Office (nexus/verbs.py).

Asking the matrix itself is by hand: its page grows and shrinks by rows (views/assessing.py).
"""

from datetime import datetime
from typing import Any

from django.urls import reverse

from nexus.accounts.models import User
from nexus.verbs import Verb, VerbPages
from referrals.matrix import actions
from referrals.matrix.actions.discuss import DISCUSSED
from referrals.matrix.forms import DiscussForm
from referrals.matrix.lists import RESULTS
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY


def reasons_discussed(assessment: MatrixAssessment, by: User, now: datetime) -> list[str]:
    return [DISCUSSED] if assessment.enquiry_id else []


def form_of_discussion(assessment: MatrixAssessment, by: User) -> dict[str, Any]:
    known = {"caller": by.full_name, "contact": by.email[:120], "question": question_about(assessment)}
    return {"by": by, "initial": known}


def question_about(assessment: MatrixAssessment) -> str:
    """The first line, which an officer goes on from. It names nobody."""
    reference = f", our reference {assessment.own_reference}" if assessment.own_reference else ""
    outcome = f"{assessment.outcome} {assessment.get_outcome_display()}"
    return f"Referral matrix run {assessment.pk}{reference}: {outcome}.\n\n"


VERBS = {
    "refer": Verb(
        action=actions.refer,
        heading="Start a referral with these answers",
        success=lambda referral: (
            f"Referral {referral.reference} has been started with your answers. Check each of them"
        ),
        button_only=True,
        next_page=lambda assessment, referral: reverse("referrals:detail", args=[referral.reference]),
    ),
    "discuss": Verb(
        action=actions.discuss,
        form=DiscussForm,
        heading="Log a discussion with the Referrals Office",
        button="Send the question",
        success="The Referrals Office has your question",
        lead="Your question reaches the Duty Desk in Croydon as an enquiry, with this result. "
        "The answer comes back to you here.",
        reasons_against=reasons_discussed,
        form_kwargs=form_of_discussion,
        page_context=lambda assessment, by: {"caption": f"Referral matrix, {assessment.outcome}"},
        next_page=lambda assessment, enquiry: reverse("duty_desk:detail", args=[enquiry.pk]),
    ),
}

pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=RESULTS.find,
    ids=lambda assessment: {"assessment_id": assessment.pk},
    back=lambda assessment, by: reverse("matrix:result", args=[assessment.pk]),
)

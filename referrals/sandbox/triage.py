"""The sandbox’s Referrals Office: what waits is decided as the rules indicate, so that a subject’s outcome is known.

In a sandbox alone. Where people work the rules decide nothing.
"""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Destination, Outcome, Proposal, Referral
from referrals.queries import outcome_for
from referrals.rules.matrix import REJECTS, SPEAKS_FOR, MatrixOutcome
from referrals.sandbox.preparing import FIRST, SECOND, reasons_no_sandbox
from referrals.states import State

MOST = 100  # referrals at once
DAYS = 5
INVENTED = "Decided by the sandbox, as the rules indicate for these invented answers."
ROUTES = {
    MatrixOutcome.M1: "administrative_removal",
    MatrixOutcome.M2: "conviction_led",
    MatrixOutcome.M3: "intelligence_led",
}
QUESTION = "What is the subject’s immigration status, and by which record?"


def decide_waiting(*, now: datetime) -> list[Referral]:
    """Decide what waits, the oldest first, and say what became of each. Raises Refused where this is no sandbox."""
    refuse_if(reasons_no_sandbox())
    first, second = (User.objects.get(email=email) for email in (FIRST, SECOND))
    waiting = Referral.objects.filter(state=State.SUBMITTED).order_by("submitted_at", "pk")[:MOST]
    return [decide(referral.pk, first, second, now=now) for referral in waiting]


@transaction.atomic
def decide(referral_id: int, first: User, second: User, *, now: datetime) -> Referral:
    """One referral, by the first officer; where a second one reads it before it is made, by both."""
    referral = actions.claim(referral_id=referral_id, by=first, now=now)
    record(kind="referral.viewed", by=first, subject=referral, now=now)
    outcome = outcome_for(referral)
    if outcome in (*SPEAKS_FOR, *REJECTS):
        agreed(said(referral, outcome, first, now=now), second, now=now)
    elif outcome is MatrixOutcome.M4:
        actions.redirect(
            referral_id=referral.pk,
            by=first,
            now=now,
            destination=Destination.CRIMINAL_CASEWORK,
            reasons=INVENTED,
        )
    else:
        due_on = add_working_days(now, DAYS)
        actions.request_information(
            referral_id=referral.pk, by=first, now=now, questions=[NewQuestion(QUESTION, due_on)]
        )
    return Referral.objects.get(pk=referral.pk)


def said(referral: Referral, outcome: MatrixOutcome, by: User, *, now: datetime) -> object:
    """The acceptance or the refusal, made or proposed."""
    words = {"reasons": INVENTED, "balance": INVENTED, "impact_reasons": INVENTED}
    accepted = outcome in SPEAKS_FOR
    more = (
        {
            "significant_impact": "yes",
            "scope_confirmation": INVENTED,
            "route": ROUTES[outcome],
            "police_statement": "not_necessarily",
        }
        if accepted
        else {"significant_impact": "no"}
    )
    return actions.decide_or_propose(
        referral_id=referral.pk,
        by=by,
        now=now,
        outcome=Outcome.ACCEPTED if accepted else Outcome.NOT_ACCEPTED,
        **words,
        **more,
    )


def agreed(made: object, reader: User, *, now: datetime) -> None:
    """A proposal is read by the second officer."""
    if isinstance(made, Proposal):
        record(kind="referral.viewed", by=reader, subject=made.referral, now=now)
        actions.agree(proposal_id=made.pk, by=reader, now=now)

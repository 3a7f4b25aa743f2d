"""What of referrals waits for one person: what an officer holds, what came back to them, drafts to send.

For `PART.waiting_items` (nexus/parts.py).
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import foremost
from referrals.models import Question, Referral
from referrals.permissions import RAISES, TRIAGES
from referrals.queries import to_read_twice
from referrals.queue import news_of, with_news
from referrals.states import HELD, ProposalState, State


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Three queries at most."""
    if user.role in TRIAGES:
        yield from chain(_held(user, now), _to_read(user))
    if user.role in RAISES:
        drafts = Referral.objects.visible_to(user).filter(created_by=user, state=State.DRAFT)
        for draft in foremost(drafts.filter(telephone=None), "changed_at", "pk"):
            act = "Finish the draft and send it"
            yield _of(
                draft, act, Urgency.HELD, draft.changed_at, path=reverse("referrals:tasks", args=[draft])
            )


def _held(user: User, now: datetime) -> Iterator[WaitingItem]:
    """What this officer holds: answered and returned by when it came back, then what still waits for somebody."""
    held = Referral.objects.visible_to(user).filter(claimed_by=user, state__in=HELD)
    open_questions = Question.objects.open().filter(request__referral=OuterRef("pk")).order_by("due_on")
    rows = with_news(held).annotate(
        since=Greatest(F("claimed_at"), F("submitted_at")),
        due_on=Subquery(open_questions.values("due_on")[:1]),
    )
    for referral in foremost(rows, "since", "pk"):
        yield _one_held(referral, now)


def _one_held(referral: Referral, now: datetime) -> WaitingItem:
    news, ends_at = news_of(referral), referral.custody_ends_at if referral.in_custody else None
    due_on = referral.due_on  # type: ignore[attr-defined]
    if referral.state == State.INFORMATION_REQUESTED and due_on:
        late = due_on < timezone.localdate(now)
        urgency = Urgency.OVERDUE if late else Urgency.WAITING
        words = "Ask the force after its answer" if late else "The force has to answer"
        return _of(referral, words, urgency, due_on)
    if referral.proposal_state == ProposalState.PROPOSED:  # type: ignore[attr-defined]
        return _of(referral, "A second reader reads your decision", Urgency.WAITING, referral.proposed_at)  # type: ignore[attr-defined]
    if news and news[0] is Urgency.RETURNED:
        return _of(referral, "Read why your decision was returned", *news)
    if news:
        return _of(referral, "Read the force’s answer and decide", *news)
    if ends_at:
        return _of(referral, "Assess and decide: the custody clock runs", Urgency.CLOCK, ends_at)
    return _of(referral, "Assess and decide", Urgency.HELD, referral.since)  # type: ignore[attr-defined]


def _to_read(user: User) -> Iterator[WaitingItem]:
    for proposal in foremost(to_read_twice(user).select_related("referral"), "proposed_at", "pk"):
        path = reverse("referrals:proposal", args=[proposal.referral, proposal.pk])
        act = f"Read a decision a second time: {proposal.get_outcome_display().lower()}"
        yield _of(proposal.referral, act, Urgency.HELD, proposal.proposed_at, path=path)


def _of(
    referral: Referral, act: str, urgency: Urgency, at: date | datetime, *, path: str = ""
) -> WaitingItem:
    path = path or reverse("referrals:detail", args=[referral])
    return WaitingItem(act, urgency, at, path, referral, referral.reference)

"""A referral with its case as one record: when its life is over, and what stays of it when it is erased."""

from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from casework.models import Case
from casework.states import State as CaseState
from nexus.retention.kinds import Codes, RecordKind, day_in_figures
from referrals.models import Referral, ReferralChange
from referrals.states import State

ENDED_WITHOUT_CASE = (State.NOT_ACCEPTED, State.REDIRECTED, State.WITHDRAWN)


def over() -> QuerySet[Any]:
    """Closed cases, referrals that led to no case, and drafts that nobody sent. What follows another goes with it."""
    no_case = Q(case=None, state__in=(*ENDED_WITHOUT_CASE, State.DRAFT))
    return with_end(Referral.objects.filter(Q(case__state=CaseState.CLOSED) | no_case).filter(follows=None))


def with_end(referrals: QuerySet[Any]) -> QuerySet[Any]:
    """When the life of each ended, and in which class it is kept."""
    last_change = ReferralChange.objects.filter(referral=OuterRef("pk")).order_by("-at").values("at")[:1]
    return referrals.annotate(
        ended_at=Coalesce(F("case__closed_at"), Subquery(last_change), F("changed_at")),
        retention=Choice(
            When(case__closed_at__isnull=False, then=Value("record")),
            When(state=State.DRAFT, then=Value("referral_draft")),
            default=Value("referral_ended"),
        ),
    )


def page(referral: Referral) -> str:
    """Nobody of the Home Office reads a draft."""
    if referral.state == State.DRAFT:
        return ""
    return reverse("referrals:detail", args=[referral.reference])


def codes(referral: Referral) -> Codes:
    """What the figures count."""
    case = Case.objects.filter(referral=referral).first()
    decision = referral.decisions.order_by("-decided_at").first()
    return {
        "force": referral.force.code,
        "channel": referral.channel,
        "state": referral.state,
        "started_on": day_in_figures(referral.created_at),
        "submitted_on": day_in_figures(referral.submitted_at),
        "decided_on": day_in_figures(decision.decided_at) if decision else None,
        "decision": decision.outcome if decision else None,
        "route": case.route if case else None,
        "outcome": case.outcome if case else None,
        "closed_on": day_in_figures(case.closed_at) if case else None,
    }


def names(referral: Referral) -> list[str]:
    """The subject's family name, forenames and aliases."""
    return [referral.surname, referral.forenames, *referral.aliases.values_list("name", flat=True)]


REFERRAL = RecordKind(
    code="referral",
    words="Referral and case",
    label="referrals.Referral",
    over=over,
    reference=lambda referral: referral.reference,
    named=lambda words: {"reference": words.strip().upper()},
    page=page,
    codes=codes,
    names=names,
)

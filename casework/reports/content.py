"""What a report says: one line for each referral, and totals counted from those lines.

"Police partners will be provided with regular reports detailing all recorded progress" (p. 11).
Read here and nowhere else, so what a report can hold is what this module asks for: never a note, a
balance, a barrier, a health answer or progress that is not marked for the force.

Four queries a report, whatever its length. Whether something was made, decided, accepted, flagged or
allocated in the period comes from one statement, so the totals see one moment.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from casework.models import Case, CaseChange, ProgressEvent
from casework.reports.models import ProgressReport, ReportLine
from casework.reports.periods import Period
from casework.states import State as CaseState
from nexus.ui import formatting
from referrals.models import (
    Allocation,
    InformationRequest,
    Outcome,
    Question,
    Referral,
    ReferralChange,
    SpecialConditionsFlag,
    TriageDecision,
)
from referrals.states import DECIDED, UNDECIDED, State

if TYPE_CHECKING:  # the names the queries below add to a row
    from django_stubs_ext import WithAnnotations

    class ReadOfCase(TypedDict):
        shared_events: list[ProgressEvent]

    class ReadOfReferral(TypedDict):
        decided_in_period: bool
        accepted_in_period: bool
        flagged_in_period: bool
        allocated_in_period: bool
        last_action_at: datetime
        standing: list[TriageDecision]
        open_requests: list[InformationRequest]

    ReadCase = WithAnnotations[Case, ReadOfCase]
    ReadReferral = WithAnnotations[Referral, ReadOfReferral]

# Key: (words, what one line adds).
TOTALS: dict[str, tuple[str, Callable[[ReportLine], int]]] = {
    "lines": ("Referrals in this report", lambda line: 1),
    "made": ("Made in the period", lambda line: line.made_in_period),
    "decided": ("Decided in the period", lambda line: line.decided_in_period),
    "accepted": ("Accepted in the period", lambda line: line.accepted_in_period),
    "flagged": ("Flagged in the period", lambda line: line.flagged_in_period),
    "allocated": ("Allocated to Liverpool in the period", lambda line: line.allocated_in_period),
    "progress": ("Progress recorded in the period", lambda line: len(line.progress)),
    "asked": ("Referrals with open requests to the force", lambda line: bool(line.asked_of_force)),
}


def totals_of(lines: Iterable[ReportLine]) -> dict[str, int]:
    """The totals of these lines; nothing else is counted."""
    rows = list(lines)
    return {key: sum(int(adds(line)) for line in rows) for key, (_, adds) in TOTALS.items()}


def lines_of(report: ProgressReport) -> list[ReportLine]:
    """The report's lines as the records stand now, by reference; not saved."""
    return [line_of(report, referral) for referral in referrals_in(report.force_id, report.period)]


def referrals_in(force_id: int, period: Period) -> "QuerySet[ReadReferral]":
    """The force's referrals sent before the period ended that are active now or moved in the period."""

    def within(field: str) -> Q:
        return Q(**{f"{field}__gte": period.start, f"{field}__lt": period.end})

    def of_referral(rows: QuerySet) -> QuerySet:
        return rows.filter(referral=OuterRef("pk"))

    decided = of_referral(TriageDecision.objects.filter(within("decided_at")))
    moves = of_referral(ReferralChange.objects.all())
    case_moves = CaseChange.objects.filter(case__referral=OuterRef("pk"))
    shared = ProgressEvent.objects.filter(shared_with_force=True)
    told_here = shared.filter(case__referral=OuterRef("pk"))
    return (
        Referral.objects.filter(force_id=force_id, submitted_at__lt=period.end)
        .annotate(
            decided_in_period=Exists(decided),
            accepted_in_period=Exists(decided.filter(outcome=Outcome.ACCEPTED)),
            flagged_in_period=Exists(of_referral(SpecialConditionsFlag.objects.filter(within("set_at")))),
            allocated_in_period=Exists(of_referral(Allocation.objects.filter(within("allocated_at")))),
            # PostgreSQL's GREATEST passes over what is empty.
            last_action_at=Greatest(
                latest(moves, "at"), latest(case_moves, "at"), latest(told_here, "recorded_at")
            ),
        )
        .filter(
            Q(state__in=UNDECIDED)
            | (Q(case__isnull=False) & ~Q(case__state=CaseState.CLOSED))
            | Exists(moves.filter(within("at")))
            | Exists(case_moves.filter(within("at")))
            | Exists(told_here.filter(within("recorded_at")))
        )
        .select_related("case")
        .prefetch_related(
            Prefetch("decisions", TriageDecision.objects.filter(superseded_at=None), to_attr="standing"),
            Prefetch(
                "information_requests",
                InformationRequest.objects.filter(closed_at=None).prefetch_related(
                    Prefetch("questions", Question.objects.open(), to_attr="unanswered")
                ),
                to_attr="open_requests",
            ),
            Prefetch("case__progress", shared.order_by("happened_on", "pk"), to_attr="shared_events"),
        )
        .order_by("reference")
    )


def latest(rows: QuerySet, field: str) -> Subquery:
    return Subquery(rows.order_by(f"-{field}").values(field)[:1])


def line_of(report: ProgressReport, referral: "ReadReferral") -> ReportLine:
    case: ReadCase | None = getattr(referral, "case", None)
    outcome, reasons = outcome_of(referral, case)
    return ReportLine(
        report=report,
        referral=referral,
        stage=case.get_state_display() if case else referral.get_state_display(),
        last_action_on=timezone.localdate(referral.last_action_at),
        made_in_period=in_period(referral.submitted_at, report.period),
        decided_in_period=referral.decided_in_period,
        accepted_in_period=referral.accepted_in_period,
        flagged_in_period=referral.flagged_in_period,
        allocated_in_period=referral.allocated_in_period,
        outcome=outcome,
        reasons=reasons,
        asked_of_force="\n\n".join(asked_of_force(referral, case)),
        progress=progress_of(case, report.period),
    )


def in_period(moment: datetime | None, period: Period) -> bool:
    return moment is not None and period.start <= moment < period.end


def outcome_of(referral: "ReadReferral", case: Case | None) -> tuple[str, str]:
    """What came of it and why, as far as it has come: the case's outcome, else the decision on the referral."""
    if case and case.outcome:
        return case.get_outcome_display(), case.outcome_reasons
    if referral.state == State.WITHDRAWN:
        return "Withdrawn by the force", ""
    if referral.state not in DECIDED or not referral.standing:
        return "", ""
    decision = referral.standing[0]
    if decision.outcome == Outcome.REDIRECTED:
        return f"Redirected to {decision.get_destination_display()}", decision.reasons
    return decision.get_outcome_display(), decision.reasons


def asked_of_force(referral: "ReadReferral", case: "ReadCase | None") -> list[str]:
    """The Referrals Office's open questions, and what the case's latest shared progress asks.

    Each shared event replaces what was asked before; nothing is asked on a case that has an outcome.
    """
    questions = [
        f"Answer by {formatting.date(question.due_on)}: {question.text}"
        for request in referral.open_requests
        for question in request.unanswered  # type: ignore[attr-defined]  # the prefetch's
    ]
    if case and case.shared_events and not case.outcome:
        last = max(case.shared_events, key=lambda event: (event.recorded_at, event.pk))
        if last.asked_of_force:
            questions.append(f"Asked on {formatting.date(last.happened_on)}: {last.asked_of_force}")
    return questions


def progress_of(case: "ReadCase | None", period: Period) -> list[dict[str, str]]:
    """Progress goes into the period it was recorded in, so what is recorded late is still told once."""
    return [
        {"on": event.happened_on.isoformat(), "text": event.text}
        for event in (case.shared_events if case else [])
        if in_period(event.recorded_at, period)
    ]

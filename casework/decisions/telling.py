"""Who is told of a decision's review. Called inside the actions."""

from datetime import datetime

from casework.decisions.models import Decision, DecisionChange
from casework.decisions.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.notifications.actions import notify


def submitted(decision: Decision, *, now: datetime) -> None:
    """Every Senior Caseworker hears that a draft waits; whoever is first reviews it."""
    seniors = User.objects.filter(role__in=WHO_MAY["approve"], is_active=True).exclude(
        pk=decision.drafted_by_id
    )
    tell(decision, "decision_to_review", list(seniors), now=now)


def reviewed(decision: Decision, kind: str, *, now: datetime) -> None:
    """The drafter hears what became of it, and the case-owner where that is somebody else by now."""
    tell(decision, kind, [decision.drafted_by, decision.case.case_owner], now=now)


def appeal_time_ends(decision: Decision, *, now: datetime) -> None:
    """The case-owner hears that the time to appeal ends soon, before its last day."""
    notify(
        event_key=f"appeal-time:{decision.pk}:{decision.appeal_until}",
        kind="appeal_time_ends",
        to=[decision.case.case_owner],
        now=now,
        subject=decision.case,
        url_name="decisions:detail",
        url_args=[decision.case.referral.reference],
    )


def review_void(decision: Decision, reviewer: User | None, *, now: datetime) -> None:
    """Whoever reviewed it looks again, or another Senior Caseworker does; the case-owner knows that it waits."""
    people = [reviewer, decision.drafted_by, decision.case.case_owner]
    tell(decision, "decision_review_void", people, now=now)


def tell(decision: Decision, kind: str, to: list[User | None], *, now: datetime) -> None:
    change = DecisionChange.objects.filter(decision=decision).latest("pk")
    notify(
        event_key=f"decision-change:{change.pk}",
        kind=kind,
        to=to,
        now=now,
        subject=decision.case,
        url_name="decisions:detail",
        url_args=[decision.case.referral.reference],
    )

"""What decisions add to a case's timeline. What the force is told stands there as progress already."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from casework.decisions.models import ChallengeChange, Decision, DecisionChange, Hearing
from casework.models import Case
from casework.timeline import INTERNAL, SIZE, Entry
from nexus.ui.formatting import date as day

TITLES = {
    "submit": "submitted for review",
    "approve": "reviewed",
    "return_draft": "returned to its drafter",
    "void_review": "to be reviewed again: its review is void",
    "take_back": "taken back to its draft",
    "decide": "made: internal reasons",
    "serve": "served: details",
    "supersede": "no longer stands: internal reasons",
}


def entries(*, case: Case, before: datetime | None) -> Iterator[Entry]:
    """The newest of this case: five queries."""

    def some(rows: QuerySet, moment: str) -> QuerySet:
        if before:
            rows = rows.filter(**{f"{moment}__lt": before})
        return rows.order_by(f"-{moment}")[: SIZE + 1]

    for decision in some(Decision.objects.filter(case=case).select_related("drafted_by"), "drafted_at"):
        yield Entry(f"{decision} begun", decision.drafted_at, decision.drafted_by, tag=INTERNAL)
    moves = DecisionChange.objects.filter(decision__case=case).select_related("decision", "by")
    for change in some(moves, "at"):
        yield Entry(
            f"{change.decision} {TITLES[change.verb]}", change.at, change.by, details_of(change), tag=INTERNAL
        )
    ends = ChallengeChange.objects.filter(challenge__decision__case=case).select_related("challenge", "by")
    for end in some(ends, "at"):
        title = f"{end.challenge.get_kind_display()}: {end.challenge.get_state_display().lower()}"
        yield Entry(title, end.at, end.by, end.reason, tag=INTERNAL)
    hearings = Hearing.objects.filter(challenge__decision__case=case).select_related(
        "added_by", "recorded_by"
    )
    for hearing in some(hearings, "added_at"):
        text = f"{hearing.when}, {hearing.place}\n{hearing.witnesses}".strip()
        yield Entry("A hearing is listed", hearing.added_at, hearing.added_by, text, tag=INTERNAL)
    for hearing in some(hearings.exclude(recorded_at=None), "recorded_at"):
        title = f"Hearing of {day(hearing.on)}: {hearing.get_result_display().lower()}"
        yield Entry(title, hearing.recorded_at, hearing.recorded_by, hearing.result_words, tag=INTERNAL)


def details_of(change: DecisionChange) -> str:
    if change.verb != "serve":
        return change.reason
    decision = change.decision
    return f"{decision.get_served_how_display()}, on {decision.served_to}, by {decision.served_by_whom}. {decision.served_document}"

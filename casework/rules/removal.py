"""What stands between a case and removal, and between a case and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.rules.words import written


@dataclass(frozen=True)
class OpenBarrier:
    """`until` ends the sentence "a barrier to removal until …"."""

    label: str
    since: date
    until: str


@dataclass(frozen=True)
class OpenTask:
    title: str
    owner: str
    due_on: date


def reasons_barred(barriers: Sequence[OpenBarrier]) -> list[str]:
    """Each open barrier stands against removal."""
    return [
        f"{barrier.label} since {written(barrier.since)}: a barrier to removal until {barrier.until}."
        for barrier in barriers
    ]


def reasons_not_ready_for_removal(
    *, decided: bool, served: bool, challenged: bool, barriers: Sequence[OpenBarrier]
) -> list[str]:
    """Ready for removal means decided, served, without a barrier and without a challenge that stands against it."""
    stage = []
    if not decided:
        stage = ["No decision has been made."]
    elif challenged:
        stage = ["The decision is under challenge."]
    elif not served:
        stage = ["The decision has not been served."]
    return stage + reasons_barred(barriers)


def reasons_not_to_enforce(*, outcome: str, is_enforced: bool, barriers: Sequence[OpenBarrier]) -> list[str]:
    """“Removed” and “Deported” are refused while a barrier is open."""
    if not (is_enforced and barriers):
        return []
    return [f"“{outcome}” cannot be recorded while a barrier is open.", *reasons_barred(barriers)]


def reasons_left_undone(tasks: Sequence[OpenTask]) -> list[str]:
    """A case closes with nothing left to do."""
    return [
        f"The task “{task.title}” is still open: {task.owner}, due {written(task.due_on)}." for task in tasks
    ]

"""What stands between a case and removal, and between a case and its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Notice:
    """A notice of intention to remove, given since the decision was served; and whether the departure was said."""

    given_on: date
    period_ends_on: date
    departure_given: bool


@dataclass(frozen=True)
class RemovalFacts:
    """What is known of a case on `today` that bears on removing its subject.

    `child` says why the subject appears to be under 18, "" where nothing does or a named person has resolved it;
    `trafficking` says what stands of an indicator, `unknown` names the risks that nobody knows; `challenges` are what the parts above say of challenges.
    """

    today: date
    decided: bool
    served_on: date | None
    challenges: Sequence[str] = ()
    notice: Notice | None = None
    child: str = ""
    trafficking: Sequence[str] = ()
    claim: bool = False
    prosecutions: Sequence[date] = ()
    unknown: Sequence[str] = ()
    barriers: Sequence[OpenBarrier] = field(default_factory=tuple)


def reasons_barred(barriers: Sequence[OpenBarrier]) -> list[str]:
    """Each open barrier stands against removal."""
    return [
        f"{barrier.label} since {written(barrier.since)}: a barrier to removal until {barrier.until}."
        for barrier in barriers
    ]


def reasons_not_ready_for_removal(facts: RemovalFacts) -> list[str]:
    """Everything that stands against removal, in the order in which it is dealt with; nothing where it may go on."""
    return [
        *reasons_of_stage(facts),
        *reasons_of_the_person(facts),
        *(
            f"Criminal proceedings, known since {written(since)}, are pending: the Duty Desk records how they end."
            for since in facts.prosecutions
        ),
        *reasons_barred(facts.barriers),
    ]


def reasons_of_stage(facts: RemovalFacts) -> list[str]:
    """A decision, its service, the time to challenge it, and the notice of removal: one leads to the next."""
    if not facts.decided:
        return ["No decision has been made."]
    if facts.served_on is None:
        return ["The decision has not been served."]
    return [*facts.challenges, *reasons_of_notice(facts.notice, facts.today)]


def reasons_of_notice(notice: Notice | None, today: date) -> list[str]:
    """Given after the decision was served, with the departure, and its period over."""
    if notice is None:
        return ["No notice of intention to remove has been given since the decision was served."]
    reasons = []
    if not notice.departure_given:
        reasons.append("No notice of departure details has been given.")
    if today <= notice.period_ends_on:
        reasons.append(
            f"The period of the notice of {written(notice.given_on)} runs until {written(notice.period_ends_on)}."
        )
    return reasons


def reasons_of_safety(facts: RemovalFacts) -> list[str]:
    """A child and a victim: only a Senior Caseworker's act ends these."""
    reasons = []
    if facts.child:
        reasons.append(
            f"The subject appears to be under 18, {facts.child}: a Senior Caseworker must resolve age and welfare."
        )
    return [*reasons, *facts.trafficking]


def reasons_of_the_person(facts: RemovalFacts) -> list[str]:
    """A child, a victim, a claim, and what nobody knows: a named person finds out and says what they found."""
    reasons = reasons_of_safety(facts)
    if facts.claim:
        reasons.append("There is an asylum or human-rights claim: nobody has recorded that it was answered.")
    if facts.unknown:
        reasons.append(f"Not known: {', '.join(facts.unknown)}. Record what was found out.")
    return reasons


def reasons_left_undone(tasks: Sequence[OpenTask]) -> list[str]:
    """A case closes with nothing left to do."""
    return [
        f"The task “{task.title}” is still open: {task.owner}, due {written(task.due_on)}." for task in tasks
    ]

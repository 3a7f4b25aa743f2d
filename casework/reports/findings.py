"""What each chart of the dashboard shows, in one sentence, and its bars."""

from collections.abc import Callable, Sequence
from typing import Any

from casework.models import CaseOutcome
from casework.reports import funnel
from casework.reports.funnel import LEAVING, STEPS, Stage
from nexus.ui.charts import Bar
from nexus.ui.formatting import count, number

NOTHING = "No referrals match these filters."


def share(part: int, whole: int) -> str:
    """38% – a share of nothing is no number."""
    return f"{round(100 * part / whole)}%" if whole else "none"


def page_of(
    found: funnel.Found, forces: list[tuple[int, str, int]], *, list_of: "Address", only: Callable[[int], str]
) -> dict[str, Any]:
    """What the dashboard's template shows; `list_of` and `only` are the addresses of a number's list and of a force."""
    steps, places = funnel.steps(found), funnel.places(found)
    outcomes, stages = funnel.outcomes(found), funnel.stages(found)
    return {
        "made": steps["made"],
        "list_of": list_of,
        "funnel": funnel_bars(steps, list_of),
        "funnel_found": of_funnel(steps),
        "leaving": leaving_bars(steps, list_of),
        "leaving_found": of_leaving(steps),
        "outcomes": outcome_bars(outcomes, list_of),
        "outcomes_found": of_outcomes(outcomes),
        "places": [(place, funnel.PLACES[place][0], there) for place, there in places.items() if there],
        "places_total": sum(places.values()),
        "stages": stages,
        "said": days_in_figures,
        "stage_bars": stage_bars(stages),
        "stages_found": of_stages(stages),
        "forces": [Bar(name, made, href=only(pk)) for pk, name, made in forces],
        "forces_found": of_forces(forces),
    }


# The address of the list behind a number, by what its list is called.
Address = Callable[[str], str]


def funnel_bars(steps: dict[str, int], list_of: Address) -> list[Bar]:
    return [
        Bar(words, steps[key], f"{number(steps[key])} ({share(steps[key], steps['made'])})", list_of(key))
        for key, (words, _) in STEPS.items()
        if key not in LEAVING
    ]


def leaving_bars(steps: dict[str, int], list_of: Address) -> list[Bar]:
    return [Bar(STEPS[key][0], steps[key], href=list_of(key)) for key in LEAVING]


def outcome_bars(outcomes: dict[CaseOutcome, int], list_of: Address) -> list[Bar]:
    return [
        Bar(outcome.label, total, href=list_of(f"outcome-{outcome}")) for outcome, total in outcomes.items()
    ]


def of_funnel(steps: dict[str, int]) -> str:
    if not steps["made"]:
        return NOTHING
    return (
        f"Of {count(steps['made'], 'referral')} made, {number(steps['decided'])} have been decided and "
        f"{number(steps['accepted'])} accepted; an outcome is recorded for {number(steps['outcome'])}."
    )


def of_leaving(steps: dict[str, int]) -> str:
    if not steps["made"]:
        return NOTHING
    refused = steps["not_accepted"]
    return (
        f"{share(refused, steps['decided'])} of the decided referrals were not accepted; "
        f"{count(steps['challenged'], 'case')} came under challenge."
    )


def of_outcomes(outcomes: dict[CaseOutcome, int]) -> str:
    total = sum(outcomes.values())
    if not total:
        return "No case has an outcome yet."
    most = max(outcomes, key=lambda outcome: outcomes[outcome])
    return (
        f"“{most.label}” is the most frequent of {count(total, 'outcome')}: {share(outcomes[most], total)}."
    )


def stage_bars(stages: Sequence[Stage]) -> list[Bar]:
    return [
        Bar(
            stage.name,
            stage.median,
            f"{days_in_figures(stage.median)} ({days_in_figures(stage.lower)} to {days_in_figures(stage.upper)})",
        )
        for stage in stages
        if stage.median is not None and stage.lower is not None and stage.upper is not None
    ]


def days_in_figures(days: float | None) -> str:
    """3 or 3.5, or a dash where there is nothing to measure."""
    return "–" if days is None else f"{days:.1f}".removesuffix(".0")


def of_stages(stages: Sequence[Stage]) -> str:
    measured = [(stage.median, stage.name) for stage in stages if stage.median is not None]
    if not measured:
        return "No stage has ended yet, so there is nothing to measure."
    median, name = max(measured)
    if not median:
        return "Each stage ended on the day it began, more often than not."
    unit = "working day" if median == 1 else "working days"
    return f"“{name}” takes longest: a median of {days_in_figures(median)} {unit}."


def of_forces(forces: Sequence[tuple[int, str, int]]) -> str:
    if not forces:
        return NOTHING
    total = sum(made for _, _, made in forces)
    _, name, most = forces[0]
    if len(forces) == 1:
        return f"{name} made all of them."
    return f"{name} made {share(most, total)} of the referrals, the most of {count(len(forces), 'force')}."

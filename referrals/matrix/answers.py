"""One set of answers, told twice: as the JSON that the rules read, and as the referral's own columns.

Form → `Answers` → `subject_of` and `besides_of`, which are stored; stored → `answers_of` → form again, or a
draft. What the rules make of a column stands in `referrals.queries` and nowhere else: here a referral that
is never saved is asked.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nexus.accounts.models import Force
from nexus.ui.dates import EXACT
from referrals.forms.rows import MOST_MONTHS
from referrals.models import ConductEvent, Referral, Standing
from referrals.queries import conduct_of, harms_wider_community, leave_continues, material_of, yes_no_none
from referrals.rules.facts import Conduct
from referrals.rules.terms import CONVICTIONS, ConductKind, MaterialLevel, Status

HARM = ("harm_physical", "harm_emotional", "harm_financial", "harm_to_individuals", "harm_to_community")
VULNERABILITY = (
    "under_18",
    "trafficking_indicator",
    "mental_health_order",
    "health_condition",
    "has_children",
    "has_partner",
)
# Columns the rules do not read, or read less of than was said.
BESIDES = (
    "date_of_birth_precision",
    "leave_continues",
    "right_of_abode",
    "long_resident",
    "age_at_arrival",
    "years_of_residence",
    *HARM[:-1],
    *VULNERABILITY,
)
# Of an event, what the rules do not read.
EVENT_BESIDES = ("offence", "standing")


@dataclass(frozen=True)
class Answers:
    """`columns` are the referral's, blank where unanswered; `events` have the columns of a conduct event.

    `held_by` is a Home Office team's code: the Referrals Office establishes it, so no referral carries it.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    nationalities: tuple[str, ...] = ()
    events: tuple[dict[str, Any], ...] = ()
    held_by: str = ""


def subject_of(answers: Answers, *, force: Force, on: date, own_reference: str = "") -> dict[str, Any]:
    """The subject as `referrals.subjects_json` reads it. A status nobody gave is unknown."""
    referral = Referral(**answers.columns)
    material = material_of(referral)
    return {
        "id": own_reference,
        "reference_date": on.isoformat(),
        "force": force.code,
        "date_of_birth": _iso(referral.date_of_birth),
        "nationalities": list(answers.nationalities),
        "right_of_abode": yes_no_none(referral.right_of_abode),
        "immigration_status": str(referral.immigration_status or Status.UNKNOWN),
        "leave_continues": leave_continues(referral),
        "held_by": answers.held_by or None,
        "active_police_interest": referral.active_police_interest,
        "removal_priority": referral.removal_priority,
        "harms_wider_community": harms_wider_community(referral),
        "disclosable_material": {
            "level": str(material.level) if material.level else None,
            "threat_current": material.threat_current,
            "threat_ongoing": material.threat_ongoing,
        },
        "conduct": [_event_json(conduct_of(ConductEvent(**event))) for event in answers.events],
    }


def _event_json(event: Conduct) -> dict[str, Any]:
    return {
        "kind": str(event.kind),
        "convicted_on": _iso(event.convicted_on),
        "sentence_type": str(event.sentence_type) if event.sentence_type else None,
        "sentence_months": event.sentence_months,
        "part": str(event.part),
        "quashed": event.quashed,
        "court_occasion": event.court_occasion,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def besides_of(answers: Answers) -> dict[str, Any]:
    """What was answered that the subject's JSON does not hold. Blanks are left out."""
    columns = {name: answers.columns.get(name) for name in BESIDES}
    columns = {name: value for name, value in columns.items() if value or value == 0 and value is not False}
    events = [{name: event.get(name, "") for name in EVENT_BESIDES} for event in answers.events]
    return {"columns": columns, "events": events}


def answers_of(subject: dict[str, Any], besides: dict[str, Any]) -> Answers:
    """The answers again. A status that was not known stays unanswered, so that the referral asks for it."""
    status = subject["immigration_status"]
    columns = {
        **_date_of_birth(subject.get("date_of_birth")),
        "right_of_abode": _yes_no(subject.get("right_of_abode")),
        "leave_continues": _yes_no(subject.get("leave_continues")),
        "immigration_status": "" if status == Status.UNKNOWN else status,
        "active_police_interest": subject.get("active_police_interest"),
        "removal_priority": subject.get("removal_priority"),
        **_harm(subject.get("harms_wider_community")),
        **_material(subject.get("disclosable_material") or {}),
        **besides.get("columns", {}),
    }
    conduct = subject.get("conduct") or []
    more_of_events = besides.get("events") or [{} for _ in conduct]
    events = tuple(_event(event, more) for event, more in zip(conduct, more_of_events, strict=True))
    nationalities = tuple(dict.fromkeys(subject.get("nationalities") or ()))
    return Answers(columns, nationalities, events, subject.get("held_by") or "")


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def _date_of_birth(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    return {"date_of_birth": date.fromisoformat(text), "date_of_birth_precision": EXACT}


def _harm(wider: bool | None) -> dict[str, bool]:
    """ "No" to the wider community says, in the referral's words, that individuals are harmed."""
    return {"harm_to_community": wider is True, "harm_to_individuals": wider is False}


def _material(material: dict[str, Any]) -> dict[str, Any]:
    """Where there is no material, the referral does not ask what threat it shows."""
    level = material.get("level") or ""
    if level == MaterialLevel.NONE:
        return {"material_level": level}
    threat = {name: material.get(name) for name in ("threat_current", "threat_ongoing")}
    return {"material_level": level, **threat}


def _event(event: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    kind = ConductKind(event["kind"])
    columns = {"kind": kind.value, "part": event["part"], "offence": more.get("offence", "")}
    if kind not in CONVICTIONS:  # only a conviction has a date of conviction and a sentence
        return columns
    convicted_on = event.get("convicted_on")
    return {
        **columns,
        "convicted_on": date.fromisoformat(convicted_on) if convicted_on else None,
        "sentence_type": event.get("sentence_type") or "",
        "sentence_months": _months(event.get("sentence_months")),
        "standing": Standing.QUASHED if event.get("quashed") else more.get("standing") or Standing.STANDS,
    }


def _months(number: float | None) -> int | None:
    """A length the referral's own form would take."""
    return int(number) if number and 1 <= number <= MOST_MONTHS else None

"""The matrix form as a browser posts it, and results to look at. All people are invented."""

from datetime import date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.matrix import actions
from referrals.matrix.answers import Answers, besides_of, subject_of
from referrals.matrix.models import MatrixAssessment
from tests.builders import NOON, a_force, a_user

# Every question answered: no leave, a priority to remove.
COLUMNS: dict[str, Any] = {
    "date_of_birth": date(1988, 5, 17),
    "date_of_birth_precision": "estimated",
    "right_of_abode": "not_known",
    "long_resident": "no",
    "immigration_status": "overstayer",
    "age_at_arrival": 0,
    "years_of_residence": 7,
    "active_police_interest": True,
    "removal_priority": True,
    "harm_physical": True,
    "harm_emotional": False,
    "harm_financial": True,
    "harm_to_individuals": True,
    "harm_to_community": True,
    "material_level": "summary",
    "threat_current": True,
    "threat_ongoing": False,
    "under_18": "",
    "trafficking_indicator": "yes",
    "mental_health_order": "",
    "health_condition": "",
    "has_children": "yes",
    "has_partner": "",
}
EVENTS: tuple[dict[str, Any], ...] = (
    {
        "kind": "overseas_conviction",
        "part": "convicted",
        "offence": "Burglary",
        "convicted_on": date(2025, 3, 4),
        "sentence_type": "suspended",
        "sentence_months": 8,
        "standing": "under_appeal",
    },
    {"kind": "arrest_no_further_action", "part": "suspect", "offence": ""},
)
ANSWERS = Answers(COLUMNS, ("BRA", "PRT"), EVENTS, "asylum_casework")

POSTED: dict[str, Any] = {
    "own_reference": "OP-17",
    "date_of_birth-day": "17",
    "date_of_birth-month": "5",
    "date_of_birth-year": "1988",
    "date_of_birth-precision": "estimated",
    "nationality": "BRA",
    "other_nationality": "PRT",
    "immigration_status": "overstayer",
    "right_of_abode": "not_known",
    "held_by": "asylum_casework",
    "years_of_residence": "7",
    "age_at_arrival": "0",
    "long_resident": "no",
    "active_police_interest": "yes",
    "removal_priority": "yes",
    "harm_physical": ["harm_physical", "harm_financial"],
    "harm_to_individuals": ["harm_to_individuals", "harm_to_community"],
    "material_level": "summary",
    "threat_current": "yes",
    "threat_ongoing": "no",
    "under_18": ["trafficking_indicator", "has_children"],
    "events": "3",
    "event-0-kind": "overseas_conviction",
    "event-0-part": "convicted",
    "event-0-offence": "Burglary",
    "event-0-convicted_on": "4/3/2025",
    "event-0-sentence_type": "suspended",
    "event-0-sentence_months": "8",
    "event-0-standing": "under_appeal",
    "event-1-kind": "arrest_no_further_action",
    "event-1-part": "suspect",
    "event-2-kind": "",
}


def a_result(
    *,
    by: User | None = None,
    now: datetime = NOON,
    own_reference: str = "OP-17",
    answers: Answers = ANSWERS,
    **more: Any,
) -> MatrixAssessment:
    """A run by an officer of West Midlands, unless told otherwise."""
    by = by or a_user(Role.POLICE_OFFICER)
    force = by.force or a_force()
    return actions.assess(
        by=by,
        now=now,
        force=force,
        own_reference=own_reference,
        subject=subject_of(answers, force=force, on=now.date(), own_reference=own_reference),
        besides=besides_of(answers),
        **more,
    )


def with_answers(**columns: Any) -> Answers:
    """The full set of answers with some of them changed; no nationality, events or holder."""
    return Answers({**COLUMNS, **columns})


def page(name: str, *args: Any) -> str:
    return reverse(f"matrix:{name}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client

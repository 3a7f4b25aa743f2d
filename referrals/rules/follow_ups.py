"""Which questions are asked only because of another answer. All others are always asked.

`answers` has an attribute for every field of `referrals.rules.sections.SECTIONS`, its `reference_date` and `policy`.
"""

from collections.abc import Callable
from typing import Any

from referrals.rules.checks import contradictions
from referrals.rules.terms import LEAVE_MAY_CONTINUE, MaterialLevel


def _in_custody(answers: Any) -> bool:
    return answers.in_custody is True


def _interest(answers: Any) -> bool:
    return answers.active_police_interest is True


def _material(answers: Any) -> bool:
    return answers.material_level not in ("", MaterialLevel.NONE)


def _differences(answers: Any) -> bool:
    found = contradictions(answers, (), answers.reference_date, answers.policy)
    return any(each.may_be_explained for each in found)


ASKED_WHEN: dict[str, Callable[[Any], bool]] = {
    "custody_reference": _in_custody,
    "custody_clock_started_at": _in_custody,
    "leave_continues": lambda answers: answers.immigration_status in LEAVE_MAY_CONTINUE,
    "held_under": _in_custody,
    "active_claim_details": lambda answers: answers.active_claim == "yes",
    "interest_what": _interest,
    "interest_by": _interest,
    "interest_on": _interest,
    "removal_priority": _interest,
    "threat_current": _material,
    "threat_ongoing": _material,
    "material_description": _material,
    "pending_criminal_details": lambda answers: answers.pending_criminal == "yes",
    "pending_litigation_details": lambda answers: answers.pending_litigation == "yes",
    "differences_explained": _differences,
    "pending_appeals_details": lambda answers: answers.pending_appeals == "yes",
}


# The question on whose answer a follow-up hangs, where both may stand on one page.
ASKED_BY: dict[str, str] = {
    "leave_continues": "immigration_status",
    "active_claim_details": "active_claim",
    **dict.fromkeys(
        ("interest_what", "interest_by", "interest_on", "removal_priority"), "active_police_interest"
    ),
    **dict.fromkeys(("threat_current", "threat_ongoing", "material_description"), "material_level"),
}


def is_left_open(field: str, answers: Any) -> bool:
    """Whether the question that decides about this follow-up has no answer yet."""
    return field in ASKED_BY and getattr(answers, ASKED_BY[field]) in (None, "")


def is_asked(field: str, answers: Any) -> bool:
    """Whether the question is put at all, given the other answers."""
    return field not in ASKED_WHEN or ASKED_WHEN[field](answers)

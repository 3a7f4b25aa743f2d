"""One subject as JSON in, the rules' assessment as JSON out: the door for use without a browser.

`faults_in` names everything wrong with its path; only then is anything assessed.
"""

from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from nexus.accounts.reference import ENGLAND, METROPOLITAN, NOT_ENGAGED, WALES
from referrals.rules.assessment import Assessment, assess
from referrals.rules.facts import Conduct, Facts, Material
from referrals.rules.matrix import outcome_of
from referrals.rules.nationalities import NATIONALITIES
from referrals.rules.policy import Policy, Threshold
from referrals.rules.terms import ConductKind, MaterialLevel, Part, SentenceType, Status

# PNC gives the Metropolitan Police two codes; the reference data keeps the first.
METROPOLITAN_CODES = (METROPOLITAN, "02")
FORCE_CODES = sorted({code for code, *_ in ENGLAND + WALES + NOT_ENGAGED} | set(METROPOLITAN_CODES))

TRUE_FALSE_NULL = {"type": ["boolean", "null"]}
DATE_OR_NULL = {"type": ["string", "null"], "format": "date"}

CONDUCT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "part"],
    "properties": {
        "kind": {"enum": ConductKind.values()},
        "convicted_on": DATE_OR_NULL,
        "sentence_type": {"enum": [*SentenceType.values(), None]},
        "sentence_months": {"type": ["integer", "null"], "minimum": 0},
        "part": {"enum": Part.values()},
        "quashed": {"type": "boolean"},
        "court_occasion": {"type": ["string", "integer", "null"]},
    },
}
SUBJECT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "reference_date", "force", "immigration_status"],
    "properties": {
        "id": {"type": ["string", "integer"]},
        "reference_date": {"type": "string", "format": "date"},
        "force": {"enum": FORCE_CODES},
        "date_of_birth": DATE_OR_NULL,
        "nationalities": {"type": "array", "items": {"type": "string", "format": "nationality"}},
        "right_of_abode": TRUE_FALSE_NULL,
        "immigration_status": {"enum": Status.values()},
        "leave_continues": TRUE_FALSE_NULL,
        "held_by": {"type": ["string", "null"], "minLength": 1},
        "active_police_interest": TRUE_FALSE_NULL,
        "removal_priority": TRUE_FALSE_NULL,
        "harms_wider_community": TRUE_FALSE_NULL,
        "significant_conviction": TRUE_FALSE_NULL,
        "disclosable_material": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": {
                "level": {"enum": [*MaterialLevel.values(), None]},
                "threat_current": TRUE_FALSE_NULL,
                "threat_ongoing": TRUE_FALSE_NULL,
            },
        },
        "conduct": {"type": ["array", "null"], "items": CONDUCT},
    },
}
FORMATS = {
    "date": "a date in the form YYYY-MM-DD",
    "nationality": "a nationality: ISO 3166 alpha-3, a British class such as GBO, XXA to XXC, XXX or RKS",
}
CHECKER = FormatChecker(["date"])
CHECKER.checks("nationality")(lambda code: not isinstance(code, str) or code in NATIONALITIES)

SUBJECTS = {"type": "array", "items": SUBJECT}


def faults_in(subjects: Any) -> list[str]:
    """Every fault of a list of subjects as "path: sentence", in the order of the input; [] when sound."""
    validator = Draft202012Validator(SUBJECTS, format_checker=CHECKER)
    found = sorted(
        validator.iter_errors(subjects), key=lambda fault: [str(step) for step in fault.absolute_path]
    )
    return [f"{fault.json_path}: {_sentence(fault)}" for fault in found]


def _sentence(fault: ValidationError) -> str:
    """What to do about a fault, in words."""
    match fault.validator:
        case "enum":
            allowed = ", ".join("null" if value is None else str(value) for value in fault.validator_value)
            return f"{fault.instance!r} is not one of: {allowed}."
        case "format":
            return f"{fault.instance!r} is not {FORMATS[fault.validator_value]}."
        case _:
            return f"{fault.message}."


def facts_from(subject: dict[str, Any]) -> Facts:
    """The rules' facts of a subject without faults."""
    material = subject.get("disclosable_material") or {}
    return Facts(
        reference_date=date.fromisoformat(subject["reference_date"]),
        metropolitan=subject["force"] in METROPOLITAN_CODES,
        immigration_status=Status(subject["immigration_status"]),
        leave_continues=subject.get("leave_continues"),
        date_of_birth=_day(subject.get("date_of_birth")),
        nationalities=tuple(subject.get("nationalities", ())),
        right_of_abode=subject.get("right_of_abode"),
        held_by=subject.get("held_by"),
        active_police_interest=subject.get("active_police_interest"),
        removal_priority=subject.get("removal_priority"),
        harms_wider_community=subject.get("harms_wider_community"),
        significant_conviction=subject.get("significant_conviction"),
        material=Material(
            level=MaterialLevel(material["level"]) if material.get("level") else None,
            threat_current=material.get("threat_current"),
            threat_ongoing=material.get("threat_ongoing"),
        ),
        conduct=tuple(_conduct_from(event) for event in subject.get("conduct") or ()),
    )


def _conduct_from(event: dict[str, Any]) -> Conduct:
    occasion = event.get("court_occasion")
    return Conduct(
        kind=ConductKind(event["kind"]),
        convicted_on=_day(event.get("convicted_on")),
        sentence_type=SentenceType(event["sentence_type"]) if event.get("sentence_type") else None,
        sentence_months=event.get("sentence_months"),
        part=Part(event["part"]),
        quashed=event.get("quashed", False),
        court_occasion=None if occasion is None else str(occasion),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def assessed(subject: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The whole assessment of one subject without faults under one policy, ready to print."""
    facts = facts_from(subject)
    found = assess(facts, policy)
    return {
        "id": subject["id"],
        **as_json(found),
        "matrix": str(outcome_of(facts, found, policy)),
        "policy": policy_json(policy),
    }


def policy_json(policy: Policy) -> dict[str, Any]:
    """By what it was assessed: the version, and each threshold with who set it and where."""
    return {
        "version": policy.version,
        "title": policy.title,
        "in_force_from": policy.in_force_from.isoformat(),
        "thresholds": {name: _threshold_json(each) for name, each in policy.thresholds.items()},
    }


def _threshold_json(threshold: Threshold) -> dict[str, Any]:
    return {
        "number": threshold.number,
        "unit": str(threshold.unit),
        "authority": str(threshold.authority),
        "source": threshold.source,
    }


def as_json(found: Assessment) -> dict[str, Any]:
    return {
        "policy_version": found.policy_version,
        "scope": str(found.scope),
        "limbs": [
            {
                "limb": limb.limb,
                "result": str(limb.result),
                "quotation": limb.quotation,
                "source": limb.source,
                "reading": limb.reading,
                "evidence": list(limb.evidence),
                "would_change": list(limb.would_change),
            }
            for limb in found.limbs
        ],
        "suitability": str(found.suitability),
        "persistence": {
            "counted": found.persistence.counted,
            "uk": found.persistence.uk,
            "overseas": found.persistence.overseas,
            "court_occasions": found.persistence.court_occasions,
            "guide_met": found.persistence.guide_met,
            "left_for_a_person": list(found.persistence.left_for_a_person),
        },
        "police_statement": str(found.police_statement),
        "flag": str(found.flag),
        "allocation": found.allocation,
        "alerts": list(found.alerts),
        "readings": dict(found.readings),
    }

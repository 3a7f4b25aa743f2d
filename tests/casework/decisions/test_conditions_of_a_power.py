"""A power has conditions: what the record contradicts is refused, what it does not answer is to be confirmed."""

from datetime import date
from typing import Any

import pytest

from casework.decisions.person import known_person
from casework.decisions.rules.gaps import Facts, gaps
from nexus.law import Person
from referrals.models import ConductEvent
from tests.builders import a_case, decision_answers

DAY = date(2026, 11, 16)
CONVICTED = {"kind": "conviction", "part": "convicted", "grounding": "fact", "offence": "Wounding"}
pytestmark = pytest.mark.django_db


def sentences(person: Person, **choices: str) -> list[str]:
    facts = Facts(decision_answers(**choices), (), "conviction_led", DAY, person=person)
    return [gap.sentence for gap in gaps(facts) if gap.field == "legal_basis"]


def test_a_power_whose_conditions_the_record_contradicts_is_not_chosen() -> None:
    """Automatic deportation of somebody with a caution only."""
    chosen = {"route": "conviction_led", "legal_basis": "ukba_2007_s32"}
    found = sentences(Person(convicted_here=False, longest_sentence_months=0), **chosen)
    assert len(found) == 2
    assert "“Was convicted in the United Kingdom”. Choose another power" in found[0]
    assert sentences(Person(convicted_here=True, longest_sentence_months=12), **chosen) == []


@pytest.mark.parametrize(
    ("events", "known"),
    [
        ([], {"convicted_here": False, "longest_sentence_months": 0}),
        ([{"kind": "caution"}], {"convicted_here": False, "longest_sentence_months": 0}),
        (
            [{"kind": "overseas_conviction", "sentence_type": "custodial", "sentence_months": 60}],
            {"convicted_here": False},
        ),
        (
            [{"standing": "quashed", "sentence_type": "custodial", "sentence_months": 60}],
            {"convicted_here": False},
        ),
        (
            [{"sentence_type": "suspended", "sentence_months": 18}],
            {"convicted_here": True, "longest_sentence_months": 0},
        ),
        (
            [{"sentence_type": "custodial", "sentence_months": 14, "convicted_on": date(2007, 3, 1)}],
            {"longest_sentence_months": 14, "age_at_conviction": 16},
        ),
        ([{"sentence_type": "custodial"}], {"convicted_here": True, "longest_sentence_months": None}),
        ([{"standing": "under_appeal"}], {"appealed_conviction": True}),
        ([{"part": "victim"}], {"convicted_here": False}),
        ([{"offence_on": date(2020, 12, 31)}], {"conduct_before_2021": True}),
        ([{"offence_on": date(2021, 1, 1)}], {"conduct_before_2021": False}),
        ([{}], {"conduct_before_2021": None}),
    ],
)
def test_what_the_record_says_of_a_person(events: list[dict[str, Any]], known: dict[str, Any]) -> None:
    case = a_case()
    case.referral.conduct.all().delete()
    case.referral.date_of_birth = date(1990, 6, 1)
    for event in events:
        ConductEvent.objects.create(referral=case.referral, **{**CONVICTED, **event})
    person = known_person(case)
    assert {name: getattr(person, name) for name in known} == known


@pytest.mark.parametrize(
    ("status", "has_leave", "protected"),
    [
        ("overstayer", False, None),
        ("limited_leave", True, None),
        ("eea_settled", True, True),
        ("eea_no_scheme_status", None, None),
        ("", None, None),
    ],
)
def test_what_a_status_says_of_leave(status: str, has_leave: bool | None, protected: bool | None) -> None:
    case = a_case()
    case.referral.immigration_status = status
    person = known_person(case)
    assert (person.has_leave, person.protected_by_withdrawal_agreement) == (has_leave, protected)


@pytest.mark.parametrize(
    ("in_time", "has_leave"), [("yes", True), ("no", None), ("not_known", None), ("", None)]
)
def test_leave_that_runs_on_under_section_3c_is_leave_where_a_power_asks_for_none(
    in_time: str, has_leave: bool | None
) -> None:
    case = a_case()
    case.referral.immigration_status, case.referral.leave_continues = "application_pending", in_time
    assert known_person(case).has_leave is has_leave
    case.referral.immigration_status = "overstayer"  # then nobody asks, and nothing runs on
    assert known_person(case).has_leave is False

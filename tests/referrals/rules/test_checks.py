"""What the answers of a referral say against each other, row by row."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from referrals.rules import checks
from referrals.rules.checks import CHECKS, contradictions, worked_out
from referrals.rules.policies import FIRST
from referrals.rules.sections import SECTION, SECTIONS

TODAY = date(2026, 11, 30)
BORN = {"date_of_birth": date(1990, 5, 17), "date_of_birth_precision": "exact"}
ARRIVED = {"arrived_on": date(2011, 3, 1), "arrived_on_precision": "exact"}
CHILD = {"date_of_birth": date(2010, 5, 17), "date_of_birth_precision": "exact"}
NOT_TEXT = ("date_of_birth", "arrived_on", "interest_on", "age_at_arrival", "years_of_residence")


def the_answers(**given: Any) -> Any:
    """A blank form, but for what is given."""
    blank: dict[str, Any] = {field: "" for section in SECTIONS for field in section.fields}
    return SimpleNamespace(**{**blank, **dict.fromkeys(NOT_TEXT), **given})


def event(**given: Any) -> Any:
    plain = {
        "kind": "conviction",
        "offence": "Theft",
        "offence_on": None,
        "convicted_on": None,
        "sentenced_on": None,
    }
    return SimpleNamespace(**{**plain, **given})


def found(*events: Any, **given: Any) -> list[tuple[str, bool, str]]:
    said = contradictions(the_answers(**given), events, TODAY, FIRST)
    assert all(each.field in SECTION[each.section].fields for each in said)
    return [(each.field, each.may_be_explained, each.sentence) for each in said]


AGREE: list[dict[str, Any]] = [
    {},
    BORN,
    {**BORN, **ARRIVED, "age_at_arrival": 20, "years_of_residence": 15, "under_18": "no"},
    {**BORN, **ARRIVED, "years_of_residence": 14},
    {
        "date_of_birth": date(1990, 1, 1),
        "date_of_birth_precision": "year_only",
        **ARRIVED,
        "age_at_arrival": 21,
    },
    {
        "date_of_birth": date(1990, 1, 1),
        "date_of_birth_precision": "year_only",
        **ARRIVED,
        "age_at_arrival": 20,
    },
    {
        "date_of_birth": date(1990, 6, 1),
        "date_of_birth_precision": "estimated",
        **ARRIVED,
        "age_at_arrival": 22,
    },
    {**BORN, "arrived_on": date(2011, 1, 1), "arrived_on_precision": "year_only", "years_of_residence": 14},
    {**BORN, "arrived_on": date(1990, 1, 1), "arrived_on_precision": "year_only", "age_at_arrival": 0},
    {**CHILD, "under_18": "yes"},
    {"date_of_birth": date(2008, 1, 1), "date_of_birth_precision": "year_only", "under_18": "not_known"},
    {"immigration_status": "british", "may_be_british": "yes"},
    {"immigration_status": "appeal_pending", "pending_appeals": "yes"},
]
DIFFER: list[tuple[dict[str, Any], str, bool, str]] = [
    ({"date_of_birth": date(2027, 1, 2), "date_of_birth_precision": "exact"}, "date_of_birth", False, "is in the future"),
    ({"date_of_birth": date(1901, 1, 2), "date_of_birth_precision": "exact"}, "date_of_birth", False, "more than 120 years old"),
    ({"arrived_on": date(2027, 1, 2), "arrived_on_precision": "exact"}, "arrived_on", False, "is in the future"),
    ({**BORN, "arrived_on": date(1989, 1, 2), "arrived_on_precision": "exact"}, "arrived_on", False, "is before the date of birth"),
    ({**BORN, **ARRIVED, "age_at_arrival": 12}, "age_at_arrival", True, "is 12, but by the dates of birth and arrival it is 20"),
    ({**BORN, **ARRIVED, "age_at_arrival": 21}, "age_at_arrival", True, "is 21, but"),
    ({**BORN, **ARRIVED, "years_of_residence": 3}, "years_of_residence", True, "is 3 years, but by the date of arrival it is 15"),
    ({**BORN, "years_of_residence": 40}, "years_of_residence", False, "the subject is 36 years old"),
    ({**BORN, "age_at_arrival": 40}, "age_at_arrival", False, "the subject is 36 years old"),
    ({**BORN, "interest_on": date(1980, 1, 2)}, "interest_on", False, "is before the date of birth"),
    ({**BORN, "under_18": "yes"}, "under_18", True, "by the date of birth they are 36"),
    ({**CHILD, "under_18": "no"}, "under_18", True, "is 16, under 18, but you answered “no”"),
    ({**CHILD, "under_18": "not_known"}, "under_18", True, "but you answered “not known”"),
    ({"immigration_status": "british", "may_be_british": "no"}, "may_be_british", True, "may not be British"),
    ({"immigration_status": "irish", "may_be_irish": "no"}, "may_be_irish", True, "may not be Irish"),
    ({"immigration_status": "exempt", "right_of_abode": "no"}, "right_of_abode", True, "is not exempt"),
    ({"immigration_status": "asylum_pending", "active_claim": "no"}, "active_claim", True, "no active claim"),
    ({"immigration_status": "appeal_pending", "pending_appeals": "none_known"}, "pending_appeals", True, "no appeal is known"),
]  # fmt: skip
EVENTS: list[tuple[dict[str, Any], str]] = [
    ({"convicted_on": date(2027, 1, 2)}, "the date of conviction is in the future"),
    ({"offence_on": date(2027, 1, 2), "kind": "intelligence"}, "the date of the offence or conduct is in the future"),
    ({"convicted_on": date(1989, 1, 2)}, "the date of conviction is before the date of birth"),
    ({"offence_on": date(1989, 1, 2), "kind": "caution"}, "the date of the offence or conduct is before the date of birth"),
    ({"offence_on": date(2020, 1, 2), "convicted_on": date(2019, 1, 2)}, "the date of conviction is before the date of the offence"),
    ({"convicted_on": date(2020, 1, 2), "sentenced_on": date(2019, 1, 2)}, "the date of sentence is before the date of conviction"),
    ({"convicted_on": date(1999, 1, 2)}, "the subject was 8 at conviction, under 10"),
]  # fmt: skip


@pytest.mark.parametrize("given", AGREE)
def test_what_agrees_is_not_named(given: dict[str, Any]) -> None:
    assert found(**given) == []


@pytest.mark.parametrize(("given", "field", "may_be_explained", "words"), DIFFER)
def test_what_does_not_agree_is_named_at_its_field(
    given: dict[str, Any], field: str, may_be_explained: bool, words: str
) -> None:
    assert any(
        (at, explained) == (field, may_be_explained) and words in sentence
        for at, explained, sentence in found(**given)
    )


@pytest.mark.parametrize(("given", "words"), EVENTS)
def test_an_events_dates_are_compared(given: dict[str, Any], words: str) -> None:
    ((field, may_be_explained, sentence), *_) = found(event(**given), **BORN)
    assert (field, may_be_explained) == ("conduct_listed", False)
    assert sentence.startswith("“Theft”: ") and words in sentence


def test_events_that_agree_are_not_named() -> None:
    later = {
        "offence_on": date(2019, 1, 2),
        "convicted_on": date(2020, 1, 2),
        "sentenced_on": date(2020, 1, 2),
    }
    assert found(event(**later), event(kind="intelligence"), **BORN) == []
    assert found(event(kind="overseas_conviction", convicted_on=date(1999, 1, 2)), **BORN) == []
    assert found(event(convicted_on=date(2000, 5, 17)), **BORN) == []  # the tenth birthday


def test_the_dates_answer_what_is_asked_beside_them() -> None:
    assert worked_out(the_answers(**BORN, **ARRIVED), TODAY) == {
        "age_at_arrival": "20 years",
        "years_of_residence": "15 years",
        "under_18": "36 years",
    }
    assert worked_out(the_answers(), TODAY) == {}


def test_every_check_has_a_row() -> None:
    assert {field for _, field, _, _ in CHECKS} == {row[1] for row in DIFFER}


def test_sabotage_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", ())
    with pytest.raises(AssertionError):
        test_what_does_not_agree_is_named_at_its_field(*DIFFER[0])

"""Two records are compared as values: a table of what is one and the same, and of what is not."""

from typing import Any

import pytest

from referrals.datawash.linkage import beside
from referrals.datawash.linkage.beside import Mark, compared, lines
from referrals.rules.values import value_of

SAME = [
    ("sex", "Male", "M"),
    ("sex", "male", "m "),
    ("sex", "Female", "F"),
    ("sex", "Woman", "female"),
    ("dob", "1990-03-02", "2 March 1990"),
    ("dob", "02/03/1990", "1990-03-02"),
    ("dob", "2.3.1990", "02 Mar 1990"),
    ("dob", "1990-03-02T00:00:00", "1990-03-02"),
    ("dob", "1990", "1990"),
    ("nationality", "JAM", "Jamaica"),
    ("nationality", "jamaica (claimed)", "JAM"),
    ("nationality", "GBR", "United Kingdom"),
    ("nationality", "British citizen", "GBR"),
    ("nationality", "ALB, RKS", "Kosovo and Albania"),
    ("nationality", "CIV", "Ivory Coast"),
    ("pnc_id", "99/123456X", "1999/0123456X"),
    ("cro", "123456/99L", "123456/99 l"),
    ("ho_ref", "A1234567", "a 123 4567"),
    ("postcode", "L1 8JQ", "l18jq"),
    ("surname", "Núñez-O’Farrell", "NUNEZ O FARRELL"),
]
NOT_THE_SAME = [
    ("sex", "Male", "Female", Mark.DIFFERS),
    ("dob", "1990-03-02", "1990-03-03", Mark.CLOSE),
    ("dob", "1990-02-03", "2 March 1990", Mark.CLOSE),
    ("dob", "1990-03-02", "1975-11-30", Mark.DIFFERS),
    ("nationality", "JAM", "Gambia", Mark.DIFFERS),
    ("nationality", "ALB and RKS", "Albania", Mark.CLOSE),
    ("sex", "not_known", "M", Mark.ONE_SIDE),
    ("nationality", "XXX", "JAM", Mark.ONE_SIDE),
    ("sex", "Not known", "", None),
    ("pnc_id", "1999/0123456X", "2021/9999M", Mark.DIFFERS),
]


@pytest.mark.parametrize(("field", "one", "other"), SAME)
def test_what_is_one_value_agrees_however_it_is_written(field: str, one: str, other: str) -> None:
    assert compared(field, one, other)[0] is Mark.AGREES
    assert compared(field, other, one)[0] is Mark.AGREES


@pytest.mark.parametrize(("field", "one", "other", "mark"), NOT_THE_SAME)
def test_what_differs_differs_and_what_nobody_knows_is_no_value(
    field: str, one: str, other: str, mark: Mark | None
) -> None:
    assert compared(field, one, other)[0] is mark


def side(**given: str) -> dict[str, str]:
    return dict.fromkeys(beside.FIELDS, "") | given


def test_the_page_of_a_pair_asks_the_one_function() -> None:
    found = lines(side(sex="male", dob="1988-05-17"), side(sex="M", dob="17 May 1988"))
    assert [(line.label, line.mark) for line in found] == [
        ("Date of birth", Mark.AGREES),
        ("Sex", Mark.AGREES),
    ]


def test_compared_as_strings_one_man_would_be_two(monkeypatch: Any) -> None:
    monkeypatch.setattr(beside, "value_of", lambda field, text: text)
    wrong = [each for each in SAME if compared(*each)[0] is not Mark.AGREES]
    assert len(wrong) >= 15


def test_a_value_that_is_none_of_its_kind_stays_what_it_says() -> None:
    assert value_of("dob", "31 February 1990") == "31 february 1990"
    assert value_of("pnc_id", " 20/9Z ") == "20/9Z"

"""Dates typed as day, month and year."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from nexus.ui.dates import PartialDate
from nexus.ui.forms import GovukDateField, GovukForm, PartialDateField
from nexus.ui.rendering import component, target


class Dates(GovukForm):
    arrest = GovukDateField(label="Date of arrest", past=True, required=False)
    review = GovukDateField(label="Review date", future=True, required=False)
    birth = PartialDateField(label="Date of birth", not_future=True, required=False)


def typed(name: str, day: str, month: str, year: str, precision: str = "") -> Dates:
    parts = {"day": day, "month": month, "year": year, "precision": precision}
    return Dates({f"{name}-{part}": value for part, value in parts.items()})


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("27", "3", "2020"), dt.date(2020, 3, 27)),
        (("07", "03", "2020"), dt.date(2020, 3, 7)),
        (("7", "March", "2020"), dt.date(2020, 3, 7)),
        (("7", "sep", "2020"), dt.date(2020, 9, 7)),
        (("29", "2", "2024"), dt.date(2024, 2, 29)),
        (("1", "1", "1900"), dt.date(1900, 1, 1)),
        (("", "", ""), None),
    ],
)
def test_real_dates(parts: tuple[str, str, str], date: dt.date | None) -> None:
    form = typed("arrest", *parts)
    assert form.errors == {}
    assert form.cleaned_data["arrest"] == date


@pytest.mark.parametrize(
    ("parts", "words", "bad"),
    [
        (("27", "3", ""), "Date of arrest must include a year", "year"),
        (("", "3", "2020"), "Date of arrest must include a day", "day"),
        (("27", "", ""), "Date of arrest must include a month and a year", "month"),
        (("30", "2", "2023"), "Date of arrest must be a real date", "day"),
        (("29", "2", "2023"), "Date of arrest must be a real date", "day"),
        (("0", "2", "2023"), "Date of arrest must be a real date", "day"),
        (("1", "13", "2023"), "Date of arrest must be a real date", "month"),
        (("1", "x", "2023"), "Date of arrest must be a real date", "month"),
        (("x", "1", "2023"), "Date of arrest must be a real date", "day"),
        (("-1", "1", "2023"), "Date of arrest must be a real date", "day"),
        (("1", "1", "23"), "Date of arrest must have a year of 4 digits, like 1986", "year"),
        (("1", "1", "0001"), "Date of arrest must have a year between 1900 and 2100", "year"),
        (("1", "1", "9999"), "Date of arrest must have a year between 1900 and 2100", "year"),
        (("1", "1", "２０２０"), "Date of arrest must have a year of 4 digits, like 1986", "year"),
        (("1" * 5000, "1", "2020"), "Date of arrest must be a real date", "day"),
    ],
)
def test_dates_that_are_none(parts: tuple[str, str, str], words: str, bad: str) -> None:
    form = typed("arrest", *parts)
    assert form.errors["arrest"] == [words]
    assert target(form["arrest"]) == f"id_arrest-{bad}"
    items = component(form["arrest"])["params"]["items"]
    assert "govuk-input--error" in next(i["classes"] for i in items if i["name"] == bad)
    assert [i["value"] for i in items] == list(parts)


@time_machine.travel(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))  # 0:30am on 2 July in London
def test_bounds_are_counted_in_london() -> None:
    assert typed("arrest", "1", "7", "2026").errors == {}
    assert typed("arrest", "2", "7", "2026").errors["arrest"] == ["Date of arrest must be in the past"]
    assert typed("review", "2", "7", "2026").errors["review"] == ["Review date must be in the future"]
    assert typed("birth", "2", "7", "2026", "exact").errors == {}
    assert typed("birth", "3", "7", "2026", "exact").errors["birth"] == [
        "Date of birth must be today or in the past"
    ]


def test_a_required_date_is_asked_for() -> None:
    class Required(GovukForm):
        arrest = GovukDateField(label="Date of arrest")
        birth = PartialDateField(label="Date of birth")

    assert Required({}).errors == {
        "arrest": ["Enter the date of arrest"],
        "birth": ["Enter the date of birth"],
    }
    chosen = Required({"birth-precision": "year_only", "arrest-day": "1"})
    assert chosen.errors["birth"] == ["Date of birth must include a year"]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("17", "5", "1988", "exact"), PartialDate(dt.date(1988, 5, 17), "exact")),
        (("17", "5", "1988", "estimated"), PartialDate(dt.date(1988, 5, 17), "estimated")),
        (("", "", "1988", "year_only"), PartialDate(dt.date(1988, 1, 1), "year_only")),
        (("", "", "", ""), None),
    ],
)
def test_partial_dates(parts: tuple[str, str, str, str], value: PartialDate | None) -> None:
    form = typed("birth", *parts)
    assert form.errors == {}
    assert form.cleaned_data["birth"] == value


@pytest.mark.parametrize(
    ("parts", "words", "bad"),
    [
        (("17", "5", "1988", ""), "must say whether it is exact, the year only or estimated", "precision"),
        (
            ("17", "5", "1988", "guess"),
            "must say whether it is exact, the year only or estimated",
            "precision",
        ),
        (("", "", "1988", "exact"), "must include a day and a month, or choose “Year only”", "day"),
        (("17", "", "1988", "year_only"), "must have no day or month when only the year is known", "day"),
        (("", "", "88", "year_only"), "must have a year of 4 digits, like 1986", "year"),
        (("", "", "2099", "year_only"), "must be today or in the past", "day"),
    ],
)
def test_partial_dates_that_are_none(parts: tuple[str, ...], words: str, bad: str) -> None:
    form = typed("birth", *parts)
    assert form.errors["birth"] == [f"Date of birth {words}"]
    assert target(form["birth"]) == f"id_birth-{bad}"


@pytest.mark.parametrize(
    ("value", "parts", "words"),
    [
        (PartialDate(dt.date(1988, 1, 1), "year_only"), ["", "", "1988"], "1988 (year only)"),
        (PartialDate(dt.date(1988, 5, 7), "estimated"), ["7", "5", "1988"], "7 May 1988 (estimated)"),
        (PartialDate(dt.date(1988, 5, 7)), ["7", "5", "1988"], "7 May 1988"),
    ],
)
def test_what_is_stored_comes_back(value: PartialDate, parts: list[str], words: str) -> None:
    shown: Any = component(Dates(initial={"birth": value})["birth"])["params"]
    assert [i["value"] for i in shown["items"]] == parts
    assert [p["checked"] for p in shown["precisions"]].count(True) == 1
    assert str(value) == words

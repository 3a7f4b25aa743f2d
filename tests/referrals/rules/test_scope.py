"""T0: who is out of scope, and whom a person must check first."""

from dataclasses import replace
from datetime import date

import pytest

from referrals.rules.assessment import assess, scope_of
from referrals.rules.dates import age_on
from referrals.rules.facts import Facts
from referrals.rules.nationalities import BRITISH_CLASSES
from referrals.rules.policies import FIRST
from referrals.rules.terms import Scope, Status
from tests.referrals.rules.subjects import NO_LEAVE, TODAY, WITH_LEAVE

ROWS = [
    ("leave", WITH_LEAVE, Scope.IN_SCOPE),
    ("no leave", NO_LEAVE, Scope.IN_SCOPE),
    ("no nationality known", replace(NO_LEAVE, nationalities=()), Scope.IN_SCOPE),
    ("British by status", replace(NO_LEAVE, immigration_status=Status.BRITISH), Scope.OUT_OF_SCOPE),
    ("British by nationality", replace(NO_LEAVE, nationalities=("GBR",)), Scope.OUT_OF_SCOPE),
    ("British among others", replace(NO_LEAVE, nationalities=("BRA", "GBR")), Scope.OUT_OF_SCOPE),
    ("Irish by status", replace(NO_LEAVE, immigration_status=Status.IRISH), Scope.MANUAL_CHECK),
    ("Irish by nationality", replace(NO_LEAVE, nationalities=("IRL",)), Scope.MANUAL_CHECK),
    ("right of abode", replace(NO_LEAVE, right_of_abode=True), Scope.MANUAL_CHECK),
    ("no right of abode", replace(NO_LEAVE, right_of_abode=False), Scope.IN_SCOPE),
    ("exempt", replace(NO_LEAVE, immigration_status=Status.EXEMPT), Scope.MANUAL_CHECK),
    ("British and Irish", replace(NO_LEAVE, nationalities=("GBR", "IRL")), Scope.OUT_OF_SCOPE),
    ("17", replace(NO_LEAVE, date_of_birth=date(2008, 11, 23)), Scope.SENIOR_REVIEW),
    ("18 today", replace(NO_LEAVE, date_of_birth=date(2008, 11, 22)), Scope.IN_SCOPE),
    ("Irish and 17", replace(NO_LEAVE, nationalities=("IRL",), date_of_birth=date(2010, 1, 1)), Scope.MANUAL_CHECK),
    ("EEA without scheme status", replace(NO_LEAVE, immigration_status=Status.EEA_NO_SCHEME_STATUS), Scope.MANUAL_CHECK),
    ("EEA with settled status", replace(NO_LEAVE, immigration_status=Status.EEA_SETTLED), Scope.IN_SCOPE),
    ("age unknown", replace(NO_LEAVE, date_of_birth=None), Scope.IN_SCOPE),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_scope(facts: Facts, expected: Scope) -> None:
    scope, reasons = scope_of(facts, FIRST)
    assert scope is expected
    assert bool(reasons) is (expected is not Scope.IN_SCOPE)


@pytest.mark.parametrize("code", sorted(BRITISH_CLASSES))
def test_british_classes_that_are_not_citizens_are_checked_by_a_person(code: str) -> None:
    assert scope_of(replace(NO_LEAVE, nationalities=(code,)), FIRST)[0] is Scope.MANUAL_CHECK


def test_every_scope_has_a_row() -> None:
    assert {row[2] for row in ROWS} == set(Scope)


def test_a_child_raises_an_alert_too() -> None:
    child = replace(NO_LEAVE, date_of_birth=date(2010, 1, 1))
    assert "The subject appears to be under 18: a senior person must review." in assess(child, FIRST).alerts


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 11, 22), TODAY, 18),
        (date(2008, 11, 23), TODAY, 17),
        (date(2009, 1, 1), TODAY, 17),
    ],
)
def test_completed_years(born: date, day: date, age: int) -> None:
    assert age_on(day, born) == age

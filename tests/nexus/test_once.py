"""A page that only reads asks each question once; an action, a task and a form ask anew."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.once import OneReadingMiddleware, answers_so_far, once_a_reading, one_reading
from nexus.scope import NOBODY, SYSTEM, scope
from tests.builders import a_user, an_assigned_case, in_triage
from tests.referrals.croydon import signed_in

# Statements of a page of one referral and of one case, savepoints of the test included, as counted on 1 December 2026;
# each was 44 and 54 before a question was asked once. Lower a number when the code allows it; never raise one.
TRIAGE, CASE = 35, 40


@pytest.fixture
def question() -> Any:
    """A question that counts how often it was asked."""
    asked: list[int] = []

    @once_a_reading
    def counted(number: int, *, more: int = 0) -> int:
        asked.append(number)
        return number + more

    counted.asked = asked
    return counted


def answered(method: str, question: Any) -> list[int]:
    """What was asked while a request of this method was answered, whose page asks twice."""

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(question(1) + question(1) + question(1, more=2))

    request = HttpRequest()
    request.method = method
    assert OneReadingMiddleware(page)(request).content == b"5"
    asked: list[int] = question.asked
    return asked


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("HEAD", 2), ("POST", 3), ("PATCH", 3), (None, 3)])
def test_only_what_changes_nothing_asks_once(question: Any, method: str, times: int) -> None:
    assert len(answered(method, question)) == times


def test_the_next_page_asks_again_also_after_one_that_failed(question: Any) -> None:
    with pytest.raises(ZeroDivisionError), one_reading():
        question(1 // 0)
    assert answers_so_far() is None
    for _ in range(2):
        with one_reading():
            question(7)
    question(7)
    question(7)
    assert question.asked == [7, 7, 7, 7]


def test_who_sees_other_rows_is_told_anew(question: Any) -> None:
    with one_reading():
        for wanted in (SYSTEM, NOBODY, SYSTEM):
            with scope(wanted):
                question(7)
    assert question.asked == [7, 7]


@pytest.mark.django_db
def test_rows_are_told_apart_by_their_key() -> None:
    one, other = an_assigned_case(), an_assigned_case()
    with one_reading(), CaptureQueriesContext(connection) as asked:
        found = [trafficking_of(case) for case in (one, other, one)]
    assert found[0] is found[2] and found[0] is not found[1]
    assert len(asked) == 6


def statements(name: str, reference: str, by: User) -> int:
    """How many one page asks, once everything that a process reads once is read."""
    client, path = signed_in(by), reverse(name, args=[reference])
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.django_db
def test_the_pages_of_one_referral_and_of_one_case_ask_no_more_than_they_did() -> None:
    referral, case = in_triage(), an_assigned_case()
    assert statements("referrals:detail", referral.reference, a_user(Role.REFERRALS_OFFICER)) <= TRIAGE
    assert statements("casework:detail", case.referral.reference, case.case_owner) <= CASE


@pytest.mark.django_db
def test_without_it_the_page_of_a_case_asks_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OneReadingMiddleware, "__call__", lambda self, request: self.get_response(request))
    case = an_assigned_case()
    assert statements("casework:detail", case.referral.reference, case.case_owner) > CASE

"""An arrest, a detention, an escort and the service of papers are done in an authorised operation, or not recorded."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework import actions as casework_actions
from casework.engagement.models import Engagement
from casework.models import Case
from casework.support import actions
from casework.support.actions import answer as answering
from casework.support.models import SupportRequest
from casework.support.states import State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.engagement.builders import DAWN, at, tasked
from tests.casework.engagement.builders import accepted as accepted_operation
from tests.casework.support.builders import (
    ASKED_AT,
    a_lead,
    accepted,
    again,
    from_criminal_casework,
    submitted,
    value_added,
)
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db
NOW = DAWN + timedelta(hours=3)
KINDS = {"arrest": ("arrest", "detention", "detention_on_reporting", "escort"), "papers": ("serving_papers",)}
DONE: dict[str, Any] = {"now": NOW, "done": "It was done at the door.", "done_on": DAWN.date()}


@pytest.fixture
def cio() -> User:
    return a_user(Role.CIO_HMI)


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """An escort asks whether the person is ready for removal; here that is so."""
    monkeypatch.setattr("casework.engagement.queries.reasons_not_ready", lambda case, today: [])


def operation(case: Case, cio: User, kind: str = "arrest") -> Engagement:
    return accepted_operation(officer=a_user(Role.POLICE_OFFICER), cio=cio, case=case, kind=kind)


def done(request: SupportRequest, **answers: Any) -> SupportRequest:
    return actions.fulfil(request_id=request.pk, by=a_lead(request), **{**DONE, **answers})


def of_criminal_casework(kind: str = "papers") -> SupportRequest:
    request = submitted(from_criminal_casework(kind=kind))
    actions.pass_on(request_id=request.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    return accepted(again(request))


@pytest.mark.parametrize("kind", KINDS)
def test_what_police_do_to_a_person_is_recorded_only_in_an_authorised_operation(kind: str, cio: User) -> None:
    case = an_assigned_case()
    request = accepted(case=case, kind=kind)
    with pytest.raises(Refused, match="no authorised operation of your force behind this request"):
        done(request)
    operation(case, cio, kind=KINDS[kind][0])
    with pytest.raises(Refused, match="Select the authorised operation in which the police did it"):
        done(request)
    assert again(request).state == State.ACCEPTED


@pytest.mark.parametrize(
    ("kind", "of_operation"), [(kind, one) for kind, ones in KINDS.items() for one in ones]
)
def test_it_is_done_in_an_operation_of_a_kind_that_fits(kind: str, of_operation: str, cio: User) -> None:
    case = an_assigned_case()
    request = accepted(case=case, kind=kind)
    made = operation(case, cio, of_operation)
    assert done(request, operation=made).operation == made


def test_an_operation_of_another_case_kind_day_or_without_the_force_stands_behind_nothing(cio: User) -> None:
    case = an_assigned_case()
    request = accepted(case=case, kind="arrest")
    unanswered = tasked(case=case, cio=cio)
    operation(case, cio)  # the right one, which is not chosen
    for other, sentence in (
        (operation(an_assigned_case(), cio), "Select the authorised operation"),
        (operation(case, cio, kind="serving_papers"), "Select the authorised operation"),
        (unanswered, "The force did not accept this operation"),
    ):
        with pytest.raises(Refused, match=sentence):
            done(request, operation=other)


def test_after_a_stop_nothing_is_recorded_as_done_on_a_later_day(cio: User) -> None:
    case = an_assigned_case()
    request, made = accepted(case=case, kind="arrest"), operation(case, cio)
    claim = {"kind": "claim", "since": NOON.date(), "details": "It was made."}
    casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=at(11), **claim)
    with pytest.raises(Refused, match="no live authorisation on"):
        done(request, operation=Engagement.objects.get(pk=made.pk))


@pytest.mark.parametrize("make", [of_criminal_casework, lambda: of_value_added()])
def test_criminal_casework_without_an_operation_of_ours_names_who_authorised_it(make: Any) -> None:
    request = make()
    with pytest.raises(Refused, match="Enter who authorised it"):
        done(request)
    with pytest.raises(Refused, match="Enter who authorised it"):
        done(request, authority="x")
    words = "CIO Wren, 18 November 2026, RC/12"
    assert done(request, authority=words).authority == words


def of_value_added() -> SupportRequest:
    request = submitted(value_added(kind="arrest"))
    actions.pass_on(request_id=request.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    return accepted(again(request))


def test_page_and_endpoint_say_it_beforehand_and_offer_the_operations_of_the_force(cio: User) -> None:
    case = an_assigned_case()
    request = accepted(case=case, kind="arrest")
    page, endpoint = (
        reverse("support:fulfil", args=[request.pk]),
        reverse("api:support_request_fulfil", args=[request.pk]),
    )
    with time_machine.travel(NOW):
        client = signed_in(a_lead(request))
        refused = client.get(page)
        body = {"done": "Done at the door.", "done_on": DAWN.date().isoformat()}
        answer = client.post(endpoint, body, content_type="application/json")
        assert refused.status_code == 409 and "no authorised operation of your force" in refused.text
        assert answer.status_code == 409 and "no authorised operation" in " ".join(answer.json()["reasons"])
        made = operation(case, cio)
        assert "The arrest by West Midlands Police, begun" in client.get(page).text
        answer = client.post(endpoint, {**body, "operation": made.pk}, content_type="application/json")
        assert answer.status_code == 200 and answer.json()["operation"] == made.pk
        read = client.get(reverse("support:detail", args=[request.pk])).text
    assert reverse("engagement:detail", args=[made.pk]) in read


def test_the_database_keeps_no_arrest_without_its_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: with the guard taken away from the action, the row itself is refused."""
    request = accepted(kind="arrest")
    monkeypatch.setattr(answering, "reasons_not_to_fulfil", lambda request: [])
    monkeypatch.setattr(answering, "reasons_not_authorised", lambda *args, **kwargs: [])
    with pytest.raises(IntegrityError, match="what_touches_the_person_was_authorised"), transaction.atomic():
        done(request)
    tracing = accepted()
    assert done(tracing).state == State.FULFILLED

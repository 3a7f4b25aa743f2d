"""The right person: wherever somebody is named, what tells them from others of the name stands beside it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.models import ConductEvent, Referral
from referrals.models.identity import Identity
from tests.builders import a_draft, a_submitted, a_user, an_acceptance, an_assigned_case
from tests.casework.engagement.builders import tasked
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db
WHO = ("born 17 May 1988", "Undetermined nationality (claimed)", "NHH-2026-")
LISTS = [
    (Role.REFERRALS_OFFICER, "desk:queue"),
    (Role.REFERRALS_OFFICER, "keying:list"),
    (Role.MANAGER, "casework:list"),
    (Role.POLICE_OFFICER, "referrals:list"),
]


def page(name: str, by: User, *args: object, **query: str) -> str:
    return signed_in(by).get(reverse(name, args=args), query).text


def two_of_one_name() -> list[Any]:
    return [a_submitted(date_of_birth=born) for born in (date(1988, 5, 17), date(1999, 2, 1))]


@pytest.mark.parametrize(("role", "name"), LISTS)
def test_a_list_says_who_somebody_is(role: Role, name: str) -> None:
    a_submitted()
    an_acceptance()
    text = page(name, a_user(role))
    for words in WHO:
        assert words in text, (name, words)


def test_two_of_one_name_are_told_apart_on_one_page() -> None:
    two_of_one_name()
    text = page("desk:queue", a_user(Role.REFERRALS_OFFICER))
    assert "born 17 May 1988" in text and "born 1 February 1999" in text


def test_the_own_cases_and_the_choices_of_a_case_owner_say_it() -> None:
    case = an_assigned_case()
    for words in WHO:
        assert words in page("casework:mine", case.case_owner)
    assert "born 17 May 1988" in page("casework:move_work", a_user(Role.MANAGER), case.case_owner.pk)


def test_a_list_takes_as_many_queries_however_many_people_it_names() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    a_submitted(by=officer)
    client = signed_in(officer)
    client.get(reverse("referrals:list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("referrals:list"))
    a_submitted(by=officer), a_submitted(by=officer)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("referrals:list"))
    assert len(many) == len(few)


def test_the_page_of_an_operation_says_whom_officers_will_meet() -> None:
    operation = tasked()
    referral = operation.case.referral
    referral.aliases.create(name="Teo the Younger")
    officer = a_user(Role.POLICE_OFFICER, force=operation.force)
    text = page("engagement:detail", officer, operation.pk)
    for words in (
        "Teo the Younger",
        "Male",
        "Undetermined nationality (claimed)",
        "17 May 1988",
        "Port Selby",
    ):
        assert words in text


def test_a_conduct_event_carries_its_day_and_its_court() -> None:
    draft = a_draft()
    common = {"referral": draft, "kind": "conviction", "part": "convicted", "offence": "Assault"}
    one = ConductEvent(**common, convicted_on=date(2021, 3, 4), court="Liverpool Crown Court")
    other = ConductEvent(**common, convicted_on=date(2023, 9, 1))
    assert str(one) == "Conviction in the UK: Assault, 4 March 2021, Liverpool Crown Court"
    assert str(other) == "Conviction in the UK: Assault, 1 September 2023, no court recorded"


def test_without_what_stands_beside_the_name_two_would_look_alike(monkeypatch: Any) -> None:
    two_of_one_name()
    bare = Identity("ZELMANOV, Teodor", "NHH-2026-000001", "", "")
    monkeypatch.setattr(Referral, "identity", bare)
    text = page("desk:queue", a_user(Role.REFERRALS_OFFICER))
    assert "17 May 1988" not in text and "1 February 1999" not in text

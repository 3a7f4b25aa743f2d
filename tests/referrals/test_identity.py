"""The right person: wherever somebody is named, what tells them from others of the name stands beside it."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.namesakes import same_name
from referrals.models import ConductEvent, Referral
from referrals.models.identity import Identity
from tests.builders import a_draft, a_submitted, a_user, an_acceptance, an_assigned_case
from tests.casework.engagement.builders import tasked
from tests.casework.support.builders import a_lead, from_criminal_casework, submitted, with_force
from tests.referrals.croydon import signed_in
from tests.referrals.duty_desk.desk import a_call
from tests.referrals.quality.test_record_finding import a_reading

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


MARK = "Another person here has this name"


@pytest.mark.parametrize(("role", "name"), [*LISTS, (Role.REFERRALS_OFFICER, "support:list")])
def test_two_of_one_name_are_marked_apart_in_a_list_and_one_alone_is_not(role: Role, name: str) -> None:
    asked_by, reader = a_user(Role.CRIMINAL_CASEWORK), a_user(role)
    for _ in range(2):
        an_acceptance(), a_submitted(), submitted(from_criminal_casework(by=asked_by))
    for each in Referral.objects.all():
        Referral.objects.filter(pk=each.pk).update(surname=f"Somebody-{each.pk}")
    assert MARK not in page(name, reader)
    Referral.objects.update(surname="Zelmanov", forenames="Teodor")
    text = page(name, reader)
    assert text.count(MARK) == len(re.findall(r"<bdi>ZELMANOV, Teodor</bdi>(?:</a>)?<span", text)) > 1


def test_sabotage_without_the_mark_two_of_one_name_stand_unmarked() -> None:
    one, other = (Identity("ZELMANOV, Teodor", f"NHH-{number}", "", "") for number in (1, 2))
    assert same_name([one, other, None]) == {"NHH-1", "NHH-2"}
    assert same_name([one, one]) == same_name([one, Identity("Zelmanov, T.", "NHH-3", "", "")]) == set()


def test_officers_read_the_description_of_whom_they_will_meet() -> None:
    operation = tasked()
    seen = "About 1.80 m, a scar across the left hand."
    Referral.objects.filter(pk=operation.case.referral_id).update(description=seen)
    officer = a_user(Role.POLICE_OFFICER, force=operation.force)
    assert seen in page("engagement:detail", officer, operation.pk)
    told = signed_in(officer).get(reverse("api:engagement", args=[operation.pk])).json()["told"]
    assert (told["description"], told["sex"]) == (seen, "male")


def test_identity_stands_beside_the_name_of_a_support_request_a_call_and_an_engagement_endpoint() -> None:
    case = an_assigned_case()
    request = with_force(case=case)
    operation = tasked(case=case)
    born = "born 17 May 1988, Undetermined nationality (claimed)"
    owner = case.case_owner
    for name, by in (
        ("support:detail", owner),
        ("support:cancel", owner),
        ("support:add_message", a_lead(request)),
    ):
        assert born in page(name, by, request.pk), name
    client = signed_in(owner)
    for answer in (
        client.get(reverse("api:engagement", args=[operation.pk])).json(),
        client.get(reverse("api:engagements")).json()["results"][0],
        client.get(reverse("api:support_request", args=[request.pk])).json(),
    ):
        assert answer["identity"] == {
            "born": "17 May 1988",
            "nationality": "Undetermined nationality (claimed)",
        }


def test_identity_stands_on_a_live_time_call_and_on_the_link_of_a_quality_reading(settings: Any) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    call = a_call(by=officer)
    assert f"{call.referral.force}, {call.referral.identity.beside}" in page(
        "duty_desk:call", officer, call.pk
    )
    reading = a_reading(settings)
    text = page("quality:reading", a_user(Role.REFERRALS_OFFICER), reading.pk)
    assert f"</bdi>, {reading.decision.referral.identity.beside}</a> to read the evidence" in text

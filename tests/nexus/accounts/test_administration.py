"""The administrator's pages: accounts, forces, teams."""

import re
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nexus.accounts import actions
from nexus.accounts.models import Force, Team, User
from nexus.accounts.reference import ENGLAND, NOT_ENGAGED, WALES, load_reference_data
from nexus.accounts.regions import OF_FORCE
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, PASSWORD, a_force, a_user

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"now": NOON}
CONFIRMED: dict[str, Any] = {"confirmed_at": NOON, "now": NOON}


@pytest.fixture
def administrator() -> User:
    return a_user(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def page(name: str, **kwargs: Any) -> str:
    return reverse(f"administration:{name}", kwargs=kwargs)


def a_new_officer(**changes: Any) -> dict[str, Any]:
    answers = {
        "full_name": "Sigrid Marlowe",
        "email": "Sigrid.Marlowe@police.example",
        "role": Role.POLICE_OFFICER,
        "force": a_force("13").pk,
        "team": "",
    }
    return answers | changes


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


def test_an_account_is_added_without_a_password(client: Client, administrator: User) -> None:
    answer = client.post(page("user_add"), a_new_officer(), follow=True)
    assert "A link to choose a password has been sent to sigrid.marlowe@police.example" in answer.text
    user = User.objects.get(email="sigrid.marlowe@police.example")
    assert not user.has_usable_password()
    assert (user.force, user.role, user.is_active) == (a_force("13"), Role.POLICE_OFFICER, True)
    event = AuditEvent.objects.get(kind="user.added")
    assert (event.by_id, event.subject_id) == (administrator.pk, str(user.pk))
    assert "Sigrid" not in repr(event.__dict__)
    assert "Not chosen yet. A link was sent" in client.get(page("user_change", user_id=user.pk)).text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"force": ""}, "force", "Select the force of the police officer or force lead."),
        ({"role": Role.MANAGER}, "force", "Only a police officer or force lead belongs to a force."),
        ({"nsa_accredited": "on"}, "nsa_accredited", "Only a case-owner is recorded as NSA accredited."),
        ({"full_name": ""}, "full_name", "Enter the full name"),
        ({"email": "nobody"}, "email", "in the correct format"),
        ({"role": "king"}, "role", "Select the role"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(
    client: Client, changes: dict[str, Any], field: str, words: str
) -> None:
    answer = client.post(page("user_add"), a_new_officer(**changes))
    at_the_field = re.search(rf'<p id="id_{field}-error".*?</p>', answer.content.decode(), re.DOTALL)
    assert at_the_field and words in at_the_field[0]
    assert not User.objects.filter(email__startswith="sigrid").exists()


def test_an_address_is_given_once_whatever_its_case(client: Client) -> None:
    client.post(page("user_add"), a_new_officer())
    answer = client.post(page("user_add"), a_new_officer(email="SIGRID.MARLOWE@police.example"))
    assert actions.EMAIL_TAKEN in answer.content.decode()
    with pytest.raises(Refused, match="There is already an account with this e-mail address"):
        actions.add_user(
            by=User.objects.get(role=Role.ADMINISTRATOR),
            email="SIGRID.marlowe@police.example",
            full_name="Another",
            role=Role.AUDITOR,
            **CONFIRMED,
        )


def test_a_change_counts_from_the_next_request(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    answers = {
        "full_name": officer.full_name,
        "email": officer.email,
        "role": Role.FORCE_LEAD,
        "force": a_force("06").pk,
        "team": "",
    }
    assert client.post(page("user_change", user_id=officer.pk), answers).status_code == 302
    officer.refresh_from_db()
    assert (officer.role, officer.force.code) == (Role.FORCE_LEAD, "06")
    event = AuditEvent.objects.get(kind="user.changed")
    assert event.detail == {
        "fields": ["force", "role"],
        "force": ["20", "06"],
        "role": ["police_officer", "force_lead"],
    }
    assert Notification.objects.get(person=officer).kind == "account_access_changed"


def test_who_is_called_otherwise_is_told_nothing(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    answers = {"email": officer.email, "role": officer.role, "force": officer.force_id, "team": ""}
    client.post(page("user_change", user_id=officer.pk), {**answers, "full_name": "Another Name"})
    assert kinds()[-1] == "user.changed" and not Notification.objects.exists()


def test_a_telephone_number_is_loosely_one_and_shown_to_its_owner(client: Client) -> None:
    answers = {"full_name": "A B", "email": "a@ice.example", "role": Role.CIO_HMI, "force": "", "team": ""}
    refused = client.post(page("user_add"), {**answers, "telephone": "ask the desk"})
    assert "Enter a telephone number, like 020 7946 0101" in refused.text
    client.post(page("user_add"), {**answers, "telephone": "+44 (0)20 7946 0101"})
    officer = User.objects.get(email="a@ice.example")
    assert officer.telephone == "+44 (0)20 7946 0101"
    change = page("user_change", user_id=officer.pk)
    assert officer.telephone in client.get(change).text
    client.post(change, {**answers, "telephone": "0151 496 0123"})
    theirs = Client()
    officer.refresh_from_db()
    theirs.force_login(officer)
    assert "0151 496 0123" in theirs.get(reverse("accounts:account")).text
    with pytest.raises(IntegrityError, match="a_telephone_number_is_one"), transaction.atomic():
        User.objects.filter(pk=officer.pk).update(telephone="ask the desk")


def test_nothing_changed_leaves_no_entry(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    answers = {
        "full_name": officer.full_name,
        "email": officer.email,
        "role": officer.role,
        "force": officer.force_id,
    }
    client.post(page("user_change", user_id=officer.pk), answers)
    assert "user.changed" not in kinds()


def test_a_disabled_person_is_out_at_the_next_request(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    theirs = Client()
    theirs.force_login(officer)
    assert theirs.get(reverse("accounts:account")).status_code == 200
    assert "Disable an account" in client.get(page("user_disable", user_id=officer.pk)).content.decode()
    assert client.post(page("user_disable", user_id=officer.pk)).status_code == 302
    assert theirs.get(reverse("accounts:account")).status_code == 302
    assert not Client().login(email=officer.email, password=PASSWORD)
    assert client.post(page("user_enable", user_id=officer.pk)).status_code == 302
    assert Client().login(email=officer.email, password=PASSWORD)
    assert kinds()[-2:] == ["user.disabled", "user.enabled"]


def test_a_link_to_a_new_password_ends_the_old_one_and_its_sessions(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    theirs = Client()
    theirs.force_login(officer)
    answer = client.post(page("user_password", user_id=officer.pk), follow=True)
    officer.refresh_from_db()
    assert "A link to choose a password has been sent" in answer.text and not officer.has_usable_password()
    assert theirs.get(reverse("accounts:account")).status_code == 302
    assert kinds()[-2:] == ["user.password_reset", "user.invited"]


def test_nobody_locks_themselves_or_everybody_out(client: Client, administrator: User) -> None:
    answer = client.post(page("user_disable", user_id=administrator.pk))
    assert answer.status_code == 409
    assert "You cannot disable yourself" in answer.content.decode()
    with pytest.raises(Refused, match="give up your own role"):
        actions.change_user(
            user_id=administrator.pk,
            by=administrator,
            email=administrator.email,
            full_name=administrator.full_name,
            role=Role.AUDITOR,
            **CONFIRMED,
        )
    other = a_user(Role.ADMINISTRATOR)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    with pytest.raises(Refused, match="last administrator"):
        actions.disable_user(user_id=other.pk, by=administrator, **ACT)
    assert User.objects.get(pk=other.pk).is_active


def test_one_administrator_may_disable_another(administrator: User) -> None:
    other = a_user(Role.ADMINISTRATOR)
    assert actions.disable_user(user_id=other.pk, by=administrator, **ACT).is_active is False
    with pytest.raises(Refused, match="already disabled"):
        actions.disable_user(user_id=other.pk, by=administrator, **ACT)


def test_the_users_are_filtered_and_found_without_a_name_in_the_url(client: Client) -> None:
    a_user(Role.AUDITOR, full_name="Ottoline Brae")
    a_user(Role.POLICE_OFFICER, full_name="Caradoc Penn", force=a_force("06"))
    a_user(Role.MANAGER, full_name="Idle Hand", is_active=False)
    filtered = client.get(page("users"), {"role": Role.AUDITOR}).content.decode()
    assert "Ottoline Brae" in filtered and "Caradoc Penn" not in filtered
    of_force = client.get(page("users"), {"force": "06"}).content.decode()
    assert "Caradoc Penn" in of_force and "Ottoline Brae" not in of_force
    disabled = client.get(page("users"), {"active": "no"}).content.decode()
    assert "Idle Hand" in disabled and "Ottoline Brae" not in disabled
    found = client.post(page("users"), {"name": "ottoline"}, follow=True)
    assert "ottoline" not in found.redirect_chain[0][0]
    assert "Ottoline Brae" in found.content.decode() and "Caradoc Penn" not in found.content.decode()
    assert client.get(page("users"), {"role": "king", "force": "zz", "after": "x"}).status_code == 200


def test_the_list_of_users_costs_the_same_however_long(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        a_user(Role.POLICE_OFFICER)
    with django_assert_max_num_queries(11):  # one of them for the header's count of notifications
        assert "Showing 1 to 25 of 31" in client.get(page("users")).content.decode()


def test_a_force_is_engaged_and_ended(client: Client) -> None:
    force = a_force("97")
    answers = {
        "engaged": "yes",
        "engaged_on-day": "1",
        "engaged_on-month": "9",
        "engaged_on-year": "2026",
    }
    done = client.post(page("force_change", code="97"), answers, follow=True).text
    assert "Police Scotland has been changed: engaged, engaged since 1 September 2026" in done
    again = client.post(page("force_change", code="97"), answers, follow=True).text
    assert "Nothing was changed: Police Scotland is as it was" in again
    force.refresh_from_db()
    assert force.engaged and str(force.engaged_on) == "2026-09-01"
    assert "1 September 2026" in client.get(page("forces")).content.decode()
    refused = client.post(page("force_change", code="97"), answers | {"engaged": "no"})
    assert "Only an engaged force has a date" in refused.content.decode()
    assert client.post(page("force_change", code="97"), {"engaged": "no"}).status_code == 302
    assert not Force.objects.get(code="97").engaged
    assert AuditEvent.objects.filter(kind="force.changed").count() == 2


def test_every_force_of_england_and_wales_is_in_one_region(client: Client) -> None:
    outside = {code for code, *_ in NOT_ENGAGED}
    assert set(OF_FORCE) == {code for code, *_ in (*ENGLAND, *WALES)} and not outside & set(OF_FORCE)
    for force in Force.objects.all():
        assert force.region == OF_FORCE.get(force.code, "")
    with pytest.raises(IntegrityError, match="force_region_is_known"), transaction.atomic():
        Force.objects.filter(code="46").update(region="kent")
    said = {"engaged": "yes", "region": "eastern"}  # where its tasking meeting is
    assert client.post(page("force_change", code="46"), said).status_code == 302
    assert Force.objects.get(code="46").in_region == "Eastern"
    refused = client.post(page("force_change", code="46"), {"engaged": "yes", "region": ""})
    assert "Select the region of Kent Police" in refused.text
    assert Force.objects.get(code="46").region == "eastern"
    assert "No region" in client.get(page("forces")).content.decode()


def test_the_ons_codes_of_the_forces_stay_as_they_are() -> None:
    """E23000001 to E23000039 and W15000001 to W15000004, as published."""
    load_reference_data()
    told = dict(Force.objects.exclude(ons_code="").values_list("code", "ons_code"))
    assert list(told.values()) == [f"E23{n:06d}" for n in range(1, 40)] + [f"W15{n:06d}" for n in range(1, 5)]
    assert {code: told[code] for code in ("01", "20", "36", "48", "55", "60", "63")} == {
        "01": "E23000001", "20": "E23000014", "36": "E23000024", "48": "E23000034", "55": "E23000039",
        "60": "W15000001", "63": "W15000004",
    }  # fmt: skip


A_NEW_FORCE = {
    "code": "64",
    "name": "Marches Police",
    "ons_code": "w15000005",
    "region": "wales",
    "engaged": "yes",
    "engaged_on-day": "1",
    "engaged_on-month": "9",
    "engaged_on-year": "2026",
    "value_added_activity": "on",
}


def test_a_force_is_added_and_no_other_changes(client: Client, administrator: User) -> None:
    load_reference_data()
    before = list(Force.objects.values_list("code", "name", "ons_code", "region"))
    done = client.post(page("force_add"), A_NEW_FORCE, follow=True).text
    assert "Marches Police has been added" in done
    force = Force.objects.get(code="64")
    assert (force.ons_code, force.in_region, str(force.engaged_on)) == ("W15000005", "Wales", "2026-09-01")
    assert force.engaged and force.value_added_activity and not force.metropolitan
    others = Force.objects.exclude(pk=force.pk)
    assert list(others.values_list("code", "name", "ons_code", "region")) == before
    event = AuditEvent.objects.get(kind="force.added")
    assert (event.by_id, event.subject_id) == (administrator.pk, str(force.pk))
    load_reference_data()  # as every start does: it changes nothing that is there
    assert Force.objects.get(code="64").name == "Marches Police"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"code": "6x"}, "code", "Enter the PNC force code as two digits, like 93."),
        ({"code": "02"}, "code", "02 is the Metropolitan Police Service, which uses 01."),
        ({"code": "20"}, "code", "West Midlands Police already has the code 20."),
        ({"name": "kent police"}, "name", "There is already a force with this name."),
        ({"ons_code": "15000005"}, "ons_code", "Enter the ONS code as a letter and eight digits"),
        ({"ons_code": "E23000014"}, "ons_code", "West Midlands Police already has the ONS code E23000014."),
        ({"region": ""}, "", "Select the region of Marches Police"),
        ({"engaged": "no", "value_added_activity": ""}, "engaged_on", "Only an engaged force has a date"),
        ({"code": ""}, "code", "Enter the PNC force code"),
    ],
)
def test_why_a_force_is_not_added(client: Client, changes: dict[str, str], field: str, words: str) -> None:
    load_reference_data()
    answer = client.post(page("force_add"), A_NEW_FORCE | changes).text
    where = re.search(rf'<p id="id_{field}-error".*?</p>', answer, re.DOTALL) if field else None
    assert words in (where[0] if where else "" if field else answer)
    assert not Force.objects.filter(name="Marches Police").exists()
    with pytest.raises(IntegrityError, match="ons_code_of_one_force"), transaction.atomic():
        Force.objects.filter(code="46").update(ons_code="E23000014")


def test_nobody_else_adds_a_force() -> None:
    manager = a_user(Role.MANAGER)
    theirs = Client()
    theirs.force_login(manager)
    assert theirs.get(page("force_add")).status_code == 403
    assert theirs.post(page("force_add"), A_NEW_FORCE).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_force(by=manager, code="64", name="Marches Police", engaged=False, **ACT)


def test_teams_are_added_and_renamed_and_keep_their_code(client: Client) -> None:
    a_force()
    assert client.post(page("team_add"), {"name": "Nexus High Harm, Cardiff"}).status_code == 302
    team = Team.objects.get(name="Nexus High Harm, Cardiff")
    assert team.code == "nexus_high_harm_cardiff"
    taken = client.post(page("team_add"), {"name": "nexus high harm, CARDIFF"})
    assert actions.TEAM_TAKEN in taken.content.decode()
    assert client.post(page("team_rename", team_id=team.pk), {"name": "Cardiff casework"}).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.code) == ("Cardiff casework", "nexus_high_harm_cardiff")
    assert kinds()[-2:] == ["team.added", "team.renamed"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_administers(role: Role) -> None:
    person = a_user(role)
    theirs = Client()
    theirs.force_login(person)
    assert theirs.get(page("users")).status_code == 403
    assert theirs.post(page("user_disable", user_id=person.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.send_password_link(user_id=person.pk, by=person, **CONFIRMED)


def test_signed_out_people_are_asked_to_sign_in() -> None:
    answer = Client().get(page("users"))
    assert answer.status_code == 302 and answer.headers["Location"].startswith(reverse("accounts:sign_in"))
    assert SESSION_KEY not in Client().session

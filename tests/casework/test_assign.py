"""A manager gives an allocated case to an accredited case-owner."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from casework import actions
from casework.models import Assignment, Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case, a_case_in, a_flag_only_case, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


def assign(case: Case, **values: object) -> Case:
    values.setdefault("by", a_user(Role.MANAGER))
    values.setdefault("case_owner", a_user(Role.CASE_OWNER))
    return actions.assign(case_id=case.pk, now=LATER, **values)


def test_the_case_gets_its_owner_and_a_first_action() -> None:
    case_owner = a_user(Role.CASE_OWNER)
    manager = a_user(Role.MANAGER)
    case = assign(a_case(), by=manager, case_owner=case_owner)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.case_owner, case.next_action_by) == ("assigned", case_owner, case_owner)
    assert case.next_action == "Read the referral and plan the case"
    assert case.next_action_on > LATER.date()
    assert case.last_progress_at == LATER
    spell = case.assignments.get()
    assert (spell.case_owner, spell.assigned_by, spell.ended_at) == (case_owner, manager, None)


def test_a_flag_only_case_is_not_assigned() -> None:
    with pytest.raises(Refused, match="“Open, flag only”"):
        assign(a_flag_only_case())


def test_an_assigned_case_says_who_has_it() -> None:
    case = an_assigned_case(case_owner=a_user(Role.CASE_OWNER, full_name="Ines Abara"))
    with pytest.raises(Refused, match="Ines Abara is already the case-owner"):
        assign(case)


def test_a_closed_case_is_not_assigned() -> None:
    with pytest.raises(Refused, match="already the case-owner"):
        assign(a_case_in("closed"))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER}))
def test_only_a_manager_assigns(role: Role) -> None:
    case = a_case()
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        assign(case, by=a_user(role))
    assert Case.objects.get(pk=case.pk).state == "allocated"


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ({"role": Role.CASE_OWNER, "nsa_accredited": False}, "is not NSA accredited"),
        ({"role": Role.SENIOR_CASEWORKER}, "is not a case-owner"),
        ({"role": Role.CASE_OWNER, "is_active": False}, "can no longer sign in"),
    ],
)
def test_only_an_accredited_case_owner_gets_a_case(person: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        assign(a_case(), case_owner=a_user(**person))


def test_it_is_recorded_without_personal_data() -> None:
    case_owner = a_user(Role.CASE_OWNER)
    case = assign(a_case(), case_owner=case_owner)
    entry = AuditEvent.objects.get(kind="case.assigned")
    assert (entry.subject_id, entry.detail) == (str(case.pk), {"case_owner": case_owner.pk})
    assert case.changes.get(verb="assign").to_state == "assigned"


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_give_one_case_owner() -> None:
    case = a_case()
    managers = [a_user(Role.MANAGER), a_user(Role.MANAGER)]
    owners = [a_user(Role.CASE_OWNER), a_user(Role.CASE_OWNER)]
    start, answers = threading.Barrier(2), []

    def race(number: int) -> None:
        try:
            start.wait()
            assign(case, by=managers[number], case_owner=owners[number])
            answers.append("won")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    lost = next(answer for answer in answers if answer != "won")
    assert answers.count("won") == 1
    assert lost.startswith(f"{case.case_owner} is already the case-owner.")
    assert Assignment.objects.get(case=case).case_owner == case.case_owner
    assert AuditEvent.objects.filter(kind="case.assigned").count() == 1

"""Triage is managed as Liverpool is: who holds how much, what is late, what came back, who is away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import actions as casework
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals import actions
from referrals.desk.queries import officer_loads
from referrals.queue import stamp
from tests.builders import NOON, a_proposal, a_submitted, a_user, in_triage, read_by, with_a_question
from tests.referrals.croydon import fresh, signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=21)


@pytest.fixture
def officer(second_reading: None) -> Iterator[User]:
    """Holds three, one of them with the force and one returned by a second reader; three weeks later."""
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    in_triage(officer=officer)
    with_a_question(officer=officer)
    proposal = a_proposal(officer=officer)
    reader = read_by(a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo"), proposal)
    actions.send_back(
        proposal_id=proposal.pk,
        by=reader,
        now=NOON + timedelta(days=1),
        reasons="Two of the facts are not shown.",
    )
    a_submitted()
    with time_machine.travel(LATER, tick=False):
        yield officer


def test_a_manager_sees_who_holds_how_much_and_what_came_back(officer: User) -> None:
    page = signed_in(a_user(Role.MANAGER)).get(reverse("desk:officers")).text
    load = next(each for each in officer_loads(LATER) if each.person == officer)
    assert (load.held, load.asked, load.returned, load.proposed) == (3, 1, 1, 0)
    assert load.passed == 3
    assert f'?held_by={officer.pk}&clock=passed"' in page.replace("&amp;", "&")
    assert "1 referral</a> waits to be claimed" in page
    assert page.count("Piers Okonjo") == 2, "as an officer, and as who returned it"


def test_each_count_leads_to_as_many_referrals(officer: User) -> None:
    client, load = signed_in(a_user(Role.MANAGER)), officer_loads(LATER)[0]
    for params, count in (("", 3), ("&clock=passed", load.passed), ("&state=information_requested", 1)):
        page = client.get(f"{reverse('desk:queue')}?held_by={officer.pk}{params}").text
        assert f"Triage queue ({count})" in page, params


def test_it_costs_the_same_for_many(officer: User) -> None:
    with CaptureQueriesContext(connection) as few:
        officer_loads(LATER)
    for _ in range(3):
        in_triage()
    with CaptureQueriesContext(connection) as many:
        officer_loads(LATER)
    assert len(few) == len(many) == 4


def test_leave_at_croydon_is_in_sight_where_work_is_handed_over(officer: User) -> None:
    manager, day = a_user(Role.MANAGER), LATER.date()
    casework.record_absence(
        by=manager, now=LATER, person=officer, first_day=day, last_day=day + timedelta(days=4)
    )
    client, other = signed_in(manager), in_triage()
    assert "Away until 11 December 2026" in client.get(reverse("desk:officers")).text
    chosen = {"verb": "hand_over", "chosen": f"{other.pk}:{stamp(fresh(other))}"}
    page = client.post(reverse("desk:many"), chosen).text
    assert "Ottoline Brandt: 3 held, 3 past the local target; away until 11 December 2026" in page


def test_officers_do_not_see_each_others_load() -> None:
    assert signed_in(a_user(Role.REFERRALS_OFFICER)).get(reverse("desk:officers")).status_code == 403

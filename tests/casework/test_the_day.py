"""The lists of the day: what rises by itself, who has how much, and what the lists cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from casework import actions, lists
from casework.models import Absence, Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.builders import NOON, a_case_in, a_user, an_assigned_case
from tests.casework.desk import signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
WEEK_LATER = NOON + timedelta(days=7)


def note(case: Case, text: str = "Read this.", **values: Any) -> Any:
    return actions.add_note(case_id=case.pk, by=case.case_owner, now=LATER, text=text, **values)


def away(person: User, by: User, **days: date) -> Absence:
    given = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27), **days}
    return actions.record_absence(by=by, now=WEEK_LATER, person=person, **given)


def test_stalled_cases_rise_to_the_top_by_themselves(the_week_after: None) -> None:
    owner = a_user(Role.CASE_OWNER)
    quiet = an_assigned_case(case_owner=owner, now=NOON - timedelta(days=60), surname="Quietman")
    lively = an_assigned_case(case_owner=owner, surname="Livelyman")
    Case.objects.filter(pk=quiet.pk).update(next_action_on=date(2027, 1, 4))
    page = signed_in(owner).get(reverse("casework:mine")).text
    assert page.index("QUIETMAN") < page.index("LIVELYMAN")
    stalled = signed_in(a_user(Role.MANAGER)).get(reverse("casework:stalled")).text
    assert "Stalled cases (1)" in stalled and "QUIETMAN" in stalled
    assert lively.pk != quiet.pk


def test_the_board_weighs_stages_by_team_and_says_who_is_away(the_week_after: None) -> None:
    owner, manager = a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    a_case_in("evidence", case_owner=owner)
    an_assigned_case(case_owner=owner)
    away(owner, manager)
    team = lists.board(Case.objects.all(), now=WEEK_LATER)[0]
    assert (team.team, team.points, team.loads[0].points) == ("Nexus High Harm, Liverpool", 5, 5)
    assert team.loads[0].away_until == date(2026, 11, 27)
    page = signed_in(manager).get(reverse("casework:workload")).text
    assert "Nexus High Harm, Liverpool: 5 points" in page and "Away until 27 November 2026" in page


def test_each_list_costs_the_same_with_two_and_with_twelve(
    the_week_after: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    owner, manager = a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    costs: dict[str, list[int]] = {"mine": [], "stalled": [], "absences": [], "search": []}
    for number in (2, 10):
        for _ in range(number):
            case = an_assigned_case(case_owner=owner, now=NOON - timedelta(days=60))
            note(case, "The lorry.")
            away(a_user(Role.CASE_OWNER), manager)
        for name, cost in costs.items():
            reader, path = signed_in(owner if name == "mine" else manager), reverse(f"casework:{name}")
            path = reader.post(path, {"words": "lorry"}).url if name == "search" else path
            with django_assert_max_num_queries(40) as captured:
                reader.get(path)
            cost.append(len(captured))
    assert {name: cost[1] - cost[0] for name, cost in costs.items()} == dict.fromkeys(costs, 0)

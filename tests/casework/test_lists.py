"""The team's cases, those to assign, one's own, and the workload board."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import actions, lists
from casework.forms import CaseFilter
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.states import State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.waiting import waiting_for
from nexus.working_days import add_working_days
from tests.builders import (
    NOON,
    a_case,
    a_case_in,
    a_flag_only_case,
    a_force,
    a_user,
    an_assigned_case,
    progress,
)
from tests.casework.desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_week_after")]


def names(user: User, page: str = "list", **query: Any) -> list[str]:
    """The given names of the subjects a list shows, in its order."""
    answer = signed_in(user).get(reverse(f"casework:{page}"), query)
    assert answer.status_code == 200
    listed = AuditEvent.objects.filter(kind="case.listed").latest("id").subjects
    return [Case.objects.get(pk=pk).referral.forenames for pk in listed]


def found(**wanted: Any) -> set[str]:
    cases = lists.filtered(Case.objects.all(), wanted, now=timezone.now())
    return {case.referral.forenames for case in cases}


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize(
    ("page", "verb"),
    [
        ("list", "view"),
        ("unallocated", "assign"),
        ("mine", "view_mine"),
        ("my_tasks", "complete_task"),
        ("workload", "view_workload"),
    ],
)
def test_who_may_read_which_list(page: str, verb: str, role: Role) -> None:
    answer = signed_in(a_user(role)).get(reverse(f"casework:{page}"))
    assert answer.status_code == (200 if role in WHO_MAY[verb] else 403)


def test_the_list_leaves_closed_cases_out_unless_asked_for() -> None:
    for state in ("open", "allocated", "assigned", "closed"):
        a_case_in(state, forenames=state.title())
    manager = a_user(Role.MANAGER)
    assert sorted(names(manager)) == ["Allocated", "Assigned", "Open"]
    assert names(manager, state=["closed"]) == ["Closed"]
    assert sorted(names(manager, state=["open", "assigned"])) == ["Assigned", "Open"]


def test_each_filter() -> None:
    ines = a_user(Role.CASE_OWNER)
    an_assigned_case(forenames="Owned", case_owner=ines)
    a_case(forenames="Waiting")
    kent = a_user(Role.POLICE_OFFICER, force=a_force("46"))
    an_assigned_case(forenames="Kent", by=kent)
    other = an_assigned_case(forenames="Convicted")
    actions.change_route(
        case_id=other.pk, by=other.case_owner, now=NOON, route="conviction_led", reason="New facts came in."
    )
    assert found(case_owner=str(ines.pk)) == {"Owned"}
    assert found(case_owner="nobody") == {"Waiting"}
    assert found(force=a_force("46")) == {"Kent"}
    assert found(route="conviction_led") == {"Convicted"}
    assert found() == {"Owned", "Waiting", "Kent", "Convicted"}


def test_overdue_today_and_this_week() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    for name, days in (("Late", -1), ("Today", 0), ("Soon", 7), ("Later", 8)):
        case = an_assigned_case(forenames=name)
        planned = now + timedelta(days=min(days, 0))
        actions.plan(
            case_id=case.pk,
            by=case.case_owner,
            now=planned,
            next_action=name,
            next_action_on=today + timedelta(days=days),
            next_action_by=case.case_owner,
        )
    assert found(due="overdue") == {"Late"}
    assert found(due="today") == {"Today"}
    assert found(due="week") == {"Today", "Soon"}
    seen = lists.due_counts(Case.objects.all(), now=now)
    assert (seen["overdue"], seen["today"]) == (1, 1)


def test_stalled_begins_the_day_after_the_target() -> None:
    case = an_assigned_case()
    quiet_since = NOON + timedelta(hours=3)
    progress(case, now=quiet_since)
    last_day = add_working_days(quiet_since, lists.STALLED_AFTER)
    for day, stalled in ((last_day, False), (add_working_days(last_day, 1), True)):
        now = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))
        cases = lists.cases(Case.objects.all())
        assert cases.filter(lists.is_stalled(now)).exists() is stalled
        assert lists.line(cases.get(), now=now).stalled is stalled


def test_a_search_keeps_the_words_out_of_the_address() -> None:
    an_assigned_case(surname="Ångström", forenames="Liv")
    wanted = an_assigned_case(surname="Okonkwo", forenames="Ada")
    client = signed_in(a_user(Role.MANAGER))
    for words in ("okonkwo ada", wanted.referral.reference):
        answer = client.post(reverse("casework:list"), {"words": words}, follow=True)
        address = answer.redirect_chain[0][0]
        text = answer.content.decode()
        assert "find=" in address
        assert words not in address
        assert "OKONKWO, Ada" in text
        assert "Cases (1)" in text
    assert (
        "ÅNGSTRÖM"
        in client.post(reverse("casework:list"), {"words": "angstrom"}, follow=True).content.decode()
    )


def test_an_empty_search_says_what_to_enter() -> None:
    answer = signed_in(a_user(Role.MANAGER)).post(reverse("casework:list"), {"words": " "})
    assert "Enter a name, a reference or an identifier" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["state=nonsense", "case_owner=0x", "force=99", "due=never", "after=-1", "sort=salary", "find=zz"],
)
def test_a_filter_that_is_not_understood_filters_nothing(query: str) -> None:
    an_assigned_case()
    answer = signed_in(a_user(Role.MANAGER)).get(reverse("casework:list") + f"?{query}")
    assert (answer.status_code, "Cases (1)" in answer.content.decode()) == (200, True)


def test_sorting_by_name_and_back() -> None:
    for surname in ("Brandt", "Ahmed", "Costa"):
        an_assigned_case(surname=surname, forenames=surname)
    manager = a_user(Role.MANAGER)
    assert names(manager, sort="name") == ["Ahmed", "Brandt", "Costa"]
    assert names(manager, sort="-name") == ["Costa", "Brandt", "Ahmed"]


def test_a_manager_is_told_what_is_to_assign_and_others_are_not() -> None:
    a_case()
    now, path = timezone.now(), reverse("casework:unallocated")
    told = {
        role: [(line.words, line.count) for line in waiting_for(a_user(role), now) if line.path == path]
        for role in Role
    }
    assert told.pop(Role.MANAGER) == [("Cases to assign", 1)] and not any(told.values())


def test_to_assign_shows_the_longest_waiting_first_with_a_link() -> None:
    late = a_case(forenames="Late", now=NOON + timedelta(days=1))
    a_case(forenames="Early")
    a_flag_only_case(forenames="Elsewhere")
    an_assigned_case(forenames="Owned")
    manager = a_user(Role.MANAGER)
    assert names(manager, "unallocated") == ["Early", "Late"]
    text = signed_in(manager).get(reverse("casework:unallocated")).content.decode()
    assert reverse("casework:assign", args=[late.referral.reference]) in text
    assert "1 other case" in text


def test_mine_is_what_i_own_and_what_waits_for_me() -> None:
    ines, senior = a_user(Role.CASE_OWNER), a_user(Role.SENIOR_CASEWORKER)
    case = an_assigned_case(forenames="Mine", case_owner=ines)
    a_case_in("closed", forenames="Closed", case_owner=ines)
    an_assigned_case(forenames="Another’s")
    assert names(ines, "mine") == ["Mine"]
    assert names(senior, "mine") == []
    actions.plan(
        case_id=case.pk,
        by=ines,
        now=NOON,
        next_action="Review",
        next_action_on=NOON.date(),
        next_action_by=senior,
    )
    assert names(senior, "mine") == ["Mine"]
    assert "overdue, 0 for today" in signed_in(senior).get(reverse("casework:mine")).content.decode()


def test_my_tasks_are_on_one_page_whoever_has_the_case() -> None:
    case, other = an_assigned_case(), a_user(Role.CASE_OWNER)
    actions.add_task(
        case_id=case.pk, by=case.case_owner, now=NOON, title="Ask CPS", owner=other, due_on=NOON.date()
    )
    assert "Ask CPS" in signed_in(other).get(reverse("casework:my_tasks")).content.decode()
    assert "Ask CPS" not in signed_in(case.case_owner).get(reverse("casework:my_tasks")).content.decode()


def test_the_workload_board_agrees_with_the_lists_it_leads_to() -> None:
    ines, idle = a_user(Role.CASE_OWNER), a_user(Role.CASE_OWNER)
    for state in ("assigned", "assigned", "served", "outcome", "closed"):
        a_case_in(state, case_owner=ines)
    manager = a_user(Role.MANAGER)
    loads = {load.person: load for load in lists.workload(Case.objects.all(), now=timezone.now())}
    assert loads[idle].total == 0
    for stage in lists.STAGES:
        shown = names(manager, case_owner=ines.pk, state=[stage.value])
        assert loads[ines].stages[stage.value] == len(shown)
    assert loads[ines].total == len(names(manager, case_owner=ines.pk)) == 4
    assert set(lists.STAGES) == set(State) - {State.OPEN, State.ALLOCATED, State.CLOSED}


def test_somebody_who_left_still_shows_with_what_they_left() -> None:
    case = an_assigned_case()
    User.objects.filter(pk=case.case_owner_id).update(is_active=False)
    text = signed_in(a_user(Role.MANAGER)).get(reverse("casework:workload")).content.decode()
    assert "Account disabled" in text


@pytest.mark.parametrize("page", ["list", "unallocated", "mine", "my_tasks", "workload"])
def test_more_rows_take_no_more_queries(page: str) -> None:
    senior = a_user(Role.SENIOR_CASEWORKER if page in ("mine", "my_tasks") else Role.MANAGER)

    def more() -> None:
        a_case()
        case = an_assigned_case()
        actions.record_barrier(
            case_id=case.pk, by=case.case_owner, now=NOON, kind="claim", since=NOON.date(), details="Lodged."
        )
        act = {"case_id": case.pk, "by": case.case_owner, "now": NOON}
        actions.plan(**act, next_action="Read", next_action_on=NOON.date(), next_action_by=senior)
        actions.add_task(**act, title="Ask", owner=senior, due_on=NOON.date())

    def queries() -> int:
        client = signed_in(senior)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse(f"casework:{page}")).status_code == 200
        return len(counted)

    more()
    few = queries()
    for _ in range(4):
        more()
    assert queries() == few < 25


def test_pages_of_a_list_show_everybody_once() -> None:
    expected = sorted(a_case(forenames=f"Nr {number:02}").referral.forenames for number in range(30))
    manager = a_user(Role.MANAGER)
    first = names(manager, sort="name")
    last = AuditEvent.objects.filter(kind="case.listed").latest("id").subjects[-1]
    assert first + names(manager, sort="name", after=last) == expected
    assert len(first) == 25


def test_the_filters_offer_every_stage() -> None:
    assert [value for value, _ in CaseFilter().fields["state"].choices] == State.values

"""The dashboard: every referral accounted for, and the time each stage takes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import CaseOutcome
from casework.reports import findings, funnel
from casework.reports.funnel import Cohort, WorkingDays
from casework.reports.permissions import WHO_MAY
from casework.states import State as CaseState
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.working_days import working_days_between
from referrals import actions
from referrals.states import State
from tests.builders import (
    NOON,
    a_case,
    a_case_in,
    a_draft,
    a_flag_only_case,
    a_force,
    a_submitted,
    a_user,
    an_assigned_case,
    in_triage,
    with_a_question,
    with_outcome,
)

pytestmark = pytest.mark.django_db


def not_accepted(**kwargs: Any) -> None:
    referral = in_triage(**kwargs)
    actions.not_accept(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        reasons="Not shown by the record.", balance="Long residence.",
    )  # fmt: skip


def some_of_everything() -> int:
    """Referrals in every place; how many were made."""
    a_draft()
    a_submitted()
    in_triage()
    with_a_question()
    referral = a_submitted()
    actions.withdraw(
        referral_id=referral.pk, by=referral.created_by, now=NOON, reason="A mistake in the entry."
    )
    draft = a_draft()
    actions.withdraw(referral_id=draft.pk, by=draft.created_by, now=NOON, reason="Never sent to the force.")
    not_accepted()
    a_case()
    a_flag_only_case()
    for state in ("assigned", "decided", "served", "challenged"):
        a_case_in(state)
    with_outcome(an_assigned_case())
    return 12


def test_the_places_add_up_to_the_referrals_made() -> None:
    made = some_of_everything()
    places = {place: number for place, number in funnel.places(Cohort()).items() if number}
    assert sum(places.values()) == made
    assert places == {
        "Submitted": 1,
        "In triage": 1,
        "Information requested": 1,
        "Not accepted": 1,
        "Withdrawn": 1,
        "Case: Open, flag only": 1,
        "Case: Allocated to Liverpool": 1,
        "Case: Assigned to a case-owner": 1,
        "Case: Decision made": 1,
        "Case: Decision served": 1,
        "Case: Under challenge": 1,
        "Outcome, case open: Not pursued": 1,
    }


def test_every_state_has_its_place() -> None:
    """A state or an outcome that is added later must be given a place, or this fails."""
    for state in State:
        if state in (State.DRAFT, State.ACCEPTED):
            continue
        assert funnel.place_of(state, None, None) in funnel.PLACES
    for case_state in CaseState:
        for outcome in CaseOutcome:
            assert funnel.place_of(State.ACCEPTED, case_state, outcome) in funnel.PLACES
    assert len(set(funnel.PLACES)) == len(funnel.PLACES)


def test_the_funnel_counts_who_ever_got_there() -> None:
    some_of_everything()
    steps = funnel.steps(Cohort())
    assert steps == {
        "made": 12,
        "decided": 8,
        "accepted": 7,
        "flagged": 7,
        "allocated": 6,
        "assigned": 5,
        "case_decided": 3,
        "served": 2,
        "outcome": 1,
        "closed": 0,
        "not_accepted": 1,
        "redirected": 0,
        "withdrawn": 1,
        "challenged": 1,
    }
    assert findings.of_funnel(steps) == (
        "Of 12 referrals made, 8 have been decided and 7 accepted; an outcome is recorded for 1."
    )
    assert funnel.outcomes(Cohort())["Not pursued"] == 1


def test_a_force_and_a_time_narrow_it() -> None:
    a_submitted()
    a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    a_submitted(now=NOON + timedelta(days=10))
    assert funnel.steps(Cohort())["made"] == 3
    assert funnel.steps(Cohort(force=a_force("06")))["made"] == 1
    assert funnel.steps(Cohort(last=date(2026, 11, 16)))["made"] == 2
    assert funnel.steps(Cohort(first=date(2026, 11, 17)))["made"] == 1
    assert [(name, made) for _, name, made in funnel.made_by_force(Cohort())] == [
        ("West Midlands Police", 2),
        ("Greater Manchester Police", 1),
    ]


def test_time_in_each_stage_in_working_days() -> None:
    """Submitted on a Monday; claimed after 1, 2, 3 and 4 working days, the last across a weekend."""
    for days in (1, 2, 3, 4, 7):
        referral = a_submitted()
        actions.claim(
            referral_id=referral.pk, by=a_user(Role.REFERRALS_OFFICER), now=NOON + timedelta(days=days)
        )
    a_submitted()
    stages = {stage.name: stage for stage in funnel.stages(Cohort())}
    waiting = stages["Submitted"]
    assert (waiting.ended, waiting.now) == (5, 1)
    assert (waiting.lower, waiting.median, waiting.upper) == (2, 3, 4)  # of 1, 2, 3, 4 and 5
    assert (stages["In triage"].ended, stages["In triage"].now) == (0, 5)
    assert stages["In triage"].median is None


def test_one_spell_is_its_own_quartiles() -> None:
    assert funnel.quartiles([7]) == (7, 7, 7)
    assert funnel.quartiles([]) == (None, None, None)


def test_working_days_agree_with_the_ground_floors() -> None:
    days = WorkingDays()
    moments = [datetime(2026, 12, 20, 9, tzinfo=UTC) + timedelta(days=n, hours=7 * n) for n in range(20)]
    for since in (moments[7], *moments):
        for until in moments:
            assert days.between(since, until) == working_days_between(since, until)


@pytest.fixture
def manager() -> Client:
    client = Client()
    client.force_login(a_user(Role.MANAGER))
    return client


def test_the_page_shows_the_numbers_and_their_findings(manager: Client) -> None:
    made = some_of_everything()
    page = manager.get(reverse("reports:dashboard")).content.decode()
    assert f"Dashboard ({made} referrals)" in page
    assert "Of 12 referrals made, 8 have been decided" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert page.count("<figure") == page.count("show as a table") == 5
    assert AuditEvent.objects.filter(kind="dashboard.viewed").count() == 1


def test_the_filter_is_in_the_address(manager: Client) -> None:
    a_submitted()
    address = reverse("reports:dashboard")
    page = manager.get(address, {"force": a_force("06").pk}).content.decode()
    assert "0 referrals made by Greater Manchester Police" in page
    assert "No referrals match these filters." in page
    strange = manager.get(address, {"force": "x", "made_from-day": "99", "made_from-month": "a"})
    assert strange.status_code == 200


def test_the_number_of_queries_does_not_grow(manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(reverse("reports:dashboard")).status_code == 200
        return len(captured)

    some_of_everything()
    few = queries()
    some_of_everything()
    assert queries() == few


@pytest.mark.parametrize("role", sorted(set(Role) - WHO_MAY["view_dashboard"]))
def test_who_may_not_see_it(role: Role) -> None:
    client = Client()
    client.force_login(a_user(role))
    assert client.get(reverse("reports:dashboard")).status_code == 403

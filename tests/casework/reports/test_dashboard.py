"""The dashboard: every referral accounted for, and the time each stage takes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import CaseOutcome
from casework.reports import counting, findings, funnel
from casework.reports.actions import counting as recounting
from casework.reports.counting import made_by_force
from casework.reports.funnel import Cohort
from casework.reports.models import FigureDue
from casework.reports.permissions import WHO_MAY
from casework.states import State as CaseState
from nexus.accounts.actions import add_bank_holiday
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.retention.actions import erase
from nexus.working_days import ADDED, add_working_days, working_days_between
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
from tests.nexus.retention.builders import LATER, a_proposed_erasure

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


def found(cohort: Cohort | None = None, **narrower: Any) -> Counter[counting.Counted]:
    """What is counted of a cohort, once what moved was counted again."""
    recounting.count_what_moved()
    return counting.counted(cohort or Cohort(**narrower))


def test_the_places_add_up_to_the_referrals_made() -> None:
    made = some_of_everything()
    places = {place: number for place, number in funnel.places(found()).items() if number}
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
    steps = funnel.steps(found())
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
    assert funnel.outcomes(found())[CaseOutcome.NOT_PURSUED] == 1


def test_a_force_and_a_time_narrow_it() -> None:
    a_submitted()
    a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    a_submitted(now=NOON + timedelta(days=10))
    assert funnel.steps(found())["made"] == 3
    assert funnel.steps(found(force=a_force("06")))["made"] == 1
    assert funnel.steps(found(last=date(2026, 11, 16)))["made"] == 2
    assert funnel.steps(found(first=date(2026, 11, 17)))["made"] == 1
    assert [(name, made) for _, name, made in made_by_force(Cohort())] == [
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
    stages = {stage.name: stage for stage in funnel.stages(found())}
    waiting = stages["Submitted"]
    assert (waiting.ended, waiting.now) == (5, 1)
    assert (waiting.lower, waiting.median, waiting.upper) == (2, 3, 4)  # of 1, 2, 3, 4 and 5
    assert (stages["In triage"].ended, stages["In triage"].now) == (0, 5)
    assert stages["In triage"].median is None


def test_quartiles_are_those_of_percentile_cont() -> None:
    assert funnel.quartiles(Counter([7])) == (7, 7, 7)
    assert funnel.quartiles(Counter()) == (None, None, None)
    for spells in ([1, 2], [0, 0, 5], [3, 1, 4, 1, 5, 9, 2, 6], [2] * 9 + [40]):
        with connection.cursor() as ask:
            ask.execute(
                "SELECT percentile_cont(ARRAY[.25, .5, .75]) WITHIN GROUP (ORDER BY days) FROM unnest(%s) days",
                [spells],
            )
            (expected,) = ask.fetchone()
        assert list(funnel.quartiles(Counter(spells))) == expected


def test_working_days_of_a_spell_agree_with_the_ground_floors() -> None:
    """Across weekends, Christmas, the change of the clocks and midnight in the United Kingdom."""
    expected = []
    for number in range(20):
        since = datetime(2026, 12, 20, 9, tzinfo=UTC) + timedelta(days=number, hours=7 * number)
        until = since + timedelta(days=(number * 5) % 11, hours=number)
        referral = a_submitted(now=since)
        actions.claim(referral_id=referral.pk, by=a_user(Role.REFERRALS_OFFICER), now=until)
        expected.append(working_days_between(since, until))
    counts = {days: number for (what, days), number in found().items() if what == "spell referral submitted"}
    assert counts == Counter(expected)


def test_each_number_of_the_dashboard_is_that_of_its_rows() -> None:
    """Counted by month and kept, counted at once of a part of a month, and listed: three ways to one number."""
    some_of_everything()
    december = a_submitted(now=NOON + timedelta(days=20))
    day = timezone.localdate(NOON)
    for cohort in (
        Cohort(),
        Cohort(force=a_force("20")),
        Cohort(last=date(2026, 11, 30)),
        Cohort(first=day, last=day),
        Cohort(first=day, last=timezone.localdate(december.submitted_at)),
        Cohort(first=date(2026, 12, 1)),
    ):
        counts = found(cohort)
        listed = {
            key: cohort.referrals().filter(which).distinct().count()
            for key, (_, which) in funnel.NUMBERS.items()
        }
        steps, places, outcomes = funnel.steps(counts), funnel.places(counts), funnel.outcomes(counts)
        assert steps == {key: listed[key] for key in funnel.STEPS}
        assert places == {label: listed[key] for label, (key, _) in funnel.PLACES.items()}
        assert outcomes == {each: listed[f"outcome-{each}"] for each in CaseOutcome}
        assert all(stage.now == listed[stage.key] for stage in funnel.stages(counts))
        assert sum(made for _, _, made in made_by_force(cohort)) == steps["made"] == sum(places.values())
    assert funnel.steps(found())["made"] == 13


def test_figures_follow_every_move_and_a_counting_by_hand_finds_nothing_else() -> None:
    """Withdrawn, reopened, erased: whatever moves is counted again, and what did not move is not."""
    some_of_everything()
    recounting.count_what_moved()
    assert not FigureDue.objects.exists()
    a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert set(FigureDue.objects.values_list("force__code", flat=True)) == {"06"}
    kept = set(found().items())
    recounting.count_everything_again()
    assert set(counting.counted(Cohort()).items()) == kept


def test_an_erased_referral_stays_counted_so_that_figures_reconcile(manager: Client) -> None:
    """Steps, place, outcome and times, by force, for a whole month and for days; what is listed says what is missing."""
    case = a_case_in("closed")
    a_submitted()
    made_on = timezone.localdate(case.referral.submitted_at)
    cohorts = (Cohort(), Cohort(case.referral.force), Cohort(None, made_on, made_on))
    before = [(found(cohort), made_by_force(cohort)) for cohort in cohorts]
    review = a_proposed_erasure(case.referral)
    erase(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, confirmed_at=LATER)
    assert [(found(cohort), made_by_force(cohort)) for cohort in cohorts] == before
    recounting.count_everything_again()
    assert [(found(cohort), made_by_force(cohort)) for cohort in cohorts] == before
    assert funnel.steps(found())["closed"] == 1 and sum(funnel.places(found()).values()) == 2
    for key in ("made", "closed", f"closed-{case.outcome}", f"outcome-{case.outcome}"):
        page = manager.get(reverse("reports:referrals_behind", args=[key])).text
        assert "1 more referral is counted on the dashboard and not listed here" in page, key
    assert "not listed" not in manager.get(reverse("reports:referrals_behind", args=["in-submitted"])).text


def test_sabotage_without_its_tombstone_an_erased_referral_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = a_case_in("closed")
    monkeypatch.setattr(counting, "erased_in", lambda period, forces: Counter())
    review = a_proposed_erasure(case.referral)
    assert funnel.steps(found())["made"] == 1
    erase(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, confirmed_at=LATER)
    assert funnel.steps(found())["made"] == 0


def test_a_move_that_leaves_no_note_is_found_by_its_rows_and_mended() -> None:
    """The guard taken away: the numbers stand still, and differ from their rows."""
    referral = a_submitted()
    before = found()
    actions.withdraw(referral_id=referral.pk, by=referral.created_by, now=NOON, reason="Entered by mistake.")
    FigureDue.objects.all().delete()
    assert found() == before
    assert funnel.places(found())["Submitted"] != Cohort().referrals().filter(state="submitted").count()
    recounting.count_everything_again()
    assert funnel.places(found())["Withdrawn"] == 1


def test_a_new_bank_holiday_has_every_month_counted_again() -> None:
    a_submitted()
    recounting.count_what_moved()
    day = add_working_days(timezone.localdate(), 40)
    add_bank_holiday(by=a_user(Role.ADMINISTRATOR), now=timezone.now(), day=day, reason="A day of mourning")
    assert FigureDue.objects.count() == 1


def test_more_months_than_a_page_may_count_are_said_to_be_due(manager: Client) -> None:
    a_submitted()
    with patch("casework.reports.views.dashboard.MONTHS_AT_ONCE", 0):
        page = manager.get(reverse("reports:dashboard")).content.decode()
    assert "1 month is being counted again" in page and "0 referrals made" in page
    assert "being counted again" not in manager.get(reverse("reports:dashboard")).content.decode()


def test_a_number_opens_its_referrals(manager: Client) -> None:
    some_of_everything()
    other = a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    page = manager.get(reverse("reports:dashboard"), {"force": other.force_id}).content.decode()
    address = f"{reverse('reports:referrals_behind', args=['in-submitted'])}?force={other.force_id}"
    assert f'href="{address}"' in page
    listed = manager.get(address).content.decode()
    assert other.reference in listed and "1 referral made by Greater Manchester Police" in listed
    entry = AuditEvent.objects.get(kind="referral.listed", subjects=[other.pk])
    assert entry.detail == {"number": "in-submitted", "force": other.force_id}
    for number in funnel.NUMBERS:
        assert manager.get(reverse("reports:referrals_behind", args=[number])).status_code == 200
    assert manager.get(reverse("reports:referrals_behind", args=["nothing"])).status_code == 404


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
        ADDED.read_again()  # the bank holidays are read every few seconds: each time, here
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(reverse("reports:dashboard")).status_code == 200
        return len(captured)

    manager.get(reverse("reports:dashboard"))  # a first request asks more
    a_case()
    few = queries()
    some_of_everything()
    assert queries() == few
    assert queries() < few  # nothing is due: the figures are read, and no row of a referral


@pytest.mark.parametrize("role", sorted(set(Role) - WHO_MAY["view_dashboard"]))
def test_who_may_not_see_it(role: Role) -> None:
    client = Client()
    client.force_login(a_user(role))
    assert client.get(reverse("reports:dashboard")).status_code == 403

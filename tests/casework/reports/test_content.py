"""What a report says of a referral, and what it never says."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import serializers

from casework import actions as casework_actions
from casework.models import Case
from casework.reports.models import ReportLine
from casework.reports.periods import Period
from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_case,
    a_draft,
    a_flag_only_case,
    a_force,
    a_submitted,
    a_user,
    an_assigned_case,
    in_triage,
    progress,
    with_a_question,
    with_outcome,
)
from tests.casework.reports.builders import ASKED, a_built_report

pytestmark = pytest.mark.django_db
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
NEW_YEAR = datetime(2027, 1, 1, 12, tzinfo=UTC)


def the_line(**kwargs: Any) -> ReportLine:
    (line,) = a_built_report(**kwargs).lines.all()
    return line


def in_the_period(line: ReportLine) -> set[str]:
    return {
        name for name in ("made", "decided", "accepted", "flagged", "allocated")
        if getattr(line, f"{name}_in_period")
    }  # fmt: skip


def test_an_accepted_referral() -> None:
    a_case()
    line = the_line()
    assert in_the_period(line) == {"made", "decided", "accepted", "flagged", "allocated"}
    assert line.stage == "Allocated to Liverpool"
    assert line.outcome == "Accepted"
    assert line.reasons == "No leave, active interest and repeated violence: a priority for removal."
    assert line.last_action_on == date(2026, 11, 16)


def test_where_another_team_holds_the_case_nothing_is_allocated() -> None:
    a_flag_only_case()
    line = the_line()
    assert in_the_period(line) == {"made", "decided", "accepted", "flagged"}
    assert line.stage == "Open, flag only"


def test_a_refused_referral_says_why() -> None:
    referral = in_triage()
    referral_actions.not_accept(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        reasons="The harm is not shown.", balance="Long residence.",
    )  # fmt: skip
    line = the_line()
    assert (line.stage, line.outcome, line.reasons) == (
        "Not accepted",
        "Not accepted",
        "The harm is not shown.",
    )
    assert in_the_period(line) == {"made", "decided"}


def test_a_redirected_referral_says_where_to() -> None:
    referral = in_triage()
    referral_actions.redirect(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        destination="national_removal_command", reasons="No High Harm, but liable to removal.",
    )  # fmt: skip
    assert the_line().outcome == "Redirected to National Removal Command"


def test_a_withdrawn_referral_is_told_once() -> None:
    referral = a_submitted()
    referral_actions.withdraw(
        referral_id=referral.pk,
        by=referral.created_by,
        now=NOON + timedelta(hours=1),
        reason="A mistake in the entry.",
    )
    line = the_line()
    assert (line.stage, line.outcome, line.reasons) == ("Withdrawn", "Withdrawn by the force", "")
    assert not a_built_report(period=DECEMBER, now=NEW_YEAR, at=NEW_YEAR).lines.exists()


def test_an_open_question_is_asked_until_it_is_answered() -> None:
    referral = with_a_question()
    assert the_line().asked_of_force == ("Answer by 23 November 2026: Which of the incidents were witnessed?")
    referral_actions.answer_information(
        referral_id=referral.pk, by=referral.created_by, now=ASKED, answer="Two of them."
    )
    assert the_line(period=DECEMBER, now=NEW_YEAR, at=NEW_YEAR).asked_of_force == ""


def test_each_shared_event_replaces_what_was_asked_before() -> None:
    case = an_assigned_case()
    progress(case, asked_of_force="Send the crime reports.")
    progress(case, text="An internal talk.", shared_with_force=False)
    first = Period(date(2026, 11, 16), date(2026, 11, 16))
    assert the_line(period=first).asked_of_force == "Asked on 16 November 2026: Send the crime reports."
    progress(case, asked_of_force="Send the custody record.")
    second = Period(date(2026, 11, 15), date(2026, 11, 16))
    assert the_line(period=second).asked_of_force == "Asked on 16 November 2026: Send the custody record."
    progress(case, text="The custody record came.")
    assert the_line().asked_of_force == ""


def test_progress_recorded_late_is_told_in_the_period_it_was_recorded_in() -> None:
    case = an_assigned_case()
    progress(case, text="The appeal was listed.", now=datetime(2026, 12, 3, 12, tzinfo=UTC),
             happened_on=date(2026, 11, 28))  # fmt: skip
    november = the_line(period=Period(date(2026, 11, 1), date(2026, 11, 30)), now=NEW_YEAR, at=NEW_YEAR)
    december = the_line(period=DECEMBER, now=NEW_YEAR, at=NEW_YEAR)
    assert november.progress == []
    assert december.progress == [{"on": "2026-11-28", "text": "The appeal was listed."}]
    assert december.dated_progress == [(date(2026, 11, 28), "The appeal was listed.")]


def test_an_outcome_is_told_with_its_reasons() -> None:
    case = with_outcome(an_assigned_case())
    line = the_line()
    assert line.outcome == case.get_outcome_display() == "Not pursued"
    assert line.reasons == case.outcome_reasons
    assert line.stage == "Outcome recorded"


def test_a_closed_case_is_told_in_its_last_period_only() -> None:
    case = with_outcome(an_assigned_case())
    casework_actions.close(case_id=case.pk, by=a_user(Role.MANAGER), now=ASKED)
    assert the_line().stage == "Closed"
    assert not a_built_report(period=DECEMBER, now=NEW_YEAR, at=NEW_YEAR).lines.exists()


def test_an_undecided_referral_stays_in_every_report() -> None:
    a_submitted()
    line = the_line(period=DECEMBER, now=NEW_YEAR, at=NEW_YEAR)
    assert (line.stage, in_the_period(line)) == ("Submitted", set())


def test_drafts_later_referrals_and_other_forces_are_not_in_it() -> None:
    a_draft()
    a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    a_submitted(now=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert not a_built_report().lines.exists()


def test_a_day_ends_at_midnight_in_london() -> None:
    """22:30 UTC on 30 June is 23:30 in London; 23:30 UTC is July."""
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    values = {"status_as_at": date(2026, 6, 1), "interest_on": date(2026, 6, 1)}
    for moment in (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        a_submitted(now=moment, **values)
    report = a_built_report(period=june, now=NEW_YEAR, at=NEW_YEAR)
    assert report.totals["lines"] == report.totals["made"] == 1


def test_nothing_internal_reaches_a_report() -> None:
    """A canary in every internal text of a full case; none in the report, all of the shared ones."""
    case = with_everything_internal()
    report = a_built_report()
    told = serializers.serialize("json", report.lines.all()) + json.dumps(report.totals)
    assert "CANARY" not in told
    assert "SHARED" in told
    everything = serializers.serialize("json", [*Referral.objects.all(), *Case.objects.all()])
    everything += serializers.serialize(
        "json", [*case.notes.all(), *case.progress.all(), *case.barriers.all()]
    )
    everything += serializers.serialize("json", case.referral.decisions.all())
    assert everything.count("CANARY") >= 8


def with_everything_internal() -> Case:
    referral = in_triage(
        scope_evidence="CANARY scope", harm_narrative="CANARY narrative", interest_what="CANARY interest",
        material_description="CANARY material", vulnerability_details="CANARY health", surname="CANARY",
    )  # fmt: skip
    referral_actions.accept(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        reasons="SHARED reasons", balance="CANARY balance", scope_confirmation="CANARY confirmation",
        significant_impact="yes", impact_reasons="CANARY impact",
        route="administrative_removal", police_statement="not_necessarily",
    )  # fmt: skip
    case = Case.objects.get(referral=referral)
    owner = a_user(Role.CASE_OWNER)
    casework_actions.assign(case_id=case.pk, by=a_user(Role.MANAGER), now=ASKED, case_owner=owner)
    casework_actions.add_note(case_id=case.pk, by=owner, now=ASKED, text="CANARY note")
    casework_actions.record_barrier(
        case_id=case.pk, by=owner, now=ASKED, kind="claim", since=date(2026, 11, 16), details="CANARY barrier"
    )
    case = Case.objects.get(pk=case.pk)
    progress(case, now=ASKED, text="CANARY legal advice", shared_with_force=False)
    progress(case, now=ASKED, text="SHARED progress", asked_of_force="SHARED ask")
    return case

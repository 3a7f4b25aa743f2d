"""Claims that nobody works on end by themselves: once, written down, and told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from referrals import actions as referral_actions
from referrals.desk import actions
from referrals.desk.models import EndedClaim
from referrals.desk.tasks import end_idle_claims
from referrals.models import Referral
from referrals.states import State
from tests.builders import a_user, in_triage, with_a_question
from tests.referrals.croydon import fresh, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/referrals/queue/"
# Claimed at ten past twelve on a Monday, read a minute later; sixteen hours of nine to five end on Wednesday.
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
ENDS = datetime(2026, 11, 18, 12, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sixteen_hours(settings: Any) -> None:
    settings.NEXUS_CLAIM_IDLE_HOURS = 16


@pytest.mark.parametrize(
    ("now", "ended"), [(ENDS - timedelta(minutes=1), 0), (ENDS, 1), (ENDS + timedelta(days=30), 1)]
)
def test_it_ends_after_so_many_working_hours(now: datetime, ended: int) -> None:
    referral = in_triage(now=NOON)
    assert actions.end_idle_claims(now=now) == ended
    assert fresh(referral).state == (State.SUBMITTED if ended else State.IN_TRIAGE)


def test_a_weekend_is_not_idle() -> None:
    referral = in_triage(now=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    assert actions.end_idle_claims(now=datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) == 0
    assert fresh(referral).state == State.IN_TRIAGE


def test_it_is_written_down_as_the_services() -> None:
    referral = in_triage(now=NOON)
    officer = referral.claimed_by
    actions.end_idle_claims(now=ENDS)
    entry = AuditEvent.objects.get(kind="referral.released")
    assert (entry.by_id, entry.by_role, entry.detail) == (None, "", {"held_by": officer.pk})
    assert entry.reason == "Nobody worked on it for 16 working hours."
    page = signed_in(officer).get(f"/referrals/{referral.reference}/timeline/").text
    assert "<bdi>the service</bdi>" in page and entry.reason in page


def test_running_it_twice_changes_nothing() -> None:
    in_triage(now=NOON)
    assert [actions.end_idle_claims(now=ENDS) for _ in range(2)] == [1, 0]
    assert EndedClaim.objects.count() == AuditEvent.objects.filter(kind="referral.released").count() == 1


def test_reading_it_or_an_answer_is_work() -> None:
    referral = in_triage(now=NOON)
    read_at = ENDS - timedelta(hours=1)
    record(kind="referral.viewed", by=referral.claimed_by, subject=referral, now=read_at)
    record(kind="referral.viewed", by=a_user(Role.MANAGER), subject=referral, now=ENDS)
    asked = with_a_question(now=NOON)
    answer = {"referral_id": asked.pk, "by": asked.created_by, "answer": "Two."}
    referral_actions.answer_information(**answer, now=read_at)
    assert actions.end_idle_claims(now=ENDS) == 0
    assert actions.end_idle_claims(now=ENDS + timedelta(days=2)) == 2


def test_while_the_force_is_asked_it_does_not_end() -> None:
    with_a_question(now=NOON)
    assert actions.end_idle_claims(now=ENDS + timedelta(days=60)) == 0


def test_the_officer_is_told_once() -> None:
    referral = in_triage(now=NOON)
    officer = referral.claimed_by
    actions.end_idle_claims(now=ENDS)
    assert (
        "because you had not worked on them" not in signed_in(a_user(Role.REFERRALS_OFFICER)).get(QUEUE).text
    )
    told, again = (signed_in(officer).get(QUEUE).text for _ in range(2))
    assert (
        "because you had not worked on them" in told
        and f">{referral.reference}</a>, claimed 16 November 2026" in told
    )
    assert "because you had not worked on them" not in again


def test_claimed_again_it_may_end_again() -> None:
    referral, officer = in_triage(now=NOON), a_user(Role.REFERRALS_OFFICER)
    actions.end_idle_claims(now=ENDS)
    referral_actions.claim(referral_id=referral.pk, by=officer, now=ENDS)
    assert actions.end_idle_claims(now=ENDS + timedelta(days=7)) == 1
    assert set(EndedClaim.objects.values_list("officer", flat=True)) == {referral.claimed_by_id, officer.pk}


def test_the_schedule_runs_it() -> None:
    referral = in_triage(now=NOON - timedelta(days=90))
    Referral.objects.filter(pk=referral.pk).update(claimed_at=NOON - timedelta(days=90))
    assert settings.CELERY_BEAT_SCHEDULE["end-idle-claims"]["task"] == end_idle_claims.name
    end_idle_claims()
    assert fresh(referral).claimed_by is None

"""Take next: the most urgent, never the same to two, and plain words when nothing is left."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions
from referrals.actions import triage
from referrals.models import Referral, ReferralChange
from referrals.queue import in_order
from referrals.states import State
from tests.builders import NOON, a_user, in_triage, with_a_question
from tests.referrals.croydon import as_role, fresh, kinds, sent, signed_in

TAKE_NEXT = "/referrals/queue/take-next/"


def in_custody(hours_ago: float, **answers: Any) -> Referral:
    started = timezone.now() - timedelta(hours=hours_ago)
    return sent(
        channel="live_time",
        in_custody=True,
        custody_reference="PS/26/1",
        custody_clock_started_at=started,
        **answers,
    )


@pytest.mark.django_db
class TestOrder:
    def test_live_time_first_by_custody_then_by_target(self) -> None:
        now, officer = timezone.now(), a_user(Role.REFERRALS_OFFICER)
        young, old = sent(now=now - timedelta(days=1)), sent(now=now - timedelta(days=20))
        soon, later = in_custody(20), in_custody(2)
        unclocked = sent(channel="live_time", now=now)
        in_triage()
        taken = [actions.take_next(by=officer, now=now).pk for _ in range(5)]
        assert taken == [each.pk for each in (soon, later, unclocked, old, young)]
        assert kinds(young)[-1] == "referral.claimed"

    def test_what_waited_for_the_force_is_less_old(self) -> None:
        officer, month = a_user(Role.REFERRALS_OFFICER), NOON - timedelta(days=28)
        paused = with_a_question(now=month, officer=officer)
        actions.answer_information(
            referral_id=paused.pk, by=paused.created_by, now=NOON, answer="All of them."
        )
        actions.release(referral_id=paused.pk, by=officer, now=NOON)
        other = sent(now=NOON - timedelta(days=7))
        assert actions.take_next(by=officer, now=NOON).pk == other.pk

    def test_the_button_opens_what_was_taken(self) -> None:
        referral, officer = sent(), a_user(Role.REFERRALS_OFFICER)
        desk = signed_in(officer)
        assert "Take next" in desk.get("/referrals/queue/").text
        page = desk.post(TAKE_NEXT, follow=True)
        assert page.redirect_chain == [(f"/referrals/{referral.reference}/", 302)]
        assert f"You now hold {referral.reference}, the next in the queue" in page.text
        assert fresh(referral).claimed_by == officer

    def test_nothing_left_is_said(self) -> None:
        in_triage()
        response = as_role(Role.REFERRALS_OFFICER).post(TAKE_NEXT)
        assert response.status_code == 409
        assert "There is nothing to take" in response.text

    def test_by_the_api(self) -> None:
        referral, officer = sent(), a_user(Role.REFERRALS_OFFICER)
        client, address = signed_in(officer), reverse("api:queue_take_next")
        assert client.post(address).json()["reference"] == referral.reference
        answer = client.post(address)
        assert (answer.status_code, answer.json()["reasons"]) == (409, [actions.triage.NOTHING_LEFT])

    def test_who_may(self) -> None:
        sent()
        assert as_role(Role.MANAGER).post(TAKE_NEXT).status_code == 403
        assert "Take next" not in as_role(Role.MANAGER).get("/referrals/queue/").text
        assert Client().post(TAKE_NEXT).status_code == 401


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "sabotaged"])
def test_who_finds_a_row_being_claimed_takes_the_one_after_it(
    monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Without SKIP LOCKED the second waits for the first, and then for nothing."""
    if not guarded:
        monkeypatch.setattr(triage, "in_order", lambda rows, order: Waiting(in_order(rows, order)))
    first, second = (sent(now=NOON - timedelta(days=days)) for days in (9, 1))
    officer = a_user(Role.REFERRALS_OFFICER)

    def take() -> int:
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            return actions.take_next(by=officer, now=timezone.now()).pk
        finally:
            connections.close_all()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        Referral.objects.select_for_update().get(pk=first.pk)
        taken = other.submit(take)
        if guarded:
            assert taken.result(timeout=20) == second.pk
        else:
            with pytest.raises(OperationalError, match="lock timeout"):
                taken.result(timeout=20)


class Waiting:
    """Rows that are locked without passing over those others hold."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def select_for_update(self, *, of: tuple[str, ...], skip_locked: bool) -> Any:
        return self.rows.select_for_update(of=of)


OFFICERS, REFERRALS = 16, 500


def many_submitted(count: int) -> None:
    """Rows made at once, as the actions would have left them: the race is about taking them."""
    police, now = a_user(Role.POLICE_OFFICER), timezone.now()
    drafts = Referral.objects.bulk_create(
        Referral(
            reference=f"NHH-2025-{number:06}",
            created_by=police,
            created_at=now,
            changed_at=now,
            force=police.force,
            channel="standard",
            surname="Ashgrove",
        )
        for number in range(count)
    )
    sent_at = now - timedelta(days=3)
    Referral.objects.filter(pk__in=[draft.pk for draft in drafts]).update(
        state=State.SUBMITTED, submitted_by=police, submitted_at=sent_at
    )


@pytest.mark.django_db(transaction=True)
def test_sixteen_officers_over_500_referrals_none_given_twice_and_none_lost() -> None:
    many_submitted(REFERRALS)
    officers = [a_user(Role.REFERRALS_OFFICER) for _ in range(OFFICERS)]
    line = Barrier(OFFICERS, timeout=20)

    def work(officer: User) -> list[int]:
        taken: list[int] = []
        line.wait()
        try:
            while True:
                taken.append(actions.take_next(by=officer, now=timezone.now()).pk)
        except Refused as refused:
            assert refused.reasons == [actions.triage.NOTHING_LEFT]
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(OFFICERS) as threads:
        given = list(threads.map(work, officers, timeout=120))
    times = Counter(pk for taken in given for pk in taken)
    assert len(times) == REFERRALS and set(times.values()) == {1}
    assert not Referral.objects.filter(state=State.SUBMITTED).exists()
    assert ReferralChange.objects.filter(verb="claim").count() == REFERRALS
    for officer, taken in zip(officers, given, strict=True):
        assert set(officer.referrals_claimed.values_list("pk", flat=True)) == set(taken)
    assert sum(1 for taken in given if taken) > 1  # really shared out

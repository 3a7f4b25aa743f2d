"""A list is washed: every row has one answer, once, whoever dies and however often it is asked for."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from redis import Redis

from nexus.audit.models import AuditEvent
from nexus.celery import app
from referrals.datawash import actions
from referrals.datawash.actions import washing
from referrals.datawash.linkage.model import CURRENT
from referrals.datawash.messages import SWEEP
from referrals.datawash.models import Candidate, Wash, WashChange
from referrals.datawash.queries import told_of
from referrals.datawash.states import State
from tests.builders import NOON
from tests.databases import superuser
from tests.referrals.datawash.builders import (
    EXACT,
    HEAD,
    a_queued_wash,
    a_register,
    a_washed_list,
    an_agreement,
)
from tests.workers import StartWorker

SOON = 60.0  # seconds


@pytest.mark.django_db
def test_every_row_has_its_grade_its_pot_and_its_reason() -> None:
    a_register()
    wash = a_washed_list()
    found = {
        row.force_row_ref: (row.grade, row.pot, row.person_id and row.person.person_id)
        for row in wash.rows.all()
    }
    assert found == {
        "R1": ("exact", "no leave", "HO1"),
        "R2": ("probable", "EEA", "HO2"),
        "R3": ("no trace", "undetermined", None),
    }
    assert all(row.reason and row.confirmed is None for row in wash.rows.all())
    assert (wash.state, wash.done, wash.stage, wash.model_version) == (State.WASHED, 3, "", CURRENT)
    assert wash.register_as_at


@pytest.mark.django_db
def test_close_people_are_kept_with_the_steps_that_say_why() -> None:
    a_register()
    wash = a_washed_list()
    (candidate,) = Candidate.objects.filter(row__wash=wash, row__force_row_ref="R2")
    assert (candidate.person.person_id, candidate.place) == ("HO2", 0)
    assert candidate.steps[0]["field"] == "starting point"
    assert {step["field"] for step in candidate.steps} >= {"names", "date of birth"}
    assert sum(step["weight"] for step in candidate.steps) == pytest.approx(candidate.weight, abs=0.01)
    assert not Candidate.objects.filter(row__force_row_ref="R3").exists()


@pytest.mark.django_db
def test_at_most_five_people_a_row_the_likeliest_first() -> None:
    twins = [
        {"person_id": f"T{at}", "surname": "Lisajewicz", "forenames": "Fatosena", "dob": "1990-02-03",
         "immigration_status": "overstayer"}
        for at in range(7)
    ]  # fmt: skip
    a_register(*twins)
    wash = a_washed_list()
    found = Candidate.objects.filter(row__wash=wash, row__force_row_ref="R2").order_by("place")
    assert [each.place for each in found] == [0, 1, 2, 3, 4]
    assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)


@pytest.mark.django_db
def test_the_agreements_own_table_of_pots_counts() -> None:
    a_register()
    an_agreement(pots={"overstayer": "in process"})
    assert a_washed_list().rows.get(force_row_ref="R1").pot == "in process"


@pytest.mark.django_db
def test_the_counts_say_no_more_than_the_force_may_know() -> None:
    """R2 is probable: its pot is not counted before somebody has confirmed it."""
    a_register()
    counts = a_washed_list().counts
    assert {pot: number for pot, number in counts["pot"].items() if number} == {
        "no leave": 1,
        "undetermined": 2,
    }
    assert {grade: number for grade, number in counts["grade"].items() if number} == {
        "exact": 1, "probable": 1, "no trace": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_wash_is_recorded_as_a_combination_with_its_purpose() -> None:
    a_register()
    wash = a_washed_list()
    entry = AuditEvent.objects.get(kind="datawash.combined")
    assert (entry.subject_id, entry.reason, entry.by_id) == (str(wash.pk), "Whom to refer", None)
    kinds = list(
        AuditEvent.objects.filter(subject_type="datawash.wash").order_by("pk").values_list("kind", flat=True)
    )
    acts = ("uploaded", "reading_begun", "checked", "queued", "begun", "combined", "finished")
    assert kinds == [f"datawash.{each}" for each in acts]
    assert "Gurishti" not in str([entry.detail for entry in AuditEvent.objects.all()])


@pytest.mark.django_db
def test_an_empty_register_finds_nobody() -> None:
    wash = a_washed_list()
    assert set(wash.rows.values_list("grade", "pot")) == {("no trace", "undetermined")}


@pytest.mark.django_db
def test_a_long_list_is_washed_in_batches_with_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    a_register()
    monkeypatch.setattr(washing, "AT_ONCE", 2)
    seen: list[tuple[str, int]] = []
    step = washing.step

    def watched(**values: Any) -> Wash:
        seen.append((values["stage"], values["done"]))
        return step(**values)

    monkeypatch.setattr(washing, "step", watched)
    rows = [f"N{at},Quillfeather,Barty,19{70 + at}-11-08,,,,,,,," for at in range(5)]
    wash = a_washed_list("\n".join([HEAD, *rows]))
    assert seen == [(washing.REGISTER, 0), *((washing.COMPARING, done) for done in (0, 2, 4, 5))]
    assert wash.rows.filter(grade="no trace").count() == 5


@pytest.mark.django_db
def test_called_twice_it_is_done_once() -> None:
    a_register()
    wash = a_washed_list()
    assert not actions.wash(wash_id=wash.pk, clock=lambda: NOON)
    assert Candidate.objects.filter(row__wash=wash).count() == 2


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_stores_nothing() -> None:
    a_register()
    wash = a_queued_wash()
    token = washing.begin(wash_id=wash.pk, now=NOON)
    assert token
    actions.sweep(now=NOON + timedelta(hours=1))
    assert actions.wash(wash_id=wash.pk, clock=lambda: NOON + timedelta(hours=1))
    with pytest.raises(washing.Lost):
        washing.compare(wash_id=wash.pk, token=token, clock=lambda: NOON)
    with pytest.raises(washing.Lost):
        washing.finish(wash_id=wash.pk, token=token, now=NOON, as_at=NOON, model_version="x")
    assert Wash.objects.get(pk=wash.pk).model_version == CURRENT


@pytest.mark.django_db
def test_what_keeps_failing_is_parked_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    wash = a_queued_wash()

    def broken(**_: Any) -> None:
        raise RuntimeError("Gurishti, Ardit")

    monkeypatch.setattr(washing, "compare", broken)
    for _ in range(3):
        assert not actions.wash(wash_id=wash.pk, clock=lambda: NOON)
    wash = Wash.objects.get(pk=wash.pk)
    assert wash.state == State.PARKED
    assert wash.failure == (
        f"Washing failed 3 times. Wash it again; if it fails again, tell support “data-wash {wash.pk}: RuntimeError”."
    )
    assert not WashChange.objects.filter(reason__contains="Gurishti").exists()
    wash = actions.queue(wash_id=wash.pk, by=wash.uploaded_by, now=NOON)
    assert (wash.state, wash.attempts, wash.failure) == (State.QUEUED, 0, "")


@pytest.mark.django_db(transaction=True)
def test_messages_carry_ids_only(_queue_and_cache: tuple[Redis, Redis]) -> None:
    a_queued_wash()
    messages = _queue_and_cache[0].lrange("celery", 0, -1)
    assert len(messages) == 3  # to check the file, to read it, to wash the list
    for canary in ("Gurishti", "custody", "Whom to refer", "West Midlands"):
        assert not any(canary.encode() in message for message in messages)


@pytest.mark.django_db(transaction=True)
def test_workers_that_race_for_a_list_wash_it_once() -> None:
    a_register()
    wash = a_queued_wash()
    together = threading.Barrier(3)

    def race() -> bool:
        together.wait()
        try:
            return actions.wash(wash_id=wash.pk, clock=timezone.now)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        won = [pool.submit(race) for _ in range(3)]
    assert [each.result() for each in won].count(True) == 1
    assert Candidate.objects.filter(row__wash=wash).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_makes_nothing_twice(
    start_worker: StartWorker,
) -> None:
    a_register()
    first = start_worker(concurrency=1, NEXUS_DATAWASH_LEASE_SECONDS=2)
    with closing(superuser(connection.settings_dict["NAME"])) as other, other.cursor() as ask:
        other.autocommit = False
        # Whoever stores answers now waits at the candidates, halfway through its transaction.
        ask.execute("LOCK TABLE datawash_candidate IN EXCLUSIVE MODE")
        wash = a_queued_wash(now=timezone.now())
        wait_until(lambda: in_state(wash, State.WASHING) and stage_of(wash) == washing.COMPARING)
        first.kill()
        other.rollback()
    assert Candidate.objects.count() == 0
    start_worker(concurrency=1, NEXUS_DATAWASH_LEASE_SECONDS=30)
    wait_until(lambda: in_state(wash, State.WASHED), meanwhile=lambda: app.send_task(SWEEP))
    changes = Counter(WashChange.objects.filter(wash=wash).values_list("verb", flat=True))
    assert changes == {
        "begin_reading": 1,
        "finish_reading": 1,
        "queue": 1,
        "begin": 2,
        "requeue": 1,
        "finish": 1,
    }
    assert Candidate.objects.filter(row__wash=wash).count() == 2
    assert Wash.objects.get(pk=wash.pk).rows.exclude(grade="").count() == 3


def in_state(wash: Wash, state: str) -> bool:
    return Wash.objects.filter(pk=wash.pk, state=state).exists()


def stage_of(wash: Wash) -> str:
    return Wash.objects.values_list("stage", flat=True).get(pk=wash.pk)


def wait_until(done: Callable[[], bool], meanwhile: Callable[[], Any] = lambda: None) -> None:
    """Until `done()`, calling `meanwhile` every half second; fails after SOON."""
    began = called = time.monotonic()
    while not done():
        now = time.monotonic()
        assert now - began < SOON, list(Wash.objects.values("state", "stage", "failure"))
        if now - called > 0.5:
            meanwhile()
            called = now
        time.sleep(0.02)


@pytest.mark.django_db
def test_a_row_whose_date_is_doubtful_is_never_exact() -> None:
    a_register()
    doubtful = EXACT.replace("1985-07-31", "1985-07-30T23:00:00Z")
    row = a_washed_list(f"{HEAD}\n{EXACT.replace('1985-07-31', 'July 1985')}\n").rows.get()
    told = told_of(row)
    assert (row.grade, told.pot(row.pot), row.dob) == ("probable", "undetermined", "1985")
    assert "the date of birth in the list is doubtful" in row.reason
    row = a_washed_list(f"{HEAD}\n{doubtful.replace('-30T', '-31T')}\n").rows.get()
    assert (row.grade, row.confirmed, row.dob) == ("probable", None, "1985-07-31")
    assert a_washed_list(f"{HEAD}\n{EXACT}\n").rows.get().grade == "exact"

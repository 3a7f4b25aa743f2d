"""Claiming a list and washing it. Whoever holds the wash's token, and nobody else, may store anything.

The list is compared in batches; each batch's answers, the count of them and a longer lease are one short
transaction. Nobody sees any of it before the last move, and a second attempt writes over the first.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nexus import leases
from nexus.audit.recording import record
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.checking import DOUBT
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.linking import SUBJECT_COLUMNS, Engine
from referrals.datawash.linkage.model import CURRENT
from referrals.datawash.linkage.washing import Pair, Washed, close_pairs
from referrals.datawash.linkage.washing import wash as washed_by
from referrals.datawash.models import Candidate, Person, Wash, WashRow
from referrals.datawash.queries import agreed_pots, counts_of, rows_of
from referrals.datawash.register import current_snapshot

log = logging.getLogger("nexus.datawash")
AT_ONCE = 2000  # rows compared and stored together
MOST_CANDIDATES = 5  # a row
REGISTER, COMPARING = "Bringing the register up to date", "Comparing the list with the register"


class Lost(Exception):
    """The lease has passed to somebody else."""


def wash(*, wash_id: int, clock: Callable[[], datetime]) -> bool:
    """Claim the list, compare it and store the answers; whether this call did it.

    Called twice, or for a list that is not waiting, it does nothing. When it fails the list goes back to
    wait for the next sweep, or is parked after its last attempt.
    """
    token = begin(wash_id=wash_id, now=clock())
    if token is None:
        return False
    try:
        as_at, model_version = compare(wash_id=wash_id, token=token, clock=clock)
        finish(wash_id=wash_id, token=token, now=clock(), as_at=as_at, model_version=model_version)
        return True
    except Lost:
        return False
    except Exception as problem:
        # Whatever it was, the list must not hang. Its kind only: its words could repeat a row.
        what = type(problem).__name__
        log.error("a list could not be washed", extra={"id": wash_id, "kind": what})
        fail(wash_id=wash_id, token=token, now=clock(), what=what)
        return False


@transaction.atomic
def begin(*, wash_id: int, now: datetime) -> UUID | None:
    """Take a waiting list for the length of the lease. None when it is not waiting, or being taken now.

    From here the list and the register are combined: the entry gives the purpose as justification.
    """
    wash = leases.take(Wash.objects.all(), wash_id, now=now, lasting=lease())
    if wash is None:
        return None
    record(kind="datawash.begun", by=None, subject=wash, now=now, detail={"attempt": wash.attempts})
    record(kind="datawash.combined", by=None, subject=wash, now=now, reason=wash.purpose)
    return wash.lease_token


def lease() -> timedelta:
    return timedelta(seconds=settings.NEXUS_DATAWASH_LEASE_SECONDS)


def held(wash_id: int, token: UUID) -> Wash:
    """The wash, locked, while its lease still bears this token. Raises Lost."""
    wash = leases.held(Wash.objects.select_related("agreement"), wash_id, token=token)
    if wash is None:
        raise Lost
    return wash


def compare(*, wash_id: int, token: UUID, clock: Callable[[], datetime]) -> tuple[datetime, str]:
    """Every batch of the list against the register; how old the register is, and the model's version."""
    wash = step(wash_id=wash_id, token=token, now=clock(), stage=REGISTER, done=0)
    file = current_snapshot(now=clock())
    step(wash_id=wash_id, token=token, now=clock(), stage=COMPARING, done=0)
    agreed = agreed_pots(wash.agreement)
    with connected() as connection:
        snapshot.attach(connection, file)
        engine = Engine(connection, this_year=timezone.localdate(clock()).year)
        done = 0
        while batch := list(wash.rows.filter(number__gte=done).order_by("number")[:AT_ONCE]):
            washed, pairs = answers(engine, batch, agreed)
            done = batch[-1].number + 1
            store(
                wash_id=wash_id, token=token, now=clock(), batch=batch, washed=washed, pairs=pairs, done=done
            )
        return snapshot.as_at(connection), CURRENT


def answers(
    engine: Engine, batch: Sequence[WashRow], agreed: Mapping[str, str]
) -> tuple[list[Washed], dict[int, list[Pair]]]:
    """What the engine says of each row, and the persons close to it by the row's place in the batch."""
    subjects: list[Mapping[str, str]] = [
        {name: getattr(row, name) for name in (*SUBJECT_COLUMNS, DOUBT)} for row in batch
    ]
    return list(washed_by(engine, subjects, agreed)), close_pairs(engine, most=MOST_CANDIDATES)


@transaction.atomic
def step(*, wash_id: int, token: UUID, now: datetime, stage: str, done: int) -> Wash:
    """Say how far the work is, and hold the lease for longer. Raises Lost."""
    wash = held(wash_id, token)
    wash.stage, wash.done, wash.lease_ends_at = stage, done, now + lease()
    wash.save(update_fields=["stage", "done", "lease_ends_at"])
    return wash


@transaction.atomic
def store(
    *,
    wash_id: int,
    token: UUID,
    now: datetime,
    batch: Sequence[WashRow],
    washed: Sequence[Washed],
    pairs: Mapping[int, list[Pair]],
    done: int,
) -> None:
    """One batch's answers in place of whatever an earlier attempt left. Raises Lost."""
    step(wash_id=wash_id, token=token, now=now, stage=COMPARING, done=done)
    named = {each.graded.person_id for each in washed} | {
        pair.person_id for found in pairs.values() for pair in found
    }
    people = dict(Person.objects.filter(person_id__in=named).values_list("person_id", "pk"))
    for row, each in zip(batch, washed, strict=True):
        row.grade, row.pot, row.reason = each.graded.grade, each.pot.name, each.graded.reason
        row.person_id, row.confirmed = people.get(each.graded.person_id), None
    WashRow.objects.bulk_update(batch, ["grade", "pot", "reason", "person", "confirmed"], batch_size=500)
    Candidate.objects.filter(row__in=batch).delete()
    Candidate.objects.bulk_create(
        candidate for number, found in pairs.items() for candidate in candidates(batch[number], found, people)
    )


def candidates(row: WashRow, found: Sequence[Pair], people: Mapping[str, int]) -> list[Candidate]:
    """The persons close to one row, the likeliest first, each with the steps that say why."""
    known = [pair for pair in found if pair.person_id in people]
    return [
        Candidate(
            row=row,
            person_id=people[pair.person_id],
            place=place,
            probability=pair.probability,
            weight=pair.weight,
            steps=[{"field": each.field, "words": each.words, "weight": each.weight} for each in pair.steps],
        )
        for place, pair in enumerate(known)
    ]


@transaction.atomic
def finish(*, wash_id: int, token: UUID, now: datetime, as_at: datetime, model_version: str) -> None:
    """From here the force has its report. Raises Lost."""
    wash = held(wash_id, token)
    wash.move("finish", by=None, now=now, counts={}, register_as_at=as_at, model_version=model_version)
    wash.counts = counts_of(rows_of(wash))
    wash.save(update_fields=["counts"])
    record(kind="datawash.finished", by=None, subject=wash, now=now, detail=wash.counts)


@transaction.atomic
def fail(*, wash_id: int, token: UUID, now: datetime, what: str) -> None:
    """Give the list back after a failure, or park it after its last attempt."""
    try:
        wash = held(wash_id, token)
    except Lost:
        return
    give_up_or_wait(wash, now=now, what=what)


def give_up_or_wait(wash: Wash, *, now: datetime, what: str) -> None:
    """Back to waiting, or parked with a sentence once the attempts are used up. Call with the row locked."""
    if wash.attempts < settings.NEXUS_DATAWASH_ATTEMPTS:
        wash.move("requeue", by=None, now=now, reason=what)
        record(kind="datawash.requeued", by=None, subject=wash, now=now, detail={"problem": what})
        return
    wash.move("park", by=None, now=now, reason=what, failure=sentence(wash, what))
    record(kind="datawash.parked", by=None, subject=wash, now=now, detail={"problem": what})


def sentence(wash: Wash, what: str) -> str:
    """What the force reads of a parked list."""
    return (
        f"Washing failed {wash.attempts} times. Wash it again; if it fails again, "
        f"tell support “data-wash {wash.pk}: {what}”."
    )

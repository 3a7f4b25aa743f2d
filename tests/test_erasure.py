"""Everything there is of many people is erased, and every table, file and key is read for what is left of them.

The world is that of the access matrix: each typed text in it is a word that says whose it is. Each of its referrals is
erased by the two people and the one path that the product has.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from casework import records
from casework.models import CaseDocument
from casework.part import PART
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import StoredFile
from nexus.documents.places import path_of
from nexus.embedded import postgres
from nexus.retention import actions, declared, erasing, plan
from nexus.retention.models import Review, Tombstone
from referrals.models import Referral
from tests.access.world import NOW, World
from tests.builders import a_user
from tests.databases import sockets
from tests.figures import Figure
from tests.nexus.retention.builders import LOOKED

CANARY = re.compile(r"zq(?:own|foreign|raised)0([a-z]+)0[a-z]+0qz", re.IGNORECASE)
# What of the world is of no referral: lists to be washed, questions to the desk, runs of the matrix, value added activity.
OF_NO_REFERRAL = {
    "heading",
    "checked",
    "washed",
    "enquiry",
    "answered",
    "assessed",
    "discussed",
    "supportdraft",
    "supportsent",
}


def states_left(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """(where, the state of the world) of every word that still stands in a table or in one of these files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT each::text FROM \"{table}\" AS each WHERE each::text ILIKE '%zq%0qz%'")  # noqa: S608
            for (row,) in cursor.fetchall():
                yield from ((table, state.lower()) for state in CANARY.findall(row))
    for path in files:
        if path.exists():
            yield from (
                ("a file", state.lower()) for state in CANARY.findall(path.read_text(errors="ignore"))
            )


def erase_all(world: World) -> int:
    """Every referral of the world; the ones that follow another go with it."""
    found = list(Referral.objects.filter(follows=None).order_by("pk"))
    for referral in found:
        erase_one(world, referral)
    return len(found)


def erase_one(world: World, referral: Referral) -> None:
    """By two managers."""
    first, second = world.people[Role.MANAGER], a_user(Role.MANAGER)
    why = "The person asked for it to be erased."
    known = Review.objects.filter(reference=referral.reference).first()
    review = known or actions.open_review(by=first, now=NOW, reference=referral.reference, reason=why)
    actions.propose(review_id=review.pk, by=first, now=NOW, ground="request", because=LOOKED)
    actions.erase(review_id=review.pk, by=second, now=NOW, confirmed_at=NOW)


@pytest.fixture
def everything_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in use is not erased. Here it is as if all of it had ended."""
    kind = replace(records.REFERRAL, over=lambda: records.with_end(Referral.objects.all()))
    monkeypatch.setattr("casework.part.PART", replace(PART, records=(kind,)))


@contextmanager
def forgetting(label: str, **forgotten: str) -> Iterator[None]:
    """The database's function as it would be if the declaration of one table left something out."""
    told = {**declared.declarations(), label: replace(declared.declarations()[label], **forgotten)}
    with pytest.MonkeyPatch.context() as patch:
        for module in (plan, erasing):
            patch.setattr(module, "declarations", lambda: told)
        make_function()
    try:
        yield
    finally:
        make_function()


def make_function() -> None:
    """As `migrate` does, as the tables' owner."""
    plan.ties.cache_clear()
    plan.file_ties.cache_clear()
    name = connection.settings_dict["NAME"]
    with (
        closing(postgres.connect(sockets(), role=postgres.OWNER, database=name)) as owner,
        owner.cursor() as ask,
    ):
        for statement in erasing.statements():
            ask.execute(statement)


def test_a_field_left_out_of_the_declaration_leaves_a_word_behind(
    world: World, everything_is_over: None, django_capture_on_commit_callbacks: Any
) -> None:
    """Sabotage: the documents of a case that do not say that their files go with them."""
    document = CaseDocument.objects.filter(
        case__referral__reference=world.of("own", "worked")["reference"]
    ).get()
    files = [path_of(document.file_id)]
    with transaction.atomic(), forgetting("casework.CaseDocument", brings=""):
        with django_capture_on_commit_callbacks(execute=True):
            erase_one(world, document.case.referral)
        left = set(states_left(files))
        transaction.set_rollback(True)
    assert {("documents_storedfile", "worked"), ("a file", "worked")} <= left


def test_after_erasing_everybody_no_word_of_theirs_is_left(
    world: World,
    everything_is_over: None,
    figure: Figure,
    django_capture_on_commit_callbacks: Any,
) -> None:
    files = [path_of(key) for key in StoredFile.objects.values_list("pk", flat=True)]
    before = list(states_left(files))
    entries = AuditEvent.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        erased = erase_all(world)
    assert not Referral.objects.exists()
    left = [(where, state) for where, state in states_left(files) if state not in OF_NO_REFERRAL]
    assert Tombstone.objects.count() == erased == Review.objects.count()
    assert AuditEvent.objects.count() > entries
    words = f"{erased} records erased; of {len(before)} texts of the people in them, {len(left)} left"
    figure(13, f"{words}: {sorted(set(left))}" if left else words, holds=not left)

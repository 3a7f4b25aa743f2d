"""Clerical review: what each verdict does to the row, and that nothing merges by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.datawash import queue
from referrals.datawash.models import Candidate, Review, Wash, WashRow
from referrals.datawash.queries import told_of
from tests.builders import NOON, a_user
from tests.referrals.datawash.pairs import a_wash_to_review, pairs_of, row_of, said

pytestmark = pytest.mark.django_db
SAME, NOT_SAME, CANNOT_TELL = "same", "not_same", "cannot_tell"
State = tuple[str, str, bool | None, str | None]


@pytest.fixture
def wash(settings: Any, tmp_path: Path) -> Wash:
    settings.NEXUS_DATA_DIR = tmp_path
    return a_wash_to_review()


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER)


def state(row: WashRow) -> State:
    row = WashRow.objects.select_related("person").get(pk=row.pk)
    return row.grade, row.pot, row.confirmed, row.person.person_id if row.person else None


def test_the_wash_left_what_the_tests_stand_on(wash: Wash) -> None:
    assert state(row_of(wash, "one")) == ("probable", "no leave", None, "B1")
    assert [pair.person.person_id for pair in pairs_of(wash, "two")] == ["T1", "T2"]
    assert (
        queue.awaiting_review(queue.reviewable()).count() == 2
    )  # neither the exact one nor the one not found


def test_the_same_person_is_confirmed_in_the_pot_of_the_status(wash: Wash, officer: User) -> None:
    (pair,) = pairs_of(wash, "one")
    assert told_of(row_of(wash, "one")).pot("no leave") == "undetermined"
    said(pair, SAME, by=officer, note="The photographs agree.")
    assert state(row_of(wash, "one")) == ("probable", "no leave", True, "B1")
    assert told_of(row_of(wash, "one")).pot("no leave") == "no leave"
    entry = AuditEvent.objects.get(kind="datawash.reviewed")
    assert entry.detail == {"candidate": pair.pk, "verdict": SAME}
    assert (entry.by_id, entry.subject_id, entry.reason) == (officer.pk, str(pair.row_id), "")


def test_the_agreement_s_own_table_says_the_pot(wash: Wash, officer: User) -> None:
    wash.agreement.pots = {"overstayer": "in process"}
    wash.agreement.save()
    said(pairs_of(wash, "one")[0], SAME, by=officer)
    assert state(row_of(wash, "one"))[1] == "in process"


def test_not_the_same_goes_on_to_the_next_and_ends_with_no_trace_which_is_not_no_leave(
    wash: Wash, officer: User
) -> None:
    first, second = pairs_of(wash, "two")
    row = row_of(wash, "two")
    said(first, NOT_SAME, by=officer)
    assert state(row)[2:] == (None, "T2")
    assert queue.next_after(row, {}) == second.pk
    said(second, NOT_SAME, by=officer)
    assert state(row) == ("no trace", "undetermined", False, None)
    assert queue.next_after(row, {}) == pairs_of(wash, "one")[0].pk


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([(0, CANNOT_TELL)], ("ambiguous", "undetermined", None, "T2")),
        ([(0, CANNOT_TELL), (1, NOT_SAME)], ("ambiguous", "undetermined", None, "T1")),
        ([(0, NOT_SAME), (1, CANNOT_TELL)], ("ambiguous", "undetermined", None, "T2")),
        ([(0, CANNOT_TELL), (1, SAME)], ("probable", "no leave", True, "T2")),
        ([(0, SAME), (0, NOT_SAME)], ("probable", "no leave", None, "T2")),
        ([(0, NOT_SAME), (1, NOT_SAME), (0, SAME)], ("probable", "leave", True, "T1")),
        ([(0, NOT_SAME), (1, NOT_SAME), (1, CANNOT_TELL)], ("ambiguous", "undetermined", None, "T2")),
        ([(0, SAME), (1, SAME)], ("probable", "no leave", True, "T2")),
        ([(0, SAME), (1, NOT_SAME)], ("probable", "leave", True, "T1")),
    ],
)
def test_the_latest_verdict_on_each_pair_stands(
    wash: Wash, officer: User, verdicts: list[tuple[int, str]], expected: State
) -> None:
    pairs = pairs_of(wash, "two")
    for minute, (place, verdict) in enumerate(verdicts):
        said(pairs[place], verdict, by=officer, now=NOON + timedelta(minutes=minute))
    assert state(row_of(wash, "two")) == expected
    assert Review.objects.count() == len(verdicts)  # what was said stays


def test_what_nobody_could_tell_does_not_wait_but_can_be_found(wash: Wash, officer: User) -> None:
    said(pairs_of(wash, "one")[0], CANNOT_TELL, by=officer)
    rows = queue.reviewable()
    assert [row.force_row_ref for row in queue.narrowed_to(rows, "unsettled")] == ["one"]
    assert [row.force_row_ref for row in queue.narrowed_to(rows, "")] == ["two"]


def test_two_officers_who_differ_are_shown_until_they_agree(wash: Wash, officer: User) -> None:
    (pair,) = pairs_of(wash, "one")
    said(pair, SAME, by=officer)
    assert not queue.narrowed_to(queue.reviewable(), "contradicted").exists()
    said(pair, NOT_SAME, by=a_user(Role.REFERRALS_OFFICER), now=NOON + timedelta(minutes=1))
    assert queue.narrowed_to(queue.reviewable(), "contradicted").get().force_row_ref == "one"
    assert queue.contradicts(Candidate.objects.prefetch_related("reviews").filter(pk=pair.pk))
    said(pair, NOT_SAME, by=officer, now=NOON + timedelta(minutes=2))
    assert not queue.narrowed_to(queue.reviewable(), "contradicted").exists()


def test_what_a_colleague_said_meanwhile_has_to_be_read_first(wash: Wash, officer: User) -> None:
    (pair,) = pairs_of(wash, "one")
    said(pair, NOT_SAME, by=a_user(Role.REFERRALS_OFFICER), seen=0)
    with pytest.raises(Refused, match="“Not the same” of this row meanwhile"):
        said(pair, SAME, by=officer, seen=0)
    said(pair, SAME, by=officer, seen=1)
    assert state(row_of(wash, "one"))[2] is True


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda wash: wash.move("go_stale", by=None, now=NOON), "out of date"),
        (lambda wash: wash.rows.update(grade="exact"), "needs no review"),
    ],
)
def test_what_cannot_be_reviewed_says_why(
    wash: Wash, officer: User, prepare: Callable[[Wash], Any], sentence: str
) -> None:
    prepare(wash)
    with pytest.raises(Refused, match=sentence):
        said(pairs_of(wash, "one")[0], SAME, by=officer)
    assert not Review.objects.exists()


def test_only_the_referrals_office_reviews_and_for_the_police_no_pair_exists(wash: Wash) -> None:
    (pair,) = pairs_of(wash, "one")
    with pytest.raises(PermissionDenied):
        said(pair, SAME, by=a_user(Role.MANAGER))
    with pytest.raises(Candidate.DoesNotExist):
        said(pair, SAME, by=wash.uploaded_by)

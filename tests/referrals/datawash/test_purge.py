"""Time: reports go out of date, and what led to nobody is erased, both once and by the agreed days."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.datawash import actions
from referrals.datawash.actions.purge import PERSONAL
from referrals.datawash.models import Candidate, Review, Wash, WashRow
from tests.builders import NOON, a_user
from tests.referrals.datawash.builders import a_checked_wash, an_agreement
from tests.referrals.datawash.pairs import SIBLINGS, a_wash_to_review, pairs_of, row_of, said

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WASHED = NOON + MINUTE  # when the builder's worker has answered


@pytest.fixture
def wash(settings: Any, tmp_path: Path) -> Wash:
    """One row of each kind; the match of “one” is not liable."""
    settings.NEXUS_DATA_DIR = tmp_path
    an_agreement(pots={"overstayer": "not liable"}, stale_after_days=28, purge_after_days=14)
    return a_wash_to_review()


def after(**length: int) -> datetime:
    return WASHED + timedelta(**length)


def erased(wash: Wash) -> set[str]:
    return set(wash.rows.filter(purged_at__isnull=False).values_list("force_row_ref", flat=True))


@pytest.mark.parametrize(
    ("now", "stale"),
    [
        (after(days=27), False),
        (after(days=28) - MINUTE, False),
        (after(days=28), True),
        (after(days=99), True),
    ],
)
def test_a_report_goes_out_of_date_after_the_agreed_days(wash: Wash, now: datetime, stale: bool) -> None:
    assert actions.go_stale(now=now) == stale
    assert actions.go_stale(now=now) == 0
    assert (Wash.objects.get(pk=wash.pk).state == "stale") is stale
    assert AuditEvent.objects.filter(kind="datawash.gone_stale", by_id=None).count() == stale


@pytest.mark.parametrize(
    ("verdict", "days", "gone"),
    [
        (None, 13, set()),
        (None, 14, {"nobody", "exact"}),  # nobody was found; the exact match is not liable
        ("same", 14, {"nobody", "exact", "one"}),  # now it is established that this one is not liable
        ("not_same", 14, {"nobody", "exact", "one"}),
        ("cannot_tell", 14, {"nobody", "exact"}),
        (None, 28, {"nobody", "exact", "one", "two"}),  # out of date: nobody will look any more
    ],
)
def test_what_led_to_nobody_is_erased_after_the_agreed_days(
    wash: Wash, verdict: str | None, days: int, gone: set[str]
) -> None:
    if verdict:
        said(pairs_of(wash, "one")[0], verdict, by=a_user(Role.REFERRALS_OFFICER), note="Look at the date.")
    actions.go_stale(now=after(days=days))
    assert actions.purge(now=after(days=days)) == len(gone)
    assert erased(wash) == gone
    assert actions.purge(now=after(days=days)) == 0


def test_an_erased_row_names_nobody_and_the_counts_stay(wash: Wash) -> None:
    said(
        pairs_of(wash, "one")[0],
        "not_same",
        by=a_user(Role.REFERRALS_OFFICER),
        note="Not her: the passport shows another face.",
    )
    counts = wash.counts
    actions.purge(now=after(days=14))
    row = row_of(wash, "one")
    assert not any(getattr(row, field) for field in PERSONAL) and row.person is None
    assert (row.grade, row.pot) == ("no trace", "undetermined")
    assert not Candidate.objects.filter(row=row).exists() and not Review.objects.exists()
    kept = Wash.objects.get(pk=wash.pk)
    assert (kept.counts, kept.accepted, kept.purged_at) == (counts, 4, after(days=14))
    entry = AuditEvent.objects.get(kind="datawash.erased")
    assert entry.detail == {"rows": 3, "pairs": 2} and entry.subject_id == str(wash.pk)


def test_a_row_reviewed_later_is_erased_at_the_next_run(wash: Wash) -> None:
    actions.purge(now=after(days=14))
    said(pairs_of(wash, "one")[0], "not_same", by=a_user(Role.REFERRALS_OFFICER), now=after(days=20))
    assert actions.purge(now=after(days=20)) == 1
    assert "one" in erased(wash)


def test_a_liable_match_stays(wash: Wash) -> None:
    two = next(pair for pair in pairs_of(wash, "two") if pair.person.person_id == SIBLINGS[0]["person_id"])
    said(two, "same", by=a_user(Role.REFERRALS_OFFICER))
    actions.go_stale(now=after(days=99))
    actions.purge(now=after(days=99))
    assert row_of(wash, "two").surname == "Thistlewood"


def test_a_list_nobody_had_washed_is_discarded_with_its_rows(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path
    wash = a_checked_wash()
    assert actions.purge(now=NOON + timedelta(days=13)) == 0
    assert actions.purge(now=NOON + timedelta(days=14)) == 3
    assert Wash.objects.get(pk=wash.pk).state == "discarded"
    assert not WashRow.objects.exists()
    assert AuditEvent.objects.get(kind="datawash.erased").detail == {"rows": 3, "pairs": 0}


def test_a_discarded_list_keeps_no_rows(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path
    wash = a_checked_wash()
    actions.discard(wash_id=wash.pk, by=wash.uploaded_by, now=NOON)
    assert not WashRow.objects.exists()

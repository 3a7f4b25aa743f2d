"""What a thing asked counts as, and how the ledger adds up. The rules are plain Python."""

from datetime import date

import pytest

from casework.support.rules import (
    COMMITMENT_OF,
    Asked,
    Commitment,
    DeclineReason,
    Kind,
    Standing,
    commitment_of,
    finding,
    ledger,
    reasons_force_does_not_take_part,
    reasons_not_eligible,
    standing,
    total,
)

DUE = date(2026, 11, 27)
BEFORE, AFTER = date(2026, 11, 26), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("done_on", "declined", "today", "expected"),
    [
        (None, "", BEFORE, Standing.OPEN),
        (None, "", DUE, Standing.OPEN),  # the day itself is not yet late
        (None, "", AFTER, Standing.OVERDUE),
        (BEFORE, "", AFTER, Standing.KEPT),
        (DUE, "", AFTER, Standing.KEPT),
        (AFTER, "", AFTER, Standing.KEPT_LATE),
        (None, "resource", BEFORE, Standing.NO_RESOURCE),
        (None, "resource", AFTER, Standing.NO_RESOURCE),  # no breach, however late
        (None, "powers", BEFORE, Standing.DECLINED),
        (None, "not_ours", AFTER, Standing.DECLINED),
        (None, "other", AFTER, Standing.DECLINED),
    ],
)
def test_how_a_force_stands_to_one_thing(
    done_on: date | None, declined: str, today: date, expected: Standing
) -> None:
    assert standing(due_on=DUE, done_on=done_on, today=today, declined=declined) is expected


@pytest.mark.parametrize(
    ("kind", "commitment"),
    [
        ("information", Commitment.INFORMATION),
        ("intelligence", Commitment.INFORMATION),
        ("tracing", Commitment.TRACING),
        ("tribunal", Commitment.EVIDENCE),
        ("papers", Commitment.RESOURCES),
        ("arrest", Commitment.RESOURCES),
    ],
)
def test_each_kind_stands_under_one_commitment(kind: str, commitment: Commitment) -> None:
    assert commitment_of(kind, has_referral=True) is commitment
    assert commitment_of(kind, has_referral=False) is Commitment.VALUE_ADDED


def test_nothing_is_left_out() -> None:
    assert set(COMMITMENT_OF) == set(Kind)
    assert set(COMMITMENT_OF.values()) == set(Commitment) - {Commitment.VALUE_ADDED}
    for reason in DeclineReason:
        assert standing(due_on=DUE, done_on=None, today=DUE, declined=reason) in (
            Standing.NO_RESOURCE,
            Standing.DECLINED,
        )


def test_the_ledger_adds_up_and_says_so() -> None:
    things = [
        Asked(Commitment.TRACING, Standing.KEPT),
        Asked(Commitment.TRACING, Standing.KEPT_LATE),
        Asked(Commitment.TRACING, Standing.OVERDUE),
        Asked(Commitment.EVIDENCE, Standing.NO_RESOURCE),
        Asked(Commitment.VALUE_ADDED, Standing.OPEN),
    ]
    found = ledger(things)
    assert list(found) == list(Commitment)
    tracing = found[Commitment.TRACING]
    assert (tracing.asked, tracing.kept, tracing.count(Standing.OVERDUE)) == (3, 2, 1)
    assert found[Commitment.INFORMATION].asked == 0
    assert sum(tally.asked for tally in found.values()) == total(found).asked == len(things)
    assert finding(total(found)) == (
        "5 things asked: 1 kept in time, 1 kept late, 1 open, 1 overdue, 1 declined because no resource was available."
    )
    assert finding(total(ledger(things[:1]))) == "1 thing asked: 1 kept in time."
    assert finding(total(ledger([]))) == "There are no requests yet."


def test_who_is_eligible() -> None:
    assert reasons_not_eligible(flagged=True) == []
    assert "no longer eligible" in reasons_not_eligible(flagged=False)[0]


@pytest.mark.parametrize(("engaged", "takes_part", "may"), [(1, 1, True), (1, 0, False), (0, 1, False)])
def test_only_forces_that_take_part(engaged: int, takes_part: int, may: bool) -> None:
    reasons = reasons_force_does_not_take_part(
        force="Kent", engaged=bool(engaged), takes_part=bool(takes_part)
    )
    assert (reasons == []) is may

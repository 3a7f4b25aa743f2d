"""Clocks near their end or past it are told of once: whom, when, and what stops or moves them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.working_days import is_working_day
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.desk.actions import tell_of_clocks
from referrals.desk.actions.clocks import tell_of_some
from referrals.desk.models import Clock, ClockNotice
from referrals.models import Referral
from referrals.rules.clocks import Pause, Threshold, custody_threshold, target_clock, target_threshold
from tests.builders import a_user
from tests.referrals.croydon import kinds, read_by, sent

NEAR, PASSED = Threshold.NEAR, Threshold.PASSED
FRIDAY = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "today", "target", "pauses", "expected"),
    [
        ("2026-11-13", "2026-11-13", 2, [], None),
        ("2026-11-13", "2026-11-15", 2, [], None),  # a weekend is nobody's working day
        ("2026-11-13", "2026-11-16", 2, [], NEAR),
        ("2026-11-13", "2026-11-17", 2, [], NEAR),  # its own day is not past
        ("2026-11-13", "2026-11-18", 2, [], PASSED),
        # Christmas 2026: Friday 25 is a holiday, Saturday 26 has its substitute on Monday 28
        ("2026-12-23", "2026-12-24", 2, [], NEAR),
        ("2026-12-23", "2026-12-29", 2, [], NEAR),
        ("2026-12-23", "2026-12-30", 2, [], PASSED),
        # Christmas 2027: Saturday and Sunday, with substitutes on Monday 27 and Tuesday 28
        ("2027-12-24", "2027-12-28", 2, [], None),
        ("2027-12-24", "2027-12-30", 2, [], NEAR),
        ("2027-12-24", "2027-12-31", 2, [], PASSED),
        ("2026-04-02", "2026-04-06", 2, [], None),  # Good Friday and Easter Monday
        ("2026-04-02", "2026-04-09", 2, [], PASSED),
        ("2026-10-23", "2026-10-27", 2, [], NEAR),  # over the end of summer time
        ("2026-03-27", "2026-04-01", 2, [], PASSED),  # and its beginning
        ("2026-11-13", "2026-11-27", 2, [("2026-11-13", None)], None),  # paused: nothing is said
        ("2026-11-13", "2026-11-20", 2, [("2026-11-13", "2026-11-19")], NEAR),
        ("2026-11-13", "2026-11-24", 2, [("2026-11-13", "2026-11-19")], PASSED),
    ],
)
def test_where_a_local_target_stands(
    start: str, today: str, target: int, pauses: list[tuple[str, str | None]], expected: Threshold | None
) -> None:
    waits = [
        Pause(date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for since, until in pauses
    ]
    days = date.fromisoformat(start), date.fromisoformat(today)
    clock = target_clock(*days, target=target, pauses=waits, worked=is_working_day)
    assert target_threshold(clock) is expected


@pytest.mark.parametrize(
    ("ends_at", "now", "expected"),
    [
        ("2026-11-16T12:00", "2026-11-16T05:59", None),
        ("2026-11-16T12:00", "2026-11-16T06:00", NEAR),
        ("2026-11-16T12:00", "2026-11-16T11:59", NEAR),
        ("2026-11-16T12:00", "2026-11-16T12:00", PASSED),
        ("2026-10-25T03:00", "2026-10-24T20:59", None),  # the hour that comes twice is two hours
        ("2026-10-25T03:00", "2026-10-24T21:00", NEAR),
        ("2026-03-29T03:00", "2026-03-28T20:59", None),  # and the one that never comes is none
        ("2026-03-29T03:00", "2026-03-28T21:00", NEAR),
        ("2026-12-25T12:00", "2026-12-25T12:00", PASSED),  # it waits for no holiday
    ],
)
def test_where_a_custody_clock_stands(ends_at: str, now: str, expected: Threshold | None) -> None:
    for zone in (UTC, None):  # as London has it, too
        moments = [at(each).astimezone(zone) for each in (ends_at, now)]
        assert custody_threshold(*moments, near=timedelta(hours=6)) is expected


def told(kind: str = "") -> list[tuple[str, User]]:
    found = Notification.objects.filter(kind__regex="^(target|custody)_").order_by("made_at", "person_id")
    return [(each.kind, each.person) for each in found if kind in each.kind]


@pytest.fixture
def office() -> User:
    return a_user(Role.REFERRALS_OFFICER)


@pytest.mark.django_db
class TestTelling:
    def test_nobody_holds_it_the_office_hears_and_then_managers_too(self, office: User) -> None:
        manager, gone = a_user(Role.MANAGER), a_user(Role.REFERRALS_OFFICER, is_active=False)
        referral = sent(now=FRIDAY)
        counts = [tell_of_clocks(now=FRIDAY + timedelta(days=day)) for day in (0, 3, 3, 4, 5, 5, 20)]
        assert counts == [0, 1, 0, 0, 1, 0, 0]
        assert told() == [("target_near", office), ("target_passed", office), ("target_passed", manager)]
        assert gone not in [person for _, person in told()]
        assert kinds(referral).count("referral.clock_told_of") == 2

    def test_who_holds_it_hears_of_the_next_stage(self, office: User) -> None:
        referral = read_by(office, by=a_user(Role.POLICE_OFFICER), now=FRIDAY)
        other = a_user(Role.REFERRALS_OFFICER)
        assert tell_of_clocks(now=FRIDAY + timedelta(days=5)) == 0  # decided within ten days
        tell_of_clocks(now=FRIDAY + timedelta(days=13))
        actions.hand_over(referral_id=referral.pk, by=office, now=FRIDAY + timedelta(days=13), to=other)
        tell_of_clocks(now=FRIDAY + timedelta(days=13))
        tell_of_clocks(now=FRIDAY + timedelta(days=17))
        assert told() == [("target_near", office), ("target_passed", other)]

    def test_where_the_holder_has_left_the_office_hears(self, office: User) -> None:
        holder = a_user(Role.REFERRALS_OFFICER)
        read_by(holder, by=a_user(Role.POLICE_OFFICER), now=FRIDAY)
        User.objects.filter(pk=holder.pk).update(is_active=False)
        tell_of_clocks(now=FRIDAY + timedelta(days=17))
        assert told() == [("target_passed", office)]

    def test_while_the_force_is_asked_nobody_hears(self, office: User) -> None:
        referral = read_by(office, by=a_user(Role.POLICE_OFFICER), now=FRIDAY)
        one = {"referral_id": referral.pk, "now": FRIDAY + timedelta(minutes=30)}
        question = NewQuestion("Which?", date(2026, 11, 27))
        actions.request_information(**one, by=office, questions=[question])
        assert tell_of_clocks(now=FRIDAY + timedelta(days=30)) == 0
        answered = FRIDAY + timedelta(days=11)
        actions.answer_information(
            referral_id=referral.pk, by=referral.created_by, now=answered, answer="Two."
        )
        assert [tell_of_clocks(now=answered + timedelta(days=day)) for day in (12, 13, 14, 15)] == [
            0,
            1,
            0,
            1,
        ]

    def test_a_reopened_referral_runs_anew(self, office: User) -> None:
        referral = read_by(office, by=a_user(Role.POLICE_OFFICER), now=FRIDAY)
        tell_of_clocks(now=FRIDAY + timedelta(days=17))
        one = {"referral_id": referral.pk, "by": office, "now": FRIDAY + timedelta(days=17)}
        actions.not_accept(**one, balance="No leave since 2019.", reasons="Too little in the summary.")
        assert tell_of_clocks(now=FRIDAY + timedelta(days=18)) == 0  # decided
        actions.reopen(**one, reason="New statements.")
        later = FRIDAY + timedelta(days=17)
        assert [tell_of_clocks(now=later + timedelta(days=day)) for day in (5, 17)] == [0, 1]
        assert ClockNotice.objects.count() == 2

    def test_a_custody_clock_beside_the_target_and_one_that_was_put_right(self, office: User) -> None:
        began = FRIDAY - timedelta(hours=10)
        custody = {"channel": "live_time", "in_custody": True, "custody_clock_started_at": began}
        referral = sent(now=FRIDAY, custody_reference="C1", **custody)
        hours = (0, 7, 8, 8, 13, 14, 15)
        assert [tell_of_clocks(now=FRIDAY + timedelta(hours=hour)) for hour in hours] == [0, 0, 1, 0, 0, 1, 0]
        assert told("custody") == [("custody_near", office), ("custody_passed", office)]
        Referral.objects.filter(pk=referral.pk).update(custody_clock_started_at=began + timedelta(hours=3))
        assert tell_of_clocks(now=FRIDAY + timedelta(hours=15)) == 1  # 2 hours left after all

    def test_two_at_once_tell_once(self, office: User) -> None:
        """Both have found it; the second meets the first one's row."""
        referral = sent(now=FRIDAY)
        now = FRIDAY + timedelta(days=3)
        assert [tell_of_some([referral.pk], Clock.CLAIM, now) for _ in range(2)] == [1, 0]
        assert len(told()) == 1

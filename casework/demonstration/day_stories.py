"""The story of what goes on around the cases: flags removed, and what was keyed on CID or Atlas."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import cycle

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from casework.keying import actions as keying_actions
from casework.keying.models import Entry
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from referrals.models import SpecialConditionsFlag

KEYED_EVERY = 21  # days: how often somebody works the list down, until a few days ago
STILL_TO_KEY = 6  # of the oldest, which nobody has keyed for long
# How many working days ago a flag was removed, and why.
REMOVED = (
    (24, "The force has no further interest in him: he has left the UK of his own accord. (Invented.)"),
    (9, "The flag was set for another man of the same name. The force agrees. (Invented.)"),
    (1, "He was granted citizenship in March, before the referral. (Invented.)"),
)


def day_stories(people: People, *, now: datetime) -> list[Story]:
    return [
        keying_story(people, now),
        *(removal_story(people, now, days_ago, why) for days_ago, why in REMOVED),
    ]


def removal_story(people: People, now: datetime, days_ago: int, why: str) -> Story:
    """An officer removes the flag that was set longest ago."""
    at = office_time(now, days_ago, time(11, 40))
    yield at
    officer = people.having(Role.REFERRALS_OFFICER)[0]
    flag = SpecialConditionsFlag.objects.filter(removed_at=None, set_at__lt=at).order_by("set_at").first()
    if flag:
        referral_actions.remove_flag(referral_id=flag.referral_id, by=officer, now=at, reason=why)


def keying_story(people: People, now: datetime) -> Story:
    """Every few weeks what is pending is keyed, all but the latest and a handful; one was a mistake."""
    officers, managers = people.having(Role.REFERRALS_OFFICER), people.having(Role.MANAGER)
    flags, allocations = cycle(officers), cycle(managers)
    for days_ago in range(540, 2, -KEYED_EVERY):
        at = office_time(now, 0, time(10, 15)) - timedelta(days=days_ago)
        yield at
        for entry in pending_before(at):
            by = next(flags if entry.verb == "confirm_flag" else allocations)
            keying_actions.confirm(key=entry.pk, by=by, now=at, system=system_of(at, now))
    yield from mistake(officers[0], office_time(now, 1, time(15, 20)))


def pending_before(at: datetime) -> Iterator[Entry]:
    pending = Entry.objects.pending().filter(happened_at__lt=at).order_by("happened_at", "pk")
    yield from list(pending)[: -STILL_TO_KEY or None]


def system_of(at: datetime, now: datetime) -> str:
    """CID was replaced by Atlas on the way."""
    return "cid" if at < now - timedelta(days=300) else "atlas"


def mistake(officer: User, at: datetime) -> Story:
    yield at
    entry = (
        Entry.objects.exclude(keyed=None).filter(what="flag_set").order_by("-keyed__keyed_at", "pk").first()
    )
    if entry:
        why = "Keyed on the record of another person of the same name. (Invented.)"
        keying_actions.correct(key=entry.pk, by=officer, now=at, reason=why)

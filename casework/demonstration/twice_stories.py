"""The story of the same person twice, and of who hears of clocks and views.

Two forces, or one force twice, refer one invented person; the search finds the pair, and the office links, merges,
says not the same, or has not looked yet. One subject is already with Criminal Casework.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.referral_stories import ReferralStories
from casework.demonstration.subjects import PROFILES, Subject, draw_subject
from casework.demonstration.timeline import Story, office_time
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from referrals.datawash.linkage.pots import HELD_STATUSES
from referrals.datawash.models import Person
from referrals.desk import actions as desk
from referrals.desk.models import HowOften
from referrals.duplicates import actions
from referrals.duplicates.models import Pair, Verdict
from referrals.models import Referral
from referrals.rules.dates import age_on

NEWCOMER = "referrals@croydon.example"  # the officer a newcomer signs in as
WATCHED_DAYS = 6  # working days on which clocks and views were looked after
SAME = "Both forces sent the same passport photograph. (Invented.)"
NOT_SAME = "Two brothers: the fingerprints differ. (Invented.)"
WHY_MERGED = "The same conduct, reported by two forces. It should be decided once. (Invented.)"


@dataclass(frozen=True)
class Twice:
    """Which two forces referred one person, how many working days ago, and what the office made of it."""

    forces: tuple[str, str]
    days_ago: int
    then: str = ""  # "link", "merge", "not_same"; nothing: nobody has looked yet


TWICE = (
    Twice(("20", "20"), 3, "link"),
    Twice(("20", "06"), 4, "merge"),
    Twice(("13", "43"), 5, "not_same"),
    Twice(("06", "01"), 2),
)
REFERRED = 2 * len(TWICE) + 1  # and the one the register has


def twice_stories(telling: ReferralStories, *, seed: str, now: datetime) -> list[Story]:
    return [
        *(twice_story(telling, each, Random(f"{seed} twice {each}"), now) for each in TWICE),
        known_story(telling, Random(f"{seed} twice known"), now),
        view_story(telling.people, now),
        *(watch_story(now, days_ago) for days_ago in range(WATCHED_DAYS)),
    ]


# Of another person than was drawn: when they came is not known.
NOTHING_OF_ARRIVAL: dict[str, Any] = {
    "arrived_on": None,
    "arrived_on_precision": "",
    "age_at_arrival": None,
    "years_of_residence": None,
}


def a_subject(rng: Random, at: datetime) -> Subject:
    """Born on a known day, so that the search has something to go by."""
    profile = next(each for each in PROFILES if each.name == "no_leave")
    subject = draw_subject(rng, today=timezone.localdate(at), profile=profile)
    return with_answers(subject, date_of_birth_precision="exact")


def with_answers(subject: Subject, **answers: Any) -> Subject:
    return replace(subject, answers=subject.answers | answers)


def twice_story(telling: ReferralStories, twice: Twice, rng: Random, now: datetime) -> Story:
    """Sent by one force, the next morning by the other under a name heard differently, and what followed."""
    at = office_time(now, twice.days_ago, time(9, rng.randrange(60)))
    yield at
    subject = a_subject(rng, at)
    telling.refer(rng, subject, twice.forces[0], at)
    yield (at := office_time(now, twice.days_ago - 1, time(9, rng.randrange(60))))
    heard = with_answers(subject, surname=subject.answers["surname"] + subject.answers["surname"][-1])
    second = telling.refer(rng, heard, twice.forces[1], at)
    yield (at := at + timedelta(minutes=2))
    actions.search(referral_id=second.pk, now=at)
    if twice.then:
        yield (at := at + timedelta(minutes=40))
        said(second, twice.then, telling.people.by_email[NEWCOMER], at)


def said(second: Referral, then: str, officer: User, at: datetime) -> None:
    """An officer looks at the pair, and says what they see."""
    pair = Pair.objects.filter(other=second).order_by("-probability").first()
    if pair is None:
        return
    record(kind="duplicates.pair_viewed", by=officer, subject=second, now=at, detail={"pair": pair.pk})
    verdict, reason = (Verdict.NOT_SAME, NOT_SAME) if then == "not_same" else (Verdict.SAME, SAME)
    judgement = actions.judge(pair_id=pair.pk, by=officer, now=at, verdict=verdict, reason=reason)
    if then == "merge":
        leading = str(pair.referral)
        actions.merge(judgement_id=judgement.pk, by=officer, now=at, leading=leading, reason=WHY_MERGED)


def known_story(telling: ReferralStories, rng: Random, now: datetime) -> Story:
    """A force refers somebody whom Criminal Casework already has, as the register says."""
    at = office_time(now, 2, time(11, 20))
    yield at
    held = Person.objects.filter(immigration_status__in=HELD_STATUSES, dob__regex=r"^\d{4}-\d\d-\d\d$")
    person = held.exclude(surname="").order_by("person_id").first()
    if person is None:
        return
    born = date.fromisoformat(person.dob)
    subject = with_answers(
        a_subject(rng, at),
        surname=person.surname,
        forenames=person.forenames,
        date_of_birth=born,
        under_18="yes" if age_on(timezone.localdate(at), born) < 18 else "no",
        **NOTHING_OF_ARRIVAL,
    )
    referral = telling.refer(rng, subject, "20", at)
    yield (at := at + timedelta(minutes=2))
    actions.search(referral_id=referral.pk, now=at)


def view_story(people: People, now: datetime) -> Story:
    """A view the desk shares; two others hear of it in their digests, for nobody here has a mailbox."""
    at = office_time(now, WATCHED_DAYS, time(9, 5))
    yield at
    newcomer, colleague = people.by_email[NEWCOMER], people.having(Role.REFERRALS_OFFICER)[1]
    query = "state=submitted&channel=live_time"
    view = desk.save_view(by=newcomer, now=at, name="Live-time, waiting", query=query, shared=True)
    people_hear = ((colleague, HowOften.DAILY), (people.having(Role.MANAGER)[0], HowOften.WEEKLY))
    for person, how_often in people_hear:
        desk.set_alert(view_id=view.pk, by=person, now=at, how_often=how_often)


def watch_story(now: datetime, days_ago: int) -> Story:
    """What the schedule does, once a morning; until yesterday everybody has read it within the hour."""
    at = office_time(now, days_ago, time(8, 30))
    yield at
    desk.tell_of_clocks(now=at)
    desk.tell_of_views(now=at)
    if days_ago:
        yield (at := at + timedelta(hours=1))
        Notification.objects.filter(kind__startswith="target_", read_at=None).update(read_at=at)

"""Making the demonstration: at once and all of it or nothing, or the people first and the rest while they work."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, connection, transaction

from casework.demonstration.case_stories import CaseStories
from casework.demonstration.datawash_stories import wash_stories
from casework.demonstration.day_stories import day_stories
from casework.demonstration.decision_stories import todays_decisions
from casework.demonstration.desk_stories import desk_stories
from casework.demonstration.duty_desk_stories import CALLED, duty_desk_stories
from casework.demonstration.engagement_stories import engagement_stories
from casework.demonstration.inboxes import keep_in_nexus, read_what_is_old
from casework.demonstration.material_stories import material_stories
from casework.demonstration.matrix_stories import REFERRED, matrix_stories
from casework.demonstration.people import People, addresses, everybody, make_people
from casework.demonstration.quality_stories import quality_stories
from casework.demonstration.referral_stories import ReferralStories, Script
from casework.demonstration.report_stories import month_stories
from casework.demonstration.support_stories import support_stories
from casework.demonstration.timeline import Story, next_moment, play, played
from casework.demonstration.twice_stories import REFERRED as TWICE_REFERRED
from casework.demonstration.twice_stories import twice_stories
from casework.models import Case
from nexus.accounts.models import User
from nexus.refusals import Refused, refuse_if
from referrals.actions import reckon_again
from referrals.models import Referral

logger = logging.getLogger(__name__)
SEED = "Operation Nexus, plainly invented"
REFERRALS = 200
MONTHS = 3  # past months with progress reports
DAYS = 548  # eighteen months
# The last weeks have more, so that the queue is worth looking at.
LATELY_DAYS, LATELY_OF_A_HUNDRED = 35, 26
NOT_EMPTY = (
    "This database already has accounts or referrals, and the demonstration is only made in an empty one. "
    "To put the embedded data aside and start again: python3 manage.py up --reset"
)
EVENTS_BETWEEN = 25  # and then the page is told how far it is
# What an action says when a row is not as the story left it.
OVERTAKEN = (Refused, ObjectDoesNotExist, PermissionDenied, DatabaseError)
NEWCOMER = "referrals@croydon.example"  # the officer a newcomer signs in as
# Stories that are always there, and how many hours ago each begins: live-time referrals whose custody
# clock still runs, and something of every kind for the officers a newcomer signs in as.
SETTLED: tuple[tuple[int, Script], ...] = (
    *((hours, Script(live=True)) for hours in (1, 2, 3, 4, 6, 11)),
    (20, Script(live=True, stops_after="sent")),  # nobody has claimed it, and its clock runs out soon
    *(
        (days * 24, Script(live=False, force=force, raised_by=email, stops_after=stops))
        for force, email in (("20", "officer@wmp.example"), ("01", "officer@met.example"))
        for days, stops in ((5, "draft"), (12, "sent"), (30, "question"), (23, "question"))
    ),
    # A decision proposed to a second reader, in every state and as its proposer and a reader see it.
    *(
        (days * 24, Script(live=False, force="06", stops_after=end, officer=officer, profile=profile))
        for days, end, officer, profile in (
            (12, "proposed", "", "thin"),
            (11, "proposed", "", "no_interest"),
            (13, "proposed", NEWCOMER, "persistent"),
            (14, "returned", NEWCOMER, "thin"),
            (15, "recalled", NEWCOMER, "persistent"),
            (16, "void", NEWCOMER, "thin"),
        )
    ),
)


def reasons_not_to_demonstrate() -> list[str]:
    """The demonstration has a public pass phrase and invented people: it never joins anything real."""
    if User.objects.exists() or Referral.objects.exists():
        return [NOT_EMPTY]
    return []


def reasons_not_to_tell() -> list[str]:
    """The stories join the demonstration's own people, once, and nobody else."""
    if {user.email for user in User.objects.all()} != addresses() or Case.objects.exists():
        return [NOT_EMPTY]
    return []


@contextmanager
def one_transaction() -> Iterator[None]:
    """Nothing in it is taken back by itself, so the actions set no savepoints: they would be a third of all
    statements."""
    before = connection.features.uses_savepoints  # False inside another of these, and it stays so afterwards
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = before


@one_transaction()
def make(*, now: datetime, referrals: int = REFERRALS, months: int = MONTHS) -> int:
    """Play eighteen months up to `now`, all of it or nothing; returns how many events happened. Raises Refused.

    The same `now` makes the same rows; only password hashes, the random names of stored files and the
    keys of referrals begun from the matrix differ.
    """
    people = make_everybody(now=now)
    events = play(all_stories(people, now=now, referrals=referrals, months=months), until=now)
    leave_as_of_today(now)
    return events


def leave_as_of_today(now: datetime) -> None:
    """What the days between would have done: old news is read, and who waits for a force has today's place."""
    read_what_is_old(now=now)
    reckon_again(now=now)


@one_transaction()
def make_everybody(*, now: datetime) -> People:
    """The people alone: from here on anybody can sign in. Raises Refused."""
    refuse_if(reasons_not_to_demonstrate())
    people = make_people(Random(f"{SEED} people"), now=now - timedelta(days=DAYS + 30))
    keep_in_nexus(people.users)
    return people


def tell_beside_others(
    *, now: datetime, progress: Callable[[int], None], referrals: int = REFERRALS, months: int = MONTHS
) -> int:
    """Play the stories of people who are there already, while others may be at work; how many events happened.

    Each event is a transaction of its own, so that nobody waits for it. `progress` is told now and then how many
    referrals there are. Raises Refused.
    """
    refuse_if(reasons_not_to_tell())
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # what is lost with the machine is made again
    stories = all_stories(everybody(), now=now, referrals=referrals, months=months)
    events = 0
    for _ in played(stories, until=now, go_on=by_itself):
        if events % EVENTS_BETWEEN == 0:
            progress(Referral.objects.count())
        events += 1
    leave_as_of_today(now)
    return events


def by_itself(story: Story) -> datetime | None:
    """Take a story on in its own transaction. Where somebody has gone another way meanwhile, it ends there."""
    try:
        with one_transaction():
            return next_moment(story)
    except OVERTAKEN as error:
        logger.info("A story ended early: %s", type(error).__name__)
        return None


def all_stories(people: People, *, now: datetime, referrals: int, months: int) -> list[Story]:
    """Everything that happens in the eighteen months up to `now`."""
    telling = ReferralStories(people, aftermath=CaseStories(people).story)
    others = REFERRED + TWICE_REFERRED + CALLED
    stories = referral_stories(telling, now=now, referrals=referrals - others)
    stories += month_stories(people, seed=SEED, now=now, months=months)
    stories += wash_stories(people, seed=SEED, now=now)
    stories += matrix_stories(telling, seed=SEED, now=now)
    stories += twice_stories(telling, seed=SEED, now=now)
    stories += quality_stories(people, seed=SEED, now=now)
    stories += day_stories(people, now=now)
    stories += duty_desk_stories(people, seed=SEED, now=now)
    stories += engagement_stories(people, now=now)
    stories += material_stories(people, now=now)
    stories += support_stories(people, now=now)
    stories += desk_stories(people, now=now)
    stories.append(todays_decisions(people, now=now))
    return stories


def referral_stories(telling: ReferralStories, *, now: datetime, referrals: int) -> list[Story]:
    """Every referral's story, each with dice of its own. Every force has at least one."""
    codes = sorted(telling.people.forces)
    stories = []
    for number in range(referrals - len(SETTLED)):
        rng = Random(f"{SEED} referral {number}")
        lately = rng.randrange(100) < LATELY_OF_A_HUNDRED
        ago = rng.uniform(0, LATELY_DAYS) if lately else rng.uniform(LATELY_DAYS, DAYS)
        script = Script(force=codes[number] if number < len(codes) else "")
        stories.append(telling.story(rng, now - timedelta(days=ago), script))
    for number, (hours, script) in enumerate(SETTLED):
        rng = Random(f"{SEED} settled {number}")
        stories.append(telling.story(rng, now - timedelta(hours=hours), script))
    return stories

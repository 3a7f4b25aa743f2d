"""Making the whole demonstration, in one transaction: all of it or nothing."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from casework.demonstration.people import make_people
from casework.demonstration.referral_stories import ReferralStories
from casework.demonstration.timeline import Story, play
from nexus.accounts.models import User
from nexus.refusals import refuse_if
from referrals.models import Referral, TriageDecision

SEED = "Operation Nexus, plainly invented"
REFERRALS = 400
DAYS = 548  # eighteen months
# The last weeks have more, so that the queue is worth looking at.
LATELY_DAYS, LATELY_OF_A_HUNDRED = 35, 26
# Live-time referrals whose custody clock still runs: how many hours ago each was begun.
IN_CUSTODY_NOW = (1, 3, 6, 11, 19)


def reasons_not_to_demonstrate() -> list[str]:
    """The demonstration has a public pass phrase and invented people: it never joins anything real."""
    if User.objects.exists() or Referral.objects.exists():
        return [
            "This database already has accounts or referrals, and the demonstration is only made in an empty one. "
            "To put the embedded data aside and start anew: python3 manage.py up --reset"
        ]
    return []


@transaction.atomic
def make(*, now: datetime, referrals: int = REFERRALS) -> int:
    """Play eighteen months up to `now`; returns how many events happened. Raises Refused.

    The same `now` makes the same rows, password hashes apart.
    """
    refuse_if(reasons_not_to_demonstrate())
    people = make_people(Random(f"{SEED} people"), now=now - timedelta(days=DAYS + 30))
    telling = ReferralStories(people, aftermath=no_aftermath)
    return play(referral_stories(telling, now=now, referrals=referrals), until=now)


def referral_stories(telling: ReferralStories, *, now: datetime, referrals: int) -> list[Story]:
    """Every referral's story, each with dice of its own."""
    stories = []
    for number in range(referrals - len(IN_CUSTODY_NOW)):
        rng = Random(f"{SEED} referral {number}")
        lately = rng.randrange(100) < LATELY_OF_A_HUNDRED
        ago = rng.uniform(0, LATELY_DAYS) if lately else rng.uniform(LATELY_DAYS, DAYS)
        stories.append(telling.story(rng, now - timedelta(days=ago)))
    for number, hours in enumerate(IN_CUSTODY_NOW):
        rng = Random(f"{SEED} custody {number}")
        stories.append(telling.story(rng, now - timedelta(hours=hours), live=True))
    return stories


def no_aftermath(decision: TriageDecision, rng: Random, now: datetime) -> Story:
    return iter(())

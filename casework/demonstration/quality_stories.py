"""The story of quality: each of the last months is drawn on its first day, and much of it has been read."""

from datetime import datetime, time
from random import Random

from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, days_later, happens
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals.quality import actions
from referrals.quality.models import Draw, Reading
from referrals.quality.rules import Overall, Question, month_before

MONTHS = 3
LEFT_OF_A_HUNDRED = 30  # of last month's draw nobody has read yet
READS_WELL_OF_A_HUNDRED = 70
REMARKS = (
    "Sound. The balance could say in one sentence how long the subject has lived here. (Invented.)",
    "The reasons are clear for us, less so for an officer who reads them alone. (Invented.)",
)
TO_DO = "Ring the force and ask whether it wants to discuss the case: the third incident was not looked at. (Invented.)"


def quality_stories(people: People, *, seed: str, now: datetime) -> list[Story]:
    """One story a month. Last month's is left with something to read."""
    stories, month = [], timezone.localdate(now).replace(day=1)
    for ago in range(MONTHS):
        at = timezone.make_aware(datetime.combine(month, time(0, 57)))
        stories.append(month_story(people, Random(f"{seed} quality {ago}"), at, last=not ago))
        month = month_before(month)
    return stories


def month_story(people: People, rng: Random, at: datetime, *, last: bool) -> Story:
    yield at
    draw = actions.draw_due(now=at, seed=f"{rng.getrandbits(128):032x}")
    if draw is None:
        return
    waiting = list(draw.readings.order_by("place"))
    for reading in waiting[:-1] if last else waiting:
        if last and happens(rng, LEFT_OF_A_HUNDRED):
            continue
        at = days_later(at, rng, 0, 2)
        yield at
        find(people, rng, draw, reading, at)


def find(people: People, rng: Random, draw: Draw, reading: Reading, now: datetime) -> None:
    """Somebody who had no part in it reads it."""
    decision = reading.decision
    part = {decision.decided_by_id, decision.second_reader_id}
    readers = [*people.having(Role.REFERRALS_OFFICER), *people.having(Role.MANAGER)]
    by = rng.choice([each for each in readers if each.pk not in part])
    record(kind="referral.viewed", by=by, subject=decision.referral, now=now)
    answers = dict.fromkeys(Question.values(), "yes")
    whole = {"overall": Overall.SOUND.value}
    if not happens(rng, READS_WELL_OF_A_HUNDRED):
        answers[Question.REASONS_ADEQUATE] = "no"
        whole = {"overall": Overall.WITH_REMARKS.value, "remarks": rng.choice(REMARKS)}
        if happens(rng, 30):
            whole = {"overall": Overall.UNSOUND.value, "to_do": TO_DO}
    actions.record_finding(reading_id=reading.pk, by=by, now=now, **answers, **whole)

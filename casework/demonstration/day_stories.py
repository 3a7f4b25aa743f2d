"""The story of what goes on around the cases: flags removed and set again, what was keyed on CID or Atlas, who mentions whom,
which cases belong together, reminders, and who is away."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from casework import actions
from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from casework.keying import actions as keying_actions
from casework.keying.models import Entry
from casework.models import Case, Relation
from casework.states import WORKED
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
MENTIONING = (
    "The solicitor rang me by mistake: they will send the tenancy agreement by Friday. (Invented.)",
    "Please read the tribunal’s new directions before you draft. (Invented.)",
)
# The first of them is flagged again.
SET_AGAIN = (3, "He has come back, and was arrested again at the port on Monday. (Invented.)")
TOGETHER = "Both were arrested at the same address, and each names the other. (Invented.)"
CASE_OWNER = "caseowner@liverpool.example"
CORRECTED = "The certificate came: they are married. (Invented.)"


def invented(name: str, relation: str, known: str, source: str, *, disclosable: bool) -> dict[str, Any]:
    said = {"known": f"{known} (Invented.)", "source": source, "disclosable": disclosable}
    return {"name": name, "relation": relation, **said}


PEOPLE = (
    invented("Invented, Partner", "partner", "Lives with him.", "His own account", disclosable=True),
    invented(
        "Invented, Child", "child", "Seven years old; at school nearby.", "The school", disclosable=False
    ),
    invented(
        "Invented, Neighbour", "victim", "Moved away after the second attack.", "The force", disclosable=False
    ),
    invented(
        "Invented, Friend",
        "co_offender",
        "British; sentenced with him in May.",
        "The court",
        disclosable=True,
    ),
    invented("Invented, Passer-by", "witness", "Saw him run.", "The force", disclosable=False),
)
FAMILY = "Cousins who live in one household, so what is decided of one touches the other. (Invented.)"


def day_stories(people: People, *, now: datetime) -> list[Story]:
    return [
        keying_story(people, now),
        notes_story(people, now),
        related_story(people, now),
        related_people_story(people, now),
        absence_story(people, now),
        *(removal_story(people, now, days_ago, why) for days_ago, why in REMOVED),
        set_again_story(people, now, *SET_AGAIN),
    ]


def removal_story(people: People, now: datetime, days_ago: int, why: str) -> Story:
    """An officer removes the flag that was set longest ago."""
    at = office_time(now, days_ago, time(11, 40))
    yield at
    officer = people.having(Role.REFERRALS_OFFICER)[0]
    flag = SpecialConditionsFlag.objects.standing().filter(set_at__lt=at).order_by("set_at").first()
    if flag:
        referral_actions.remove_flag(referral_id=flag.referral_id, by=officer, now=at, reason=why)


def set_again_story(people: People, now: datetime, days_ago: int, why: str) -> Story:
    """Another officer sets a new flag on the subject whose flag was removed first."""
    at = office_time(now, days_ago, time(15, 5))
    yield at
    officer = people.having(Role.REFERRALS_OFFICER)[1]
    flag = SpecialConditionsFlag.objects.filter(removed_at__lt=at).order_by("removed_at").first()
    if flag:
        referral_actions.set_flag_again(referral_id=flag.referral_id, by=officer, now=at, reason=why)


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


def own_cases(people: People) -> list[Case]:
    """What the case-owner whom a newcomer signs in as is at work on, the newest first."""
    owner = people.by_email["caseowner@liverpool.example"]
    return list(Case.objects.filter(case_owner=owner, state__in=WORKED).order_by("-pk"))


def notes_story(people: People, now: datetime) -> Story:
    """A Senior Caseworker wants the case-owner to read two notes, who sets a reminder for a task."""
    owner, senior = people.by_email["caseowner@liverpool.example"], people.having(Role.SENIOR_CASEWORKER)[0]
    at = office_time(now, 1, time(16, 10))
    yield at
    for case, text in zip(own_cases(people), MENTIONING, strict=False):
        actions.add_note(case_id=case.pk, by=senior, now=at, text=text, mentions=[owner])
    for case in own_cases(people)[:1]:
        today = timezone.localdate(at)
        days = {"due_on": today + timedelta(days=9), "remind_on": today + timedelta(days=6)}
        actions.add_task(
            case_id=case.pk,
            by=owner,
            now=at,
            title="Ask the prison for the release date",
            owner=owner,
            **days,
        )


def related_story(people: People, now: datetime) -> Story:
    """Two pairs of the case-owner's cases belong together."""
    at = office_time(now, 2, time(9, 35))
    yield at
    found = own_cases(people)
    ways = ((Relation.OFFENDED_TOGETHER, TOGETHER), (Relation.FAMILY, FAMILY))
    for (kind, why), case, other in zip(ways, found[::2], found[1::2], strict=False):
        by = people.by_email["caseowner@liverpool.example"]
        actions.relate(case_id=case.pk, by=by, now=at, other=other, kind=kind, reason=why)


def related_people_story(people: People, now: datetime) -> Story:
    """The people around one subject; what was first heard of one of them was wrong, and one does not belong."""
    at = office_time(now, 6, time(14, 25))
    yield at
    case = Case.objects.filter(state__in=WORKED, case_owner__email=CASE_OWNER).order_by("pk").first()
    if case is None:
        return
    about: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": at}
    added = [actions.add_person(**about, **said) for said in PEOPLE]
    at = office_time(now, 2, time(9, 50))
    yield at
    about |= {"now": at}
    said = {**PEOPLE[0], "known": "Lives with him; they married in 2021. (Invented.)", "because": CORRECTED}
    actions.correct_person(**about, person_id=added[0].pk, **said)
    actions.remove_person(**about, person_id=added[-1].pk, reason="A namesake of the witness. (Invented.)")


def absence_story(people: People, now: datetime) -> Story:
    """One case-owner is away now, another next week."""
    at = office_time(now, 3, time(14, 5))
    yield at
    manager, today = people.having(Role.MANAGER)[0], timezone.localdate(at)
    others = [each for each in people.having(Role.CASE_OWNER) if each.email != "caseowner@liverpool.example"]
    for person, first, days in zip(others, (0, 10), (12, 4), strict=False):
        first_day = today + timedelta(days=first)
        actions.record_absence(
            by=manager, now=at, person=person, first_day=first_day, last_day=first_day + timedelta(days=days)
        )

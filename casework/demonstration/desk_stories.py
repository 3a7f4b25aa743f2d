"""The story of the Duty Desk: three weeks of the rota with one gap, a handover, questions of every
kind, and checks of what is pending."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.duty_desk import actions, queries
from referrals.duty_desk.models import Asker, Enquiry
from referrals.duty_desk.rules.pending import Ending
from referrals.duty_desk.rules.rota import Duty, Span, london, wanted_spans
from referrals.models import Referral
from referrals.states import State

GAP_BEGINS = time(18)  # on the second Saturday nobody is on call from then to midnight
HANDOVER = (
    "Quiet on the lines. Criminal Casework will ring back about the flag. West Midlands expect a custody "
    "extension tonight: ring the CIO, not the suite. (Invented.)"
)
SETTLED = "May we refer a man with settled status and four convictions in two years?"
SETTLED_REPLY = "You may: limb 1B asks for persistence and harm to the wider community. Say both for each."
FLAG = "We hold the case after a sentence of 14 months. Who tells the force of the flag, you or we?"
FIRST_REPLY = "A statement helps, and is not needed for a conviction-led case."
STILL_OPEN = "The conviction is under appeal. Does that change the answer?"
WHY_NOT = "Why was our referral not accepted, and what would change it?"
WHY_NOT_REPLY = "Harm to the wider community is not shown for any event. New statements could show it."
SECOND_REPLY = "Yes: while it is under appeal send a statement too, and say when the hearing is."

# What was found out, what it changes, and in how many days to look again; 0: the matter is over.
CHECKED = (
    ("Listed for plea.", "", 1),
    ("Adjourned for a report.", "Nothing before the report.", 12),
    ("Discontinued.", "The charge no longer shows harm.", 0),
    ("The court has no date yet.", "", 7),
    ("Convicted, sentence next month.", "A conviction to add: ask the force for it.", 21),
)


@dataclass(frozen=True)
class Asked:
    """Who asked what, how many working days ago and at what time."""

    days_ago: int
    at: time
    email: str
    asker: Asker
    question: str
    reply: str = ""
    by_phone: bool = False  # an officer writes it down for the caller
    then: str = ""  # "reopen" or "hand_over"


ASKED = (
    Asked(9, time(9, 20), "officer@wmp.example", Asker.FORCE, SETTLED, SETTLED_REPLY),
    Asked(
        7,
        time(11, 5),
        "immigration@ice.example",
        Asker.ICE,
        "The encounter is tomorrow at 6am. Whom do we ring when the subject claims asylum at the door?",
        "The CIO on call: the rota names them. Croydon opens at 9am.",
    ),
    Asked(
        5,
        time(10, 40),
        "officer@met.example",
        Asker.FORCE,
        "Do you need a statement for a conviction-led case?",
        FIRST_REPLY,
        then="reopen",
    ),
    Asked(
        3,
        time(16, 30),
        "custody@ccu.example",
        Asker.CUSTODY,
        "A detained man says he is Irish. Do we go on with the referral?",
        "Not before his citizenship has been looked at: an Irish citizen is outside the scope of Nexus.",
        by_phone=True,
    ),
    Asked(2, time(9, 50), "criminal@casework.example", Asker.CRIMINAL_CASEWORK, FLAG, then="hand_over"),
    Asked(
        1,
        time(15, 10),
        "lead@wmp.example",
        Asker.FORCE,
        "Can one referral name two brothers who offend together, or does each need one?",
    ),
)


def desk_stories(people: People, *, now: datetime) -> list[Story]:
    return [
        rota_story(people, now),
        handover_story(people, now),
        refused_story(people, now),
        checks_story(people, now),
        *(enquiry_story(people, asked, now) for asked in ASKED),
    ]


def rota_story(people: People, now: datetime) -> Story:
    """This week and the next two, so that alerts ahead name one gap only. Two share nights and weekends."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    at = office_time(london(monday, time(12)), 2, time(14))
    yield at
    manager = people.having(Role.MANAGER)[0]
    desk, on_call = people.having(Role.REFERRALS_OFFICER), people.having(Role.CIO_HMI)
    last = monday + timedelta(days=20)
    shifts = [
        *zip(cycle([Duty.DESK]), cycle(desk), wanted_spans(Duty.DESK, monday, last), strict=False),
        *zip(cycle([Duty.ON_CALL]), cycle(on_call), on_call_spans(monday, last), strict=False),
    ]
    for duty, person, span in shifts:
        actions.add_shift(
            by=manager, now=at, duty=duty, person=person, starts_at=span.starts_at, ends_at=span.ends_at
        )


def on_call_spans(monday: date, last: date) -> Iterator[Span]:
    """Nights and weekends, but for the evening of the second Saturday."""
    saturday = monday + timedelta(days=12)
    gap = Span(london(saturday, GAP_BEGINS), london(saturday + timedelta(days=1), time(0)))
    for span in wanted_spans(Duty.ON_CALL, monday, last):
        if span.starts_at < gap.starts_at < span.ends_at:
            yield Span(span.starts_at, gap.starts_at)
            yield Span(gap.ends_at, span.ends_at)
        else:
            yield span


def handover_story(people: People, now: datetime) -> Story:
    at = office_time(now, 1, time(16, 55))
    yield at
    actions.write_handover(by=people.having(Role.REFERRALS_OFFICER)[1], now=at, text=HANDOVER)


def enquiry_story(people: People, asked: Asked, now: datetime) -> Story:
    """Asked, answered an hour later where it was, and what followed."""
    first, second = people.having(Role.REFERRALS_OFFICER)[:2]
    at = office_time(now, asked.days_ago, asked.at)
    yield at
    enquiry = log(people.by_email[asked.email], first, asked, at)
    if asked.by_phone:
        return
    yield (at := at + timedelta(minutes=50))
    about: dict[str, Any] = {"enquiry_id": enquiry.pk, "now": at}
    if asked.then == "hand_over":
        actions.hand_over(**about, by=first, to=first)
        note = "They will ring after 2pm; you spoke to them on the last one."
        actions.hand_over(**about, by=first, to=second, note=note)
    if asked.reply:
        actions.answer(**about, by=first, reply=asked.reply)
    if asked.then == "reopen" and enquiry.asked_by:
        yield (at := at + timedelta(hours=3))
        actions.reopen(enquiry_id=enquiry.pk, by=enquiry.asked_by, now=at, reason=STILL_OPEN)
        yield (at := at + timedelta(minutes=35))
        actions.answer(enquiry_id=enquiry.pk, by=second, now=at, reply=SECOND_REPLY)


def log(caller: User, officer: User, asked: Asked, at: datetime) -> Enquiry:
    """By the caller, or by an officer who answers on the telephone."""
    force: Force | None = caller.force
    return actions.log(
        by=officer if asked.by_phone else caller,
        now=at,
        asker=asked.asker,
        force=force,
        caller=caller.full_name,
        contact=caller.email,
        question=asked.question,
        asked_by=caller,
        reply=asked.reply if asked.by_phone else "",
    )


def refused_story(people: People, now: datetime) -> Story:
    """A force lead asks about the latest referral that was not accepted, and the desk links it."""
    at = office_time(now, 4, time(14, 15))
    yield at
    refused = Referral.objects.filter(state=State.NOT_ACCEPTED).order_by("-reference").first()
    if refused is None:
        return
    lead = people.having(Role.FORCE_LEAD, force=refused.force.code)[0]
    desk = people.having(Role.REFERRALS_OFFICER)[0]
    enquiry = log(lead, desk, Asked(4, time(14, 15), lead.email, Asker.FORCE, WHY_NOT), at)
    yield (at := at + timedelta(minutes=20))
    actions.link(enquiry_id=enquiry.pk, by=desk, now=at, reference=refused.reference)
    actions.answer(enquiry_id=enquiry.pk, by=desk, now=at, reply=WHY_NOT_REPLY)


def checks_story(people: People, now: datetime) -> Story:
    """An officer works down what nobody has looked at for longest; some of it is over."""
    at = office_time(now, 3, time(10))
    yield at
    officer = people.having(Role.REFERRALS_OFFICER)[0]
    listed = queries.asked_for(queries.matters(officer, litigation=False), {}, at)
    unchecked = listed.order_by("looked_at", "pk")[: len(CHECKED)]
    for matter, (result, changes, days) in zip(unchecked, CHECKED, strict=False):
        yield (at := at + timedelta(minutes=9))
        one: dict[str, Any] = {"matter_id": matter.pk, "by": officer, "now": at}
        found: dict[str, Any] = {"result": f"{result} (Invented.)", "changes": changes}
        if days:
            next_on = timezone.localdate(at) + timedelta(days=days)
            actions.check_matter(**one, **found, next_on=next_on)
        else:
            actions.conclude_matter(**one, **found, ending=Ending.DISCONTINUED)

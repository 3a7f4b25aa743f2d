"""The story of operations: one engagement in each state worth seeing, in many regions. Nothing in it is real."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from casework.demonstration.engagement_places import ASKED, PLACES
from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of, text_to_sign
from casework.engagement.models import Engagement
from casework.engagement.queries import reasons_barred_from_removal, reasons_trafficking_blocks
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.powers import Kind, powers_for
from casework.engagement.rules.risks import Answered, Question
from casework.models import Case
from casework.queries import open_barriers
from casework.states import WORKED
from casework.trafficking import reasons_trafficking_stops
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record

WEST_MIDLANDS = "20"
NEWCOMERS = "caseowner@liverpool.example"  # the case-owner a newcomer signs in as
STAGES = ("draft", "requested", "assured", "assessed", "authorised", "tasked", "accepted", "done")


@dataclass(frozen=True)
class Told:
    """How many working days ago it began, what kind it is, how far it comes, by which force, and what is special."""

    days_ago: int
    kind: Kind
    until: str
    force: str = WEST_MIDLANDS
    then: str = ""  # "returned", "declined" or "trafficking"


TOLD = (
    Told(12, Kind.ARREST, "done"),
    Told(4, Kind.SERVING_PAPERS, "accepted"),
    Told(3, Kind.DETENTION, "tasked"),
    Told(6, Kind.ARREST, "tasked", "06", "declined"),
    Told(2, Kind.ESCORT, "authorised", "46"),
    Told(2, Kind.DETENTION_ON_REPORTING, "requested", "13", "trafficking"),
    Told(3, Kind.ARREST, "requested", "43", "returned"),
    Told(2, Kind.DETENTION, "assessed", "62"),
    Told(1, Kind.ARREST, "assured", "31"),
    Told(1, Kind.SERVING_PAPERS, "draft", "50"),
    Told(4, Kind.ARREST, "tasked", "01"),
)


def engagement_stories(people: People, *, now: datetime) -> list[Story]:
    stories = [engagement_story(people, told, number, now) for number, told in enumerate(TOLD)]
    return [*stories, unwritten_story(people, now), written_story(people, now)]


def a_case(number: int, force: str) -> Case | None:
    """A worked case without a trafficking indicator: of the force where it has one, the newcomer's own first."""
    cases = Case.objects.filter(state__in=WORKED, barriers=None).exclude(
        referral__trafficking_indicator="yes"
    )
    found = sorted(
        cases.select_related("case_owner", "referral__force"),
        key=lambda case: (str(case.case_owner.email) != NEWCOMERS if case.case_owner else True, -case.pk),
    )
    found = [case for case in found if not open_barriers(case)] or found
    found = [case for case in found if case.referral.force.code == force] or found
    first = number % min(len(found), len(TOLD)) if found else 0
    # Another operation may have found an indicator since, whatever hour the demonstration is made at.
    return next((case for case in found[first:] + found[:first] if not reasons_trafficking_stops(case)), None)


def engagement_story(people: People, told: Told, number: int, now: datetime) -> Story:
    """Begun, written, sent, decided, tasked and done, as far as it comes."""
    at = office_time(now, told.days_ago, time(9, 10 + number))
    yield at
    case = a_case(number, told.force)
    if case is None or case.case_owner is None:
        return
    owner, cio = case.case_owner, people.having(Role.CIO_HMI)[number % 2]
    force = people.forces[told.force]
    engagement = actions.start(case_id=case.pk, by=owner, now=at, kind=told.kind, force=force)
    one = {"engagement_id": engagement.pk}
    begins = london_at(now if told.until != "done" else at, 2 + number % 4, time(5 + number % 3, 30))
    for stage in STAGES[: STAGES.index(told.until) + 1]:
        yield (at := at + timedelta(minutes=35))
        step = STEPS.get(stage)
        if Case.objects.get(pk=case.pk).outcome:
            return  # nothing goes on once the case has its outcome
        stops = reasons_trafficking_blocks(engagement)
        if stage == "authorised":  # an escort waits there until its subject is ready for removal
            stops = stops + reasons_barred_from_removal(engagement)
        if stops and told.then != "trafficking":
            return  # something came to light meanwhile, or is pending
        if step:
            step(engagement, owner, cio, at, begins, told)
    if told.until == "done":
        yield from carried_out(one, people.having(Role.POLICE_OFFICER, force=told.force)[0], begins)
    if told.then == "returned":
        actions.send_back(**one, by=cio, now=at, issues=["Whose address is it, and who says so? (Invented.)"])
    if told.then == "declined":
        officer = people.having(Role.FORCE_LEAD, force=told.force)[0]
        words = "No van and no dog handler that week; the week after is possible. (Invented.)"
        actions.decline(**one, by=officer, now=at, kind="resource", words=words)


def london_at(moment: datetime, days: int, at: time) -> datetime:
    """That time of the day so many days after the moment's."""
    day = timezone.localdate(moment) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, at))


def sent(engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told) -> None:
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": owner, "now": at}
    place = PLACES[told.force]
    risks = {question.value: Answered("no", "") for question in Question} | place.risks
    if told.then == "trafficking":
        risks[Question.TRAFFICKING] = Answered("yes", "A decision is pending since May. (Invented.)")
    level = "2" if risks[Question.ADULTS_AT_RISK].answer == "yes" else ""
    actions.save_risks(**one, risks=risks, at_risk_level=level, safety_note=place.safety)
    actions.save_details(
        **one,
        legal_power=powers_for(told.kind)[0].code,
        address=place.address,
        window_starts_at=begins,
        window_ends_at=begins + timedelta(hours=place.hours),
        asked=ASKED[told.kind],
        why=place.why,
    )
    actions.request(**one)


def assured(
    engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told
) -> None:
    record(kind="engagement.viewed", by=cio, subject=engagement, now=at)
    findings = "Power, address and timing were checked with the case-owner. (Invented.)"
    actions.quality_assure(
        engagement_id=engagement.pk, by=cio, now=at, checked=Check.values(), findings=findings
    )


def assessed(
    engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told
) -> None:
    place = PLACES[told.force]
    actions.assess_risk(
        engagement_id=engagement.pk, by=cio, now=at, risk_level=place.level, risk_controls=place.controls
    )


def authorised(
    engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told
) -> None:
    actions.authorise(
        engagement_id=engagement.pk,
        by=cio,
        now=at,
        reasons="Necessary and proportionate: he absconded before, and less has failed. (Invented.)",
        conditions="Call it off when children are alone at the address. (Invented.)",
        expires_at=begins + timedelta(hours=PLACES[told.force].hours),
        confirmed_at=at,
        sha256=sha256_of(exact_text(Engagement.objects.get(pk=engagement.pk))),
    )


def tasked(
    engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told
) -> None:
    actions.task(engagement_id=engagement.pk, by=cio, now=at)


def accepted(
    engagement: Engagement, owner: User, cio: User, at: datetime, begins: datetime, told: Told
) -> None:
    officer = User.objects.filter(role=Role.POLICE_OFFICER, force=engagement.force).earliest("pk")
    words = "The response team of the north takes it. (Invented.)"
    actions.accept(engagement_id=engagement.pk, by=officer, now=at, words=words)


STEPS = {
    "requested": sent,
    "assured": assured,
    "assessed": assessed,
    "authorised": authorised,
    "tasked": tasked,
    "accepted": accepted,
}


def carried_out(one: dict[str, Any], officer: User, begins: datetime) -> Story:
    yield (at := begins + timedelta(hours=4))
    happened = begins + timedelta(minutes=25)
    actions.execute(
        **one, by=officer, now=at, happened_at=happened, officers="PC 4471 and PC 5120 (invented)"
    )
    yield (at := at + timedelta(hours=1))
    words = "Arrested at the door without force, and detained under immigration powers. (Invented.)"
    actions.record_outcome(**one, by=officer, now=at, what_happened=words, custody_reference="BX/1044")


def unwritten_story(people: People, now: datetime) -> Story:
    """Three evenings ago a CIO said yes on the telephone; it was done, and it is written up in part only."""
    at = london_at(now, -3, time(22, 40))
    yield at
    one = said(people, at, WEST_MIDLANDS, people.having(Role.CIO_HMI)[0])
    if not one:
        return
    cio, officer = people.having(Role.CIO_HMI)[0], people.having(Role.POLICE_OFFICER, force=WEST_MIDLANDS)[0]
    yield (at := at + timedelta(minutes=3))
    actions.task(**one, by=cio, now=at)
    yield (at := at + timedelta(minutes=6))
    actions.accept(**one, by=officer, now=at, words="On our way. (Invented.)")
    yield (at := at + timedelta(hours=3))
    actions.execute(
        **one, by=officer, now=at, happened_at=at - timedelta(hours=1), officers="PC 4471 (invented)"
    )
    yield (at := at + timedelta(minutes=30))
    answers(one, cio, at, WEST_MIDLANDS)
    yield london_at(now, -2, time(22, 45))
    actions.tell_of_overdue(now=london_at(now, -2, time(22, 45)))


def written_story(people: People, now: datetime) -> Story:
    """A week ago another CIO said yes at night, and wrote all of it up the morning after."""
    at, cio = london_at(now, -7, time(23, 5)), people.having(Role.CIO_HMI)[-1]
    yield at
    one = said(people, at, "46", cio)
    if not one:
        return
    yield (at := at + timedelta(hours=10))
    answers(one, cio, at, "46")
    place = PLACES["46"]
    times: dict[str, Any] = {
        "window_starts_at": at - timedelta(hours=10),
        "window_ends_at": at - timedelta(hours=4),
    }
    power = powers_for(Kind.ARREST)[0].code
    actions.save_details(
        **one, by=cio, now=at, legal_power=power, address=place.address, why=place.why, **times
    )
    actions.write_up(
        **one,
        by=cio,
        now=at,
        risk_level=place.level,
        risk_controls=place.controls,
        reasons="He was about to leave the address and had absconded before. (Invented.)",
        confirmed_at=at,
        sha256=sha256_of(text_to_sign(Engagement.objects.get(pk=one["engagement_id"]))),
    )


def said(people: People, at: datetime, force: str, cio: User) -> dict[str, Any]:
    """What was said on the telephone, logged at once; the engagement as an answer to "which"."""
    case = a_case(len(TOLD), force)
    if case is None or case.case_owner is None:
        return {}
    engagement = actions.log_verbal(
        case_id=case.pk,
        by=cio,
        now=at,
        kind=Kind.ARREST,
        force=people.forces[force],
        asked_by=people.having(Role.POLICE_OFFICER, force=force)[0],
        asked_at=at - timedelta(minutes=15),
        said="He was seen at the address a few minutes ago. Arrest him; ring again before any entry. (Invented.)",
        conditions="No entry without another call. (Invented.)",
        expires_at=at + timedelta(hours=6),
        risks={
            Question.ADULTS_AT_RISK: Answered("not_known", "The officer knows of none. (Invented.)"),
            Question.TRAFFICKING: Answered("no", ""),
        },
        confirmed_at=at,
    )
    return {"engagement_id": engagement.pk}


def answers(one: dict[str, Any], cio: User, at: datetime, force: str) -> None:
    """The risk assessment, written the next day."""
    asked = Answered("not_known", "The officer knows of none, and custody was asked. (Invented.)")
    risks = {question.value: Answered("no", "") for question in Question} | PLACES[force].risks
    risks[Question.ADULTS_AT_RISK] = asked
    actions.save_risks(**one, by=cio, now=at, risks=risks, at_risk_level="", safety_note=PLACES[force].safety)

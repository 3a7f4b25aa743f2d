"""The story of police support: requests in every state, by Liverpool and by Criminal Casework. All invented."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from casework.models import Case
from casework.states import WORKED
from casework.states import State as CaseState
from casework.support import actions
from casework.support.models import SupportRequest
from nexus.accounts import actions as account_actions
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.models import SpecialConditionsFlag

TAKE_PART = ("01", "06", "20")  # forces in value added activity
OWN, HERE, ELSEWHERE, VALUE_ADDED = "own", "here", "elsewhere", "value_added"
Step = tuple[int, str, dict[str, Any]]  # working days ago, the verb, what is said


@dataclass(frozen=True)
class Plan:
    """Who asks for what, how many working days ago, due in how many days from today, and what followed."""

    who: str
    days_ago: int
    kind: str
    asked: str
    why: str
    due_in: int
    then: tuple[Step, ...] = ()


PLANS = (
    Plan(
        OWN,
        12,
        "tracing",
        "Visit the last known address and say who lives there.",
        "He has not reported for two weeks.",
        -3,
        (
            (11, "submit", {}),
            (10, "accept", {"answer": "The neighbourhood team visits this week and rings you."}),
            (9, "force", {"text": "The house has two doors. Which one?"}),
            (9, "case-owner", {"text": "The left one, by the last letter he answered."}),
            (8, "fulfil", {"done": "He lives there and was seen at home."}),
        ),
    ),
    Plan(
        OWN,
        6,
        "tribunal",
        "The officer in the case to give evidence in person at the hearing.",
        "The appeal turns on the third incident.",
        9,
        (
            (6, "submit", {}),
            (5, "accept", {"answer": "The officer will attend and rings you before the day."}),
        ),
    ),
    Plan(
        OWN,
        9,
        "papers",
        "Serve the decision at the address of his sister.",
        "Two letters came back.",
        -2,
        ((9, "submit", {}),),
    ),
    Plan(OWN, 1, "information", "The outcome of the trial in May.", "The record does not say.", 14),
    Plan(
        HERE,
        3,
        "arrest",
        "Two officers at the reporting centre on his next day.",
        "He is to be detained on reporting, once that is authorised.",
        5,
        ((3, "submit", {}),),
    ),
    Plan(
        HERE,
        15,
        "intelligence",
        "Any disclosable intelligence since March.",
        "The threat has to be shown as current.",
        2,
        (
            (15, "submit", {}),
            (13, "decline", {"decline_reason": "resource", "answer": "Nobody can review it before January."}),
        ),
    ),
    Plan(
        HERE,
        14,
        "tracing",
        "Ask at his former place of work.",
        "His sponsor has lost touch.",
        7,
        ((14, "submit", {}), (12, "cancel", {"reason": "He has reported again on Monday."})),
    ),
    Plan(
        ELSEWHERE,
        1,
        "information",
        "Whether he is still on bail, and until when.",
        "We decide on his removal this month.",
        10,
        ((1, "submit", {}),),
    ),
    Plan(
        ELSEWHERE,
        5,
        "papers",
        "Serve the notice on him in custody.",
        "He is produced at the station on Friday.",
        12,
        ((5, "submit", {}), (4, "send_back", {"reason": "Which station? Please ring us about the date."})),
    ),
    Plan(
        VALUE_ADDED,
        20,
        "information",
        "What is known of violence since his release.",
        "He asks for bail, and we have no flag on him.",
        -11,
        (
            (20, "submit", {}),
            (19, "pass_on", {}),
            (17, "accept", {"answer": "Our offender manager rings you."}),
            (4, "fulfil", {"done": "One incident in June; a statement follows."}),
        ),
    ),
    Plan(
        VALUE_ADDED,
        4,
        "tracing",
        "Whether he is known at the address he gave.",
        "He did not come to his interview.",
        6,
        (
            (4, "submit", {}),
            (3, "pass_on", {}),
            (2, "accept", {"answer": "An officer calls there this week and rings you."}),
        ),
    ),
)


def support_stories(people: People, *, now: datetime) -> list[Story]:
    asked = [request_story(people, number, plan, now) for number, plan in enumerate(PLANS)]
    return [taking_part_story(people, now), *asked]


def taking_part_story(people: People, now: datetime) -> Story:
    """Some weeks ago three forces agreed to take part in value added activity."""
    at = office_time(now, 30, time(11))
    yield at
    administrator = people.having(Role.ADMINISTRATOR)[0]
    for code in TAKE_PART:
        force = people.forces[code]
        agreed: dict[str, Any] = {
            "engaged": True,
            "engaged_on": force.engaged_on,
            "value_added_activity": True,
        }
        account_actions.change_force(force_id=force.pk, by=administrator, now=at, **agreed)


def request_story(people: People, number: int, plan: Plan, now: datetime) -> Story:
    """Written down, and then whatever the plan says, a quarter of an hour apart on the same day."""
    at = office_time(now, plan.days_ago, time(10, number))
    yield at
    request = write_down(people, number, plan, at, timezone.localdate(now) + timedelta(days=plan.due_in))
    if request is None:
        return
    for place, (days_ago, verb, said) in enumerate(plan.then, start=1):
        at = office_time(now, days_ago, time(10, number)) + timedelta(minutes=15 * place)
        yield at
        take_step(people, request, verb, said, at)


def write_down(people: People, number: int, plan: Plan, at: datetime, due_on: date) -> SupportRequest | None:
    words: dict[str, Any] = {"kind": plan.kind, "why": plan.why, "asked": f"{plan.asked} (Invented.)"}
    words |= {"due_on": due_on, "now": at}
    criminal = people.by_email["criminal@casework.example"]
    if plan.who == VALUE_ADDED:
        subject: dict[str, Any] = {
            "own_reference": f"CC/2026/{1200 + number}",
            "subject_name": f"Invented Subject {number}",
        }
        born = date(1985, 1, 2) + timedelta(days=400 * number)
        force = Force.objects.get(code="20")
        return actions.ask_value_added(by=criminal, force=force, subject_born=born, **subject, **words)
    case = case_for(plan.who, number)
    if case is None:
        return None
    by = criminal if plan.who == ELSEWHERE else case.case_owner
    return actions.ask(reference=case.referral.reference, by=by, **words) if by else None


def case_for(who: str, number: int) -> Case | None:
    """A case of the case-owner or of the force that a newcomer signs in as; Criminal Casework's own are flag only."""
    flagged_referrals = SpecialConditionsFlag.objects.standing().values("referral")
    flagged = Case.objects.filter(referral__in=flagged_referrals).order_by("pk")
    if who == ELSEWHERE:
        found = flagged.filter(state=CaseState.OPEN)
    else:
        found = flagged.filter(state__in=WORKED)
        wanted = {"case_owner__email": "caseowner@liverpool.example"}
        found = found.filter(**wanted) if who == OWN else found.filter(referral__force__code="20")
    cases = list(found.select_related("referral", "case_owner"))
    return cases[number % len(cases)] if cases else None


def take_step(people: People, request: SupportRequest, verb: str, said: dict[str, Any], at: datetime) -> None:
    done: dict[str, Any] = {"request_id": request.pk, "by": who_does(people, request, verb), "now": at}
    if verb == "fulfil":
        done["done_on"] = timezone.localdate(at)
    action = {"force": "add_message", "case-owner": "add_message"}.get(verb, verb)
    getattr(actions, action)(**done, **said)


def who_does(people: People, request: SupportRequest, verb: str) -> User:
    code = request.force.code
    if verb in ("pass_on", "send_back"):
        return people.having(Role.REFERRALS_OFFICER)[0]
    if verb in ("accept", "decline"):
        return people.having(Role.FORCE_LEAD, force=code)[0]
    if verb in ("fulfil", "force"):
        return people.having(Role.POLICE_OFFICER, force=code)[0]
    return request.asked_by

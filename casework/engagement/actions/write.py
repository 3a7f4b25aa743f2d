"""The requester's part: begin, answer the risk questions, say what is asked, send it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from casework.actions.barriers import stop
from casework.actions.steps import reasons_not_theirs
from casework.engagement import telling
from casework.engagement.actions.steps import lock, lock_case, reasons_not_to, recorded
from casework.engagement.exact_text import risks_of
from casework.engagement.models import Engagement, Issue, RiskAnswer
from casework.engagement.queries import gaps_of, reasons_trafficking_blocks
from casework.engagement.rules.authorising import reasons_not_in_window
from casework.engagement.rules.gaps import TEXTS, words_missing
from casework.engagement.rules.powers import Kind, reasons_not_this_power
from casework.engagement.rules.risks import (
    NO,
    YES,
    Answered,
    Question,
    reasons_adults_at_risk_unanswered,
)
from casework.models import Case
from casework.states import BEFORE_OUTCOME
from casework.trafficking import reasons_trafficking_stops
from nexus.accounts.models import Force, User
from nexus.refusals import blank, refuse_if, says_something, wordless


def reasons_not_to_start(case: Case, by: User) -> list[str]:
    if case.state not in BEFORE_OUTCOME:
        return [f"This case is now “{case.get_state_display()}”, so you cannot ask for an operation."]
    return reasons_not_theirs(case, by)


def reasons_not_this_force(force: Force | None) -> list[str]:
    if force is None:
        return ["Select the force."]
    return [] if force.engaged else [f"{force} is not engaged with Nexus High Harm."]


@transaction.atomic
def start(*, case_id: int, by: User, now: datetime, kind: str, force: Force | None) -> Engagement:
    """Begin a request: what kind, of which force. Raises Refused."""
    case = lock_case(case_id, by=by, verb="start")
    kinds = [] if kind in Kind.values() else ["Select what kind of operation it is."]
    refuse_if(reasons_not_to_start(case, by) or kinds + reasons_not_this_force(force))
    engagement = Engagement.objects.create(case=case, kind=kind, force=force, requested_by=by, started_at=now)
    return recorded(engagement, done="started", by=by, now=now, detail={"kind": kind})


def answer_risks(engagement: Engagement, risks: Mapping[str, Answered], *, by: User, now: datetime) -> None:
    """Keep each answer; one that says the same as before keeps its moment and name."""
    before = risks_of(engagement)
    for question, given in risks.items():
        if before.get(Question(question)) != given:
            RiskAnswer.objects.update_or_create(
                engagement=engagement,
                question=question,
                defaults={
                    "answer": given.answer,
                    "words": given.words,
                    "answered_by": by,
                    "answered_at": now,
                },
            )


def reasons_wordless(risks: Mapping[str, Answered]) -> list[str]:
    """Words may wait; words that say nothing are no answer."""
    return [
        words_missing(Question(question))
        for question, given in risks.items()
        if given.answer != NO and given.words.strip() and not says_something(given.words)
    ]


FOUND_ON_A_REQUEST = "Trafficking indicator: the risk assessment of an operation says so."


def says_trafficking(risks: Mapping[str, Answered]) -> bool:
    given = risks.get(Question.TRAFFICKING)
    return given is not None and given.answer == YES


def is_taken_back(before: Mapping[str, Answered], risks: Mapping[str, Answered]) -> bool:
    return says_trafficking(before) and Question.TRAFFICKING in risks and not says_trafficking(risks)


def reasons_not_taken_back(engagement: Engagement) -> list[str]:
    """What was sent with an indicator loses it by what was decided about it, never by another answer."""
    if engagement.requested_at is None and not engagement.verbal:
        return []
    return reasons_trafficking_stops(engagement.case)


def level_of(risks: Mapping[str, Answered], at_risk_level: str) -> str:
    """A level of evidence belongs to a yes."""
    given = risks.get(Question.ADULTS_AT_RISK)
    return at_risk_level if given and given.answer == YES else ""


@transaction.atomic
def save_risks(
    *,
    engagement_id: int,
    by: User,
    now: datetime,
    risks: Mapping[str, Answered],
    at_risk_level: str,
    safety_note: str,
) -> Engagement:
    """The answers given so far; what is missing is asked for when it is sent. Raises Refused.

    A trafficking indicator that is said here first stops every live operation of the case.
    """
    engagement = lock(engagement_id, by=by, verb="save_risks")
    before = risks_of(engagement)
    refuse_if(
        reasons_not_to("save_risks", engagement, by)
        or reasons_wordless(risks)
        + (reasons_not_taken_back(engagement) if is_taken_back(before, risks) else [])
    )
    answer_risks(engagement, risks, by=by, now=now)
    if says_trafficking(risks) and not says_trafficking(before):
        stop(engagement.case, by=by, now=now, because=FOUND_ON_A_REQUEST, trafficking=True)
        engagement.refresh_from_db()
    engagement.at_risk_level, engagement.safety_note = level_of(risks, at_risk_level), safety_note
    engagement.save()
    return recorded(engagement, done="risks_answered", by=by, now=now, detail={"answers": sorted(risks)})


def reasons_not_to_save_details(engagement: Engagement, by: User) -> list[str]:
    """Adults-at-risk answers precede detention."""
    return reasons_not_to("save_details", engagement, by) or reasons_adults_at_risk_unanswered(
        engagement.kind, risks_of(engagement)
    )


@transaction.atomic
def save_details(
    *,
    engagement_id: int,
    by: User,
    now: datetime,
    legal_power: str,
    address: str,
    window_starts_at: datetime | None,
    window_ends_at: datetime | None,
    why: str,
    asked: str = "",
) -> Engagement:
    """What is asked, by which power, where and when. Raises Refused.

    Of a verbal authorisation what is asked is what was said, and stays.
    """
    engagement = lock(engagement_id, by=by, verb="save_details")
    asked = engagement.asked if engagement.to_write_up else asked  # what was said was said
    over = engagement.to_write_up  # it may have happened already
    refuse_if(
        reasons_not_to_save_details(engagement, by)
        or reasons_not_this_power(engagement.kind, legal_power)
        + wordless(address, TEXTS["address"])
        + reasons_not_in_window(window_starts_at, window_ends_at, now=None if over else now)
        + wordless(asked, TEXTS["asked"])
        + wordless(why, TEXTS["why"])
    )
    engagement.legal_power, engagement.address = legal_power, address
    engagement.window_starts_at, engagement.window_ends_at = window_starts_at, window_ends_at
    engagement.asked, engagement.why = asked, why
    engagement.save()
    return recorded(engagement, done="details_saved", by=by, now=now)


@transaction.atomic
def settle_issue(*, engagement_id: int, issue_id: int, by: User, now: datetime, reply: str) -> Issue:
    """Say how an issue was settled. Raises Issue.DoesNotExist when it is another engagement's, and Refused."""
    engagement = lock(engagement_id, by=by, verb="settle_issue")
    issue = Issue.objects.get(pk=issue_id, engagement=engagement)
    refuse_if(
        reasons_not_to("settle_issue", engagement, by) or blank(reply, "Enter how the issue was settled.")
    )
    issue.reply, issue.settled_by, issue.settled_at = reply, by, now
    issue.save()
    recorded(engagement, done="issue_settled", by=by, now=now, detail={"issue": issue.pk})
    return issue


def reasons_not_to_request(engagement: Engagement, by: User, *, now: datetime) -> list[str]:
    return reasons_not_to("request", engagement, by) or [gap.sentence for gap in gaps_of(engagement, now=now)]


@transaction.atomic
def request(*, engagement_id: int, by: User, now: datetime) -> Engagement:
    """Send it to the CIOs and HMI. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="request")
    refuse_if(reasons_not_to_request(engagement, by, now=now))
    engagement.move("request", by=by, now=now)
    recorded(engagement, done="requested", by=by, now=now)
    telling.requested(engagement, now=now, blocked=bool(reasons_trafficking_blocks(engagement)))
    return engagement

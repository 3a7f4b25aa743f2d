"""Queries about one engagement: its authorisation, its indicators, what its case knows; its text is in exact_text.py."""

from collections.abc import Collection, Container, Iterable, Iterator
from datetime import date as Day
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.engagement.exact_text import exact_text, risks_of, sha256_of
from casework.engagement.models import Authorisation, Engagement, EngagementChange, RiskAnswer
from casework.engagement.rules.authorising import (
    Standing,
    reasons_blocked,
    reasons_not_live,
)
from casework.engagement.rules.gaps import Gap, Written, gaps
from casework.engagement.rules.powers import BY_CODE, DETENTIONS, Kind
from casework.engagement.rules.risks import (
    AT_ONCE,
    NOT_KNOWN,
    READ_BY_FORCE,
    SHORT,
    YES,
    Question,
    not_known,
)
from casework.engagement.states import GOES_ON, LIVE, TO_RECORD
from casework.models import Case
from casework.parts import Unfinished
from casework.queries import open_barriers
from casework.readiness import reasons_not_ready
from casework.rules.removal import reasons_barred
from casework.rules.trafficking import Indicator
from casework.trafficking import reasons_trafficking_stops, trafficking_of
from nexus.accounts.models import Force, User
from nexus.ui.formatting import date, date_and_time
from nexus.ui.wording import lower_first
from referrals.models import Referral
from referrals.parts import Risk
from referrals.risks import risks_on_referral


def standing_authorisation(engagement: Engagement) -> Authorisation | None:
    """The one that is neither void nor replaced by its writing; it may have expired."""
    rows: Iterable[Authorisation] = engagement.authorisations.all()
    return next((row for row in rows if row.voided_at is None and row.replaced_at is None), None)


def reasons_not_authorised(engagement: Engagement, *, at: datetime) -> list[str]:
    """Why nothing may be done on its authorisation at this moment; nothing where it is live."""
    row = standing_authorisation(engagement)
    if row is None:
        return reasons_not_live(None, at=at)
    standing = Standing(
        until=row.expires_at,
        is_void=row.voided_at is not None,
        verbal=row.verbal,
        written_up=engagement.written_up_at is not None,
        write_up_by=engagement.write_up_due_at,
        fits_the_text=row.sha256 == sha256_of(exact_text(engagement)),
    )
    return reasons_not_live(standing, at=at)


def trafficking_indicators(*, case: Case) -> Iterator[Indicator]:
    """For casework/trafficking.py: every operation of the case whose risk assessment says yes."""
    rows = RiskAnswer.objects.filter(engagement__case=case, question=Question.TRAFFICKING, answer=YES)
    for row in rows.select_related("engagement__force"):
        where = f"the risk assessment of {lower_first(name_of(row.engagement))} says so."
        yield Indicator(where, row.answered_at)


def reasons_trafficking_blocks(engagement: Engagement) -> list[str]:
    """What is known of the person, and what a Senior Caseworker recorded for this operation since."""
    review = engagement.trafficking_reviews.last()
    outcome, reviewed_at = (review.outcome, review.at) if review else ("", None)
    return reasons_blocked(trafficking_of(engagement.case), outcome, reviewed_at)


def reasons_must_stop(engagement: Engagement, *, at: datetime) -> list[str]:
    """Why nobody may act on it at this moment: it was stopped, is not authorised, or trafficking blocks it."""
    return reasons_not_authorised(engagement, at=at) or reasons_trafficking_blocks(engagement)


def gaps_of(engagement: Engagement, *, now: datetime) -> list[Gap]:
    """What it still lacks before it can be sent, or before a verbal authorisation of it is in writing."""
    written = Written(
        kind=engagement.kind,
        legal_power=engagement.legal_power,
        address=engagement.address,
        starts=engagement.window_starts_at,
        ends=engagement.window_ends_at,
        asked=engagement.asked,
        why=engagement.why,
        risks=risks_of(engagement),
        at_risk_level=engagement.at_risk_level,
        issues=[(issue.pk, issue.text) for issue in engagement.issues.filter(settled_at=None)],
    )
    return gaps(written, now=now, over=engagement.to_write_up)


def barriers_of(engagement: Engagement) -> list[str]:
    """The open barriers of the case, as sentences: shown wherever somebody decides."""
    return reasons_barred(open_barriers(engagement.case))


def reasons_barred_from_removal(engagement: Engagement) -> list[str]:
    """An escort takes the person to their removal, so everything that stands against removal on the day it begins
    stands against it."""
    if engagement.kind != Kind.ESCORT:
        return []
    return reasons_not_ready(engagement.case, today=timezone.localdate(engagement.window_starts_at))


def points_of_case(case: Case) -> list[str]:
    """The same before a call is logged, when nothing but the case is known yet."""
    points = reasons_trafficking_stops(case) + reasons_to_wait(case)
    answered = {Question(row.question) for row in answers_of(case) if row.answer != NOT_KNOWN}
    unknown = [SHORT[question] for question in AT_ONCE if question not in answered]
    return points + ([f"Not known: {', '.join(unknown)}."] if unknown else [])


def points_to_look_at(engagement: Engagement) -> list[str]:
    """What a CIO or HMI should not miss: found by rule, decided by nobody yet."""
    points = reasons_trafficking_blocks(engagement) + reasons_to_wait(engagement.case, engagement.kind)
    points += [
        f"{name_of(other)}, is live. Authorising this operation stops it and makes its authorisation void."
        for other in other_live(engagement)
    ]
    unknown = not_known(risks_of(engagement))
    if unknown:
        points.append(f"Not known: {', '.join(unknown)}.")
    power = BY_CODE.get(engagement.legal_power)
    if power and not power.verified:
        points.append("Nobody has verified the legal power against the current statute.")
    if not engagement.safety_note.strip():
        points.append("Officers are told nothing about health or safety beyond the answers they see.")
    return points


def other_live(engagement: Engagement) -> list[Engagement]:
    """The other operations on this person that may be carried out now."""
    rows = Engagement.objects.filter(case=engagement.case_id, state__in=LIVE).exclude(pk=engagement.pk)
    return list(rows.select_related("force").order_by("pk"))


def irregularities(engagement: Engagement, happened_at: datetime) -> list[str]:
    """How it was carried out outside its authorisation, in sentences; nothing where it was within."""
    found = []
    starts = engagement.window_starts_at
    if starts and happened_at < starts:
        found.append(f"Carried out before the time asked for, which begins {date_and_time(starts)}.")
    rows = [
        row
        for row in engagement.authorisations.all()
        if (row.asked_at or row.authorised_at) <= happened_at < row.expires_at
    ]
    if not rows:
        found.append("Carried out when there was no authorisation, or after it had ended.")
    elif not any(row.voided_at is None or happened_at < row.voided_at for row in rows):
        void = rows[-1]
        found.append(
            f"Carried out while it was stopped: its authorisation was void since {date_and_time(void.voided_at)}."
        )
    return found


def reasons_not_live_on(engagement: Engagement, day: Day) -> list[str]:
    """Why the police could not act on this operation on that day: none accepted it, or no authorisation was live."""
    live = any(
        timezone.localdate(row.asked_at or row.authorised_at) <= day <= timezone.localdate(row.expires_at)
        and (row.voided_at is None or day <= timezone.localdate(row.voided_at))
        for row in engagement.authorisations.all()
    )
    if engagement.answered_at is None or engagement.decline_kind:
        return ["The force did not accept this operation, so nothing was done in it."]
    return [] if live else [f"This operation had no live authorisation on {date(day)}."]


def reasons_not_done_in(
    operation: Engagement | None,
    case: Case,
    *,
    on: Day,
    kinds: Container[str],
    force: Force | None = None,
    what: str,
) -> list[str]:
    """Why the police could not do it on that day: they serve, arrest, detain and escort in an authorised operation of
    that case and of a kind that fits, and in no other way. `what` they did, in the middle of a sentence."""
    fits = operation is not None and operation.case_id == case.pk and operation.kind in kinds
    if operation is None or not fits or (force and operation.force_id != force.pk):
        return [f"Select the authorised operation in which the police {what}."]
    return reasons_not_live_on(operation, on)


def accepted_operations(
    case: Case, *, kinds: Collection[str], force: Force | None = None
) -> QuerySet[Engagement]:
    """The operations of these kinds in which the police may have acted: those that a force accepted."""
    rows = Engagement.objects.filter(case=case, answered_at__isnull=False, decline_kind="", kind__in=kinds)
    rows = rows.filter(force=force) if force else rows
    return rows.select_related("force").order_by("-pk")


def reasons_to_wait(case: Case, kind: str = "") -> list[str]:
    """The open barriers; and what else stands against removal, for those kinds that lead to it. Of a kind that is
    not chosen yet everything is said."""
    barred = reasons_barred(open_barriers(case))
    if kind and kind not in (*DETENTIONS, Kind.ESCORT):
        return barred
    stage = [reason for reason in reasons_not_ready(case, today=timezone.localdate()) if reason not in barred]
    return [f"Not ready for removal: {lower_first(reason)}" for reason in stage] + barred


def when(engagement: Engagement) -> str:
    """14 November 2026 at 6am to 14 November 2026 at 9am"""
    if engagement.window_starts_at is None:
        return "Not said yet"
    return f"{date_and_time(engagement.window_starts_at)} to {date_and_time(engagement.window_ends_at)}"


def changes_of(engagement: Engagement) -> Iterable[EngagementChange]:
    return engagement.changes.select_related("by").order_by("-at", "-pk")


def disclosed_to_force(engagement: Engagement, *, at: datetime) -> dict[str, Any]:
    """What officers need for safety: the told answers, the conditions and what was chosen for them. Never the
    reasons, why it is necessary, or what is known of health, vulnerability and trafficking.

    `live` says whether anything may be done on its authorisation at that moment.
    """
    risks = risks_of(engagement)
    return {
        "engagement": engagement,
        "referral": engagement.case.referral,
        "live": not reasons_must_stop(engagement, at=at),
        "signed": signed(engagement),
        "questions": [(question, risks.get(question)) for question in Question if question in READ_BY_FORCE],
        "standing": standing_authorisation(engagement),
        "contact": contact_of(engagement),
    }


def signed(engagement: Engagement) -> dict[str, str]:
    """The sections as officers read them. Until a write-up is signed anybody at work on it may change them, and
    nobody on the telephone said them: they stay away from beside “Authorised by”."""
    if engagement.to_write_up:
        return {"power": "", "address": "", "when": "", "safety_note": ""}
    return {
        "power": engagement.power,
        "address": engagement.address,
        "when": when(engagement),
        "safety_note": engagement.safety_note,
    }


def contact_of(engagement: Engagement) -> User:
    """Whom the force asks in Liverpool: the case-owner now, or who asked for it where there is none."""
    owner = engagement.case.case_owner
    return owner if owner and owner.is_active else engagement.requested_by


# The referral's own answers, each beside the question of the risk assessment that it bears on.
ON_THE_REFERRAL = {
    "children": Question.CHILDREN,
    "health": Question.MEDICAL,
    "trafficking": Question.TRAFFICKING,
    "order under the Mental Health Act": Question.MENTAL_HEALTH,
    "under 18": Question.ADULTS_AT_RISK,
}


def known_already(engagement: Engagement) -> dict[Question, list[str]]:
    """What the case knows of each question: the referral's yes, and the last yes of another operation."""
    referral = engagement.case.referral
    found: dict[Question, list[str]] = {}
    for risk in risks_on_referral(referral):
        if risk.is_known and risk.name in ON_THE_REFERRAL:
            found.setdefault(ON_THE_REFERRAL[risk.name], []).append(f"The referral says: {risk.words}.")
    for row in answers_of(engagement.case):
        if row.answer == YES and row.engagement_id != engagement.pk:
            known = f"{name_of(row.engagement)}: yes. {row.words}".strip()
            found.setdefault(Question(row.question), []).append(known)
    return found


# What each answer is about, as the referral's risks say it, so that who knows replaces who did not.
ABOUT = SHORT | {Question.MEDICAL: "health"}
# In the referral's own words where it asks the same, so that each stands there once.
IN_HEADER = SHORT | {
    Question.TRAFFICKING: "trafficking indicator",
    Question.MEDICAL: "health condition",
    Question.WARNINGS: "warnings for officers",
    Question.LANGUAGE: "interpreter needed",
}


def answers_of(case: Case) -> list[RiskAnswer]:
    """The latest answer to each question, among all operations of the case; in the order of the questions."""
    return latest_answers(RiskAnswer.objects.filter(engagement__case=case))


def latest_answers(rows: QuerySet[RiskAnswer]) -> list[RiskAnswer]:
    found = rows.select_related("engagement__force").order_by("answered_at", "pk")
    latest = {row.question: row for row in found}
    return [latest[question] for question in Question.values() if question in latest]


def risks_of_person(*, referral: Referral) -> list[Risk]:
    """What the case's operations answered with yes, and whether the person is an
    adult at risk or trafficked where nobody could say."""
    found = []
    for row in latest_answers(RiskAnswer.objects.filter(engagement__case__referral=referral)):
        question = Question(row.question)
        if row.answer == YES:
            level = row.engagement.at_risk_level if question == Question.ADULTS_AT_RISK else ""
            words = IN_HEADER[question]
            found.append(Risk(ABOUT[question], f"{words} (level {level})" if level else words))
        elif row.answer == NOT_KNOWN and question in AT_ONCE:
            found.append(Risk(ABOUT[question]))
    return found


def name_of(engagement: Engagement) -> str:
    """The arrest by West Midlands Police, begun 3 November 2026"""
    kind = lower_first(engagement.get_kind_display())
    return f"The {kind} by {engagement.force}, begun {date(engagement.started_at)}"


def last_address(engagement: Engagement) -> Engagement | None:
    """The operation of the same case for which an address was last written."""
    others = Engagement.objects.filter(case=engagement.case_id).exclude(pk=engagement.pk).exclude(address="")
    return others.select_related("force").order_by("-started_at", "-pk").first()


def still_goes_on(*, case: Case) -> list[Unfinished]:
    """Every operation that somebody may still send, authorise, task or carry out, or has still to write up or record
    the outcome of."""
    rows = case.engagements.filter(Q(state__in=GOES_ON) | Q(verbal=True, written_up_at=None))
    return [
        Unfinished(f"operation_{row.pk}", f"{name_of(row)}, {how_it_ends(row)}")
        for row in rows.select_related("force").order_by("pk")
    ]


def how_it_ends(row: Engagement) -> str:
    if row.state in TO_RECORD:
        return f"is now “{row.get_state_display()}”. The force has to record its outcome."
    if row.state in GOES_ON:
        return f"is now “{row.get_state_display()}”. Withdraw it, or wait for its outcome."
    return "was authorised verbally and has still to be written up."

"""A decision in words: one description of its content, which every page, letter and file is made from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.decisions.models import Decision, Finding, Hearing
from casework.decisions.queries import findings_of, gaps_of, reasons_for_two_of, weight_of_event
from casework.decisions.rules.gaps import Gap
from casework.decisions.rules.law import (
    DEPORTATION,
    ENQUIRIES,
    FINDINGS,
    MATERIAL,
    SECTION,
    SECTIONS,
    THREAT,
    Section,
    is_asked,
)
from casework.decisions.rules.time_limits import review_until, time_limit
from casework.decisions.states import State
from casework.material.queries import no_statement_needed, statement_indicated
from casework.models import Case
from nexus.accounts.models import User
from nexus.instead import Instead
from nexus.law import law
from nexus.soft_delete import RemovedRow, contents_of, removed_rows
from nexus.ui import formatting
from nexus.ui.fields import first_upper
from nexus.ui.formatting import date_and_time
from nexus.ui.unanswered import Unanswered, at
from referrals.instead import dissent_or_note
from referrals.rules.nationalities import nationality_name


@dataclass(frozen=True)
class Answer:
    question: str
    answer: str
    reasons: str


@dataclass(frozen=True)
class Found:
    """One finding in words."""

    number: int
    pk: int
    allegation: str
    weight: str
    evidence: str
    result: str
    reasons: str


@dataclass(frozen=True)
class Relied:
    """Approved Nexus material that the decision relies on."""

    pk: int
    title: str


@dataclass(frozen=True)
class Part:
    """One section in words."""

    slug: str
    title: str
    source: str
    checked: bool
    answers: list[Answer]
    findings: list[Found]
    material: list[Relied]


def in_words(decision: Decision) -> list[Part]:
    """The whole decision, section by section."""
    return [_part(decision, section) for section in SECTIONS]


def _part(decision: Decision, section: Section) -> Part:
    answers = [
        Answer(
            question.words,
            dict(question.choices).get(decision.answer_to(question.name), ""),
            decision.answers.get(question.name, {}).get("reasons", ""),
        )
        for question in section.questions
        if is_asked(question, decision.answers)
        and (decision.answer_to(question.name) or not question.optional)
    ]
    findings = []
    if section is FINDINGS:
        findings = [_found(number, each) for number, each in enumerate(findings_of(decision), start=1)]
    chosen = decision.material.values_list("pk", "title") if section is MATERIAL else ()
    material = [Relied(pk, title) for pk, title in chosen]
    return Part(section.slug, section.title, section.source, section.checked, answers, findings, material)


@dataclass(frozen=True)
class Statement:
    """Whether a police statement is needed: T4 as it reads now, and what the case-owner has recorded."""

    indicated: str
    because: str = ""
    recorded: str = ""


def statement_words(case: Case) -> Statement:
    """ "police intelligence statements may not always be required" (p. 9)"""
    indicated, said = statement_indicated(case).label, no_statement_needed(case)
    if said is None:
        return Statement(indicated)
    return Statement(indicated, said.because, f"{date_and_time(said.recorded_at)}, by {said.recorded_by}")


def recorded_words(case: Case, risks: Sequence[str]) -> list[tuple[str, str]]:
    """What triage and the case have recorded, shown beside the questions: an aid, never an answer."""
    referral = case.referral
    nationalities = ", ".join(
        f"{nationality_name(each.code)} ({each.get_source_display().lower()})"
        for each in referral.nationalities.all()
    )
    return [
        ("Risk", first_upper(", ".join(risks)) or "None recorded"),
        ("Route of the case", case.get_route_display()),
        ("Immigration status", referral.get_immigration_status_display() or "Not recorded"),
        ("Nationality", nationalities or "Not recorded"),
        ("Police statement: what the rules indicate", statement_indicated(case).label),
    ]


RESULT = {True: "Proved", False: "Not proved", None: ""}


def _found(number: int, finding: Finding) -> Found:
    return Found(
        number,
        finding.pk,
        finding.allegation,
        weight_of_event(finding.event),
        finding.evidence,
        RESULT[finding.proved],
        finding.reasons,
    )


def task_list(decision: Decision, gaps: list[Gap], *, writable: bool) -> list[dict[str, Any]]:
    """The sections as tasks: completed when nothing is lacking, in progress when something was written."""
    lacking = Counter(gap.section for gap in gaps)
    tasks = []
    for part in in_words(decision):
        begun = bool(part.findings) or any(each.answer or each.reasons for each in part.answers)
        status = "completed" if part.slug not in lacking else "in_progress" if begun else "incomplete"
        if part.slug == FINDINGS.slug and not begun and status == "completed":
            # A removal may rest on no allegation; a deportation never, also before the route is answered.
            route = decision.answer_to("route") or decision.case.route
            status = "incomplete" if route in DEPORTATION else "optional"
        if part.slug in (ENQUIRIES.slug, THREAT.slug) and not begun and status == "completed":
            status = "optional"
        href = page_of(decision, part.slug) if writable else ""
        hint = f"{lacking[part.slug]} still open" if begun and lacking[part.slug] else ""
        tasks.append({"title": part.title, "href": href, "status": status, "hint": hint})
    return tasks


MAY_DECIDE = (
    "One person may make this decision: make it, or submit it for review if you want a Senior Caseworker to read it "
    "first."
)
FIRST_REVIEWED = "Two people decide this: submit it for review. Once a Senior Caseworker has reviewed it, you make the decision."


def which_act(decision: Decision, verbs: list[str], *, now: datetime) -> list[str]:
    """Which of the two ways on from a draft is meant, where one is open, and why."""
    if decision.state != State.DRAFT or not verbs:
        return []
    because = reasons_for_two_of(decision, now=now)
    return [FIRST_REVIEWED, *because] if because else [MAY_DECIDE]


def page_of(decision: Decision, slug: str) -> str:
    """Where a section of the draft is written."""
    where = [decision.case.referral.reference, decision.pk]
    if slug == FINDINGS.slug:
        return reverse("decisions:findings", args=where)
    return reverse("decisions:section", args=[*where, slug])


def place_of(decision: Decision, gap: Gap) -> str:
    """Where what is lacking is filled in: the page, and on it the field."""
    page = page_of(decision, gap.section)
    if gap.finding:
        where = [decision.case.referral.reference, decision.pk, gap.finding]
        page = reverse("decisions:change_finding", args=where)
    return at(page, f"id_{gap.field}" if gap.field else "")


def unanswered_in(
    decision: Decision, gaps: Sequence[Gap], section: str, finding: int = 0
) -> list[Unanswered]:
    """What a section still lacks, or one finding of it, each with its field and the way to it."""
    return [
        Unanswered(gap.field, gap.sentence, place_of(decision, gap))
        for gap in gaps
        if gap.section == section and gap.finding == finding
    ]


def unanswered_in_finding(finding: Finding) -> list[Unanswered]:
    """What the finding on one allegation still lacks."""
    gaps = gaps_of(finding.decision, now=timezone.now())
    return unanswered_in(finding.decision, gaps, FINDINGS.slug, finding.pk)


def next_open(gaps: Sequence[Gap], *, after: str) -> Section | None:
    """The next section that lacks something, starting again after the last; None when nothing is lacking but
    in the section just left."""
    lacking = {gap.section for gap in gaps}
    place = SECTIONS.index(SECTION[after])
    turned = (*SECTIONS[place + 1 :], *SECTIONS[:place])
    return next((section for section in turned if section.slug in lacking), None)


def asked_of_witnesses(hearing: Hearing) -> str:
    """What the force reads of the witnesses it is asked to send."""
    lines = [f"Send as witnesses: {hearing.witnesses}"]
    if hearing.to_bring:
        lines.append(f"They bring: {hearing.to_bring}")
    return "\n".join([*lines, f"Hearing on {hearing.when}, {hearing.place}."])


# What was typed into an allegation: shown before it is removed, and once it is.
FINDING_WORDS = ("allegation", "proved", "evidence", "reasons")


def removed_findings(decision: Decision) -> list[RemovedRow]:
    """The allegations that were taken out, each with the way to put it back."""
    reference = decision.case.referral.reference
    return removed_rows(
        decision.findings(manager="with_removed"),
        title=lambda finding: finding.allegation,
        contents=lambda finding: contents_of(finding, *FINDING_WORDS),
        address=lambda finding: reverse(
            "decisions:restore_finding", args=[reference, decision.pk, finding.pk]
        ),
    )


def dissent_from_review(decision: Decision, by: User) -> Instead:
    """A colleague has reviewed it meanwhile, or it is a draft again."""
    return dissent_or_note(decision.case.referral, decision, f"the review of {decision}", whole="case")


def appeal_time(decision: Decision) -> dict[str, Any] | None:
    """How long a served decision can be challenged: the last days in words, and the law they rest on."""
    if decision.state != State.SERVED or decision.served_on is None:
        return None
    limit = time_limit(decision.appeal_right, decision.served_place)
    if decision.appeal_until:
        last = formatting.date(decision.appeal_until)
    elif limit:
        last = f"{limit.law.number} days after the subject leaves the UK"
    else:
        last = (
            "There is no right of appeal"
            if decision.appeal_right
            else "Not known: record the right of appeal"
        )
    laws = [limit.law, law("tribunal_working_day")] if limit else []
    return {
        "last_day": last,
        "review_until": review_until(decision.served_on),
        "laws": [*laws, law("judicial_review")],
    }

"""A decision in words: one description of its content, which every page, letter and file is made from."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from casework.decisions.models import Decision, Finding
from casework.decisions.queries import findings_of, weight_of_event
from casework.decisions.rules.gaps import Gap
from casework.decisions.rules.law import FINDINGS, MATERIAL, SECTIONS, Section, asked


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
class Part:
    """One section in words."""

    slug: str
    title: str
    source: str
    checked: bool
    answers: list[Answer]
    findings: list[Found]
    material: list[str]


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
        if asked(question, decision.answers)
    ]
    findings = []
    if section is FINDINGS:
        findings = [_found(number, each) for number, each in enumerate(findings_of(decision), start=1)]
    material = list(decision.material.values_list("title", flat=True)) if section is MATERIAL else []
    return Part(section.slug, section.title, section.source, section.checked, answers, findings, material)


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
    lacking = {gap.section for gap in gaps}
    tasks = []
    for part in in_words(decision):
        begun = bool(part.findings) or any(each.answer or each.reasons for each in part.answers)
        status = "completed" if part.slug not in lacking else "in_progress" if begun else "incomplete"
        if part.slug == FINDINGS.slug and not begun and status == "completed":
            status = "optional"  # a removal may rest on no allegation
        href = _page_of(decision, part.slug) if writable else ""
        tasks.append({"title": part.title, "href": href, "status": status, "hint": ""})
    return tasks


def _page_of(decision: Decision, slug: str) -> str:
    where = [decision.case.referral.reference, decision.pk]
    if slug == FINDINGS.slug:
        return reverse("decisions:findings", args=where)
    return reverse("decisions:section", args=[*where, slug])

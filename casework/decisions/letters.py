"""The words of letters and decision documents, from versioned templates: one description, from which the
preview, the PDF and the DOCX are all made.

A template that changes gets a new version, which each letter keeps. No wording here has been approved by a
lawyer, and the letter says so until somebody sets `checked`.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from casework.decisions.models import Decision, LetterTemplate
from casework.decisions.rules.findings import STANDARD
from casework.decisions.rules.law import BASES, FINDINGS
from casework.decisions.wording import Part, in_words
from nexus.ui.formatting import date
from referrals.rules.terms import Route


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or a table of questions and answers."""

    heading: str = ""
    level: int = 2
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Template:
    version: str
    blocks: Callable[[Decision], Iterator[Block]]
    checked: bool = False


def notice(decision: Decision) -> Iterator[Block]:
    """Short: what was decided, on which power, on which findings, and what can be done about it."""
    parts = {part.slug: part for part in in_words(decision)}
    route = Route(decision.answer_to("route")).label
    yield Block(text=f"A decision has been made in your case. The route is: {route}.")
    yield Block("The power")
    yield Block(text=BASES[decision.answer_to("legal_basis")].words)
    yield Block(text=_reasons(parts["basis"], 1))
    proved = [found for found in parts["findings"].findings if found.result == "Proved"]
    if proved:
        yield Block("What was found proved")
        yield Block(text=f"Each on {STANDARD}.")
        yield Block(rows=[[f"Allegation {found.number}", found.allegation] for found in proved])
    yield Block("Certification")
    certified = parts["certification"].answers[0]
    yield Block(rows=[[certified.question, certified.answer]])
    yield Block("What you can do")
    yield Block(
        text="You may take legal advice. If you believe that this decision is wrong, or if there is something "
        "that was not known when it was made, say so at once and in writing."
    )


def _reasons(part: Part, index: int) -> str:
    return part.answers[index].reasons


def reasons(decision: Decision) -> Iterator[Block]:
    """Everything the decision says, in the order of its sections."""
    for part in in_words(decision):
        if not (part.answers or part.slug == FINDINGS.slug):
            continue  # nothing of it was asked
        yield Block(part.title)
        if part.answers:
            yield Block(rows=[[each.question, f"{each.answer}\n{each.reasons}"] for each in part.answers])
        for found in part.findings:
            yield Block(f"Allegation {found.number}: {found.result.lower()}", level=3)
            yield Block(
                rows=[
                    ["Allegation", found.allegation],
                    ["Weight", found.weight or "Written by the case-owner"],
                    ["Evidence", found.evidence],
                    ["Reasons", found.reasons],
                ]
            )
        for relied in part.material:
            yield Block(text=f"Relied on: {relied.title}")


TEMPLATES: dict[str, Template] = {
    LetterTemplate.NOTICE: Template("1", notice),
    LetterTemplate.REASONS: Template("1", reasons),
}
UNCHECKED = "The wording of this template has not been checked by a lawyer."


def content_of(decision: Decision, template: str, *, now: datetime) -> dict[str, Any]:
    """The letter as data (JSON values only)."""
    chosen, referral = TEMPLATES[template], decision.case.referral
    made = [["To", referral.subject_name], ["Reference", referral.reference], ["Date", date(now)]]
    if decision.decided_by:
        made.append(["Decision made by", f"{decision.decided_by}, {date(decision.decided_at)}"])
    note = "" if chosen.checked else UNCHECKED
    return {
        "title": LetterTemplate(template).label,
        "reference": referral.reference,
        "version": chosen.version,
        "about": made,
        "note": note,
        "demonstration": settings.NEXUS_DEMONSTRATION,
        "blocks": [asdict(block) for block in chosen.blocks(decision)],
    }

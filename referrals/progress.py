"""How far a draft is: the task list, what is missing and where, and where to go on."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from referrals.forms.pages import Page, input_of, page_of
from referrals.models import Referral
from referrals.rules.sections import SECTIONS, Gap, Section, is_started


def groups_of(referral: Referral, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """The groups of the form with their tasks, as the task list component wants them."""
    open_sections = {gap.section for gap in gaps}
    return [
        {"title": group, "tasks": [_task(referral, each, each.key in open_sections) for each in sections]}
        for group, sections in groupby(SECTIONS, key=lambda each: each.group)
    ]


def _task(referral: Referral, section: Section, has_gaps: bool) -> dict[str, Any]:
    started = is_started(section, referral) or any(getattr(referral, rows).exists() for rows in section.rows)
    status = "completed" if not has_gaps else "in_progress" if started else "incomplete"
    href = reverse("referrals:section", args=[referral.reference, section.key])
    return {"title": section.title, "href": href, "status": status}


def resume_page(gaps: list[Gap]) -> Page | None:
    """The page of the first thing missing; None when nothing is."""
    return page_of(gaps[0].field) if gaps else None


def gap_links(referral: Referral, gaps: Iterable[Gap]) -> list[dict[str, str]]:
    """Everything missing as the error summary wants it: the sentence, linked to its page and input."""
    return [
        {
            "text": gap.sentence,
            "href": reverse("referrals:section", args=[referral.reference, page_of(gap.field).key])
            + f"?return=check#{input_of(gap)}",
        }
        for gap in gaps
    ]

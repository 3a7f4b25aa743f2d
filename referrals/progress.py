"""How far a draft is: the task list, what is missing and where, and where to go on."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from nexus.ui.unanswered import Unanswered, at
from referrals.forms.pages import Page, input_of, page_of, pages_of
from referrals.models import Referral
from referrals.rules.sections import SECTION, SECTIONS, Gap, Section, is_started


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


# Whoever starts a draft is its officer, until somebody says otherwise (forms/start.py).
GIVEN_AT_START = ("officer", "officer_contact")


def is_begun(page: Page, referral: Referral) -> bool:
    """Whether anything on a page was answered since the draft was started."""
    given = (getattr(referral, column) for column in page.columns if column not in GIVEN_AT_START)
    return any(value not in (None, "", False) for value in given)


def resume_at(referral: Referral, gaps: list[Gap]) -> str:
    """Where the first thing missing is filled in; "" when nothing is. Of a page not begun yet that is its top."""
    if not gaps:
        return ""
    page = page_of(gaps[0].field)
    address = reverse("referrals:section", args=[referral.reference, page.key])
    return at(address, input_of(gaps[0])) if is_begun(page, referral) else address


def unanswered_until(referral: Referral, page: Page, gaps: Iterable[Gap]) -> list[Unanswered]:
    """What a section lacks when one of its pages is left: of that page and those before it."""
    among = pages_of(SECTION[page.section], referral)
    passed = among[: among.index(page) + 1] if page in among else among
    return [each for page in passed for each in unanswered_on(referral, page, gaps)]


def unanswered_on(referral: Referral, page: Page, gaps: Iterable[Gap]) -> list[Unanswered]:
    """What a page lacks, each with its field and the way to it."""
    return [
        Unanswered(
            input_of(gap).removeprefix("id_").removesuffix("-day"),
            gap.sentence,
            at(reverse("referrals:section", args=[referral.reference, page.key]), input_of(gap)),
        )
        for gap in gaps
        if page_of(gap.field) is page
    ]


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

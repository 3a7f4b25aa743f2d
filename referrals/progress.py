"""How far a draft is: the task list, what is missing and where, and where to go on."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from nexus.ui.unanswered import Unanswered, at
from referrals.forms.pages import (
    ROUTE,
    TASKS,
    Page,
    input_of,
    page_of,
    pages_of,
    route_page_of,
    task_of,
    title_of,
)
from referrals.models import Referral
from referrals.rules.sections import SECTION, Gap, is_started


def open_tasks(gaps: Iterable[Gap]) -> set[str]:
    """The keys of the tasks that lack something."""
    return {task_of(route_page_of(gap.field)).key for gap in gaps}


def groups_of(referral: Referral, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """The groups of the form with their tasks, as the task list component wants them."""
    lacking = open_tasks(gaps)
    return [
        {"title": group, "tasks": [_task(referral, page, page.key in lacking) for page in pages]}
        for group, pages in groupby(TASKS, key=lambda page: SECTION[page.section].group)
    ]


def _task(referral: Referral, page: Page, has_gaps: bool) -> dict[str, Any]:
    sections = [SECTION[key] for key in page.sections]
    started = any(
        is_started(section, referral) or any(getattr(referral, rows).exists() for rows in section.rows)
        for section in sections
    )
    status = "completed" if not has_gaps else "in_progress" if started else "incomplete"
    href = reverse("referrals:section", args=[referral.reference, page.key])
    return {"title": title_of(page), "href": href, "status": status}


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
    page = route_page_of(gaps[0].field)
    address = reverse("referrals:section", args=[referral.reference, page.key])
    return at(address, input_of(gaps[0], page)) if is_begun(page, referral) else address


def unanswered_until(referral: Referral, page: Page, gaps: Iterable[Gap]) -> list[Unanswered]:
    """What is lacking when a page is left: of a section's pages also what those before it lack."""
    if page in ROUTE and page.also:
        return unanswered_on(referral, page, gaps)
    among = pages_of(SECTION[page.section], referral)
    passed = among[: among.index(page) + 1] if page in among else among
    return [each for page in passed for each in unanswered_on(referral, page, gaps)]


def unanswered_on(referral: Referral, page: Page, gaps: Iterable[Gap]) -> list[Unanswered]:
    """What a page lacks, each with its field and the way to it."""
    return [
        Unanswered(
            input_of(gap, page).removeprefix("id_").removesuffix("-day"),
            gap.sentence,
            at(reverse("referrals:section", args=[referral.reference, page.key]), input_of(gap, page)),
        )
        for gap in gaps
        if page in (page_of(gap.field), route_page_of(gap.field))
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

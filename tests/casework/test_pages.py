"""The case page: one address a tab, each reading written down, nobody sees what is not theirs."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import actions, timeline
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.states import MOVES
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import NOON, a_case_in, a_challenge, a_user, an_assigned_case, progress, ready_for_removal
from tests.casework.desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_week_after")]

TABS = {
    "detail": "summary",
    "timeline": "timeline",
    "notes": "notes",
    "documents": "documents",
    "tasks": "tasks",
    "progress": "progress",
    "referral": "referral",
}


def page(name: str, case: Case, user: User) -> Any:
    return signed_in(user).get(reverse(f"casework:{name}", args=[case.referral.reference]))


@pytest.mark.parametrize("name", TABS)
def test_each_tab_shows_whose_case_it_is_and_the_next_action(name: str) -> None:
    case = an_assigned_case()
    text = page(name, case, case.case_owner).content.decode()
    assert "ZELMANOV, Teodor" in text
    assert case.referral.reference in text
    assert "Nexus High Harm (Regional)" in text
    assert "Read the referral and plan the case" in text
    assert "OFFICIAL-SENSITIVE" in text
    assert 'aria-current="page"' in text


@pytest.mark.parametrize("name", TABS)
def test_each_reading_is_written_down(name: str) -> None:
    case = an_assigned_case()
    page(name, case, case.case_owner)
    entry = AuditEvent.objects.get(kind="case.viewed")
    assert (entry.by_id, entry.subject_id) == (case.case_owner_id, str(case.pk))
    assert entry.detail == {"part": TABS[name]}
    assert entry.request_id
    assert AuditEvent.objects.filter(kind="referral.viewed", by_id=case.case_owner_id).exists() == (
        name == "referral"
    )


@pytest.mark.parametrize("role", sorted(Role))
def test_who_sees_a_case(role: Role) -> None:
    case, user = an_assigned_case(), a_user(role)
    for name in TABS:
        assert page(name, case, user).status_code == (200 if role in WHO_MAY["view"] else 404)


def test_another_case_owner_reads_it_and_is_told_whom_to_ask() -> None:
    case = an_assigned_case(case_owner=a_user(Role.CASE_OWNER, full_name="Ines Abara"))
    text = page("detail", case, a_user(Role.CASE_OWNER)).content.decode()
    assert "Ines Abara is the case-owner. Ask them, or a manager to reassign it." in text
    assert reverse("casework:plan", args=[case.referral.reference]) not in text


@pytest.mark.parametrize(
    "state", ["open", "allocated", "assigned", "served", "challenged", "outcome", "closed"]
)
def test_every_tab_in_every_stage(state: str) -> None:
    case, senior = a_case_in(state), a_user(Role.SENIOR_CASEWORKER)
    for name in TABS:
        assert page(name, case, senior).status_code == 200


def test_ready_for_removal_says_why_not() -> None:
    case = ready_for_removal(a_case_in("evidence"))
    with time_machine.travel(NOON + timedelta(days=28)):
        assert "Yes. The decision is served," in page("detail", case, case.case_owner).content.decode()
        actions.record_barrier(
            case_id=case.pk, by=case.case_owner, now=NOON, kind="claim", since=NOON.date(), details="Lodged."
        )
        text = page("detail", case, case.case_owner).content.decode()
    assert "Asylum or human-rights claim since 16 November 2026: a barrier to removal" in text
    assert "No, because:" in text


def test_what_bars_besides_the_recorded_barriers_is_named_under_them() -> None:
    case = an_assigned_case()
    assert "No barrier has been recorded." in page("detail", case, case.case_owner).content.decode()
    a_challenge(case)
    text = page("detail", case, case.case_owner).content.decode()
    assert "None other than those above: Appeal." in text


def test_what_the_force_reads_is_marked() -> None:
    case = an_assigned_case()
    progress(case, text="The summary came.")
    progress(case, text="Counsel advised.", shared_with_force=False, now=NOON + timedelta(hours=5))
    for name in ("progress", "timeline"):
        text = page(name, case, case.case_owner).content.decode()
        shared, internal = text.index("The summary came."), text.index("Counsel advised.")
        assert internal < shared, "newest first"
        assert "Shared with West Midlands Police" in text
        assert "Internal" in text


def queries(name: str, case: Case) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert page(name, case, case.case_owner).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", TABS)
def test_a_long_story_takes_no_more_queries(name: str) -> None:
    case, other = an_assigned_case(), a_user(Role.SENIOR_CASEWORKER)
    add_to_the_story(case, other)
    short = queries(name, case)
    for _ in range(5):
        add_to_the_story(case, other)
    assert queries(name, case) == short < 80


def add_to_the_story(case: Case, other: User) -> None:
    """One more row of everything a tab lists."""
    act = {"case_id": case.pk, "by": case.case_owner, "now": NOON + timedelta(hours=4)}
    progress(case)
    actions.add_note(**act, text="Seen.")
    tasks = [
        actions.add_task(**act, title="Ask", owner=owner, due_on=NOON.date())
        for owner in (case.case_owner, other)
    ]
    actions.complete_task(**act, task_id=tasks[1].pk)
    route = "conviction_led" if Case.objects.get(pk=case.pk).route != "conviction_led" else "intelligence_led"
    actions.change_route(**act, route=route, reason="New evidence.")
    barrier = actions.record_barrier(**act, kind="claim", since=NOON.date(), details="Lodged.")
    actions.lift_barrier(**act, barrier_id=barrier.pk, reason="The claim was refused.")
    document = SimpleUploadedFile("statement.txt", b"What the witness saw.")
    actions.add_document(
        **act, upload=document, description="Statement", marking="official_sensitive", disclosable=True
    )


def test_the_timeline_goes_on_page_by_page_and_loses_nothing() -> None:
    case = an_assigned_case()
    for minute in range(120):
        actions.add_note(
            case_id=case.pk,
            by=case.case_owner,
            now=NOON + timedelta(hours=3, minutes=minute // 2),  # two in each minute
            text=f"Note number {minute}.",
        )
    client, address, seen = (
        signed_in(case.case_owner),
        reverse("casework:timeline", args=[case.referral.reference]),
        "",
    )
    for _ in range(4):
        text = client.get(address).content.decode()
        seen += text
        following = re.search(r'rel="next" href="([^"]+)"', text)
        if not following:
            break
        address = reverse("casework:timeline", args=[case.referral.reference]) + unescape(following[1])
    assert [seen.count(f"Note number {minute}.") for minute in range(120)] == [1] * 120
    assert seen.count("Referral: submitted") == 1


@pytest.mark.parametrize("before", ["yesterday", "2026-13-45T00:00", "2026-11-16T00:00", "\x00"])
def test_a_moment_that_is_none_starts_at_the_newest(before: str) -> None:
    case = an_assigned_case()
    address = reverse("casework:timeline", args=[case.referral.reference])
    answer = signed_in(case.case_owner).get(address, {"before": before})
    assert "Assigned to" in answer.content.decode()


def test_every_move_has_a_name_in_the_timeline() -> None:
    told = set(timeline.CASE_MOVES) | timeline.TOLD_ELSEWHERE | {"record_outcome"}
    assert told == set(MOVES)

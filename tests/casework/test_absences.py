"""Who is away, and the moving of what cannot wait."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework import actions
from casework.forms.absences import stand_ins
from casework.models import Absence, Case, CaseTask
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.desk import signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
WEEK_LATER = NOON + timedelta(days=7)


def away(person: User, by: User, **days: date) -> Absence:
    given = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27), **days}
    return actions.record_absence(by=by, now=WEEK_LATER, person=person, **given)


def test_an_absence_is_recorded_and_moves_nothing() -> None:
    case, manager = an_assigned_case(), a_user(Role.MANAGER)
    absence = away(case.case_owner, manager)
    assert Case.objects.get(pk=case.pk).case_owner == case.case_owner
    for days, sentence in (
        ({"last_day": date(2026, 11, 22)}, "on or after the first day"),
        ({"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 2)}, "today or later"),
        ({}, "already recorded"),
    ):
        with pytest.raises(Refused, match=sentence):
            away(case.case_owner, manager, **days)
    with pytest.raises(Refused, match="not a referrals officer, case-owner"):
        away(manager, manager)
    actions.cancel_absence(absence_id=absence.pk, by=manager, now=WEEK_LATER)
    with pytest.raises(Refused, match="already been cancelled"):
        actions.cancel_absence(absence_id=absence.pk, by=manager, now=WEEK_LATER)
    with pytest.raises(PermissionDenied):
        away(case.case_owner, a_user(Role.SENIOR_CASEWORKER))


def test_chosen_work_is_moved_with_a_reason_and_nothing_else() -> None:
    owner, other, manager = a_user(Role.CASE_OWNER), a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    moved, kept, theirs = (an_assigned_case(case_owner=each) for each in (owner, owner, other))
    due = {"title": "Ask", "owner": owner, "due_on": date(2026, 12, 1)}
    task = actions.add_task(case_id=theirs.pk, by=other, now=LATER, **due)
    plan = {"next_action": "Read", "next_action_on": date(2026, 12, 1), "next_action_by": owner}
    actions.plan(case_id=theirs.pk, by=other, now=LATER, **plan)
    chosen = {"cases": [moved.pk], "next_actions": [theirs.pk], "tasks": [task.pk]}
    told: dict[str, Any] = {"by": manager, "now": WEEK_LATER, "of": owner, "to": other}
    with pytest.raises(Refused, match="Enter why"):
        actions.move_work(**told, reason=" ", **chosen)
    assert actions.move_work(**told, reason="On leave until January.", **chosen) == 3
    owners = {case.pk: case.case_owner for case in Case.objects.all()}
    assert owners == {moved.pk: other, kept.pk: owner, theirs.pk: other}
    assert CaseTask.objects.get(pk=task.pk).owner == other
    assert Case.objects.get(pk=theirs.pk).next_action_by == other
    with pytest.raises(Refused, match="no longer"):
        actions.move_work(**told, reason="On leave until January.", cases=[moved.pk])
    assert AuditEvent.objects.filter(kind="case.task_moved", reason="On leave until January.").exists()


def test_all_of_it_moves_or_nothing() -> None:
    owner, other, manager = a_user(Role.CASE_OWNER), a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    mine, theirs = an_assigned_case(case_owner=owner), an_assigned_case(case_owner=other)
    told: dict[str, Any] = {"by": manager, "now": WEEK_LATER, "of": owner, "to": a_user(Role.CASE_OWNER)}
    with pytest.raises(Refused, match="no longer"):
        actions.move_work(**told, reason="On leave until January.", cases=[mine.pk, theirs.pk])
    assert Case.objects.get(pk=mine.pk).case_owner == owner


def test_only_an_accredited_case_owner_takes_over_and_a_senior_for_a_senior() -> None:
    owner, senior, another = (
        a_user(Role.CASE_OWNER),
        a_user(Role.SENIOR_CASEWORKER),
        a_user(Role.SENIOR_CASEWORKER),
    )
    newcomer, manager = a_user(Role.CASE_OWNER, nsa_accredited=False), a_user(Role.MANAGER)
    case = an_assigned_case(case_owner=owner)
    tasks = {}
    for of in (owner, senior):
        due = {"title": "Ask", "owner": of, "due_on": date(2026, 12, 1)}
        tasks[of] = actions.add_task(case_id=case.pk, by=owner, now=LATER, **due)
    told: dict[str, Any] = {"by": manager, "now": WEEK_LATER, "reason": "On leave until January."}
    for of, to, sentence in (
        (owner, newcomer, "is not NSA accredited"),
        (owner, senior, "is not a case-owner"),
        (senior, newcomer, "is not NSA accredited"),
        (senior, manager, "is not a case-owner"),
        (owner, owner, "already has it"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.move_work(**told, of=of, to=to, tasks=[tasks[of].pk])
    with pytest.raises(Refused, match="is not a case-owner"):
        actions.move_work(**told, of=senior, to=another, cases=[case.pk])
    assert actions.move_work(**told, of=senior, to=another, tasks=[tasks[senior].pk]) == 1
    assert list(stand_ins(senior)) == sorted([owner, another], key=lambda each: each.full_name)


def test_the_pages_preview_before_anything_moves(the_week_after: None) -> None:
    case, other = an_assigned_case(), a_user(Role.CASE_OWNER)
    owner, manager = case.case_owner, signed_in(a_user(Role.MANAGER))
    days = {"first_day-day": "23", "first_day-month": "11", "first_day-year": "2026"}
    days |= {"last_day-day": "27", "last_day-month": "11", "last_day-year": "2026"}
    answer = manager.post(reverse("casework:record_absence"), {"person": owner.pk, **days})
    path = reverse("casework:move_work", args=[owner.pk])
    assert answer.url == path
    a_user(Role.CASE_OWNER, full_name="Not Accredited", nsa_accredited=False)
    a_user(Role.SENIOR_CASEWORKER, full_name="Sten Vollmer")
    asked = manager.get(path).text
    assert "Away from 23 November 2026" in asked
    assert f"{other.full_name}: no open cases" in asked
    assert "Not Accredited" not in asked and "Sten Vollmer" not in asked
    body = {"cases": [case.pk], "to": other.pk, "reason": "On leave until January."}
    assert "Check what will move" in manager.post(path, body).text
    assert Case.objects.get(pk=case.pk).case_owner == owner
    assert manager.post(path, {**body, "step": "confirm"}).status_code == 302
    assert Case.objects.get(pk=case.pk).case_owner == other
    listed = manager.get(reverse("casework:absences")).text
    assert "Absences (1)" in listed and "Away now" in listed

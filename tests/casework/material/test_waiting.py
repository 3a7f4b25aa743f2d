"""What waits for whom, who is told, and what the timeline says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.material import actions
from casework.material.models import Ask
from casework.models import Case
from casework.timeline import timeline
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.waiting import waiting_for
from tests.builders import NOON, a_force, a_user
from tests.casework.material.builders import (
    NOW,
    approved,
    checked,
    officer_of,
    owner_of,
    page,
    received,
    requested,
    summarised,
    with_appeals,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_same_day")]


def lines(user: User) -> dict[str, int]:
    return {line.words: line.count for line in waiting_for(user, timezone.now()) if "aterial" in line.path}


def test_it_waits_for_who_must_act() -> None:
    asked = requested()
    assert lines(officer_of(asked)) == {"Nexus material requested from your force": 1}
    assert lines(a_user(Role.FORCE_LEAD, force=a_force("06"))) == {}
    material = received()
    assert lines(owner_of(material)) == {"Statements to check": 1}
    assert lines(owner_of(asked)) == {}
    senior, checker = a_user(Role.SENIOR_CASEWORKER), a_user(Role.SENIOR_CASEWORKER)
    checked(by=checker)
    assert lines(senior) == {"Nexus material to approve": 1} and lines(checker) == {}
    with_appeals()
    assert lines(a_user(Role.SPECIALIST_APPEALS)) == {"Nexus material to review and advise on": 1}
    overdue = [
        line.overdue for line in waiting_for(officer_of(asked), NOW + timedelta(days=30)) if line.overdue
    ]
    assert overdue == [1]


def test_a_case_owner_sees_what_is_late_and_what_the_force_has_written() -> None:
    material = requested()
    one = {"material_id": material.pk, "now": NOW}
    actions.write_message(**one, by=officer_of(material), text="All four?")
    owner = owner_of(material)
    assert lines(owner) == {"Material with a message from the force": 1}
    assert "The force has written" in page(owner, "list", unanswered="on", mine="on")
    actions.write_message(**one, by=owner, text="Those of March.")
    assert lines(owner) == {} and material.title not in page(owner, "list", unanswered="on")
    assert "The case-owner has written" in page(officer_of(material), "asked")
    late = [
        line
        for line in waiting_for(owner, NOW + timedelta(days=30))
        if "aterial" in line.path and line.overdue
    ]
    assert [line.words for line in late] == ["Material overdue from the force"]
    assert material.title not in page(owner, "list", overdue="on")


def told(kind: str) -> set[User]:
    return {row.person for row in Notification.objects.filter(kind=kind)}


def test_both_sides_are_told_and_nobody_else() -> None:
    lead, senior = a_user(Role.FORCE_LEAD), a_user(Role.SENIOR_CASEWORKER)
    a_user(Role.FORCE_LEAD, force=a_force("06"))
    appeals = a_user(Role.SPECIALIST_APPEALS)
    material = with_appeals(by=senior)
    force, owner = {officer_of(material), lead}, owner_of(material)
    assert told("material_asked") == force and told("material_supplied") == {owner}
    assert senior in told("material_to_approve") and owner not in told("material_to_approve")
    assert told("material_approved") == {owner} and told("material_for_appeals") == {appeals}
    actions.write_message(material_id=material.pk, by=lead, now=NOW, text="Which?")
    assert told("material_message") == {owner}
    words = Notification.objects.filter(kind="material_asked").first()
    assert words and words.words == f"Your force is asked for material for {material.case.referral.reference}"


def test_the_force_is_reminded_once_before_the_day() -> None:
    material = requested()
    assert actions.remind(now=NOW) == 0
    soon = NOW + timedelta(days=11)  # Friday; it is due on Monday
    assert [actions.remind(now=soon), actions.remind(now=soon + timedelta(days=1))] == [1, 0]
    assert told("material_due_soon") == {officer_of(material)}
    assert AuditEvent.objects.get(kind="material.reminded").by_id is None


def test_what_has_been_sent_is_not_asked_after() -> None:
    summarised()
    assert actions.remind(now=NOW + timedelta(days=30)) == 0
    assert not Ask.objects.filter(closed_at=None).exists()


def test_the_cases_timeline_tells_it() -> None:
    material = approved()
    titles = [entry.title for entry in timeline(Case.objects.get(pk=material.case_id)).entries]
    assert "Statement approved" in titles and "Summary of material requested" in titles
    assert NOON < NOW

"""The one-page forms: each asks, makes one call, and comes back to its tab; nothing typed is ever lost."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Case, CaseDocument
from casework.permissions import WHO_MAY
from casework.verbs import pages
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents import actions as documents
from nexus.verbs import NoFields
from tests.builders import NOON, a_case, a_case_in, a_flag_only_case, a_user, an_assigned_case
from tests.casework.desk import address, signed_in, today, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_week_after")]

# The verbs of a case that ask something, once; those of one of its parts are tested below, its end in test_ending.py.
ACTS = {
    name: verb
    for name, verb in pages.verbs.items()
    if verb.form is not NoFields and not verb.address and not verb.check_context
}
# The tab a verb returns to, where that is not the summary.
TABS = {
    "record_progress": "progress",
    "add_note": "notes",
    "add_task": "tasks",
    "add_document": "documents",
    "relate": "related",
    "add_person": "related",
}

# What a person fills in on each page.
ANSWERS: dict[str, Any] = {
    "allocate": lambda: {"reason": "Criminal Casework gave it up."},
    "assign": lambda: {"case_owner": a_user(Role.CASE_OWNER).pk},
    "reassign": lambda: {"case_owner": a_user(Role.CASE_OWNER).pk, "reason": "On leave until Monday."},
    "plan": lambda: {"next_action": "Ask for the statement", **typed("next_action_on", today())},
    "record_progress": lambda: {
        "kind": "contact",
        "text": "The officer rang.",
        "shared_with_force": "no",
        **typed("happened_on", today()),
    },
    "add_note": lambda: {"text": "Seen."},
    "add_task": lambda: {
        "title": "Ask",
        "owner": a_user(Role.SENIOR_CASEWORKER).pk,
        **typed("due_on", today()),
    },
    "add_document": lambda: {
        "upload": SimpleUploadedFile("statement.txt", b"What was seen."),
        "description": "Statement",
        "marking": "official_sensitive",
        "disclosable": "yes",
    },
    "record_barrier": lambda: {"kind": "injunction", "details": "High Court.", **typed("since", today())},
    "clarify": lambda: {"about": "children", "found": "no", "words": "Asked at interview: he has none."},
    "give_removal_notice": lambda: {
        "kind": "intention",
        "how": "By hand, by an officer.",
        **typed("given_on", today()),
    },
    "change_route": lambda: {"route": "conviction_led", "reason": "A conviction in May."},
    "add_person": lambda: {
        "name": "Zelmanov, Ruta",
        "relation": "child",
        "known": "Lives with her grandmother.",
        "source": "His interview.",
        "disclosable": "no",
    },
    "relate": lambda: {"other": str(a_case()), "kind": "other", "reason": "One address for both brothers."},
}
AUDITED = {
    "allocate": "case.allocated",
    "assign": "case.assigned",
    "reassign": "case.reassigned",
    "plan": "case.planned",
    "record_progress": "case.progress_recorded",
    "add_note": "case.note_added",
    "add_task": "case.task_added",
    "add_document": "case.document_added",
    "record_barrier": "case.barrier_recorded",
    "clarify": "case.clarified",
    "give_removal_notice": "case.given_notice_of_removal",
    "change_route": "case.route_changed",
    "relate": "case.related",
    "add_person": "case.person_added",
}


def case_for(verb: str) -> Case:
    """A case this can be done to."""
    if verb == "give_removal_notice":
        return a_case_in("served")
    return {"allocate": a_flag_only_case, "assign": a_case}.get(verb, an_assigned_case)()


def who_does(verb: str, case: Case) -> User:
    if Role.CASE_OWNER not in WHO_MAY[verb]:
        return a_user(Role.MANAGER)
    assert case.case_owner
    return case.case_owner


def test_every_act_has_answers_here() -> None:
    assert set(ANSWERS) == set(AUDITED) == set(ACTS)


@pytest.mark.parametrize("verb", ACTS)
def test_the_page_does_what_it_says_and_comes_back(verb: str) -> None:
    case = case_for(verb)
    client = signed_in(who_does(verb, case))
    asked = client.get(address(verb, case))
    assert (asked.status_code, ACTS[verb].heading in asked.content.decode()) == (200, True)
    tab = address(TABS.get(verb, "detail"), case)
    assert f'href="{tab}">Cancel' in asked.content.decode()
    done = client.post(address(verb, case), ANSWERS[verb](), follow=True)
    assert done.redirect_chain == [(tab, 302)]
    assert str(ACTS[verb].success) in done.content.decode()
    assert AuditEvent.objects.filter(kind=AUDITED[verb], subject_id=str(case.pk)).exists()


@pytest.mark.parametrize("verb", ACTS)
def test_an_empty_form_says_what_is_missing_and_does_nothing(verb: str) -> None:
    case = case_for(verb)
    before = AuditEvent.objects.filter(kind=AUDITED[verb]).count()
    answer = signed_in(who_does(verb, case)).post(address(verb, case), {})
    text = answer.content.decode()
    assert "<title>Error: " in text
    assert "There is a problem" in text
    assert AuditEvent.objects.filter(kind=AUDITED[verb]).count() == before


@pytest.mark.parametrize("verb", ACTS)
def test_who_gets_to_the_page(verb: str) -> None:
    case = case_for(verb)
    for role in Role:
        answer = signed_in(a_user(role)).get(address(verb, case))
        not_theirs = "Ask them, or a manager to reassign it" in answer.content.decode()
        if role not in WHO_MAY["view"]:
            expected = 404, False
        elif role not in WHO_MAY[verb]:
            expected = 403, False
        elif role == Role.CASE_OWNER:
            expected = 409, True
        else:
            expected = 200, False
        assert (answer.status_code, not_theirs) == expected, role


def test_what_was_typed_stays_when_it_is_refused() -> None:
    case = an_assigned_case()
    answers = {**ANSWERS["record_progress"](), "happened_on-year": "2031", "text": "Handed to him in person."}
    answer = signed_in(case.case_owner).post(address("record_progress", case), answers)
    text = answer.content.decode()
    assert "must be today or in the past" in text
    assert "Handed to him in person." in text


def test_nothing_is_preselected_about_the_force() -> None:
    case = an_assigned_case()
    text = signed_in(case.case_owner).get(address("record_progress", case)).content.decode()
    assert " checked" not in text
    assert "The decision was served" not in text


def test_the_manager_sees_what_each_case_owner_has() -> None:
    busy = a_user(Role.CASE_OWNER, full_name="Ines Abara")
    an_assigned_case(case_owner=busy)
    free, manager = a_user(Role.CASE_OWNER, full_name="Oskar Free"), a_user(Role.MANAGER)
    away = {"first_day": today(), "last_day": date(2026, 11, 30)}
    actions.record_absence(by=manager, now=timezone.now(), person=free, **away)
    a_user(Role.CASE_OWNER, full_name="Not Accredited", nsa_accredited=False)
    text = signed_in(manager).get(address("assign", a_case())).content.decode()
    assert "Ines Abara: 1 open case, 1 overdue, 2 points" in text
    assert "Oskar Free: no open cases. Away until 30 November 2026" in text
    assert "Not Accredited" not in text


def test_lifting_a_barrier() -> None:
    case = an_assigned_case()
    barrier = actions.record_barrier(
        case_id=case.pk, by=case.case_owner, now=NOON, kind="claim", since=NOON.date(), details="Lodged."
    )
    lift = reverse("casework:lift_barrier", args=[case.referral.reference, barrier.pk])
    client = signed_in(case.case_owner)
    assert client.get(lift).status_code == 200
    assert "Enter why the barrier no longer applies" in client.post(lift, {}).content.decode()
    assert (
        "The barrier is lifted"
        in client.post(lift, {"reason": "The claim was refused."}, follow=True).content.decode()
    )
    assert client.get(lift).status_code == 409
    other = an_assigned_case(case_owner=case.case_owner)
    elsewhere = reverse("casework:lift_barrier", args=[other.referral.reference, barrier.pk])
    assert client.get(elsewhere).status_code == 404


def test_completing_a_task_twice_says_so() -> None:
    case = an_assigned_case()
    task = actions.add_task(
        case_id=case.pk, by=case.case_owner, now=NOON, title="Ask", owner=case.case_owner, due_on=NOON.date()
    )
    complete = reverse("casework:complete_task", args=[case.referral.reference, task.pk])
    client = signed_in(case.case_owner)
    assert "The task is completed" in client.post(complete, follow=True).content.decode()
    again = client.post(complete)
    assert (again.status_code, "completed this task already" in again.content.decode()) == (409, True)
    assert client.get(complete).status_code == 405


def test_a_document_is_downloaded_once_it_is_checked_and_that_is_written_down() -> None:
    case = an_assigned_case()
    client = signed_in(case.case_owner)
    client.post(address("add_document", case), ANSWERS["add_document"]())
    document = CaseDocument.objects.get(case=case)
    where = reverse("casework:document", args=[case.referral.reference, document.pk])
    waiting = client.get(where)
    assert (waiting.status_code, "still being checked" in waiting.content.decode()) == (409, True)
    documents.scan(file_id=document.file_id, now=timezone.now())
    answer = client.get(where)
    assert answer.content == b"What was seen."
    assert answer["Content-Disposition"].startswith("attachment")
    entry = AuditEvent.objects.get(kind="case.document_downloaded")
    assert entry.detail == {"document": document.pk}
    assert signed_in(a_user(Role.POLICE_OFFICER)).get(where).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "a\x00b"),
        ("text", "x" * 5000),
        ("text", "\u202egnp"),
        ("kind", "💥"),
        ("shared_with_force", "maybe"),
        ("happened_on-year", "99999"),
        ("happened_on-day", "٣"),
    ],
)
def test_bad_input_is_answered_in_style(field: str, value: str) -> None:
    case = an_assigned_case()
    answers = {**ANSWERS["record_progress"](), field: value}
    answer = signed_in(case.case_owner).post(address("record_progress", case), answers)
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (200, True)


def test_a_long_refused_upload_keeps_the_rest() -> None:
    case = an_assigned_case()
    answers = {**ANSWERS["add_document"](), "upload": SimpleUploadedFile("run.exe", b"MZ")}
    text = signed_in(case.case_owner).post(address("add_document", case), answers).content.decode()
    assert "There is a problem" in text
    assert 'value="Statement"' in text
    assert not CaseDocument.objects.exists()


def test_a_date_in_the_past_is_marked_at_its_field() -> None:
    case = an_assigned_case()
    answers = {"next_action": "Ask", **typed("next_action_on", date(2026, 11, 1))}
    text = signed_in(case.case_owner).post(address("plan", case), answers).content.decode()
    assert text.count("The date of the next action must be today or later.") == 2, (
        "in the summary and at the field"
    )
    assert 'href="#id_next_action_on-day"' in text

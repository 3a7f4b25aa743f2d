"""The case page and the day: mentions, reminders, search, print, the board and absences."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from casework import actions, lists
from casework.models import Absence, Case, CaseTask, Mention
from casework.queries import mentions_of
from casework.rules.planning import reasons_not_to_remind_on
from casework.searching import Piece, found_by, pieces
from nexus.accounts.models import User
from nexus.accounts.roles import CASEWORK_ROLES, Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case
from tests.casework.desk import signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
WEEK_LATER = NOON + timedelta(days=7)


def note(case: Case, text: str = "Read this.", **values: Any) -> Any:
    return actions.add_note(case_id=case.pk, by=case.case_owner, now=LATER, text=text, **values)


# Mentions


def test_who_is_mentioned_is_told_with_the_reference_alone_and_sees_it_once() -> None:
    case, colleague = an_assigned_case(), a_user(Role.SENIOR_CASEWORKER)
    note(case, mentions=[colleague, colleague])
    told = Notification.objects.get(kind="mentioned")
    assert (told.person, told.words) == (
        colleague,
        f"You are mentioned in a note on {case.referral.reference}",
    )
    assert [each.note.case for each in mentions_of(colleague)] == [case]
    signed_in(colleague).get(told.target)
    assert list(mentions_of(colleague)) == []
    assert Mention.objects.get().seen_at is not None


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CRIMINAL_CASEWORK, Role.AUDITOR])
def test_who_cannot_see_the_case_is_not_mentioned(role: Role) -> None:
    with pytest.raises(Refused, match="cannot open this case"):
        note(an_assigned_case(), mentions=[a_user(role)])


# Reminders


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, ""),
        (date(2026, 11, 17), "after today"),
        (date(2026, 11, 18), ""),
        (date(2026, 11, 20), ""),
        (date(2026, 11, 21), "on or before the due date"),
    ],
)
def test_when_a_reminder_may_be(day: date | None, sentence: str) -> None:
    found = reasons_not_to_remind_on(day, due_on=date(2026, 11, 20), today=date(2026, 11, 17))
    assert (sentence in found[0]) if sentence else found == []


def test_a_task_reminds_once_and_is_told_overdue_once() -> None:
    case = an_assigned_case()
    due = {"due_on": date(2026, 11, 20), "remind_on": date(2026, 11, 19), "owner": case.case_owner}
    task = actions.add_task(case_id=case.pk, by=case.case_owner, now=LATER, title="Ask", **due)
    told = [actions.remind(now=LATER + timedelta(days=days)) for days in range(6)]
    assert told == [0, 0, 1, 0, 1, 0]  # 17, 18, 19 reminder, 20, 21 overdue, 22
    kinds = Notification.objects.filter(person=case.case_owner, kind__startswith="task_")
    assert sorted(kinds.values_list("kind", flat=True)) == ["task_overdue", "task_reminder"]
    task.refresh_from_db()
    assert task.reminded_at and task.overdue_told_at


def test_a_completed_task_reminds_nobody() -> None:
    case = an_assigned_case()
    due = {"due_on": date(2026, 11, 20), "remind_on": date(2026, 11, 19), "owner": case.case_owner}
    task = actions.add_task(case_id=case.pk, by=case.case_owner, now=LATER, title="Ask", **due)
    actions.complete_task(case_id=case.pk, task_id=task.pk, by=case.case_owner, now=LATER)
    assert actions.remind(now=WEEK_LATER) == 0


# Search


def a_document(case: Case, name: str, content: bytes, description: str) -> None:
    actions.add_document(
        case_id=case.pk,
        by=case.case_owner,
        now=LATER,
        upload=SimpleUploadedFile(name, content),
        description=description,
        marking="official",
        disclosable=False,
    )


def test_notes_descriptions_and_clean_text_files_are_found() -> None:
    case = an_assigned_case()
    by = case.case_owner
    assert by
    note(case, "The landlord saw the lorries leave.")
    a_document(case, "statement.txt", b"A lorry was parked outside.", "Statement of the landlord")
    assert [row.kind for row in found_by("lorry", by=by)] == ["note"]
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=LATER)
    assert {row.kind for row in found_by("lorry", by=by)} == {"note", "file"}
    assert {row.kind for row in found_by("landlord", by=by)} == {"note", "document"}
    assert {row.kind for row in found_by("landlord -lorry", by=by)} == {"document"}
    assert {row.kind for row in found_by('"landlord saw" or parked', by=by)} == {"note", "file"}


@pytest.mark.parametrize("role", sorted(Role))
def test_only_who_sees_the_case_finds_anything(role: Role) -> None:
    note(an_assigned_case(), "The lorry left.")
    reads = role in CASEWORK_ROLES | {Role.REFERRALS_OFFICER}
    assert found_by("lorry", by=a_user(role)).exists() is reads


def test_the_snippet_is_escaped_and_the_words_stay_out_of_the_address() -> None:
    case = an_assigned_case()
    note(case, "<script>alert(1)</script> the lorry & the van")
    client = signed_in(case.case_owner)
    answer = client.post(reverse("casework:search"), {"words": "lorry"})
    assert "lorry" not in answer.url
    page = client.get(answer.url).text
    assert "<mark>lorry</mark>" in page
    assert "&amp; the van" in page and "<script>alert" not in page
    assert AuditEvent.objects.get(kind="case.searched").subjects == [case.pk]
    assert "That search has ended" in signed_in(a_user(Role.MANAGER)).get(answer.url).text


def test_a_snippet_is_cut_at_its_marks() -> None:
    assert pieces("a \ue000b\ue001 c\ue001") == [Piece("a ", False), Piece("b", True), Piece(" c", False)]


# Lists and the board


def test_stalled_cases_rise_to_the_top_by_themselves(the_week_after: None) -> None:
    owner = a_user(Role.CASE_OWNER)
    quiet = an_assigned_case(case_owner=owner, now=NOON - timedelta(days=60), surname="Quietman")
    lively = an_assigned_case(case_owner=owner, surname="Livelyman")
    Case.objects.filter(pk=quiet.pk).update(next_action_on=date(2027, 1, 4))
    page = signed_in(owner).get(reverse("casework:mine")).text
    assert page.index("QUIETMAN") < page.index("LIVELYMAN")
    stalled = signed_in(a_user(Role.MANAGER)).get(reverse("casework:stalled")).text
    assert "Stalled cases (1)" in stalled and "QUIETMAN" in stalled
    assert lively.pk != quiet.pk


def test_the_board_weighs_stages_by_team_and_says_who_is_away(the_week_after: None) -> None:
    owner, manager = a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    a_case_in("evidence", case_owner=owner)
    an_assigned_case(case_owner=owner)
    away(owner, manager)
    team = lists.board(Case.objects.all(), now=WEEK_LATER)[0]
    assert (team.team, team.points, team.loads[0].points) == ("Nexus High Harm, Liverpool", 5, 5)
    assert team.loads[0].away_until == date(2026, 11, 27)
    page = signed_in(manager).get(reverse("casework:workload")).text
    assert "Nexus High Harm, Liverpool: 5 points" in page and "Away until 27 November 2026" in page


# Absences


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
        ({}, "recorded already"),
    ):
        with pytest.raises(Refused, match=sentence):
            away(case.case_owner, manager, **days)
    with pytest.raises(Refused, match="not a case-owner"):
        away(manager, manager)
    actions.cancel_absence(absence_id=absence.pk, by=manager, now=WEEK_LATER)
    with pytest.raises(Refused, match="cancelled already"):
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
    assert actions.move_work(**told, reason="On leave.", **chosen) == 3
    owners = {case.pk: case.case_owner for case in Case.objects.all()}
    assert owners == {moved.pk: other, kept.pk: owner, theirs.pk: other}
    assert CaseTask.objects.get(pk=task.pk).owner == other
    assert Case.objects.get(pk=theirs.pk).next_action_by == other
    with pytest.raises(Refused, match="no longer"):
        actions.move_work(**told, reason="On leave.", cases=[moved.pk])
    assert AuditEvent.objects.filter(kind="case.task_moved", reason="On leave.").exists()


def test_all_of_it_moves_or_nothing() -> None:
    owner, other, manager = a_user(Role.CASE_OWNER), a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    mine, theirs = an_assigned_case(case_owner=owner), an_assigned_case(case_owner=other)
    told: dict[str, Any] = {"by": manager, "now": WEEK_LATER, "of": owner, "to": a_user(Role.CASE_OWNER)}
    with pytest.raises(Refused, match="no longer"):
        actions.move_work(**told, reason="On leave.", cases=[mine.pk, theirs.pk])
    assert Case.objects.get(pk=mine.pk).case_owner == owner


def test_the_pages_preview_before_anything_moves(the_week_after: None) -> None:
    case, other = an_assigned_case(), a_user(Role.CASE_OWNER)
    owner, manager = case.case_owner, signed_in(a_user(Role.MANAGER))
    days = {"first_day-day": "23", "first_day-month": "11", "first_day-year": "2026"}
    days |= {"last_day-day": "27", "last_day-month": "11", "last_day-year": "2026"}
    answer = manager.post(reverse("casework:record_absence"), {"person": owner.pk, **days})
    path = reverse("casework:move_work", args=[owner.pk])
    assert answer.url == path
    assert "Away from 23 November 2026" in manager.get(path).text
    body = {"cases": [case.pk], "to": other.pk, "reason": "On leave."}
    assert "Check what is moved" in manager.post(path, body).text
    assert Case.objects.get(pk=case.pk).case_owner == owner
    assert manager.post(path, {**body, "step": "confirm"}).status_code == 302
    assert Case.objects.get(pk=case.pk).case_owner == other
    listed = manager.get(reverse("casework:absences")).text
    assert "Absences (1)" in listed and "Away now" in listed


# Print


def test_the_whole_case_is_one_marked_pdf_with_contents() -> None:
    case = an_assigned_case()
    note(case, "An internal note.")
    path = reverse("casework:printed", args=[case.referral.reference])
    answer = signed_in(case.case_owner).get(path)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)
    for part in ("Contents", "Summary", "Referral", "Timeline", "Progress", "Notes", "Tasks", "Documents"):
        assert part in pages[0]
    assert "An internal note." in " ".join("".join(pages).split())
    assert AuditEvent.objects.filter(kind="case.printed", by_id=case.case_owner_id).exists()
    assert signed_in(a_user(Role.REFERRALS_OFFICER)).get(path).status_code == 403


# What the lists cost


def test_each_list_costs_the_same_with_two_and_with_twelve(
    the_week_after: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    owner, manager = a_user(Role.CASE_OWNER), a_user(Role.MANAGER)
    costs: dict[str, list[int]] = {"mine": [], "stalled": [], "absences": [], "search": []}
    for number in (2, 10):
        for _ in range(number):
            case = an_assigned_case(case_owner=owner, now=NOON - timedelta(days=60))
            note(case, "The lorry.")
            away(a_user(Role.CASE_OWNER), manager)
        for name, cost in costs.items():
            reader, path = signed_in(owner if name == "mine" else manager), reverse(f"casework:{name}")
            path = reader.post(path, {"words": "lorry"}).url if name == "search" else path
            with django_assert_max_num_queries(40) as captured:
                reader.get(path)
            cost.append(len(captured))
    assert {name: cost[1] - cost[0] for name, cost in costs.items()} == dict.fromkeys(costs, 0)

"""Liverpool in a real browser: a manager assigns, the case-owner works the case to its end; also without JavaScript."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casework import actions
from casework.models import Case
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import (
    a_case,
    a_case_in,
    a_flag_only_case,
    a_made_decision,
    a_user,
    an_assigned_case,
    with_outcome,
)
from tests.driving import follow, go, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def fill_date(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(number))


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def record_progress(page: Page, kind: str, text: str, *, shared: str, asked: str = "") -> None:
    press(page, "Record progress")
    choose(page, "What kind of progress is it?", kind)
    fill_date(page, "When did it happen?", timezone.localdate())
    page.get_by_label("What happened?").fill(text)
    choose(page, "May the force see this?", shared)
    page.get_by_label("What is asked of the force?").fill(asked)
    press(page, "Record progress")
    expect(page.get_by_role("alert")).to_contain_text("The progress is recorded")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_assignment_to_closing(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, javascript: bool
) -> None:
    look: Look = looked_at if javascript else (lambda page, name: None)
    now, today = timezone.now(), timezone.localdate()
    case = a_case(now=now - timedelta(days=3), trafficking_indicator="yes", vulnerability_details="Raised.")
    reference = case.referral.reference
    manager = a_user(Role.MANAGER, full_name="Maud Ellery")
    ines = a_user(Role.CASE_OWNER, full_name="Ines Abara")
    senior = a_user(Role.SENIOR_CASEWORKER, full_name="Sten Vollmer")

    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, manager.email)
    follow(page, "What waits")
    follow(page, "To assign")
    look(page, "to-assign")
    go(page.get_by_role("link", name=f"Assign {reference}"))
    press(page, "Assign the case")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select the case-owner")
    look(page, "assign-mistake")
    page.get_by_label("Case-owner").select_option(label="Ines Abara: no open cases")
    press(page, "Assign the case")
    expect(page.get_by_role("alert")).to_contain_text("The case has a case-owner")
    look(page, "summary-manager")

    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, ines.email)
    assert page.url.endswith(reverse("waiting"))
    look(page, "waiting")
    follow(page, "My cases")
    look(page, "mine")
    go(page.get_by_role("link", name="ZELMANOV, Teodor"))
    look(page, "summary")
    go(page.get_by_role("link", name="Change the next action"))
    page.get_by_role("textbox", name="Next action").fill("Commission the police statement")
    fill_date(page, "By when", today - timedelta(days=1))
    press(page, "Save the next action")
    expect(page.locator(".govuk-error-summary")).to_contain_text("must be today or later")
    look(page, "plan-mistake")
    fill_date(page, "By when", today)
    press(page, "Save the next action")
    expect(page.get_by_role("region", name="Next action")).to_contain_text("Commission the police statement")

    press(page, "Record progress")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    look(page, "record-progress")
    press(page, "Record progress")
    look(page, "record-progress-mistakes")
    go(page.get_by_role("link", name="Cancel"))
    record_progress(
        page,
        "Evidence gathering began",
        "The summary of the material came.\nIt shows four incidents.",
        shared="Yes",
        asked="Send the statement by Friday.",
    )
    record_progress(page, "Other progress", "Counsel’s view noted.", shared="No")
    look(page, "progress")

    follow(page, "Tasks")
    press(page, "Add a task")
    page.get_by_label("Task", exact=True).fill("Tell the officer in the case")
    page.get_by_label("Whose task is it?").select_option(label="Ines Abara, Case-owner")
    fill_date(page, "Due date", today + timedelta(days=2))
    look(page, "add-task")
    press(page, "Add the task")
    look(page, "tasks")

    go(page.get_by_role("link", name="Notes"))
    look(page, "notes-empty")
    press(page, "Add a note")
    page.get_by_label("Note", exact=True).fill("Spoke to the Duty Desk. <b>No litigation</b> known.")
    look(page, "add-note")
    press(page, "Add the note")
    look(page, "notes")

    go(page.get_by_role("link", name="Documents"))
    press(page, "Add a document")
    statement = {"name": "statement.txt", "mimeType": "text/plain", "buffer": b"What the witness saw."}
    page.get_by_label("Document", exact=True).set_input_files(statement)
    page.get_by_label("What is it?").fill("Police statement, signed")
    choose(page, "Marking", "OFFICIAL-SENSITIVE")
    choose(page, "May it be disclosed?", "Yes")
    look(page, "add-document")
    press(page, "Add the document")
    look(page, "documents")

    go(page.get_by_role("link", name="Summary"))
    press(page, "Record a barrier")
    choose(page, "What stands against removal?", "Trafficking referral")
    fill_date(page, "Since when?", today)
    page.get_by_label("What is known about it?").fill("First responder’s referral made today.")
    look(page, "record-barrier")
    press(page, "Record the barrier")
    look(page, "summary-barrier")
    expect(page.locator(".nexus-identity")).to_contain_text("Trafficking referral")

    go(page.get_by_role("link", name="Change the route"))
    choose(page, "New route", "Intelligence-led deportation")
    page.get_by_label("Why does the route change?").fill("The material carries the case.")
    look(page, "change-route")
    press(page, "Change the route")

    press(page, "Record the outcome")
    look(page, "record-outcome")
    choose(page, "What is the outcome?", "Deported")
    fill_date(page, "When?", today)
    page.get_by_label("Reasons", exact=True).fill("Deported on a scheduled flight.")
    press(page, "Continue")
    refused = page.locator(".govuk-error-summary")
    expect(refused).to_contain_text("“Deported” cannot be recorded while this stands.")
    expect(refused).to_contain_text("Trafficking referral since")
    expect(page.get_by_label("Reasons", exact=True)).to_have_value("Deported on a scheduled flight.")
    look(page, "outcome-barred")

    page.goto(live_server.url + reverse("casework:detail", args=[reference]))
    barrier = case.barriers.get()
    expect(page.locator("main")).to_contain_text("only a Senior Caseworker may lift")
    page.goto(live_server.url + reverse("casework:lift_barrier", args=[reference, barrier.pk]))
    expect(page.locator("main")).to_contain_text("You cannot do this now")
    look(page, "lift-barrier-refused")
    actions.lift_barrier(
        case_id=case.pk,
        barrier_id=barrier.pk,
        by=senior,
        now=timezone.now(),
        reason="Negative conclusive grounds decision today.",
        outcome="conclusive_negative",
        ended_on=timezone.localdate(),
        ended_reference="NRM-1",
    )

    page.goto(live_server.url + reverse("casework:record_outcome", args=[reference]))
    choose(page, "What is the outcome?", "Deported")
    fill_date(page, "When?", today)
    page.get_by_label("Reasons", exact=True).fill("Deported on a scheduled flight.")
    press(page, "Continue")
    expect(refused).to_contain_text("The record does not show that the subject was ready for removal.")
    page.get_by_label("How was the removal lawful?").fill("The order of 2 May was served by another team.")
    press(page, "Continue")
    expect(page.locator("main")).to_contain_text("The order of 2 May was served by another team.")
    look(page, "outcome-confirm")
    press(page, "Change your answers")
    page.get_by_label("Reasons", exact=True).fill("Deported on a scheduled flight, papers served.")
    press(page, "Continue")
    press(page, "Record the outcome")
    look(page, "outcome")

    press(page, "Close the case")
    expect(page.locator("main")).to_contain_text("The task “Tell the officer in the case” is still open")
    look(page, "close-refused")
    go(page.get_by_role("link", name="Go to the tasks"))
    press(page, "Complete Tell the officer in the case")
    look(page, "tasks-done")
    go(page.get_by_role("link", name="Summary"))
    press(page, "Close the case")
    look(page, "close")
    press(page, "Close the case")
    look(page, "closed")
    go(page.get_by_role("link", name="Timeline"))
    look(page, "timeline")

    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.route) == ("closed", "deported", "intelligence_led")
    assert case.outcome_reasons == "Deported on a scheduled flight, papers served."


def test_the_other_pages(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
    screenshot: Callable[[Page, str], None],
) -> None:
    then = timezone.now() - timedelta(days=60)
    ines = a_user(Role.CASE_OWNER, full_name="Ines Abara")
    other = a_user(Role.CASE_OWNER, full_name="Bartholomew Featherstonehaugh-Montgomery")
    a_user(Role.CASE_OWNER, full_name="Oskar Free")
    for number, state in enumerate(("assigned", "evidence", "decided", "served", "challenged")):
        a_case_in(
            state, now=then + timedelta(days=10 * number), case_owner=ines, surname=f"Aldermann{number}"
        )
    case = an_assigned_case(now=then, case_owner=other, surname="Wolde-Gebriel", forenames="Tsegaye Haile")
    a_made_decision(case, now=then + timedelta(days=1))
    concluded = an_assigned_case(now=then, case_owner=other, surname="Okonkwo")
    with_outcome(concluded, now=then + timedelta(days=2))
    waiting = a_case(now=then, surname="Nakamura")
    elsewhere = a_flag_only_case(now=then, surname="Brandt")

    page = sign_in(new_context(), live_server.url, a_user(Role.MANAGER, full_name="Maud Ellery").email)

    def visit(name: str, case: Case | None = None, query: str = "") -> None:
        page.goto(
            live_server.url
            + reverse(f"casework:{name}", args=[case.referral.reference] if case else [])
            + query
        )

    visit("list")
    looked_at(page, "list")
    visit("list", query=f"?state=decided&state=served&case_owner={ines.pk}&due=overdue&stalled=on&sort=-name")
    looked_at(page, "list-filtered")
    visit("list", query="?force=46")
    looked_at(page, "list-empty")
    page.get_by_label("Search by name").fill("wolde tsegaye")
    press(page, "Search")
    assert "wolde" not in page.url
    visit("list")
    page.get_by_label("Search by name").fill("gebriel")
    press(page, "Search")
    looked_at(page, "list-found")
    visit("workload")
    looked_at(page, "workload")
    go(page.get_by_role("link", name="1 Under challenge, Ines Abara"))
    expect(page.locator("h1")).to_have_text("Cases (1)")
    visit("reassign", case)
    looked_at(page, "reassign")
    visit("allocate", elsewhere)
    looked_at(page, "allocate")
    visit("assign", elsewhere)
    looked_at(page, "assign-refused")
    visit("assign", waiting)
    looked_at(page, "assign")
    visit("my_tasks")
    looked_at(page, "my-tasks-empty")
    visit("detail", concluded)
    looked_at(page, "summary-outcome")

    page = sign_in(new_context(), live_server.url, ines.email)
    visit("mine")
    looked_at(page, "mine-many")
    visit("detail", case)
    expect(page.locator("main")).to_contain_text("Featherstonehaugh-Montgomery is the case-owner. Ask them")
    looked_at(page, "summary-anothers")
    visit("plan", case)
    looked_at(page, "plan-refused")
    visit("referral", case)
    looked_at(page, "referral")
    actions.add_task(
        case_id=case.pk, by=other, now=then, title="Check the passport", owner=ines, due_on=then.date()
    )
    visit("my_tasks")
    looked_at(page, "my-tasks")

    for name in ("detail", "timeline"):
        visit(name, case)
        page.emulate_media(media="print")
        screenshot(page, f"liverpool-{name}-print")
        expect(page.locator(".moj-sub-navigation")).to_be_hidden()
        expect(page.get_by_role("region", name="Next action")).to_be_visible()
        page.emulate_media(media="screen", forced_colors="active")
        screenshot(page, f"liverpool-{name}-forced")
        page.emulate_media(forced_colors="none")

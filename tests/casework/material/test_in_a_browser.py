"""One piece of material in a real browser, by the people who act in it: asked, sent, checked, approved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casework.material.actions.checking import Judgement
from casework.material.models import Material
from casework.material.rules import CHECKLIST
from casework.support import actions as support
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.documents.models import Scan, StoredFile
from tests.browsers import Look
from tests.builders import a_user, an_assigned_case
from tests.casework.material.builders import approved_for_criminal_casework
from tests.casework.support.builders import ASKED_AT, accepted, from_criminal_casework, submitted
from tests.driving import choose, fill_date, follow, press, signed_in, tick, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def write(page: Page, text: str) -> None:
    type_in(page, author="PC 4471 Rowan Ashdown", text=text)
    press(page, "Save and check")


def test_asked_sent_reviewed_commissioned_checked_and_approved(
    new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    now = timezone.now()
    due = timezone.localdate(now) + timedelta(days=10)
    case = an_assigned_case(now=now - timedelta(days=1))
    owner, officer, senior = case.case_owner, case.referral.created_by, a_user(Role.SENIOR_CASEWORKER)

    def at(user: User, name: str, *args: object) -> Page:
        page = signed_in(new_context(), live_server.url, user)
        page.goto(live_server.url + reverse(name, args=args))
        return page

    liverpool = at(owner, "casework:detail", case.referral.reference)
    follow(liverpool, "Material")
    press(liverpool, "Request a summary from the force")
    press(liverpool, "Request a summary from the force")
    expect(liverpool.get_by_role("link", name="Enter what the summary should cover")).to_be_visible()
    type_in(
        liverpool, title="Assaults in the town centre", what="Each incident.", why="They may show a threat."
    )
    fill_date(liverpool, "due_on", due)
    tick(liverpool, "fit_for_force")
    press(liverpool, "Request a summary from the force")
    expect(liverpool.get_by_text("The force is asked for a summary")).to_be_visible()
    material = Material.objects.get()

    force = at(officer, "referrals:asked")
    follow(force, "Waiting for you")
    follow(force, "Nexus material requested from your force (1)")
    follow(force, "Assaults in the town centre")
    looked_at(force, "asked-detail")
    press(force, "Write the summary")
    write(force, "There are two incidents.\n\nBoth were seen by officers.")
    looked_at(force, "send")
    press(force, "Send to the case-owner")
    expect(force.get_by_text("The summary is sent. The case-owner has been told")).to_be_visible()

    liverpool.goto(live_server.url + reverse("material:detail", args=[material.pk]))
    press(liverpool, "Review the summary")
    choose(liverpool, relevant="yes", applicable="yes")
    type_in(liverpool, reasons="Both incidents bear on the threat.")
    press(liverpool, "Review the summary")
    press(liverpool, "Commission the statement")
    type_in(liverpool, what="Both incidents, with their records.", why="They may show a threat.")
    fill_date(liverpool, "due_on", due)
    tick(liverpool, "fit_for_force")
    press(liverpool, "Commission the statement")

    force.reload()
    press(force, "Attach a record")
    type_in(force, description="Crime report")
    report = {"name": "report.txt", "mimeType": "text/plain", "buffer": b"A report."}
    force.locator('[name="upload"]').set_input_files(report)
    press(force, "Attach the record")
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=now)
    press(force, "Upload a file")
    text = b"I am a police constable.\n\nOn 4 March I saw the assault. Anna Bell was beside me."
    statement = {"name": "statement.txt", "mimeType": "text/plain", "buffer": text}
    force.locator('[name="upload"]').set_input_files(statement)
    choose(force, marking="official", take_text="yes")
    press(force, "Upload the file")
    expect(force.get_by_text("The text has been copied from the file")).to_be_visible()
    type_in(force, author="PC 4471 Rowan Ashdown")
    press(force, "Save and check")
    press(force, "Send to the case-owner")

    liverpool.goto(live_server.url + reverse("material:detail", args=[material.pk]))
    press(liverpool, "Check the statement")
    choose(liverpool, disclosable_1="yes", disclosable_2="redacted")
    type_in(liverpool, to_redact_2="Anna Bell")
    record = material.asks.first().records.get()
    choose(liverpool, **{f"record_{record.pk}": "yes"}, **{f"point_{code}": "yes" for code in CHECKLIST})
    looked_at(liverpool, "check")
    press(liverpool, "Record the check")
    expect(liverpool.get_by_text("The check is recorded")).to_be_visible()

    approver = at(senior, "casework:mine")
    follow(approver, "Waiting for you")
    follow(approver, "Nexus material to approve (1)")
    follow(approver, "Assaults in the town centre")
    follow(approver, "Statement, version 1")
    looked_at(approver, "version")
    follow(approver, "Back")
    press(approver, "Approve the statement")
    type_in(approver, reasons="In the agreed format, and pertinent.")
    press(approver, "Approve the statement")
    expect(approver.get_by_text("The statement is approved and locked")).to_be_visible()


def test_criminal_casework_reads_what_is_approved_and_relies_on_it(
    new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    asked = submitted(from_criminal_casework(kind="intelligence", asked="What is known since March."))
    passed = support.pass_on(request_id=asked.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    request = accepted(passed)
    asker, material = request.asked_by, request.material
    page = signed_in(new_context(), live_server.url, asker)
    page.goto(live_server.url + reverse("support:detail", args=[request.pk]))
    looked_at(page, "criminal-casework-request")
    follow(page, "Go to the material")
    expect(page.get_by_text("Nobody may rely on it before")).to_be_visible()
    looked_at(page, "criminal-casework-before-approval")
    approved_for_criminal_casework(material, {3: Judgement("redacted", "My colleague")})
    page.reload()
    expect(page.get_by_text("[redacted] saw it too")).to_be_visible()
    expect(page.get_by_text("My colleague")).to_have_count(0)
    looked_at(page, "criminal-casework-released")
    press(page, "Record that your decision relies on it")
    type_in(page, reason="The decision to deport of 18 November, CC/77.")
    looked_at(page, "criminal-casework-relies")
    press(page, "Record that your decision relies on it")
    expect(page.get_by_text("Recorded: your decision relies on it")).to_be_visible()

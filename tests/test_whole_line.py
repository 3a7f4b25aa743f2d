"""The whole line in one go, in a real browser with a real worker: from an officer's first page to the
force lead's acknowledgement. Once with JavaScript and once without."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casework.decisions import actions as decision_actions
from casework.decisions.models import Decision
from casework.models import Case
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import Allocation, Referral, SpecialConditionsFlag, TriageDecision
from tests.builders import a_user, decision_answers
from tests.driving import choose, fill_date, follow, go, press, sign_in, tick, type_in
from tests.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN = 60_000  # milliseconds for the worker

# What the audit record says of the referral and its case, in order; reading left out.
REFERRAL_STORY = ["started", "submitted", "claimed", "asked_about", "answered", "accepted"]
CASE_STORY = ["opened", "allocated", "assigned", "planned", "progress_recorded", "progress_recorded",
              "drafted", "reviewed", "decided", "given_an_outcome", "closed"]  # fmt: skip


def first_session(page: Page, address: str) -> str:
    """The officer starts, fills two pages, and leaves. Returns the reference."""
    page.goto(f"{address}/referrals/")
    press(page, "Start a referral")
    press(page, "Start the referral")
    press(page, "Continue")
    type_in(page, supervisor="PS Imran Calloway")
    choose(page, channel="standard", in_custody="no")
    press(page, "Save and continue")

    type_in(page, surname="Żelmanov-Łukić", forenames="Teodor", place_of_birth="Port Selby")
    type_in(page, **{"date_of_birth-day": "17", "date_of_birth-month": "5", "date_of_birth-year": "1988"})
    choose(page, sex="male", **{"date_of_birth-precision": "exact"})
    type_in(page, other_names="تيودور", nationality_1="Moldova", nationality_2="Romanian", pnc_id="20/9N")
    choose(page, nationality_1_source="claimed", nationality_2_source="document")
    choose(page, may_be_british="no", may_be_irish="no", right_of_abode="no", long_resident="not_known")
    type_in(page, scope_evidence="Passport seen in custody.")
    press(page, "Save and continue")

    choose(page, immigration_status="eea_settled")
    press(page, "Save and come back later")
    return Referral.objects.get().reference


def second_session(page: Page, reference: str, folder: Path) -> None:
    """Another day, another machine: the rest of the form, with an event, a document and the commitments."""
    today = timezone.localdate()
    follow(page, "Referrals")
    go(page.get_by_role("link", name="Teodor"))
    expect(page.get_by_text("You have completed 2 of 8 sections.")).to_be_visible()
    press(page, "Continue")
    expect(page.locator('input[name="immigration_status"][value="eea_settled"]')).to_be_checked()
    fill_date(page, "status_as_at", today)
    type_in(page, status_source="Home Office record", years_of_residence="7")
    choose(page, active_claim="no")
    press(page, "Save and continue")

    choose(page, active_police_interest="yes")
    type_in(page, interest_what="Managed by the offender management unit.", interest_by="Offender management")
    fill_date(page, "interest_on", today)
    choose(page, harm_physical="harm_physical", harm_to_individuals="harm_to_community")
    type_in(page, harm_narrative="Repeated assaults in the town centre.")
    choose(page, material_level="statement", threat_current="yes", threat_ongoing="yes")
    type_in(page, material_description="Statements on four incidents.")
    press(page, "Save and continue")

    choose(page, kind="conviction", part="convicted", grounding="fact")
    type_in(page, offence="Assault occasioning actual bodily harm")
    type_in(page, convicted_on=f"{today - timedelta(days=200):%d/%m/%Y}")
    choose(page, sentence_type="non_custodial", standing="stands")
    press(page, "Add this event")
    tick(page, "conduct_listed")
    press(page, "Save and continue")

    choose(page, pending_criminal="none_known", pending_litigation="none_known", pending_appeals="none_known")
    choose(page, has_partner="no", has_children="not_known", health_condition="no", mental_health_order="no")
    choose(page, trafficking_indicator="no", under_18="no")
    press(page, "Save and continue")

    press(page, "Add a document")
    statement = folder / "statement.txt"
    statement.write_text("What was seen on four evenings.")
    page.locator('[name="file"]').set_input_files(statement)
    type_in(page, description="Statement of PC Ashdown")
    choose(page, marking="official_sensitive", disclosable="yes")
    press(page, "Save and continue")
    tick(page, "attachments_listed")
    press(page, "Save and continue")
    for commitment in ("information", "tracing", "evidence", "resources"):
        choose(page, commits_information=f"commits_{commitment}")
    type_in(page, signatory="Ch Insp Marit Hollins", signatory_post="Force lead for Nexus")
    press(page, "Save and continue")

    press(page, "Submit the referral")
    expect(page.locator("h1")).to_have_text("Referral submitted")
    expect(page.locator("main")).to_contain_text(reference)


def croydon_asks(page: Page, address: str, reference: str) -> None:
    """Claim, read the referral with its document, and ask the force."""
    page.goto(f"{address}/referrals/queue/")
    press(page, f"Claim {reference}")
    expect(page.locator("main")).to_contain_text("Repeated assaults in the town centre.")
    expect(page.locator("main")).to_contain_text("تيودور")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Statement of PC Ashdown", exact=True).click()
    assert Path(arriving.value.path()).read_text() == "What was seen on four evenings."
    press(page, "Ask the force")
    type_in(page, question="Which incidents were witnessed?")
    press(page, "Ask the force")
    expect(page.locator("main")).to_contain_text("Waiting for the force’s answer")


def croydon_accepts(page: Page, address: str, reference: str) -> None:
    """Read the answer, look at the rules, and accept with reasons."""
    page.goto(f"{address}/referrals/{reference}/")
    follow(page, "Timeline and questions")
    expect(page.locator("main")).to_contain_text("Two of the four, by shop staff.")
    follow(page, "Assessment")
    expect(page.locator("main")).to_contain_text("current and ongoing threat to the public")
    follow(page, "Referral")
    press(page, "Accept")
    page.get_by_label("What did you check").fill("Passport copy seen; not British or Irish.")
    choose(page, significant_impact="yes")
    page.get_by_label("What shows it, or does not?").fill(
        "Four shop workers were hurt; two gave up their work."
    )
    page.get_by_label("Balance").fill("Seven years here, settled; the threat outweighs it.")
    page.get_by_role("group", name="Is there a significant conviction?").get_by_label(
        "Yes", exact=True
    ).check()
    page.get_by_label("No team has the case").check()
    page.get_by_label("Conviction-led deportation").check()
    page.get_by_label("Not necessarily required").check()
    page.get_by_label("Reasons for the decision").fill("The conviction shows a current threat.")
    press(page, "Continue")
    press(page, "Accept the referral")
    expect(page.locator(".nexus-identity")).to_contain_text("Nexus High Harm (Regional)")


def liverpool_assigns(page: Page, reference: str) -> None:
    follow(page, "What waits")
    follow(page, "To assign")
    go(page.get_by_role("link", name=f"Assign {reference}"))
    page.get_by_label("Case-owner").select_option(label="Ines Abara: no open cases")
    press(page, "Assign the case")
    expect(page.get_by_role("alert")).to_contain_text("The case has a case-owner")


def record_progress(page: Page, kind: str, text: str, *, shared: str = "yes", asked: str = "") -> None:
    press(page, "Record progress")
    choose(page, kind=kind, shared_with_force=shared)
    fill_date(page, "happened_on", timezone.localdate())
    type_in(page, text=text, asked_of_force=asked)
    press(page, "Record progress")
    expect(page.get_by_role("alert")).to_contain_text("The progress is recorded")


def decides(page: Page, senior: Page) -> None:
    """The case-owner drafts section by section, finds one allegation proved, has it reviewed, and makes the decision:
    two people decide a deportation."""
    follow(page, "Decision")
    press(page, "Draft a decision")
    decision, owner = Decision.objects.get(), User.objects.get(role=Role.CASE_OWNER)
    answers = decision_answers(route="conviction_led", legal_basis="ia_1971_s3_5a")
    decision_actions.save_section(decision_id=decision.pk, by=owner, now=timezone.now(), answers=answers)
    follow(page, "Findings")
    press(page, "Add an allegation")
    page.get_by_label("Conviction in the UK: Assault occasioning actual bodily harm").check()
    type_in(page, allegation="He struck a shop worker.")
    press(page, "Add the allegation")
    press(page, "Record the finding on allegation 1")
    choose(page, proved="yes")
    type_in(page, evidence="The certificate of conviction.", reasons="A court convicted him.")
    press(page, "Save and continue")
    follow(page, "Back to the sections")
    expect(page.get_by_role("button", name="Make the decision")).to_have_count(0)
    press(page, "Submit for review")
    press(page, "Submit for review")
    senior_reviews(senior, page.url)
    page.reload()
    press(page, "Make the decision")
    type_in(page, reasons="The conduct outweighs seven years here.", shared_text="A decision was made.")
    press(page, "Make the decision")
    expect(page.get_by_role("alert")).to_contain_text("The decision is made")


def senior_reviews(page: Page, tab: str) -> None:
    """A Senior Caseworker reads why two people decide it, and agrees."""
    page.goto(tab)
    press(page, "Review the decision")
    expect(page.locator("main")).to_contain_text("It is a deportation, which two people decide.")
    type_in(page, reasons="The finding follows from the certificate.")
    press(page, "Review the decision")
    expect(page.get_by_role("alert")).to_contain_text("The decision is reviewed")


def liverpool_works(page: Page, senior: Page) -> None:
    """The case-owner plans, records progress for the force and for the inside, an outcome, and closes."""
    follow(page, "My cases")
    go(page.get_by_role("link", name="Teodor"))
    go(page.get_by_role("link", name="Change the next action"))
    type_in(page, next_action="Read the certificate of conviction")
    fill_date(page, "next_action_on", timezone.localdate())
    press(page, "Save the next action")
    record_progress(page, "evidence", "The statement was read.", asked="Send the crime reports.")
    record_progress(page, "other", "Advice was taken inside.", shared="no")
    decides(page, senior)
    follow(page, "Summary")
    press(page, "Record the outcome")
    choose(page, outcome="left_voluntarily")
    fill_date(page, "outcome_on", timezone.localdate())
    type_in(page, reasons="Left on a booked ticket; departure confirmed.")
    press(page, "Continue")
    press(page, "Record the outcome")
    press(page, "Close the case")
    press(page, "Close the case")


def manager_reports(page: Page, address: str) -> None:
    """Ask for the force's report, wait for the worker, check it and release it."""
    today = timezone.localdate()
    page.goto(f"{address}/reports/")
    press(page, "Request reports")
    page.get_by_label("Force").select_option("West Midlands Police")
    choose(page, which="dates")
    # Two days are never a whole month, which on its last day could not be released yet.
    fill_date(page, "first", today - timedelta(days=1))
    fill_date(page, "last", today)
    press(page, "Request reports")
    expect(page.get_by_text("Ready to check")).to_be_visible(timeout=WITHIN)
    expect(page.locator("main")).not_to_contain_text("Advice was taken inside.")
    press(page, "Check and release")
    for box in page.get_by_role("checkbox").all():
        box.check()
    type_in(page, disclosure_check="Read every line.")
    press(page, "Release to West Midlands Police")
    expect(page.get_by_role("alert")).to_contain_text("has been released to West Midlands Police")


def lead_reads(page: Page, address: str, reference: str) -> None:
    """The force lead reads, downloads each kind of file, and acknowledges."""
    page.goto(f"{address}/reports/")
    go(page.get_by_role("link", name=str(ProgressReport.objects.get().period)))
    expect(page.locator("main")).to_contain_text("The statement was read.")

    def downloaded(words: str) -> bytes:
        with page.expect_download() as arriving:
            page.get_by_role("link", name=words, exact=True).click()
        return Path(arriving.value.path()).read_bytes()

    pdf = pypdf.PdfReader(io.BytesIO(downloaded("PDF")))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reference in "".join(leaf.extract_text() for leaf in pdf.pages)
    book = openpyxl.load_workbook(io.BytesIO(downloaded("Spreadsheet (XLSX)")))
    assert any(reference in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    rows = list(csv.reader(io.StringIO(downloaded("CSV").decode("utf-8-sig"))))
    assert any(reference in cell for row in rows for cell in row)
    press(page, "Acknowledge this report")
    expect(page.get_by_role("alert")).to_contain_text("You have acknowledged the report")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_whole_line(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    start_worker: StartWorker,
    tmp_path: Path,
    javascript: bool,
) -> None:
    address = live_server.url
    people = {
        role: a_user(role, full_name=name)
        for role, name in (
            (Role.POLICE_OFFICER, "PC Rowan Ashdown"),
            (Role.FORCE_LEAD, "Ch Insp Marit Hollins"),
            (Role.REFERRALS_OFFICER, "Ottoline Brandt"),
            (Role.MANAGER, "Maud Ellery"),
            (Role.CASE_OWNER, "Ines Abara"),
            (Role.SENIOR_CASEWORKER, "Tamsin Roake"),
        )
    }
    start_worker()

    def as_a(role: Role) -> Page:
        return sign_in(new_context(java_script_enabled=javascript), address, people[role].email)

    officer = as_a(Role.POLICE_OFFICER)
    reference = first_session(officer, address)
    press(officer, "Sign out")
    officer = as_a(Role.POLICE_OFFICER)
    second_session(officer, reference, tmp_path)

    croydon = as_a(Role.REFERRALS_OFFICER)
    croydon_asks(croydon, address, reference)
    officer.goto(f"{address}/referrals/{reference}/")
    press(officer, "Answer")
    type_in(officer, answer="Two of the four, by shop staff.")
    press(officer, "Send the answer")
    croydon_accepts(croydon, address, reference)

    manager = as_a(Role.MANAGER)
    manager.goto(f"{address}/cases/")
    liverpool_assigns(manager, reference)
    owner = as_a(Role.CASE_OWNER)
    liverpool_works(owner, as_a(Role.SENIOR_CASEWORKER))

    officer.goto(f"{address}/referrals/{reference}/")
    expect(officer.locator("main")).to_contain_text("The statement was read.")
    expect(officer.locator("main")).to_contain_text("Left on a booked ticket; departure confirmed.")
    expect(officer.locator("main")).not_to_contain_text("Advice was taken inside.")

    manager_reports(manager, address)
    lead_reads(as_a(Role.FORCE_LEAD), address, reference)
    one_of_each_and_all_of_it_recorded(reference)


def one_of_each_and_all_of_it_recorded(reference: str) -> None:
    """What the pages said is what the tables hold: one decision, flag, allocation, case and report."""
    referral = Referral.objects.get(reference=reference)
    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.outcome, decision.route) == ("accepted", "conviction_led")
    assert SpecialConditionsFlag.objects.get(referral=referral).text == "Nexus High Harm (Regional)"
    assert Allocation.objects.get(referral=referral).team.code == "nexus_high_harm"
    case = Case.objects.get(referral=referral)
    assert (case.state, case.outcome) == ("closed", "left_voluntarily")
    report = ProgressReport.objects.get()
    assert report.state == "acknowledged"
    assert report.totals["made"] == report.totals["accepted"] == report.lines.count() == 1
    assert told_of("referrals.referral", referral.pk, "referral.", REFERRAL_STORY) == REFERRAL_STORY
    assert told_of("casework.case", case.pk, "case.", CASE_STORY) == CASE_STORY


def told_of(subject: str, pk: int, noun: str, wanted: list[str]) -> list[str]:
    """The wanted verbs as the audit record has them, in its order."""
    kinds = AuditEvent.objects.filter(subject_type=subject, subject_id=str(pk)).order_by("pk")
    verbs = [kind.removeprefix(noun) for kind in kinds.values_list("kind", flat=True)]
    return [verb for verb in verbs if verb in wanted]

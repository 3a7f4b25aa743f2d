"""An officer's whole draft in a real browser, over two devices, with JavaScript and without."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from nexus.documents import actions as documents
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Attachment, Referral
from referrals.states import State
from tests.browsers import Look
from tests.builders import ACCEPTANCE, a_complete_draft, a_draft, a_user, in_triage, with_a_question
from tests.driving import choose, fill_date, follow, go, press, signed_in, tick, type_in
from tests.nexus.documents.test_kinds import PDF
from tests.referrals.station import again, path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def go_on(page: Page) -> None:
    press(page, "Save and continue")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_draft_over_two_devices(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
    javascript: bool,
    tmp_path: Path,
) -> None:
    officer = a_user(Role.POLICE_OFFICER, full_name="PC Rowan Ashdown")
    today = timezone.localdate()

    def look(page: Page, name: str) -> None:
        if javascript:
            looked_at(page, name)

    desk = signed_in(new_context(java_script_enabled=javascript), live_server.url, officer)
    desk.goto(f"{live_server.url}/referrals/")
    look(desk, "list-empty")
    press(desk, "Start a referral")
    look(desk, "start")
    press(desk, "Start the referral")
    look(desk, "tasks-new")
    referral = Referral.objects.get()
    reference = referral.reference

    press(desk, "Continue")
    look(desk, "referrer")
    type_in(desk, supervisor="PS Imran Calloway")
    choose(desk, channel="live_time", in_custody="yes")
    go_on(desk)
    look(desk, "custody")
    type_in(desk, custody_reference="CU/26/114", custody_clock_time="25:00")
    fill_date(desk, "custody_clock_started_at", today - timedelta(days=1))
    go_on(desk)
    look(desk, "custody-error")
    expect(desk.get_by_text("There is a problem")).to_be_visible()
    type_in(desk, custody_clock_time="11:40pm")
    go_on(desk)

    type_in(desk, surname="Zelmanov", forenames="Teodor", place_of_birth="Port Selby")
    type_in(desk, **{"date_of_birth-year": "1988"})
    choose(desk, **{"date_of_birth-precision": "year_only", "sex": "male"})
    type_in(desk, other_names="Teo Zelman", nationality_1="Ruritanian")
    choose(desk, nationality_1_source="claimed")
    look(desk, "subject")
    go_on(desk)
    expect(desk.get_by_text("“Ruritanian” is not a nationality in the list").first).to_be_visible()
    look(desk, "subject-error")
    type_in(desk, nationality_1="Stateless")
    for field in ("may_be_british", "may_be_irish", "right_of_abode"):
        choose(desk, **{field: "no"})
    choose(desk, long_resident="not_known")
    type_in(desk, scope_evidence="Passport seen in custody.\nHome Office record checked.")
    press(desk, "Save and come back later")
    look(desk, "list")
    desk.context.close()

    other = signed_in(new_context(java_script_enabled=javascript), live_server.url, officer)
    other.goto(f"{live_server.url}/referrals/")
    go(other.get_by_role("link", name="ZELMANOV, Teodor"))
    expect(other.get_by_text("You have completed 1 of 8 sections.")).to_be_visible()
    press(other, "Continue")
    expect(other.locator("h1")).to_have_text("Who is the subject?")
    type_in(other, pnc_id="20/9Z", home_office_reference="old 12")
    go_on(other)
    look(other, "identifiers-error")
    type_in(other, pnc_id="20/9N")
    go_on(other)
    expect(other.get_by_text("not in its usual form")).to_be_visible()
    choose(other, immigration_status="overstayer", active_claim="no")
    fill_date(other, "status_as_at", today)
    type_in(other, status_source="Home Office record", years_of_residence="7")
    look(other, "status")
    go_on(other)

    choose(other, active_police_interest="yes")
    type_in(
        other,
        interest_what="Managed by the offender management unit.",
        interest_by="Offender management unit",
        harm_narrative="Repeated assaults in the town centre.",
    )
    fill_date(other, "interest_on", today)
    choose(other, removal_priority="yes")
    choose(other, harm_physical="harm_physical", harm_to_individuals="harm_to_community")
    choose(other, material_level="summary", threat_current="yes", threat_ongoing="yes")
    type_in(other, material_description="A summary of four incidents.")
    look(other, "grounds")
    go_on(other)

    look(other, "conduct-empty")
    press(other, "Add this event")
    look(other, "conduct-error")
    choose(other, kind="conviction", part="convicted", grounding="fact")
    type_in(other, offence="Assault occasioning actual bodily harm", sentence_months="9")
    type_in(other, convicted_on=f"{today - timedelta(days=200):%d/%m/%Y}")
    choose(other, sentence_type="custodial", standing="stands")
    press(other, "Add this event")
    go(other.get_by_role("link", name="Add an event overseas, or with all its details"))
    choose(other, kind="conviction", part="convicted", grounding="fact")
    type_in(other, offence="Burglary")
    look(other, "conduct-add")
    go_on(other)
    fill_date(other, "convicted_on", today - timedelta(days=300))
    choose(other, standing="stands")
    look(other, "conviction")
    go_on(other)
    go(other.get_by_role("link", name="Correct Burglary"))
    look(other, "conduct-line")
    type_in(other, court="Port Selby Crown Court")
    press(other, "Save this event")
    follow(other, "Paste rows from a spreadsheet or a PNC print")
    choose(other, kind="pending_charge", part="victim", grounding="fact")
    type_in(other, rows="14/03/2025\tTheft\n15/03/25\tPort Selby MC\tAffray")
    look(other, "conduct-paste")
    press(other, "Read the rows")
    look(other, "conduct-proposed")
    tick(other, "0-confirmed")
    press(other, "Add the events ticked")
    look(other, "conduct")
    go(other.get_by_role("link", name="Remove Theft"))
    look(other, "conduct-remove")
    press(other, "Remove this event")
    tick(other, "conduct_listed")
    go_on(other)

    choose(other, pending_criminal="none_known", pending_litigation="none_known", pending_appeals="yes")
    for field in ("has_partner", "has_children", "health_condition", "mental_health_order", "under_18"):
        choose(other, **{field: "not_known"})
    choose(other, trafficking_indicator="no")
    look(other, "circumstances")
    go_on(other)
    type_in(other, pending_appeals_details="Against sentence.")
    look(other, "pending-details")
    go_on(other)
    follow(other, "Back")
    look(other, "tasks")

    other.goto(live_server.url + path("check", referral))
    look(other, "check-gaps")
    press(other, "Submit the referral")
    expect(other.get_by_text("There is a problem")).to_be_visible()
    look(other, "check-errors")
    go(other.get_by_role("link", name="Say that every document has been added"))
    press(other, "Add a document")
    upload = tmp_path / "Summary of incidents.pdf"
    upload.write_bytes(PDF)
    other.locator('[name="file"]').set_input_files(upload)
    type_in(other, description="Summary of four incidents")
    choose(other, marking="official_sensitive", disclosable="yes")
    look(other, "attachment-add")
    go_on(other)
    look(other, "attachments")
    tick(other, "attachments_listed")
    go_on(other)
    expect(other.locator("h1")).to_contain_text("Check your answers")

    go(other.get_by_role("link", name="Change the force commits to"))
    for box in ("information", "tracing", "evidence", "resources"):
        choose(other, commits_information=f"commits_{box}")
    type_in(other, signatory="Ch Insp Marit Hollins", signatory_post="Force lead for Nexus")
    look(other, "commitment")
    go_on(other)
    look(other, "check")
    press(other, "Submit the referral")
    expect(other.locator("h1")).to_have_text("Referral submitted")
    expect(other.get_by_text(reference).first).to_be_visible()
    look(other, "submitted")

    referral = again(referral)
    assert (referral.state, referral.pnc_id, referral.signatory) == (
        State.SUBMITTED,
        "2020/0000009N",
        "Ch Insp Marit Hollins",
    )
    assert Attachment.objects.get(referral=referral).file.name == "Summary of incidents.pdf"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_following_answering_downloading_withdrawing(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, javascript: bool
) -> None:
    officer = a_user(Role.FORCE_LEAD)
    page = signed_in(new_context(java_script_enabled=javascript), live_server.url, officer)
    now, today = timezone.now() - timedelta(days=1), timezone.localdate()
    colleague = a_user(Role.POLICE_OFFICER, full_name="Odalys Merrin")
    more = [NewQuestion("Where is the subject now?", today - timedelta(days=1), colleague)]
    referral = with_a_question(by=officer, now=now, due_on=today + timedelta(days=3), more=more)

    def look(name: str) -> None:
        if javascript:
            looked_at(page, name)

    page.goto(live_server.url + path("detail", referral))
    look("detail-question")
    follow(page, "Requests to us")
    expect(page.locator("tbody tr")).to_have_count(2)
    look("asked")
    go(page.get_by_role("link", name="Where is the subject now?"))
    type_in(page, answer="At Port Selby.")
    press(page, "Send the answer")
    expect(page.get_by_text("1 question still to answer")).to_be_visible()
    look("detail-partly-answered")
    press(page, "Answer")
    look("answer")
    press(page, "Send the answer")
    look("answer-error")
    type_in(page, answer="Two of the four, by shop staff.")
    press(page, "Send the answer")
    expect(page.get_by_text("Your answer has been sent")).to_be_visible()
    look("detail-answered")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this referral (PDF)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    go(page.get_by_role("link", name="Withdraw this referral"))
    look("withdraw")
    press(page, "Withdraw the referral")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    type_in(page, reason="The subject has left the country.")
    press(page, "Withdraw the referral")
    expect(page.get_by_text("has been withdrawn")).to_be_visible()
    look("detail-withdrawn")
    assert again(referral).state == State.WITHDRAWN


def test_what_else_the_force_sees(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    """Outcomes, a conflict, another force's officer's start page, a list of many."""
    officer = a_user(Role.POLICE_OFFICER)
    page = signed_in(new_context(), live_server.url, officer)
    now = timezone.now() - timedelta(days=2)
    accepted, refused = (
        in_triage(by=officer, now=now),
        in_triage(by=officer, now=now, surname="Okonkwo-Lindqvist"),
    )
    actions.accept(
        referral_id=accepted.pk, by=accepted.claimed_by, now=now + timedelta(hours=1), **ACCEPTANCE
    )
    actions.not_accept(
        referral_id=refused.pk, by=refused.claimed_by, now=now + timedelta(hours=1),
        reasons="The material shows no current threat.", balance="Internal notes on the balance.",
    )  # fmt: skip
    for referral, name in ((accepted, "detail-accepted"), (refused, "detail-not-accepted")):
        page.goto(live_server.url + path("detail", referral))
        looked_at(page, name)
    page.goto(live_server.url + path("withdraw", accepted))
    looked_at(page, "conflict")

    draft = a_complete_draft(by=officer)
    page.goto(live_server.url + path("section", draft, "harm"))
    actions.save_section(
        referral_id=draft.pk,
        by=officer,
        now=timezone.now(),
        section="harm",
        values={"harm_narrative": "Theirs"},
    )
    type_in(page, harm_narrative="Mine")
    go_on(page)
    looked_at(page, "overtaken")

    for minute in range(30):
        a_draft(by=officer, now=now + timedelta(minutes=minute))
    page.goto(f"{live_server.url}/referrals/")
    looked_at(page, "list-many")
    page.goto(f"{live_server.url}/referrals/?state=draft&state=accepted")
    looked_at(page, "list-filtered")

    immigration = signed_in(new_context(), live_server.url, a_user(Role.IMMIGRATION_OFFICER))
    immigration.goto(live_server.url + reverse("referrals:start"))
    press(immigration, "Start the referral")
    looked_at(immigration, "start-immigration-error")


def test_a_document_is_handed_out_once_it_is_clean(
    new_context: Callable[..., BrowserContext], live_server: Any, settings: Any
) -> None:
    settings.NEXUS_SCANNER = "builtin"
    officer = a_user(Role.POLICE_OFFICER)
    page = signed_in(new_context(), live_server.url, officer)
    referral = a_draft(by=officer)
    page.goto(live_server.url + path("row_add", referral, "attachment"))
    page.locator('[name="file"]').set_input_files(
        [{"name": "Ward.pdf", "mimeType": "text/html", "buffer": PDF}]
    )
    type_in(page, description="Ward statement")
    choose(page, marking="official", disclosable="no")
    go_on(page)
    expect(page.get_by_text("Being checked")).to_be_visible()
    documents.scan(file_id=Attachment.objects.get().file_id, now=timezone.now())
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ward statement", exact=True).click()
    assert download.value.suggested_filename == "Ward.pdf"
    assert Path(download.value.path()).read_bytes() == PDF

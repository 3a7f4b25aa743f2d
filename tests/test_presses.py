"""Each role's journey once in a browser, counted and held to what was reached; `manage.py presses` prints the figures."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from nexus.journeys import JOURNEYS
from referrals import actions
from referrals.models import Referral
from referrals.states import State
from tests.builders import ACCEPTANCE, a_submitted, a_user, with_a_question
from tests.driving import signed_in
from tests.journeys import Journey, rows_shown, say
from tests.nexus.documents.test_kinds import PDF
from tests.referrals.duty_desk.desk import a_shift

pytestmark = pytest.mark.django_db(transaction=True)

CONVICTIONS = """12/01/2026\tPort Selby Magistrates’ Court\tTheft from a shop\tFined £120
04/11/2025\tPort Selby Crown Court\tRobbery\tImprisonment 18 months
02/05/2025\tPort Selby Crown Court\tAffray\t6 months imprisonment suspended
17/02/2025\tPort Selby Magistrates’ Court\tCommon assault\tCommunity order
09/10/2024\tPort Selby Magistrates’ Court\tCriminal damage\tConditional discharge
21/06/2024\tPort Selby Magistrates’ Court\tHandling stolen goods\tFined £200"""


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


@pytest.fixture
def opened(new_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., Page]:
    """`opened(user, "/path/")`: the page of somebody who has signed in, at 1280 × 900."""

    def open_page(user: Any, path: str) -> Page:
        page = signed_in(new_context(), live_server.url, user)
        page.goto(live_server.url + path)
        return page

    return open_page


def test_a_referral_is_sent_in_few_pages(opened: Callable[..., Page], tmp_path: Path) -> None:
    today = timezone.localdate()
    page = opened(a_user(Role.POLICE_OFFICER, full_name="PC Rowan Ashdown"), "/referrals/")
    way = Journey(page)
    way.press("Start a referral")
    way.press("Start the referral")
    way.press("Continue")
    way.type_in(supervisor="PS Imran Calloway")
    way.choose(channel="standard", in_custody="no")
    way.press("Save and continue")

    way.type_in(
        surname="Zelmanov",
        forenames="Teodor",
        other_names="Teo Zelman\nTeodor Z",
        place_of_birth="Port Selby",
    )
    way.type_date("date_of_birth", today.replace(year=1988, day=17))
    way.choose(**{"date_of_birth-precision": "exact"}, sex="male", nationality_1_source="claimed")
    way.type_in(nationality_1="Moldova", pnc_id="20/9N", scope_evidence="Passport seen in custody.")
    way.choose(may_be_british="no", may_be_irish="no", right_of_abode="no", long_resident="not_known")
    way.press("Save and continue")

    way.choose(immigration_status="overstayer", active_claim="no")
    way.type_date("status_as_at", today)
    way.type_in(status_source="Home Office record")
    way.press("Save and continue")

    way.choose(active_police_interest="yes", removal_priority="yes", harm_physical="harm_physical")
    way.choose(harm_to_individuals="harm_to_community", material_level="statement")
    way.choose(threat_current="yes", threat_ongoing="yes")
    way.type_in(interest_what="Managed by the unit.", interest_by="Offender management")
    way.type_in(
        harm_narrative="Repeated assaults in the town centre.", material_description="Four statements."
    )
    way.type_date("interest_on", today)
    way.press("Save and continue")

    way.follow("Paste rows from a spreadsheet or a PNC print")
    way.choose(kind="conviction", part="convicted", grounding="fact")
    way.type_in(rows=CONVICTIONS)
    way.press("Read the rows")
    for number in range(6):
        way.choose(**{f"{number}-standing": "stands"})
        way.tick(f"{number}-confirmed")
    way.press("Add the events ticked")
    expect(page.locator("main")).to_contain_text("6 of 6 events count as convictions")
    way.tick("conduct_listed")
    way.press("Save and continue")

    for question in ("pending_criminal", "pending_litigation", "pending_appeals"):
        way.choose(**{question: "none_known"})
    for question in ("has_partner", "has_children", "health_condition", "mental_health_order"):
        way.choose(**{question: "no"})
    way.choose(trafficking_indicator="no", under_18="no")
    way.press("Save and continue")

    way.press("Add a document")
    paper = tmp_path / "statement.pdf"
    paper.write_bytes(PDF)
    page.locator('[name="file"]').set_input_files(paper)
    way.type_in(description="Statement of PC Ashdown")
    way.choose(marking="official_sensitive", disclosable="yes")
    way.press("Save and continue")
    way.tick("attachments_listed")
    way.press("Save and continue")

    for box in ("information", "tracing", "evidence", "resources"):
        way.choose(commits_information=f"commits_{box}")
    way.type_in(signatory="Ch Insp Marit Hollins", signatory_post="Force lead for Nexus")
    way.press("Save and continue")
    expect(page.locator("h1")).to_contain_text("Check your answers")
    check_height = way.height
    way.press("Submit the referral")
    expect(page.locator("h1")).to_have_text("Referral submitted")
    assert Referral.objects.get().state == State.SUBMITTED
    say("referral", pages=way.pages, boxes=way.boxes, presses=way.presses, check_height=check_height)


def test_a_live_time_referral_is_raised_in_three_pages(opened: Callable[..., Page], live_server: Any) -> None:
    now = timezone.now()
    for duty, role in (
        ("desk", Role.REFERRALS_OFFICER),
        ("on_call", Role.CIO_HMI),
    ):  # whoever is on at this hour
        person = a_user(role, telephone="020 7946 0100")
        a_shift(now - timedelta(hours=1), now + timedelta(hours=5), duty=duty, person=person)
    force = a_user(Role.FORCE_LEAD).force
    assert force is not None
    page = opened(a_user(Role.IMMIGRATION_OFFICER, full_name="Rhona Vesey"), "/referrals/")
    way = Journey(page, pages=1)
    way.press("Raise a live-time referral")
    way.choose(force=force.code)
    way.type_in(contact="01632 960100", why_urgent="In custody, and released at six.", surname="Zelmanov")
    way.press("Send it now")
    expect(page.locator("h1")).to_have_text("Live-time referral sent")
    expect(page.locator("main")).to_contain_text("020 7946 0100")
    say("live_time", pages=way.pages)


def test_the_queue_a_name_and_an_answer(opened: Callable[..., Page], live_server: Any) -> None:
    now = timezone.now()
    for number in range(14):
        arrived = a_submitted(surname=f"Thacker{number}", now=now - timedelta(days=number + 1))
        arrived.nationalities.update(code="JAM")
    officer = a_user(Role.REFERRALS_OFFICER)
    asked = with_a_question(officer=officer, surname="Quillfeather", now=now - timedelta(days=1))
    asked.nationalities.update(code="JAM")
    actions.answer_information(referral_id=asked.pk, by=asked.created_by, now=now, answer="Two of the four.")
    page = opened(officer, "/")
    way = Journey(page)
    line = page.locator("tbody tr").first
    expect(line).to_contain_text(asked.reference)
    way.go(line.get_by_role("link").first)
    expect(page.locator("main")).to_contain_text("Two of the four.")
    say("answer", presses=way.presses)

    page.goto(live_server.url + "/referrals/queue/")
    rows = page.locator("tbody tr")
    tallest = max(box["height"] for row in rows.all() if (box := row.bounding_box()))
    cut = 0
    shown = len(list(rows_shown(rows)))
    head = page.locator("header").bounding_box()
    for width in (1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        cut = max(
            cut,
            page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.nexus-scroll'))"),
        )
    page.set_viewport_size({"width": 1280, "height": 900})
    say("queue", rows=shown, row_height=round(tallest), cut=cut, head=round(head["height"] if head else 999))

    way = Journey(page)
    page.locator("#nexus-finder").fill("Quilfether")
    way.press("Find")
    expect(page.locator("main")).to_contain_text("QUILLFEATHER")
    say("find", presses=way.presses)


def test_take_next_leads_to_an_accepted_referral_in_few_presses(opened: Callable[..., Page]) -> None:
    arrived = a_submitted(now=timezone.now() - timedelta(hours=2))
    page = opened(a_user(Role.REFERRALS_OFFICER), "/referrals/queue/")
    way = Journey(page)
    way.press("Take next")
    expect(page.locator("main")).to_contain_text(arrived.reference)
    way.press("Accept")
    for label, words in (
        ("Balance", ACCEPTANCE["balance"]),
        ("What shows it, or does not?", ACCEPTANCE["impact_reasons"]),
        ("What did you check", ACCEPTANCE["scope_confirmation"]),
        ("Reasons for the decision", "The conviction shows a current threat."),
    ):
        page.get_by_label(label).fill(words)
    way.choose(significant_impact="yes")
    page.get_by_role("group", name="Is there a significant conviction?").get_by_label(
        "No", exact=True
    ).check()
    for label in ("No team has the case", "Intelligence-led deportation"):
        page.get_by_label(label).check()
    page.get_by_label("Required", exact=True).check()
    way.press("Continue")
    way.press("Accept the referral")
    expect(page.locator(".nexus-identity")).to_contain_text("Nexus High Harm (Regional)")
    for offered in ("Open the case", "Key the flag"):
        expect(page.get_by_role("link", name=offered)).to_be_visible()
    expect(page.get_by_role("button", name="Take the next referral")).to_be_visible()
    say("triage", presses=way.presses, pages=way.pages)


def test_every_figure_of_every_journey_is_measured() -> None:
    """A figure that no test says would never be missed."""
    source = Path(__file__).read_text()
    missing = [
        (key, figure.name)
        for key, journey in JOURNEYS.items()
        for figure in journey.figures
        if f'say("{key}"' not in source or f"{figure.name}=" not in source
    ]
    assert not missing

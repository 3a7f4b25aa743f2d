"""Two people at one page, in two real browsers: whoever is second reads that they were, and keeps what they typed.

And one person who is signed out in the middle of a long form: after signing in they go on where they were.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casework.support import actions as support
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals.quality import actions as quality
from referrals.quality.models import Reading
from referrals.quality.rules import Question
from tests.builders import (
    PASSWORD,
    a_draft,
    a_draft_decision,
    a_proposal,
    a_submitted,
    a_user,
    an_acceptance,
    an_assigned_case,
    in_triage,
    read_by,
)
from tests.casework.engagement.builders import a_draft as an_operation
from tests.casework.engagement.builders import filled
from tests.casework.material.builders import approved_for_criminal_casework, officer_of, requested
from tests.casework.support.builders import ASKED_AT, accepted, from_criminal_casework, submitted
from tests.driving import choose, press, signed_in, type_in
from tests.identity import code_of
from tests.referrals.duplicates.pairs import a_pair
from tests.referrals.duty_desk.test_litigation import litigation
from tests.test_nothing_lost import stands_somewhere

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("second_reading", "own_folder"),
]
MINE = "The witness of the second incident withdrew what she had said."
THEIRS = "The order of the court names the third address."


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path
    settings.NEXUS_QUALITY_PERCENT = 100


@dataclass
class Scene:
    """One page and the two people who have it open; what each chooses and types there, and the button both press."""

    path: str
    first: User
    second: User
    box: str
    button: str
    chosen: dict[str, str] = field(default_factory=dict)
    confirm: str = ""  # the button of the page that asks once more
    both_stand: bool = False  # whether the second reads the first's words beside their own, and chooses


def officers() -> tuple[User, User]:
    return a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER)


def decide() -> Scene:
    """The holder decides in one tab and, having forgotten it, in another."""
    referral = in_triage(now=timezone.now() - timedelta(hours=1))
    path = reverse("referrals:redirect", args=[referral.reference])
    who, chosen = referral.claimed_by, {"destination": "national_removal_command"}
    return Scene(path, who, who, "reasons", "Continue", chosen, confirm="Redirect the referral")


def second_reading() -> Scene:
    first, second = officers()
    proposal = a_proposal(now=timezone.now() - timedelta(hours=1))
    for each in (first, second):
        read_by(each, proposal, now=timezone.now())
    path = reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk])
    return Scene(path, first, second, "remarks", "Record your answer", {"answer": "send_back"})


def quality_reading() -> Scene:
    now = timezone.now()
    acceptance = an_acceptance(now=now.replace(day=1) - timedelta(days=3))
    quality.draw_due(now=now)
    first, second = a_user(Role.MANAGER), a_user(Role.MANAGER)
    for each in (first, second):
        record(kind="referral.viewed", by=each, subject=acceptance.referral, now=now)
    reading = Reading.objects.get()
    chosen = dict.fromkeys(Question.values(), "yes") | {"overall": "with_remarks"}
    return Scene(
        reverse("quality:reading", args=[reading.pk]), first, second, "remarks", "Record the finding", chosen
    )


def same_person() -> Scene:
    first, second = officers()
    path = reverse("duplicates:pair", args=[a_pair().pk])
    return Scene(path, first, second, "reason", "Record", {"verdict": "not_same"})


def of_litigation() -> Scene:
    first, second = officers()
    path = reverse("duty_desk:judge_litigation", args=[litigation().pk])
    return Scene(path, first, second, "reason", "Record the effect", {"suspends": "yes"}, both_stand=True)


def decision_section() -> Scene:
    case = an_assigned_case(now=timezone.now() - timedelta(days=1))
    decision = a_draft_decision(case)
    path = reverse("decisions:section", args=[case.referral.reference, decision.pk, "family"])
    return Scene(
        path, case.case_owner, case.case_owner, "children_reasons", "Save and continue", both_stand=True
    )


def operation() -> Scene:
    start = timezone.now() + timedelta(days=2)
    window = {"window_starts_at": start, "window_ends_at": start + timedelta(hours=6)}
    found = filled(an_operation(), **window)
    path = reverse("engagement:save_details", args=[found.pk])
    return Scene(path, found.requested_by, found.requested_by, "address", "Save the request", both_stand=True)


SCENES = (decide, second_reading, quality_reading, same_person, of_litigation, decision_section, operation)
NewContext = Callable[..., BrowserContext]


def opened(new_context: NewContext, address: str, who: User, path: str) -> Page:
    page = signed_in(new_context(), address, who)
    page.goto(address + path)
    return page


def typed(page: Page, scene: Scene, words: str) -> None:
    choose(page, **scene.chosen)
    type_in(page, **{scene.box: words})


@pytest.mark.parametrize("scene_of", SCENES, ids=lambda each: each.__name__)
def test_whoever_is_second_keeps_what_they_typed(
    new_context: NewContext, live_server: Any, scene_of: Callable[[], Scene]
) -> None:
    scene = scene_of()
    first = opened(new_context, live_server.url, scene.first, scene.path)
    second = opened(new_context, live_server.url, scene.second, scene.path)
    typed(second, scene, MINE)
    typed(first, scene, THEIRS)
    press(first, scene.button)
    if scene.confirm:
        press(first, scene.confirm)
    assert first.url != live_server.url + scene.path  # it was taken, and led on

    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(second, scene.button)
    assert answer.value.status == 409
    main = second.locator("main")
    boxes = [box.input_value() for box in main.locator("textarea, input").all()]
    assert MINE in main.inner_text() or MINE in boxes
    if scene.both_stand:
        expect(main.locator("table", has_text="Changed by two people")).to_contain_text(THEIRS)


def test_of_two_who_claim_one_referral_one_is_told_who_has_it(
    new_context: NewContext, live_server: Any
) -> None:
    one, two = officers()
    path = reverse("referrals:detail", args=[a_submitted(now=timezone.now()).reference])
    first, second = (opened(new_context, live_server.url, each, path) for each in (one, two))
    press(first, "Claim this referral")
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(second, "Claim this referral")
    assert answer.value.status == 409
    expect(second.locator("main")).to_contain_text(one.full_name)


def a_section_of_the_force() -> Scene:
    draft = a_draft()
    path = reverse("referrals:section", args=[draft.reference, "harm"])
    return Scene(path, draft.created_by, draft.created_by, "harm_narrative", "Save and continue")


def a_statement_of_the_force() -> Scene:
    material = requested(case=an_assigned_case())
    path = reverse("material:save_draft", args=[material.pk])
    who = officer_of(material)
    return Scene(path, who, who, "text", "Save and check")


def a_matrix() -> Scene:
    who = a_user(Role.POLICE_OFFICER)
    return Scene(reverse("matrix:start"), who, who, "event-0-offence", "Assess")


def what_criminal_casework_relies_on() -> Scene:
    asked = submitted(from_criminal_casework(kind="intelligence"))
    passed = support.pass_on(request_id=asked.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    material = approved_for_criminal_casework(accepted(passed).material)
    path = reverse("material:rely_on", args=[material.pk])
    button = "Record that your decision relies on it"
    return Scene(path, asked.asked_by, asked.asked_by, "reason", button)


@pytest.mark.parametrize(
    "scene_of",
    (
        a_section_of_the_force,
        decide,
        second_reading,
        quality_reading,
        of_litigation,
        decision_section,
        operation,
        same_person,
        a_statement_of_the_force,
        a_matrix,
        what_criminal_casework_relies_on,
    ),
    ids=lambda each: each.__name__,
)
def test_signed_out_in_the_middle_of_a_long_form(
    new_context: NewContext, live_server: Any, scene_of: Callable[[], Scene]
) -> None:
    """The session ends while somebody types; they press, sign in, and press again."""
    scene = scene_of()
    page = opened(new_context, live_server.url, scene.first, scene.path)
    typed(page, scene, MINE)
    code = code_of(scene.first)
    Session.objects.all().delete()
    press(page, scene.button)
    page.get_by_label("E-mail address").fill(scene.first.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in and carry on")
    page.get_by_label("Code", exact=True).fill(code)
    press(
        page, "Continue"
    )  # the second step; then what was typed is shown, to be sent where it was meant for
    press(page, "Continue")
    main = page.locator("main")
    boxes = [box.input_value() for box in main.locator("textarea, input").all()]
    # On the page still, or saved: nothing else is where it was meant for.
    assert MINE in main.inner_text() or MINE in boxes or stands_somewhere(MINE)

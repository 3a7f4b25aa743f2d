"""Who comes second loses nothing: the page that refuses keeps what was typed and offers what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html  # type: ignore[import-untyped]

from casework.decisions import actions as decisions
from casework.engagement import actions as engagement
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.verbs import Verb
from referrals import actions
from referrals.datawash.actions.go_stale import go_stale
from referrals.datawash.actions.review import review
from referrals.datawash.models import Review, Wash
from referrals.models import ReferralNote
from referrals.quality import actions as quality
from tests.builders import (
    NOON,
    a_proposal,
    a_submitted_decision,
    a_user,
    an_assigned_case,
    read_by,
    read_in_full,
)
from tests.casework.engagement.builders import assessed, at, read
from tests.referrals.datawash.pairs import a_wash_to_review, pairs_of
from tests.referrals.duplicates.pairs import a_pair, judged
from tests.referrals.quality.test_record_finding import LATER, SOUND, YES, a_reading, with_evidence

pytestmark = pytest.mark.django_db
TYPED = "Two of the three accounts were given before he arrived."


@pytest.fixture
def wash(settings: Any, tmp_path: Path) -> Wash:
    settings.NEXUS_DATA_DIR = tmp_path
    return a_wash_to_review()


@dataclass
class Scene:
    """The page of a person who types, what they send, and what a colleague does meanwhile."""

    person: User
    path: str
    body: dict[str, str]
    faster: Callable[[], object]
    reference: str


def second_reading(settings: Any) -> Scene:
    settings.NEXUS_SECOND_READING = ["refusals"]
    proposal = a_proposal()
    person, colleague = (read_by(a_user(Role.REFERRALS_OFFICER), proposal) for _ in range(2))
    reference, now = proposal.referral.reference, NOON + timedelta(hours=1)
    return Scene(
        person,
        reverse("referrals:proposal", args=[reference, proposal.pk]),
        {"answer": "send_back", "remarks": TYPED},
        lambda: actions.agree(proposal_id=proposal.pk, by=colleague, now=now),
        reference,
    )


def quality_reading(settings: Any) -> Scene:
    reading = a_reading(settings)
    person, colleague = with_evidence(reading), with_evidence(reading)
    return Scene(
        person,
        reverse("quality:reading", args=[reading.pk]),
        {**YES, "overall": "with_remarks", "remarks": TYPED},
        lambda: quality.record_finding(reading_id=reading.pk, by=colleague, now=LATER, **SOUND),
        reading.decision.referral.reference,
    )


def verdict_on_a_pair(settings: Any) -> Scene:
    pair = a_pair()
    return Scene(
        a_user(Role.REFERRALS_OFFICER),
        reverse("duplicates:pair", args=[pair.pk]),
        {"verdict": "not_same", "reason": TYPED},
        lambda: judged(pair),
        pair.referral.reference,
    )


def review_of_a_decision(settings: Any) -> Scene:
    case = an_assigned_case()
    decision = a_submitted_decision(case)
    person, colleague = (a_user(Role.SENIOR_CASEWORKER) for _ in range(2))
    for each in (person, colleague):
        read_in_full(decision, each, now=NOON + timedelta(hours=4))
    one: dict[str, Any] = {"decision_id": decision.pk, "by": colleague, "now": NOON + timedelta(hours=5)}
    reference = case.referral.reference
    return Scene(
        person,
        reverse("decisions:return_draft", args=[reference, decision.pk]),
        {"reasons": TYPED},
        lambda: decisions.approve(**one, reasons="It holds in every part."),
        reference,
    )


def authorisation(settings: Any) -> Scene:
    person, colleague = (a_user(Role.CIO_HMI) for _ in range(2))
    asked = assessed(cio=colleague)
    for each in (person, colleague):
        read(asked, each, at(8))
    one: dict[str, Any] = {"engagement_id": asked.pk, "by": colleague, "now": at(9)}
    return Scene(
        person,
        reverse("engagement:refuse", args=[asked.pk]),
        {"reasons": TYPED},
        lambda: engagement.refuse(**one, reasons="It is not proportionate to the harm."),
        asked.case.referral.reference,
    )


SCENES = (second_reading, quality_reading, verdict_on_a_pair, review_of_a_decision, authorisation)


def offered(page: str) -> list[dict[str, str]]:
    """What each button of the offer would post, and where."""
    found = []
    for form in html.fromstring(page).iter("form"):
        if form.xpath('.//input[@name="about"]'):
            fields = {each.get("name"): each.get("value") for each in form.iter("input")}
            buttons = [{"kind": each.get("value")} for each in form.iter("button")]
            found += [{**fields, **button, "to": form.get("action")} for button in buttons]
    return found


@pytest.mark.parametrize("make", SCENES, ids=lambda make: make.__name__)
def test_what_was_typed_is_recorded_as_a_dissent_or_a_note_where_a_colleague_was_faster(
    make: Callable[[Any], Scene], settings: Any
) -> None:
    scene, client = make(settings), Client()
    client.force_login(scene.person)
    assert client.get(scene.path).status_code == 200
    scene.faster()
    refused = client.post(scene.path, scene.body)
    assert refused.status_code == 409 and TYPED in refused.text
    dissent, note = offered(refused.text)
    assert (dissent["kind"], note["kind"]) == ("dissent", "note")
    for _ in range(2):  # pressed twice it is one
        assert client.post(dissent["to"], dissent).status_code == 302
    assert client.post(note["to"], note).status_code == 302
    kept = ReferralNote.objects.order_by("pk")
    assert [each.kind for each in kept] == ["dissent", "note"]
    assert all(TYPED in each.text and each.by == scene.person for each in kept)
    timeline = client.get(reverse("referrals:timeline", args=[scene.reference])).text
    assert TYPED in timeline and "Dissent: " in timeline


def test_a_data_wash_verdict_is_recorded_beside_the_one_of_a_colleague_who_was_faster(wash: Wash) -> None:
    (candidate,) = pairs_of(wash, "one")
    person, colleague, client = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER), Client()
    client.force_login(person)
    path = reverse("datawash:pair", args=[candidate.pk])
    assert client.get(path).status_code == 200
    review(candidate_id=candidate.pk, by=colleague, now=NOON + timedelta(hours=1), verdict="same")
    refused = client.post(path, {"verdict": "not_same", "note": TYPED, "seen": "0"})
    assert refused.status_code == 409 and TYPED in refused.text
    (form,) = [
        each
        for each in html.fromstring(refused.text).iter("form")
        if each.xpath('.//button[@value="beside"]')
    ]
    kept = {each.get("name"): each.get("value") for each in form.iter("input")}
    assert kept["verdict"] == "not_same" and kept["note"] == TYPED and kept["seen"] == "1"
    assert client.post(form.get("action"), kept).status_code == 302
    said = Review.objects.filter(candidate=candidate).order_by("pk")
    assert [(each.by, each.verdict) for each in said] == [(colleague, "same"), (person, "not_same")]
    assert said[1].note == TYPED
    assert "Officers disagree about this row" in client.get(path).text


def test_a_verdict_on_a_row_that_was_erased_offers_nothing_and_keeps_what_was_typed(wash: Wash) -> None:
    (candidate,) = pairs_of(wash, "one")
    client = Client()
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    go_stale(now=NOON + timedelta(days=1000))
    refused = client.post(reverse("datawash:pair", args=[candidate.pk]), {"verdict": "same", "note": TYPED})
    assert (
        refused.status_code == 409
        and TYPED in refused.text
        and "What you typed is not lost" not in refused.text
    )


def test_the_answer_that_was_chosen_goes_along_in_words(settings: Any) -> None:
    scene, client = verdict_on_a_pair(settings), Client()
    client.force_login(scene.person)
    scene.faster()
    text = offered(client.post(scene.path, scene.body).text)[0]["text"]
    assert "not the same" in text.lower() and TYPED in text


def test_a_form_that_is_wrong_by_itself_offers_nothing(settings: Any) -> None:
    scene, client = verdict_on_a_pair(settings), Client()
    client.force_login(scene.person)
    refused = client.post(scene.path, {**scene.body, "reason": "x"})
    assert refused.status_code in (200, 409) and offered(refused.text) == []


def test_nobody_dissents_from_a_row_they_were_not_shown(settings: Any) -> None:
    scene, client = verdict_on_a_pair(settings), Client()
    client.force_login(scene.person)
    path = reverse("referrals:add_note", args=[scene.reference])
    for about in ("", "forged"):
        assert client.post(path, {"kind": "dissent", "text": TYPED, "about": about}).status_code == 409
    assert not ReferralNote.objects.exists()


def test_without_the_offer_the_test_above_fails(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verb, "offer_instead", lambda *_: None)
    with pytest.raises(AssertionError):
        test_what_was_typed_is_recorded_as_a_dissent_or_a_note_where_a_colleague_was_faster(
            verdict_on_a_pair, settings
        )


def test_a_quality_reading_of_a_colleagues_is_never_a_404(settings: Any, client: Client) -> None:
    reading = a_reading(settings)
    found = {**SOUND, "overall": "with_remarks", "remarks": "The balance is thin."}
    quality.record_finding(reading_id=reading.pk, by=with_evidence(reading), now=LATER, **found)
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    page = client.get(reverse("quality:reading", args=[reading.pk]))
    assert page.status_code == 200 and "Read by" in page.text
    assert "The balance is thin." not in page.text  # that is between these, and managers
    decider = reading.decision.decided_by
    client.force_login(decider)
    assert "The balance is thin." in client.get(reverse("quality:reading", args=[reading.pk])).text

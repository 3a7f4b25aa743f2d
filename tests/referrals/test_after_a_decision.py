"""After an act the next one is offered; facts, form and rules stand beside each other."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from nexus.accounts.roles import Role
from referrals.models import Referral, ReferralNote
from tests.builders import NOON, a_submitted, a_user, an_acceptance, in_triage, with_a_question
from tests.referrals.croydon import page_of, signed_in

pytestmark = pytest.mark.django_db

TAKE_NEXT = "Take the next referral"


@pytest.fixture(autouse=True)
def at_noon() -> object:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


def decided() -> Referral:
    return an_acceptance().referral


def test_after_a_decision_the_road_goes_on() -> None:
    referral = decided()
    officer = referral.decisions.get().decided_by
    page = signed_in(officer).get(page_of("decide", referral)).text
    assert TAKE_NEXT in page
    assert f'href="{reverse("casework:detail", args=[referral.reference])}">Open the case' in page
    assert "Key the flag</a>" in page


def test_after_asking_the_force_the_next_one_is_offered() -> None:
    referral = with_a_question()
    assert TAKE_NEXT in signed_in(referral.claimed_by).get(page_of("detail", referral)).text


def test_what_is_still_to_be_done_is_not_left_for_the_next() -> None:
    referral = in_triage()
    mine = signed_in(referral.claimed_by).get(page_of("detail", referral)).text
    assert TAKE_NEXT not in mine
    assert TAKE_NEXT not in signed_in(a_user(Role.REFERRALS_OFFICER)).get(page_of("decide", decided())).text
    assert TAKE_NEXT not in signed_in(a_user(Role.MANAGER)).get(page_of("decide", decided())).text


def test_from_taken_to_accepted_there_are_four_presses() -> None:
    """Take next, accept, continue, confirm: the page of the referral leads to each decision itself."""
    a_submitted()
    officer = signed_in(a_user(Role.REFERRALS_OFFICER))
    page = officer.post(reverse("desk:take_next"), follow=True).text
    for name in ("accept", "not_accept", "redirect"):
        assert f'href="{page_of(name, Referral.objects.get())}"' in page


def test_facts_rules_and_form_stand_beside_each_other() -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).get(page_of("accept", referral)).text
    facts, form, rules = (page.index(words) for words in ('id="facts"', 'id="decision"', 'id="rules"'))
    assert facts < form < rules
    assert 'href="#decision"' in page
    assert 'href="#conduct"' in page
    assert "without an answer" in page


def test_the_subject_stands_in_main() -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).get(page_of("detail", referral)).text
    main = page[page.index("<main") : page.index("</main>")]
    assert main.index("nexus-identity__name") < main.index("<h1")


def test_a_working_note_has_a_page_in_triage() -> None:
    referral = in_triage()
    officer = signed_in(referral.claimed_by)
    assert "Save the note" in officer.get(page_of("add_note", referral)).text
    assert "Enter" in officer.post(page_of("add_note", referral), {"kind": "note", "text": ""}).text
    answer = officer.post(page_of("add_note", referral), {"kind": "note", "text": "Rings back on Monday."})
    assert answer.status_code == 302
    note = ReferralNote.objects.get()
    assert (note.kind, note.text, note.by) == ("note", "Rings back on Monday.", referral.claimed_by)

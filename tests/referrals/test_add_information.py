"""Add information: what the force tells of a referral it has sent, without being asked."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.parts import Urgency
from nexus.refusals import Refused
from nexus.waiting import items_for
from referrals import actions
from referrals.models import Proposal, Question, Referral
from referrals.states import ProposalState
from tests.builders import NOON, a_draft, a_proposal, a_submitted, an_assigned_case, in_triage
from tests.referrals.croydon import a_stranger, as_role, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = "He has moved to his sister in Bootle."
LATER = NOON + timedelta(hours=4)


def add(referral: Referral, **more: object) -> Question:
    by = {"by": referral.created_by, "now": LATER, "answer": WORDS}
    return actions.add_information(referral_id=referral.pk, **{**by, **more})


def told(kind: str = "information_added") -> list[User]:
    return [each.person for each in Notification.objects.filter(kind=kind)]


def test_the_force_adds_words_and_a_document_after_sending() -> None:
    referral = in_triage()
    client = signed_in(referral.created_by)
    assert "Add information or a document" in client.get(page_of("detail", referral)).text
    paper = SimpleUploadedFile("note.txt", b"Seen on two evenings.", "text/plain")
    sent = {
        "answer": WORDS,
        "file": paper,
        "description": "A note",
        "marking": "official",
        "disclosable": "yes",
    }
    answer = client.post(page_of("add_information", referral), sent, follow=True)
    assert "What you added has been sent" in answer.text and WORDS in answer.text
    assert referral.attachments.get().description == "A note"
    assert "referral.added_to" in kinds(referral)


def test_it_goes_to_whoever_holds_it_as_a_notice() -> None:
    referral = in_triage()
    add(referral)
    assert told() == [referral.claimed_by]
    item = next(
        each for each in items_for(referral.claimed_by, LATER) if each.reference == referral.reference
    )
    assert item.urgency is Urgency.ANSWERED


def test_of_an_accepted_one_the_case_owner_hears() -> None:
    case = an_assigned_case()
    add(case.referral)
    assert told() == [case.case_owner]
    page = signed_in(case.case_owner).get(f"/cases/{case.referral.reference}/").text
    assert WORDS in page and "Information was added on" in page


@pytest.mark.usefixtures("second_reading")
def test_a_proposed_decision_is_void() -> None:
    proposal = a_proposal()
    add(proposal.referral)
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.because) == (ProposalState.VOID, "The force added information.")


def test_who_read_it_before_must_read_what_is_new() -> None:
    referral = in_triage()
    add(referral)
    decision = {
        "reasons": "One event, long ago, and nothing current.",
        "balance": "Long residence outweighs it.",
    }
    with pytest.raises(Refused, match="The force has added to the referral since you read it"):
        actions.not_accept(referral_id=referral.pk, by=referral.claimed_by, now=LATER, **decision)


def test_not_to_a_draft_nor_to_a_withdrawn_one() -> None:
    with pytest.raises(Refused, match="has not been sent"):
        add(a_draft())
    referral = a_submitted()
    actions.withdraw(
        referral_id=referral.pk, by=referral.created_by, now=NOON, reason="The subject has left the UK."
    )
    with pytest.raises(Refused, match="has been withdrawn"):
        add(referral)


def test_only_its_own_force() -> None:
    referral = a_submitted()
    assert a_stranger().get(page_of("add_information", referral)).status_code == 404
    assert as_role(Role.REFERRALS_OFFICER).get(page_of("add_information", referral)).status_code == 403
    with pytest.raises(Refused, match="Enter what you want to add"):
        add(referral, answer=" ")

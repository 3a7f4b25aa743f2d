"""What each side sees of a support request, and the commitment ledger as managers and the force read it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.support import actions
from casework.support.models import SupportRequest
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from referrals import actions as referral_actions
from tests.builders import a_force, a_user, an_assigned_case
from tests.casework.support.builders import (
    ASKED_AT,
    WORDS,
    a_draft,
    a_lead,
    accepted,
    again,
    answers,
    page,
    submitted,
    value_added,
    with_force,
)
from tests.referrals.croydon import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


def test_the_form_keeps_what_was_typed_and_says_what_is_missing() -> None:
    case = an_assigned_case()
    ask = reverse("support:ask", args=[case.referral.reference])
    response = signed_in(case.case_owner).post(ask, answers(kind="", why=""))
    assert "Select what is asked for" in response.text and "Enter why it is needed" in response.text
    assert WORDS["asked"] in response.text and not SupportRequest.objects.exists()
    assert "Commitment: Evidence in person at tribunal" in response.text


def test_who_does_not_plan_the_case_reads_the_request_before_its_next_action() -> None:
    request, officer = with_force(), a_user(Role.REFERRALS_OFFICER)
    box = 'aria-label="Next action"'
    assert request.referral and box not in page(request, officer).text
    assert box in page(request, a_user(Role.MANAGER)).text
    summary = reverse("casework:detail", args=[request.referral.reference])
    assert box in signed_in(officer).get(summary).text


def test_a_draft_is_changed_before_it_is_sent() -> None:
    request = value_added()
    client = signed_in(request.asked_by)
    amend = reverse("support:amend", args=[request.pk])
    assert WORDS["asked"] in client.get(amend).text and 'value="CC/77/1204"' in client.get(amend).text
    born = {"subject_born-day": "4", "subject_born-month": "2", "subject_born-year": "1991"}
    said = {"force": "06", "own_reference": "CC/2", "subject_name": "Brask, O", **born}
    client.post(amend, answers(**said))
    assert again(request).own_reference == "CC/2" and again(request).subject_born.day == 4


def test_the_force_sees_what_it_needs_and_nothing_that_came_before() -> None:
    request, office = submitted(), a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    actions.send_back(request_id=request.pk, by=office, now=ASKED_AT, reason="Between us: ask Wren first.")
    submitted(again(request))
    actions.pass_on(request_id=request.pk, by=office, now=ASKED_AT)
    lead, officer = a_lead(request), a_user(Role.POLICE_OFFICER)
    read = page(request, lead).text
    assert "Accept" in read and "Visit the last known address" in read and request.asked_by.email in read
    assert "Between us: ask Wren first." not in read and "Ottoline Brandt" not in read
    assert "Between us: ask Wren first." in page(request, office).text
    assert "/accept/" not in page(request, officer).text
    assert page(request, a_user(Role.FORCE_LEAD, force=a_force("06"))).status_code == 404
    entry = AuditEvent.objects.filter(kind="support.viewed", by_id=lead.pk).get()
    assert entry.recipient == "West Midlands Police"


def test_what_croydon_sends_back_is_its_writers_own_again() -> None:
    request, office = submitted(), signed_in(a_user(Role.REFERRALS_OFFICER))
    sent = office.post(
        reverse("support:send_back", args=[request.pk]), {"reason": "Which address in Leeds?"}, follow=True
    )
    assert sent.status_code == 200 and "The request is back with the requester" in sent.text
    assert sent.redirect_chain[-1][0] == reverse("support:list")
    assert "Which address in Leeds?" in page(request, request.asked_by).text


def test_an_arrest_is_authorised_elsewhere() -> None:
    request = with_force(kind="arrest")
    assert "This request does not task an operation" in page(request, request.asked_by).text
    engagement = reverse("engagement:case", args=[request.referral.reference])
    assert engagement in page(request, request.asked_by).text
    assert "Do not arrest or detain on this request alone" in page(request, a_lead(request)).text


def test_the_thread_carries_documents_once_they_are_checked() -> None:
    request = accepted()
    officer, owner = a_user(Role.POLICE_OFFICER), request.asked_by
    client = signed_in(officer)
    write = reverse("support:add_message", args=[request.pk])
    paper = SimpleUploadedFile("visit.txt", b"Seen at the door.")
    unmarked = client.post(write, {"text": "The report.", "upload": paper})
    assert "Select the marking" in unmarked.text and "The report." in unmarked.text
    assert "Choose the document again: a browser does not keep it" in unmarked.text
    unsent = client.post(write, {"text": "The report.", "marking": "official"})
    assert "Choose the document again" in unsent.text and not request.messages.exists()
    paper.seek(0)
    sent = client.post(write, {"text": "The report.", "upload": paper, "marking": "official"}, follow=True)
    assert "The message is sent" in sent.text and "being checked" in sent.text
    message = request.messages.get()
    download = reverse("support:document", args=[request.pk, message.pk])
    assert signed_in(owner).get(download).status_code == 409
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=ASKED_AT)
    assert b"Seen at the door." in signed_in(owner).get(download).content
    assert AuditEvent.objects.get(kind="support.document_downloaded").by_id == owner.pk
    assert signed_in(a_user(Role.POLICE_OFFICER, force=a_force("06"))).get(download).status_code == 404


def test_a_deed_too_late_keeps_the_words_and_an_early_one_has_no_form() -> None:
    request = with_force()
    client = signed_in(a_lead(request))
    fulfil = reverse("support:fulfil", args=[request.pk])
    early = client.get(fulfil)
    assert (
        early.status_code == 409 and "You cannot do this now" in early.text and "<textarea" not in early.text
    )
    actions.cancel(request_id=request.pk, by=request.asked_by, now=ASKED_AT, reason="Found on another file.")
    late = client.post(reverse("support:accept", args=[request.pk]), {"answer": "We will go."})
    assert late.status_code == 409 and "We will go." in late.text and "now “Cancelled”" in late.text


def test_a_case_whose_flag_is_gone_says_so_beforehand() -> None:
    request = a_draft()
    referral = request.referral
    assert referral
    office = a_user(Role.REFERRALS_OFFICER)
    referral_actions.remove_flag(
        referral_id=referral.pk, by=office, now=ASKED_AT, reason="The force has no interest."
    )
    client = signed_in(request.asked_by)
    ask = client.get(reverse("support:ask", args=[referral.reference]))
    assert ask.status_code == 409 and "no longer eligible" in ask.text and "<textarea" not in ask.text
    assert "This cannot be submitted yet" in page(request, request.asked_by).text

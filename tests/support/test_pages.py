"""What each side sees of a support request, and the commitment ledger as managers and the force read it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import actions as casework_actions
from casework.support import actions, queries
from casework.support.models import SupportRequest
from casework.support.rules import Commitment, Standing
from casework.support.timeline import of_case
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from referrals import actions as referral_actions
from tests.builders import NOON, a_force, a_user, an_assigned_case, progress, with_a_question
from tests.material.builders import requested as a_summary_is_asked
from tests.material.builders import summarised
from tests.referrals.desk import signed_in
from tests.support.builders import (
    ASKED_AT,
    SUBJECT,
    WORDS,
    a_draft,
    a_lead,
    accepted,
    again,
    declined,
    from_criminal_casework,
    fulfilled,
    submitted,
    taking_part,
    value_added,
    with_force,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day_after() -> Any:
    with time_machine.travel(ASKED_AT + timedelta(hours=1), tick=True):
        yield


def page(request: SupportRequest, by: User, name: str = "detail") -> Any:
    return signed_in(by).get(reverse(f"support:{name}", args=[request.pk]))


def answers(**other: str) -> dict[str, str]:
    day = {"due_on-day": "27", "due_on-month": "11", "due_on-year": "2026"}
    return {"kind": "tracing", "asked": WORDS["asked"], "why": WORDS["why"], **day, **other}


def test_criminal_casework_asks_from_the_flag_and_sees_no_working_notes() -> None:
    case, cc = an_assigned_case(), a_user(Role.CRIMINAL_CASEWORK)
    casework_actions.add_note(case_id=case.pk, by=case.case_owner, now=ASKED_AT, text="Ours alone.")
    client, ask = signed_in(cc), reverse("support:ask", args=[case.referral.reference])
    seen = client.get(ask).text
    assert "availability of resource will be a factor" in seen
    read = client.post(ask, answers(own_reference="CC/9"), follow=True).text
    assert "Submit the request" in read and "CC/9" in read and "West Midlands Police" in read
    request = SupportRequest.objects.get()
    read += client.post(reverse("support:submit", args=[request.pk]), follow=True).text
    read += client.get(reverse("support:list")).text
    assert "the Referrals Office, which passes it on" in read
    assert "Ours alone." not in read and "town centre" not in read  # notes, and the referral's own words
    for name in ("support:case", "casework:detail", "referrals:detail"):
        assert client.get(reverse(name, args=[case.referral.reference])).status_code == 404
    assert page(request, a_user(Role.CRIMINAL_CASEWORK)).status_code == 404  # a colleague's


def test_the_form_keeps_what_was_typed_and_says_what_is_missing() -> None:
    case = an_assigned_case()
    ask = reverse("support:ask", args=[case.referral.reference])
    response = signed_in(case.case_owner).post(ask, answers(kind="", why=""))
    assert "Select what is asked for" in response.text and "Enter why it is needed" in response.text
    assert WORDS["asked"] in response.text and not SupportRequest.objects.exists()
    assert "Commitment: Evidence in person at tribunal" in response.text


def test_value_added_activity_is_offered_for_forces_that_take_part() -> None:
    taking_part()
    client, ask = signed_in(a_user(Role.CRIMINAL_CASEWORK)), reverse("support:ask_value_added")
    seen = client.get(ask).text
    assert "Greater Manchester" in seen and "West Midlands" not in seen
    born = {"subject_born-day": "3", "subject_born-month": "2", "subject_born-year": "1991"}
    said = {"force": "06", "own_reference": "CC/77/1204", "subject_name": "Brask, Odile", **born}
    read = client.post(ask, answers(**said), follow=True).text
    assert "value added activity" in read and "3 February 1991" in read
    assert {name: getattr(SupportRequest.objects.get(), name) for name in SUBJECT} == SUBJECT
    assert "Enter the name" in client.post(ask, answers(**{**said, "subject_name": ""})).text


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
    actions.send_back(request_id=request.pk, by=office, now=ASKED_AT, reason="Between us.")
    submitted(again(request))
    actions.pass_on(request_id=request.pk, by=office, now=ASKED_AT)
    lead, officer = a_lead(request), a_user(Role.POLICE_OFFICER)
    read = page(request, lead).text
    assert "Accept" in read and "Visit the last known address" in read and request.asked_by.email in read
    assert "Between us." not in read and "Ottoline Brandt" not in read
    assert "Between us." in page(request, office).text
    assert "/accept/" not in page(request, officer).text
    assert page(request, a_user(Role.FORCE_LEAD, force=a_force("06"))).status_code == 404
    entry = AuditEvent.objects.filter(kind="support.viewed", by_id=lead.pk).get()
    assert entry.recipient == "West Midlands Police"


def test_an_arrest_is_authorised_elsewhere() -> None:
    request = with_force(kind="arrest")
    assert "This request tasks no operation" in page(request, request.asked_by).text
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
    assert "You cannot do this now" in client.get(fulfil).text
    actions.cancel(request_id=request.pk, by=request.asked_by, now=ASKED_AT, reason="Found.")
    late = client.post(reverse("support:accept", args=[request.pk]), {"answer": "We will go."})
    assert late.status_code == 409 and "We will go." in late.text and "now “Cancelled”" in late.text


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.REFERRALS_OFFICER])
def test_the_list_asks_the_same_number_of_questions_of_any_length(role: Role) -> None:
    case, reader = an_assigned_case(), a_user(role)
    client, counts = signed_in(reader), []
    for more in (2, 10):
        for _ in range(more):
            with_force(case=case)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("support:list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_and_each_sees_their_own() -> None:
    mine, theirs = with_force(kind="papers"), value_added()
    lead = signed_in(a_lead(mine))
    path = reverse("support:list")
    assert "Serving papers" in lead.get(f"{path}?state=with_force").text
    assert "No requests match" in lead.get(f"{path}?state=fulfilled&kind=papers").text
    assert "Brask" not in lead.get(path).text
    assert "Brask" in signed_in(theirs.asked_by).get(path).text
    assert "Brask" not in signed_in(a_user(Role.REFERRALS_OFFICER)).get(path).text  # a draft


def test_what_waits_for_whom() -> None:
    def told(user: User) -> dict[str, tuple[int, int]]:
        lines = queries.waiting(user=user, now=timezone.now() + timedelta(days=20))
        return {line.words: (line.count, line.overdue) for line in lines}

    request = with_force()
    accepted(case=request.referral.case)
    submitted()
    lead, officer = a_lead(request), a_user(Role.POLICE_OFFICER)
    promised = "Support your force has promised"
    assert told(lead) == {"Requests for support to accept or decline": (1, 1), promised: (1, 1)}
    assert told(officer) == {promised: (1, 1)}
    assert told(a_user(Role.REFERRALS_OFFICER)) == {"Requests for police support to pass on": (1, 1)}
    assert told(request.asked_by) == {"Police support that is overdue": (2, 2)}
    assert told(a_user(Role.MANAGER)) == {}


def test_the_case_shows_support_and_its_timeline_tells_of_it() -> None:
    request = fulfilled()
    case = request.referral.case
    progress(case)
    read = signed_in(case.case_owner).get(reverse("support:case", args=[request.referral.reference])).text
    assert "1 thing asked: 1 kept in time." in read and "Ch Insp Marit Hollins" in read
    assert "Progress shared with the force" in read and "Ask for police support" in read
    titles = [entry.title for entry in of_case(case=case, before=None)]
    assert titles == [
        f"Police support, Tracing an absconder: {what}"
        for what in ("Done by the force", "Accepted by the force", "Passed on to the force")
    ]
    other = signed_in(a_user(Role.CASE_OWNER)).get(reverse("support:case", args=[request.referral.reference]))
    assert "is the case-owner" in other.text and "Ask for police support" not in other.text


def test_the_ledger_counts_both_ways_and_questions_with_it() -> None:
    asked = with_a_question()
    referral_actions.answer_information(
        referral_id=asked.pk, by=asked.created_by, now=NOON + timedelta(hours=2), answer="Two of them."
    )
    fulfilled(kind="tribunal")
    declined()
    with_force(kind="papers")
    cancelled = with_force()
    actions.cancel(request_id=cancelled.pk, by=cancelled.asked_by, now=ASKED_AT, reason="Found.")
    submitted()  # the force has not got it
    from_criminal_casework()
    helped = value_added(force=taking_part("20"))
    submitted(helped)
    actions.pass_on(request_id=helped.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    force = a_force("20")
    found = queries.ledger_of(force, timezone.localdate(ASKED_AT) + timedelta(days=30))
    counted = {of: dict(tally.by_standing) for of, tally in found.items() if tally.asked}
    assert counted == {
        Commitment.INFORMATION: {Standing.KEPT: 1},
        Commitment.EVIDENCE: {Standing.KEPT: 1},
        Commitment.TRACING: {Standing.NO_RESOURCE: 1},
        Commitment.RESOURCES: {Standing.OVERDUE: 1},
        Commitment.VALUE_ADDED: {Standing.OVERDUE: 1},
    }
    assert dict(queries.given_to(force))["Referrals decided, with reasons"] >= 3
    everywhere = signed_in(a_user(Role.MANAGER)).get(reverse("support:ledger")).text
    assert "5 things asked" in everywhere and "West Midlands Police" in everywhere


def test_material_is_additional_information_too() -> None:
    summarised()
    force, asked = a_force("20"), a_summary_is_asked()
    today = timezone.localdate(asked.requested_at)
    for day, stands in ((today, Standing.OPEN), (today + timedelta(days=60), Standing.OVERDUE)):
        tally = queries.ledger_of(force, day)[Commitment.INFORMATION]
        assert dict(tally.by_standing) == {Standing.KEPT: 1, stands: 1}
    of_one = queries.ledger_of_referral(asked.case.referral, today)
    assert of_one[Commitment.INFORMATION].asked == 1


def test_a_lead_reads_the_own_ledger_only() -> None:
    request = fulfilled()
    client = signed_in(a_lead(request))
    read = client.get(reverse("support:ledger")).text
    assert "Commitments of West Midlands Police" in read and "1 thing asked: 1 kept in time." in read
    assert client.get(reverse("support:force_ledger", args=["20"])).status_code == 200
    assert client.get(reverse("support:force_ledger", args=["06"])).status_code == 404
    manager = signed_in(a_user(Role.MANAGER))
    assert manager.get(reverse("support:force_ledger", args=["06"])).status_code == 200
    assert "Declined: no resource" in read and "Progress reports released" in read


def test_the_administrator_says_who_takes_part() -> None:
    force, client = a_force("06"), signed_in(a_user(Role.ADMINISTRATOR))
    path = reverse("administration:force_change", args=["06"])
    client.post(path, {"engaged": "yes", "value_added_activity": "on"})
    assert Force.objects.get(pk=force.pk).value_added_activity
    refused = client.post(path, {"engaged": "no", "value_added_activity": "on"})
    assert "Only an engaged force takes part in value added activity" in refused.text
    assert "Takes part" in client.get(reverse("administration:forces")).text


def test_a_case_whose_flag_is_gone_says_so_beforehand() -> None:
    request = a_draft()
    referral = request.referral
    assert referral
    office = a_user(Role.REFERRALS_OFFICER)
    referral_actions.remove_flag(referral_id=referral.pk, by=office, now=ASKED_AT, reason="No interest.")
    client = signed_in(request.asked_by)
    ask = client.get(reverse("support:ask", args=[referral.reference])).text
    assert "no longer eligible" in ask and "<textarea" not in ask
    assert "This cannot be submitted yet" in page(request, request.asked_by).text

"""From asking to fulfilment: every move, who makes it, what refuses it, what it leaves and whom it tells."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from casework import actions as casework_actions
from casework.support import actions
from casework.support.models import SupportMessage, SupportRequest
from casework.support.states import MOVES, State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals.models import Allocation
from tests.builders import a_user, an_assigned_case
from tests.casework.support.builders import (
    ANSWERS,
    ASKED_AT,
    DUE,
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
    value_added,
    with_force,
)
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person_id", flat=True))


def changes(request: SupportRequest) -> list[tuple[str, int | None]]:
    return [(change.verb, change.by_id) for change in request.changes.all()]


def test_liverpool_asks_and_the_force_has_it_at_once() -> None:
    lead = a_user(Role.FORCE_LEAD)
    request = with_force()
    owner = request.asked_by
    assert request.state == State.WITH_FORCE and request.passed_on_by == owner
    assert changes(request) == [("submit", owner.pk), ("pass_on", owner.pk)]
    assert told("support_asked") == {lead.pk} and told("support_submitted") == set()
    entry = AuditEvent.objects.get(kind="support.passed_on")
    assert (entry.by_id, entry.recipient) == (owner.pk, "West Midlands Police")


def test_criminal_casework_asks_by_way_of_croydon() -> None:
    office, lead = a_user(Role.REFERRALS_OFFICER), a_user(Role.FORCE_LEAD)
    allocated = Allocation.objects.count()
    request = submitted()
    assert request.state == State.SUBMITTED and office.pk in told("support_submitted")
    assert not SupportRequest.objects.visible_to(lead).exists()
    actions.pass_on(request_id=request.pk, by=office, now=ASKED_AT)
    request = again(request)
    assert request.state == State.WITH_FORCE and request.passed_on_by == office
    assert told("support_asked") == {lead.pk} and told("support_passed_on") == {request.asked_by_id}
    assert Allocation.objects.count() == allocated  # support moves no case


def test_croydon_sends_back_and_it_comes_again() -> None:
    request, office = submitted(), a_user(Role.REFERRALS_OFFICER)
    with pytest.raises(Refused, match="Enter why it is sent back"):
        actions.send_back(request_id=request.pk, by=office, now=ASKED_AT, reason=" ")
    actions.send_back(request_id=request.pk, by=office, now=ASKED_AT, reason="Which address in Leeds?")
    assert told("support_sent_back") == {request.asked_by_id}
    cc = request.asked_by
    words = {**WORDS, "asked": "Visit 3 Port Lane."}
    actions.amend(request_id=request.pk, by=cc, now=ASKED_AT, own_reference="CC/1", **words)
    assert submitted(again(request)).asked == "Visit 3 Port Lane."


def test_the_force_accepts_talks_and_does_it() -> None:
    request = accepted()
    officer, owner = a_user(Role.POLICE_OFFICER), request.asked_by
    assert told("support_accepted") == {owner.pk}
    actions.add_message(request_id=request.pk, by=officer, now=ASKED_AT, text="The door has two bells.")
    assert told("support_message") == {owner.pk}
    actions.add_message(request_id=request.pk, by=owner, now=ASKED_AT, text="Try the upper one.")
    assert told("support_message") == {owner.pk, officer.pk, request.answered_by_id}
    day = ASKED_AT.date()
    actions.fulfil(request_id=request.pk, by=officer, now=ASKED_AT, done="He lives there.", done_on=day)
    request = again(request)
    assert (request.state, request.done_on, request.done_by) == (State.FULFILLED, day, officer)
    assert told("support_fulfilled") == {owner.pk}
    kinds = [entry.kind for entry in AuditEvent.objects.filter(kind__startswith="support.").order_by("id")]
    assert kinds == [
        f"support.{done}"
        for done in (
            "asked", "submitted", "passed_on", "accepted", "message_added", "message_added", "fulfilled"
        )
    ]  # fmt: skip


def test_the_force_declines_for_want_of_resource_also_after_accepting() -> None:
    request = declined()
    assert (request.state, request.decline_reason) == (State.DECLINED, "resource")
    assert told("support_declined") == {request.asked_by_id}
    promised = accepted()
    lead = a_lead(promised)
    for reason, answer, sentence in (
        ("", "Sorry.", "Select why the force cannot help."),
        ("resource", " ", "Enter what the case-owner should know."),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.decline(
                request_id=promised.pk, by=lead, now=ASKED_AT, decline_reason=reason, answer=answer
            )
    actions.decline(
        request_id=promised.pk, by=lead, now=ASKED_AT, decline_reason="resource", answer="The unit is away."
    )
    assert [change.verb for change in promised.changes.all()][-2:] == ["accept", "decline"]


def test_whoever_asked_cancels_and_the_force_hears_only_of_what_it_had() -> None:
    early = submitted()
    actions.cancel(request_id=early.pk, by=early.asked_by, now=ASKED_AT, reason="He has been found in Leeds.")
    request = with_force()
    lead = a_lead(request)
    assert told("support_cancelled") == set()
    assert not SupportRequest.objects.visible_to(lead).filter(pk=early.pk).exists()
    with pytest.raises(Refused, match="Enter why it is cancelled"):
        actions.cancel(request_id=request.pk, by=request.asked_by, now=ASKED_AT, reason="")
    actions.cancel(
        request_id=request.pk, by=request.asked_by, now=ASKED_AT, reason="He has been found in Leeds."
    )
    assert told("support_cancelled") == {lead.pk}


BY = {
    "pass_on": Role.REFERRALS_OFFICER,
    "send_back": Role.REFERRALS_OFFICER,
    "accept": Role.FORCE_LEAD,
    "decline": Role.FORCE_LEAD,
    "fulfil": Role.POLICE_OFFICER,
}
MAKE: dict[str, Any] = {
    State.SUBMITTED: submitted,
    State.WITH_FORCE: with_force,
    State.ACCEPTED: accepted,
    State.DECLINED: declined,
    State.FULFILLED: fulfilled,
}


def test_a_verb_out_of_turn_is_refused_with_the_state() -> None:
    for state, make in MAKE.items():
        request = make()
        for verb, move in MOVES.items():
            by = a_user(BY[verb]) if verb in BY else request.asked_by
            if state in move.source or not SupportRequest.objects.visible_to(by).exists():
                continue
            with pytest.raises(Refused, match=f"now “{State(state).label}”"):
                getattr(actions, verb)(request_id=request.pk, by=by, now=ASKED_AT, **ANSWERS.get(verb, {}))
        assert again(request).state == state


def test_what_is_wrong_with_the_words() -> None:
    case = an_assigned_case()
    for words, sentence in (
        ({"kind": "favour"}, "Select what kind"),
        ({"asked": " "}, "Enter what is asked"),
        ({"why": ""}, "Enter why it is asked"),
        ({"due_on": date(2026, 11, 16)}, "must be today or later"),
    ):
        with pytest.raises(Refused, match=sentence):
            a_draft(case=case, **words)


@pytest.mark.parametrize(
    ("done_on", "sentence"),
    [
        (date(2026, 11, 18), "today or in the past"),
        (date(2026, 11, 16), "on or after the day the force was asked"),
    ],
)
def test_when_it_was_done(done_on: date, sentence: str) -> None:
    request = accepted()
    words = {"done": "Done.", "done_on": done_on}
    with pytest.raises(Refused, match=sentence):
        actions.fulfil(request_id=request.pk, by=a_lead(request), now=ASKED_AT, **words)


def test_the_case_owner_of_the_day_is_told() -> None:
    case, new = an_assigned_case(), a_user(Role.CASE_OWNER)
    request = with_force(case=case)
    casework_actions.reassign(
        case_id=case.pk,
        by=a_user(Role.MANAGER),
        now=ASKED_AT,
        case_owner=new,
        reason="On leave until January.",
    )
    accepted(again(request))
    assert told("support_accepted") == {new.pk, request.asked_by_id}


def test_no_thread_before_the_force_has_it() -> None:
    request = submitted()
    with pytest.raises(Refused, match="cannot send a message to the force"):
        actions.add_message(request_id=request.pk, by=request.asked_by, now=ASKED_AT, text="Hello?")
    with pytest.raises(Refused, match="Enter your message"):
        sent = with_force()
        actions.add_message(request_id=sent.pk, by=sent.asked_by, now=ASKED_AT, text="  ")
    assert not SupportMessage.objects.exists()


def test_what_was_asked_stays() -> None:
    request = with_force()
    with pytest.raises(Refused, match="you cannot change it"):
        actions.amend(request_id=request.pk, by=request.asked_by, now=ASKED_AT, **WORDS)
    rows = SupportRequest.objects.filter(pk=request.pk)
    for change in ({"asked": "Something else."}, {"due_on": DUE + timedelta(days=1)}, {"state": "fulfilled"}):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportRequest.objects.filter(pk=value_added().pk).update(subject_name="")


def test_chased_once_before_the_day_and_once_after_it() -> None:
    request = with_force()
    lead, owner = a_lead(request), request.asked_by
    submitted()  # not with the force: nobody there to chase
    fulfilled()
    before, after = ASKED_AT + timedelta(days=8), ASKED_AT + timedelta(days=11)
    assert actions.chase(now=ASKED_AT) == 0
    assert actions.chase(now=before) == 1 and actions.chase(now=before) == 0
    assert told("support_due_soon") == {lead.pk}
    assert actions.chase(now=after) == 1 and actions.chase(now=after) == 0
    assert told("support_overdue") == {lead.pk, owner.pk}
    assert AuditEvent.objects.filter(kind="support.chased").count() == 2
    with time_machine.travel(after):
        read = signed_in(owner).get(reverse("support:detail", args=[request.pk])).text
    assert "Reminded before the day, 25 November 2026" in read
    assert "Told that it is overdue, 28 November 2026" in read


def test_value_added_holds_only_what_was_typed() -> None:
    """No more of the subject than a reference, a name and a date of birth."""
    request = value_added()
    assert {name: getattr(request, name) for name in SUBJECT} == SUBJECT
    assert request.referral is None and from_criminal_casework().subject_name == ""

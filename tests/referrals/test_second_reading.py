"""A decision is proposed, and a second officer reads it before it is made."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from nexus.ui.paging import KeysetPage
from nexus.waiting import waiting_for
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.desk import actions as desk_actions
from referrals.models import Proposal, Referral, TriageDecision
from referrals.queries import to_read_twice
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.second_reading import Cause, cause_of
from referrals.states import MOVES, VOIDS_A_PROPOSAL, ProposalState, State
from tests.builders import (
    ACCEPTANCE,
    NOON,
    REFUSAL,
    a_proposal,
    a_submitted,
    a_user,
    decision_like,
    in_triage,
    read_by,
)
from tests.referrals.croydon import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_reading")]

HOUR = timedelta(hours=1)
LATER = NOON + 2 * HOUR
REJECTED = {"active_police_interest": False}  # M6: no limb can be met


@pytest.mark.parametrize("outcome", list(MatrixOutcome))
def test_which_decisions_are_read_twice(outcome: MatrixOutcome) -> None:
    departs = outcome in (MatrixOutcome.M0, MatrixOutcome.M6)
    assert cause_of(outcome, accepted=False) is Cause.REFUSALS
    assert cause_of(outcome, accepted=True) is (Cause.DEPARTURES if departs else None)


# The happy path


def test_a_refusal_is_proposed_read_and_made_in_its_proposers_name() -> None:
    proposal = a_proposal()
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    decision = actions.agree(
        proposal_id=proposal.pk, by=reader, now=LATER, remarks="Read all of it, and the record of May."
    )
    proposal.refresh_from_db()
    referral = Referral.objects.get(pk=proposal.referral_id)
    assert (referral.state, proposal.state, proposal.decision) == ("not_accepted", "agreed", decision)
    assert (decision.decided_by, decision.decided_at) == (proposal.proposed_by, LATER)
    assert (decision.second_reader, decision.second_read_at) == (reader, LATER)
    assert (decision.reasons, decision.balance) == (REFUSAL["reasons"], REFUSAL["balance"])
    assert referral.changes.last().by == proposal.proposed_by


def test_an_acceptance_against_the_rules_opens_the_case_only_when_agreed() -> None:
    proposal = a_proposal("accepted", **REJECTED)
    assert proposal.cause == "departures"
    assert not Case.objects.exists() and not TriageDecision.objects.exists()
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    decision = actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)
    assert decision.outcome == "accepted" and decision.flags.get().set_by == proposal.proposed_by
    assert Case.objects.get().referral == proposal.referral
    assert decision.assessment == proposal.assessment


def test_what_needs_no_second_reader_is_decided_by_one() -> None:
    referral = in_triage()
    by = {"referral_id": referral.pk, "by": referral.claimed_by, "now": LATER}
    with pytest.raises(Refused, match="needs no second reader"):
        actions.propose(**by, outcome="accepted", **ACCEPTANCE)
    assert actions.accept(**by, **ACCEPTANCE).second_reader is None


@pytest.mark.parametrize("in_use", [[], ["refusals"], ["departures"]])
def test_the_settings_say_which(settings: Any, in_use: list[str]) -> None:
    settings.NEXUS_SECOND_READING = in_use
    for verb, words, answers, cause in (
        ("not_accept", REFUSAL, {}, "refusals"),
        ("accept", ACCEPTANCE, REJECTED, "departures"),
    ):
        referral = in_triage(**answers)
        one = {"referral_id": referral.pk, "by": referral.claimed_by, "now": LATER}
        if cause in in_use:
            with pytest.raises(Refused, match="A second officer reads it before it is made"):
                getattr(actions, verb)(**one, **words)
            assert Referral.objects.get(pk=referral.pk).state == State.IN_TRIAGE
        else:
            assert getattr(actions, verb)(**one, **words).second_reader is None


# Who may, and what they must have done


def test_the_proposer_cannot_read_it_nor_can_who_raised_the_referral() -> None:
    proposal = a_proposal()
    with pytest.raises(Refused, match="You proposed this decision"):
        actions.agree(proposal_id=proposal.pk, by=proposal.proposed_by, now=LATER)
    raiser = User.objects.get(pk=proposal.referral.created_by_id)
    raiser.role, raiser.force = Role.REFERRALS_OFFICER, None  # has moved to the Referrals Office since
    raiser.save()
    read_by(raiser, proposal)
    with pytest.raises(Refused, match="You raised this referral"):
        actions.agree(proposal_id=proposal.pk, by=raiser, now=LATER)


@pytest.mark.parametrize("act", ["agree", "send_back"])
def test_the_reader_opens_the_referral_first(act: str) -> None:
    proposal, reader = a_proposal(), a_user(Role.REFERRALS_OFFICER)
    words = {"reasons": "No, the papers differ."} if act == "send_back" else {}
    with pytest.raises(Refused, match="Open and read the referral"):
        getattr(actions, act)(proposal_id=proposal.pk, by=reader, now=LATER, **words)


@pytest.mark.parametrize("act", ["agree", "send_back", "recall"])
def test_others_may_not(act: str) -> None:
    proposal = a_proposal()
    words = {
        "agree": {},
        "send_back": {"reasons": "No, the papers differ."},
        "recall": {"reason": "No, the papers differ."},
    }[act]
    one = {"proposal_id": proposal.pk, "now": LATER, **words}
    with pytest.raises(PermissionDenied):
        getattr(actions, act)(**one, by=a_user(Role.MANAGER))
    for outside in (Role.POLICE_OFFICER, Role.CASE_OWNER, Role.AUDITOR):
        with pytest.raises(Proposal.DoesNotExist):
            getattr(actions, act)(**one, by=a_user(outside))


def test_only_who_holds_it_proposes_and_with_all_the_form_asks() -> None:
    referral = in_triage()
    one = {"referral_id": referral.pk, "now": LATER, "outcome": "not_accepted"}
    with pytest.raises(Refused, match="holds this referral"):
        actions.propose(**one, by=a_user(Role.REFERRALS_OFFICER), **REFUSAL)
    with pytest.raises(Refused, match="Enter the reasons"):
        actions.propose(**one, by=referral.claimed_by, **{**REFUSAL, "reasons": " "})
    with pytest.raises(PermissionDenied):
        actions.propose(**one, by=a_user(Role.MANAGER), **REFUSAL)


# What ends it otherwise


def test_it_is_returned_with_reasons_and_proposed_anew() -> None:
    proposal, reader = a_proposal(), a_user(Role.REFERRALS_OFFICER)
    read_by(reader, proposal)
    with pytest.raises(Refused, match="Enter why you return"):
        actions.send_back(proposal_id=proposal.pk, by=reader, now=LATER, reasons="")
    actions.send_back(proposal_id=proposal.pk, by=reader, now=LATER, reasons="Weigh the children too.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.because, proposal.read_by) == (
        "returned",
        "Weigh the children too.",
        reader,
    )
    again = a_proposal(referral=proposal.referral, now=LATER, balance="The children weigh little here.")
    assert again.bound_to != proposal.bound_to
    assert actions.agree(proposal_id=again.pk, by=reader, now=LATER).balance == again.balance


def test_its_proposer_takes_it_back() -> None:
    proposal = a_proposal()
    with pytest.raises(Refused, match="Only they can take it back"):
        actions.recall(
            proposal_id=proposal.pk,
            by=a_user(Role.REFERRALS_OFFICER),
            now=LATER,
            reason="The case is with the team at Leeds.",
        )
    actions.recall(proposal_id=proposal.pk, by=proposal.proposed_by, now=LATER, reason="To say it better.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.because, proposal.read_by) == ("void", "To say it better.", None)


def _release(referral: Referral) -> None:
    actions.release(referral_id=referral.pk, by=referral.claimed_by, now=LATER)


def _hand_over(referral: Referral) -> None:
    to, by = a_user(Role.REFERRALS_OFFICER), a_user(Role.MANAGER)
    actions.hand_over(referral_id=referral.pk, by=by, now=LATER, to=to, reason="On leave until January.")


def _ask(referral: Referral) -> None:
    questions = [NewQuestion("Since when?", date(2026, 11, 27))]
    actions.request_information(
        referral_id=referral.pk, by=referral.claimed_by, now=LATER, questions=questions
    )


def _withdraw(referral: Referral) -> None:
    actions.withdraw(referral_id=referral.pk, by=referral.created_by, now=LATER, reason="Left the country.")


def _add(referral: Referral) -> None:
    words = "He was arrested again on Monday."
    actions.add_information(referral_id=referral.pk, by=referral.created_by, now=LATER, answer=words)


def _correct(referral: Referral) -> None:
    actions.correct(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=LATER,
        page="identity",
        values={"date_of_birth": date(1985, 8, 1), "date_of_birth_precision": "exact"},
        because="His passport says so: page 3 of the scan.",
    )


DEEDS: dict[str, Callable[[Referral], None]] = {
    "release": _release,
    "hand_over": _hand_over,
    "request_information": _ask,
    "withdraw": _withdraw,
    "add_information": _add,
    "correct": _correct,
}
DECIDING = {"accept", "not_accept", "redirect"}


def test_every_way_out_of_triage_is_thought_of() -> None:
    out = {verb for verb, move in MOVES.items() if State.IN_TRIAGE in move.source}
    changes_it_where_it_is = {"add_information", "correct"}
    assert out | changes_it_where_it_is == DECIDING | VOIDS_A_PROPOSAL.keys()
    assert VOIDS_A_PROPOSAL.keys() == DEEDS.keys()


@pytest.mark.parametrize("verb", DEEDS)
def test_what_happens_to_the_referral_makes_it_void(verb: str) -> None:
    proposal = a_proposal()
    DEEDS[verb](Referral.objects.get(pk=proposal.referral_id))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.because) == ("void", VOIDS_A_PROPOSAL[verb])
    assert AuditEvent.objects.get(kind="proposal.lapsed").reason == VOIDS_A_PROPOSAL[verb]
    told = Notification.objects.filter(kind="proposal_void", person=proposal.proposed_by)
    assert told.exists() == (verb in ("hand_over", "withdraw", "add_information"))  # not of one's own deed
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    with pytest.raises((Refused, Referral.DoesNotExist)):
        actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)


@pytest.mark.parametrize("verb", sorted(DECIDING))
def test_while_it_stands_nothing_else_is_decided(verb: str) -> None:
    referral = a_proposal().referral
    words = {
        "accept": ACCEPTANCE,
        "not_accept": REFUSAL,
        "redirect": {
            "reasons": "It is theirs to deal with at Leeds.",
            "destination": "national_removal_command",
        },
    }[verb]
    with pytest.raises(Refused, match="is waiting for a second reader"):
        getattr(actions, verb)(referral_id=referral.pk, by=referral.claimed_by, now=LATER, **words)
    with pytest.raises(Refused, match="is waiting for a second reader"):
        a_proposal(referral=referral)


def test_what_changed_beneath_it_cannot_be_agreed_to() -> None:
    proposal = a_proposal()
    reader = a_user(Role.REFERRALS_OFFICER)
    Referral.objects.filter(pk=proposal.referral_id).update(changed_at=LATER)
    read_by(reader, proposal, now=LATER)
    with pytest.raises(Refused, match="has changed since this was proposed"):
        actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)
    assert not TriageDecision.objects.exists()
    actions.send_back(proposal_id=proposal.pk, by=reader, now=LATER, reasons="Read what is new.")


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [("not_accepted", "follows this referral"), ("accepted", "has changed since this was proposed")],
)
def test_what_has_come_to_follow_it_is_part_of_it(outcome: str, sentence: str) -> None:
    proposal, follower = a_proposal(outcome, **REJECTED), a_submitted()
    Referral.objects.filter(pk=follower.pk).update(follows=proposal.referral)
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    record(kind="referral.viewed", by=reader, subject=follower, now=LATER)
    with pytest.raises(Refused, match=sentence):
        actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)


def test_a_claim_that_waits_for_a_reader_is_not_idle(settings: Any) -> None:
    settings.NEXUS_CLAIM_IDLE_HOURS = 1
    proposal = a_proposal()
    assert desk_actions.end_idle_claims(now=NOON + timedelta(days=30)) == 0
    actions.recall(proposal_id=proposal.pk, by=proposal.proposed_by, now=LATER, reason="Changed my mind.")
    assert desk_actions.end_idle_claims(now=NOON + timedelta(days=30)) == 1


# The database says no as well


@pytest.mark.parametrize(
    "changes",
    [
        {"reasons": "Others looked at it."},
        {"bound_to": "0" * 64},
        {"proposed_by_id": 1},
        {"state": ProposalState.AGREED},
        {"state": ProposalState.RETURNED, "because": "No, the papers differ."},
        {"state": ProposalState.VOID},
    ],
    ids=str,
)
def test_the_database_keeps_its_words_and_its_readers(changes: dict[str, Any]) -> None:
    proposal = a_proposal()
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**changes)


def test_the_database_knows_who_may_not_be_the_second_reader() -> None:
    proposal = a_proposal()
    returned = {"state": ProposalState.RETURNED, "because": "No, the papers differ.", "read_at": LATER}
    for reader in (proposal.proposed_by_id, proposal.referral.created_by_id):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**returned, read_by_id=reader)
    decision = actions.agree(
        proposal_id=proposal.pk, by=read_by(a_user(Role.REFERRALS_OFFICER), proposal), now=LATER
    )
    not_theirs = "a_second_reader_is_another_person|Whoever raised the referral cannot be"
    for reader in (decision.decided_by_id, proposal.referral.created_by_id):
        with pytest.raises(DatabaseError, match=not_theirs), transaction.atomic():
            decision_like(decision, second_reader_id=reader)
    with pytest.raises(IntegrityError, match="second_reader_and_at_together"), transaction.atomic():
        decision_like(decision, second_reader_id=None)


# What is written down, and who hears


def test_each_step_is_written_and_told() -> None:
    reader = a_user(Role.REFERRALS_OFFICER)
    proposal = a_proposal()
    told = set(Notification.objects.filter(kind="second_reading_waits").values_list("person", flat=True))
    assert reader.pk in told and proposal.proposed_by_id not in told
    assert [line.count for line in waiting_for(reader, LATER)] == [1]
    assert list(waiting_for(proposal.proposed_by, LATER)) == []
    read_by(reader, proposal)
    reader.request_id = "the-request"
    actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)
    kinds = AuditEvent.objects.filter(subject_type="referrals.proposal").order_by("id")
    assert [(each.kind, each.by_id) for each in kinds] == [
        ("proposal.proposed", proposal.proposed_by_id),
        ("proposal.agreed", reader.pk),
    ]
    made = AuditEvent.objects.get(kind="referral.not_accepted")
    assert (made.by_id, made.detail["second_reader"]) == (proposal.proposed_by_id, reader.pk)
    assert made.request_id == "the-request"
    assert Notification.objects.get(kind="proposal_agreed").person == proposal.proposed_by
    assert Notification.objects.get(kind="referral_decided").person == proposal.referral.created_by
    assert not to_read_twice(reader).exists()


# The pages


def test_the_officer_is_told_beforehand_and_proposes(client: Client) -> None:
    referral = in_triage()
    client.force_login(referral.claimed_by)
    path = reverse("referrals:not_accept", args=[referral.reference])
    check = client.post(path, REFUSAL).content.decode()
    assert "A second officer reads it first" in check and "Propose this decision" in check
    done = client.post(path, {**REFUSAL, "step": "confirm"}, follow=True).content.decode()
    assert "waits for a second reader" in done and "Open the proposed decision" in done
    assert Proposal.objects.get().state == "proposed"


def test_the_confirm_page_of_a_plain_acceptance_speaks_of_no_second_reader(client: Client) -> None:
    referral = in_triage()
    client.force_login(referral.claimed_by)
    answers = {**ACCEPTANCE, "significant_conviction": "no", "held_by": "nobody"}
    check = client.post(reverse("referrals:accept", args=[referral.reference]), answers).content.decode()
    assert "second officer" not in check and "Accept the referral" in check


def test_the_reader_agrees_on_the_page(client: Client) -> None:
    proposal = a_proposal()
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    path = reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk])
    before = client.get(path).content.decode()
    assert "Open and read the referral before you decide" in before and "Record your answer" not in before
    referral = client.get(reverse("referrals:detail", args=[proposal.referral.reference])).text
    assert f'href="{path}"' in referral and "You, or another referrals officer" in referral
    assert "Enter why you return" in client.post(path, {"answer": "send_back"}).content.decode()
    done = client.post(path, {"answer": "agree"}, follow=True).content.decode()
    assert "is decided: not accepted" in done
    again = client.post(path, {"answer": "agree"})
    assert again.status_code == 409 and "is now “Agreed”" in again.content.decode()


def test_the_referral_leads_nobody_to_their_own_proposal(client: Client) -> None:
    proposal = a_proposal()
    client.force_login(proposal.proposed_by)
    page = client.get(reverse("referrals:detail", args=[proposal.referral.reference])).text
    assert "Read the proposed decision</a>" not in page and "You, or another" not in page


def test_what_was_returned_is_changed_and_proposed_again(client: Client) -> None:
    proposal = a_proposal("accepted", **REJECTED)
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    actions.send_back(proposal_id=proposal.pk, by=reader, now=LATER, reasons="Say what was checked.")
    client.force_login(proposal.proposed_by)
    decide = client.get(reverse("referrals:decide", args=[proposal.referral.reference])).content.decode()
    assert "Say what was checked." in decide and f"?again={proposal.pk}" in decide
    path = reverse("referrals:accept", args=[proposal.referral.reference])
    form = client.get(f"{path}?again={proposal.pk}").content.decode()
    assert ACCEPTANCE["balance"] in form and form.count("checked") >= 4
    assert ACCEPTANCE["balance"] not in client.get(path).content.decode()
    client.force_login(reader)
    assert client.get(f"{path}?again={proposal.pk}").content.decode().count("checked") < form.count("checked")


def test_the_list_shows_what_one_may_read_and_never_ones_own(
    client: Client, django_assert_num_queries: Any
) -> None:
    own = a_proposal()
    others = [a_proposal() for _ in range(2)]
    client.force_login(own.proposed_by)
    path = reverse("referrals:second_readings")
    page = client.get(path).content.decode()
    waits, mine = page.split("Proposed by you")
    assert "(2)" in page and all(each.referral.reference in waits for each in others)
    assert own.referral.reference in mine and own.referral.reference not in waits
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for _ in range(10):
        a_proposal()
    with django_assert_num_queries(len(few)):
        assert "(12)" in client.get(path).content.decode()
    queue = client.get(reverse("desk:queue")).content.decode()
    assert "Second reading" in queue
    assert "Decisions to read a second time (12)" in client.get(reverse("waiting")).content.decode()


@time_machine.travel(LATER, tick=False)
def test_custody_clocks_come_first_then_the_longest_waiting(monkeypatch: Any) -> None:
    monkeypatch.setattr("referrals.views.second_reading.KeysetPage", partial(KeysetPage, size=1))
    custody = {"in_custody": True, "custody_reference": "Perry Barr 114"}
    first = a_proposal()
    late = a_proposal(now=NOON + HOUR)
    long, short = (
        a_proposal(now=NOON + HOUR, **custody, custody_clock_started_at=NOON - hours * HOUR)
        for hours in (2, 20)
    )
    reader, shown, address = signed_in(a_user(Role.REFERRALS_OFFICER)), [], ""
    for _ in range(4):
        page = reader.get(reverse("referrals:second_readings") + address).text
        shown += [int(pk) for pk in re.findall(r"/proposals/(\d+)/", page)]
        assert ("Custody clock: " in page) == (shown[-1] in (long.pk, short.pk))
        address = f"?after={shown[-1]}"
    assert shown == [short.pk, long.pk, first.pk, late.pk]


def test_the_timeline_and_the_decision_say_who_read_it(client: Client) -> None:
    proposal = a_proposal()
    reader = read_by(a_user(Role.REFERRALS_OFFICER, full_name="Odile Harrowgate"), proposal)
    actions.agree(proposal_id=proposal.pk, by=reader, now=LATER)
    client.force_login(a_user(Role.MANAGER))
    reference = proposal.referral.reference
    timeline = client.get(reverse("referrals:timeline", args=[reference])).content.decode()
    assert "Proposed: not accepted" in timeline and "Second reader agreed" in timeline
    decision = client.get(reverse("referrals:decide", args=[reference])).content.decode()
    assert "Second reader, who agreed" in decision and "Odile Harrowgate" in decision


def test_the_api_says_that_a_second_reader_is_needed(client: Client) -> None:
    referral = in_triage()
    client.force_login(referral.claimed_by)
    path = reverse("api:referral_not_accept", args=[referral.reference])
    refused = client.post(path, json.dumps(REFUSAL), content_type="application/json")
    assert refused.status_code == 409 and "propose it" in refused.json()["reasons"][0]

"""The commitment ledger, both ways: as managers, the force and the case-owner read it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from casework.support import actions
from casework.support.ledger import (
    asked_for_referral,
    asked_of_force,
    given_to,
    ledger_of_referral,
    operations_of,
)
from casework.support.rules import Commitment, Standing, ledger
from casework.support.timeline import of_case
from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from tests.builders import NOON, a_force, a_user, an_assigned_case, progress, with_a_question
from tests.casework.engagement.builders import executed
from tests.casework.material.builders import requested as a_summary_is_asked
from tests.casework.material.builders import summarised
from tests.casework.support.builders import (
    ASKED_AT,
    a_lead,
    accepted,
    declined,
    from_criminal_casework,
    fulfilled,
    submitted,
    taking_part,
    value_added,
    with_force,
)
from tests.referrals.croydon import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


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
    actions.cancel(
        request_id=cancelled.pk, by=cancelled.asked_by, now=ASKED_AT, reason="Found on another file."
    )
    submitted()  # the force has not got it
    from_criminal_casework()
    helped = value_added(force=taking_part("20"))
    submitted(helped)
    actions.pass_on(request_id=helped.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    force = a_force("20")
    found = ledger(asked_of_force(force, timezone.localdate(ASKED_AT) + timedelta(days=30)))
    counted = {of: dict(tally.by_standing) for of, tally in found.items() if tally.asked}
    assert counted == {
        Commitment.INFORMATION: {Standing.KEPT: 1},
        Commitment.EVIDENCE: {Standing.KEPT: 1},
        Commitment.TRACING: {Standing.NO_RESOURCE: 1},
        Commitment.RESOURCES: {Standing.OVERDUE: 1},
        Commitment.VALUE_ADDED: {Standing.OVERDUE: 1},
    }
    given = {each.words: each.count for each in given_to(force, reader=a_user(Role.MANAGER))}
    assert given["Referrals decided, with reasons"] >= 3
    everywhere = signed_in(a_user(Role.MANAGER)).get(reverse("support:ledger")).text
    assert "5 things asked" in everywhere and "West Midlands Police" in everywhere


def test_material_is_additional_information_too() -> None:
    summarised()
    force, asked = a_force("20"), a_summary_is_asked()
    today = timezone.localdate(asked.requested_at)
    for day, stands in ((today, Standing.OPEN), (today + timedelta(days=60), Standing.OVERDUE)):
        tally = ledger(asked_of_force(force, day))[Commitment.INFORMATION]
        assert dict(tally.by_standing) == {Standing.KEPT: 1, stands: 1}
    of_one = ledger_of_referral(asked_for_referral(asked.case.referral, today))
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


def test_each_number_leads_to_what_it_counts() -> None:
    asked, request = with_a_question(), with_force(kind="papers")
    manager, lead = signed_in(a_user(Role.MANAGER)), signed_in(a_lead(request))
    path = reverse("support:force_ledger", args=["20"])
    wanted = f"{path}?commitment=resources&amp;standing=open#counted"
    assert wanted in manager.get(path).text
    for reader in (manager, lead):
        followed = reader.get(f"{path}?commitment=resources&standing=open").text
        assert "Resources to serve papers, or arrest and detain, Open (1)" in followed
        assert reverse("support:detail", args=[request.pk]) in followed
        everything = reader.get(f"{path}?standing=").text
        assert "Everything asked (2)" in everything
        assert reverse("referrals:detail", args=[asked.reference]) in everything
    assert "Nothing is counted here" in lead.get(f"{path}?standing=overdue").text
    owner = signed_in(request.asked_by)
    of_case = owner.get(reverse("support:case", args=[request.referral.reference]) + "?standing=open").text
    assert "Open (1)" in of_case


def test_operations_carried_out_stand_in_rows_of_their_own() -> None:
    case, lead, manager = an_assigned_case(), a_user(Role.FORCE_LEAD), a_user(Role.MANAGER)
    force = case.referral.force
    engagement = executed(officer=lead, case=case, cio=a_user(Role.CIO_HMI))
    for reader in (lead, manager):
        told = {each.words: each for each in operations_of(force, reader=reader)}
        row = told["Operations carried out"]
        assert row.count == 1 and told["Operations aborted"].count == 0
        ledger_page = signed_in(reader).get(reverse("support:force_ledger", args=[force.code])).text
        assert "Operations carried out" in ledger_page and escape(row.path) in ledger_page
        there = signed_in(reader).get(row.path).text
        assert reverse("engagement:detail", args=[engagement.pk]) in there
    of_case = reverse("support:case", args=[case.referral.reference])
    assert "What the force did in operations" in signed_in(case.case_owner).get(of_case).text
    assert operations_of(a_force("06"), reader=manager)[0].count == 0


def test_what_was_recorded_on_a_later_day_says_so() -> None:
    request, same_day = accepted(), fulfilled()
    done = {"done": "He lives there.", "done_on": ASKED_AT.date()}
    actions.fulfil(request_id=request.pk, by=a_lead(request), now=ASKED_AT + timedelta(days=2), **done)
    client = signed_in(a_user(Role.MANAGER))
    page = client.get(reverse("support:detail", args=[request.pk])).text
    assert "Kept" in page and "recorded 19 November 2026" in page
    ledger_page = client.get(reverse("support:force_ledger", args=["20"]) + "?standing=kept").text
    assert "17 November 2026, recorded 19 November 2026" in ledger_page
    assert "recorded 20 November" not in client.get(reverse("support:detail", args=[same_day.pk])).text

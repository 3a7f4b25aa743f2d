"""Second readings remember: whoever reads next is told every return, why, and what changed since."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from casework.decisions import actions as decisions
from casework.decisions import earlier as reviews
from casework.decisions.models import Decision, Submission
from nexus.accounts.roles import Role
from nexus.earlier import Difference, differences
from referrals import actions
from referrals.models import Proposal
from referrals.triage import earlier as proposals
from tests.builders import (
    NOON,
    a_proposal,
    a_submitted_decision,
    a_user,
    an_assigned_case,
    read_by,
    read_in_full,
)

pytestmark = pytest.mark.django_db
WHY = "The children are named nowhere, and their school is known."
BALANCE = "Two children at school here weigh for him, and four convictions against."


def at(hours: int) -> Any:
    return NOON + timedelta(hours=hours)


def test_differences_are_part_by_part() -> None:
    before, after = [("A", "one"), ("B", "two"), ("C", "x")], [("A", "one"), ("B", "three"), ("D", "y")]
    assert differences(before, after) == [
        Difference("B", "two", "three"),
        Difference("D", "", "y"),
        Difference("C", "x", ""),
    ]


def proposed_again(settings: Any) -> Proposal:
    """Returned once, changed, and proposed again."""
    settings.NEXUS_SECOND_READING = ["refusals"]
    first = a_proposal()
    reader = read_by(a_user(Role.REFERRALS_OFFICER, full_name="Perpetua Glaive"), first)
    actions.send_back(proposal_id=first.pk, by=reader, now=at(1), reasons=WHY)
    return a_proposal(referral=first.referral, now=at(2), balance=BALANCE)


def page_of(proposal: Proposal) -> str:
    client, reader = Client(), read_by(a_user(Role.REFERRALS_OFFICER), proposal, now=at(3))
    client.force_login(reader)
    return client.get(reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk])).text


def test_a_proposal_shows_every_earlier_return_with_its_reasons_and_what_changed_since(settings: Any) -> None:
    again = proposed_again(settings)
    first = again.referral.proposals.first()
    page = page_of(again)
    assert "Read before (1)" in page and WHY in page and "Perpetua Glaive" in page
    (earlier,) = proposals.earlier_proposals(again)
    assert [(change.what, change.before, change.after) for change in earlier.changes] == [
        ("Balance", first.balance, BALANCE)
    ]
    for how, told in earlier.changes[0].words:
        assert how == "same" or f"<{'ins' if how == 'added' else 'del'}>{told}</" in page


def test_the_third_reader_is_told_no_less_than_the_second(settings: Any) -> None:
    second = proposed_again(settings)
    reader, more = (
        read_by(a_user(Role.REFERRALS_OFFICER), second, now=at(3)),
        "His partner was never asked about.",
    )
    actions.send_back(proposal_id=second.pk, by=reader, now=at(4), reasons=more)
    third = a_proposal(referral=second.referral, now=at(5))
    page = page_of(third)
    assert "Read before (2)" in page and WHY in page and more in page
    told = [earlier.reasons for earlier in proposals.earlier_proposals(third)]
    assert told == [more, WHY]


def test_what_the_rules_showed_then_is_compared_too(settings: Any) -> None:
    again = proposed_again(settings)
    found = {**again.assessment, "suitability": "not_met"}
    assert dict(proposals.rules_shown(found))["Rules: suitability"] == "not met"
    assert dict(proposals.rules_shown(again.assessment)) != dict(proposals.rules_shown(found))


def test_the_api_tells_it_too(settings: Any) -> None:
    again, client = proposed_again(settings), Client()
    client.force_login(read_by(a_user(Role.REFERRALS_OFFICER), again, now=at(3)))
    told = client.get(f"/api/v1/proposals/{again.pk}/").json()["earlier"]
    assert [each["reasons"] for each in told] == [WHY] and told[0]["changes"][0]["after"] == BALANCE


def returned_and_submitted_again() -> Decision:
    """A Senior Caseworker returned it; the drafter changed one section."""
    case = an_assigned_case()
    decision = a_submitted_decision(case)
    senior = a_user(Role.SENIOR_CASEWORKER, full_name="Perpetua Glaive")
    read_in_full(decision, senior, now=at(4))
    one: dict[str, Any] = {"decision_id": decision.pk}
    decisions.return_draft(**one, by=senior, now=at(5), reasons=WHY)
    given = Decision.objects.get(pk=decision.pk).answers["children"]
    answers = {"children": {**given, "reasons": BALANCE}}
    decisions.save_section(**one, by=case.case_owner, now=at(6), answers=answers)
    return decisions.submit(**one, by=case.case_owner, now=at(7))


def test_a_review_of_a_decision_shows_every_earlier_return_and_what_changed_since() -> None:
    decision = returned_and_submitted_again()
    client, reference = Client(), decision.case.referral.reference
    client.force_login(a_user(Role.SENIOR_CASEWORKER))
    for verb in ("approve", "return_draft"):
        page = client.get(reverse(f"decisions:{verb}", args=[reference, decision.pk])).text
        assert "Read before (1)" in page and WHY in page and "Perpetua Glaive" in page
    (earlier,) = reviews.earlier_reviews(decision)
    assert [change.after for change in earlier.changes if BALANCE in change.after]
    # The answer, and the same part of each letter that is written from it.
    assert {change.what.split(": ")[-1] for change in earlier.changes[1:]} == {"Children and family"}
    assert not [change for change in earlier.changes if BALANCE in change.before]


def test_a_submission_stays_as_it_was() -> None:
    decision = returned_and_submitted_again()
    assert decision.submissions.count() == 2
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Submission.objects.update(words=[])


def test_a_page_that_forgets_fails_the_tests_above(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.views.second_reading.earlier_proposals", lambda proposal: [])
    with pytest.raises(AssertionError):
        test_a_proposal_shows_every_earlier_return_with_its_reasons_and_what_changed_since(settings)
    monkeypatch.setattr("casework.decisions.earlier.earlier_reviews", lambda decision: [])
    with pytest.raises(AssertionError):
        test_a_review_of_a_decision_shows_every_earlier_return_and_what_changed_since()

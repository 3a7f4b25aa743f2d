"""Claims: recorded, answered by a decision or ended another way; and what a decision lacks that leaves one open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from casework.decisions import actions
from casework.decisions.letters.text import text_hash_of
from casework.decisions.models import Claim, Decision
from casework.decisions.queries import appeal_rights_of, gaps_of
from casework.models import Case
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import (
    NOON,
    a_claim,
    a_draft_decision,
    a_made_decision,
    a_served_decision,
    an_assigned_case,
    decision_answers,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=4)
CLAIM: dict[str, Any] = {
    "kind": "human_rights",
    "made_on": NOON.date(),
    "how": "section_120",
    "grounds": "Her children go to school here.",
}


def recorded(case: Case, **changes: Any) -> Claim:
    return actions.record_claim(case_id=case.pk, by=case.case_owner, now=LATER, **{**CLAIM, **changes})


def lacking(decision: Decision) -> list[str]:
    return [gap.sentence for gap in gaps_of(decision, now=LATER)]


def test_a_claim_is_recorded_with_when_how_and_on_what_grounds() -> None:
    case = an_assigned_case()
    claim = recorded(case)
    assert str(claim) == "Human rights claim of 16 November 2026"
    assert AuditEvent.objects.filter(kind="case.claim_recorded").get().detail["claim"] == claim.pk
    with pytest.raises(Refused, match="Enter on what grounds the claim is made"):
        recorded(case, grounds="x")
    with pytest.raises(Refused, match="today or in the past"):
        recorded(case, made_on=LATER.date() + timedelta(days=1))


def test_every_open_claim_is_answered_before_a_decision_is_made() -> None:
    case = an_assigned_case()
    decision = a_draft_decision(case)
    assert lacking(decision) == []
    second = recorded(case, kind="protection")
    (said,) = lacking(decision)
    assert said.startswith("Claims: the protection claim of 16 November 2026 is not answered.")
    actions.end_claim(
        claim_id=second.pk,
        by=case.case_owner,
        now=LATER,
        end="withdrawn",
        ended_on=LATER.date(),
        words="Her letter of that day withdraws it.",
    )
    assert lacking(decision) == []


def test_a_refusal_names_the_claim_it_refuses_and_a_certificate_goes_with_it() -> None:
    case = an_assigned_case()
    decision = a_draft_decision(case)
    one: dict[str, Any] = {"decision_id": decision.pk, "by": case.case_owner, "now": LATER}
    actions.save_section(**one, answers={}, claims=[])
    assert "Claims: select which recorded claim is refused." in lacking(decision)[0]
    actions.save_section(**one, answers=decision_answers(appealable="no_claim"))
    assert "is not answered" in lacking(Decision.objects.get(pk=decision.pk))[0]
    claims = [case.claims.get()]
    actions.save_section(
        **one, answers=decision_answers(certified="r33", appealable="refuses_claim"), claims=claims
    )
    (said,) = lacking(Decision.objects.get(pk=decision.pk))
    assert "regulation 33” does not go with what this decision does" in said


def test_which_claims_are_refused_is_part_of_the_text_that_is_reviewed() -> None:
    decision = a_draft_decision(an_assigned_case())
    before = text_hash_of(decision)
    decision.claims.clear()
    assert text_hash_of(decision) != before


def test_another_cases_claim_is_not_refused_here() -> None:
    case, other = an_assigned_case(), an_assigned_case()
    decision = a_draft_decision(case)
    with pytest.raises(Refused, match="is no open claim on this case"):
        actions.save_section(
            decision_id=decision.pk, by=case.case_owner, now=LATER, answers={}, claims=[recorded(other)]
        )


def test_a_claim_that_a_standing_decision_refuses_is_not_ended_by_hand() -> None:
    case = an_assigned_case()
    a_made_decision(case)
    with pytest.raises(Refused, match="A decision on this case refuses this claim"):
        actions.end_claim(
            claim_id=case.claims.get().pk,
            by=case.case_owner,
            now=LATER,
            end="withdrawn",
            ended_on=LATER.date(),
            words="Her letter of that day withdraws it.",
        )


def test_nobody_types_the_right_of_appeal_when_a_decision_is_served() -> None:
    served = a_served_decision(an_assigned_case())
    assert (served.appeal_right, served.appeal_until) == ("tribunal", NOON.date() + timedelta(days=14))
    none = a_served_decision(an_assigned_case(), appealable="no_claim")
    assert (none.appeal_right, none.appeal_until) == ("none", None)
    certified = a_served_decision(an_assigned_case(), certified="s94")
    assert (certified.appeal_right, certified.appeal_until) == ("none", None)
    assert {each.recipient for each in AuditEvent.objects.filter(kind="decision.served")} == {"the subject"}


def test_the_right_of_appeal_stands_on_the_decision_and_where_it_is_served_and_challenged() -> None:
    case = an_assigned_case()
    served = a_served_decision(case)
    rights = appeal_rights_of(served)
    assert rights
    client = Client()
    client.force_login(case.case_owner)
    one = [case.referral.reference, served.pk]
    for address in (
        reverse("decisions:detail", args=one[:1]),
        reverse("decisions:lodge", args=one),
        reverse("decisions:record_appeal_right", args=one),
    ):
        page = client.get(address).content.decode()
        assert rights.headline in page and rights.provision in page, address
    assert (
        "Human rights claim of 16 November 2026"
        in client.get(reverse("decisions:detail", args=one[:1])).content.decode()
    )


def test_a_claim_is_recorded_and_ended_on_its_pages() -> None:
    case, client = an_assigned_case(), Client()
    client.force_login(case.case_owner)
    reference = case.referral.reference
    day = {"made_on-day": "16", "made_on-month": "11", "made_on-year": "2026"}
    body = {key: value for key, value in CLAIM.items() if key != "made_on"}
    answer = client.post(reverse("decisions:record_claim", args=[reference]), {**body, **day})
    assert answer.status_code == 302, answer.content.decode()
    claim = Claim.objects.get()
    assert (
        claim.grounds
        in client.get(reverse("decisions:end_claim", args=[reference, claim.pk])).content.decode()
    )
    assert client.get(reverse("decisions:record_claim", args=[reference])).status_code == 200
    ended = {
        "end": "withdrawn",
        "words": "Her letter of today.",
        "ended_on-day": "16",
        "ended_on-month": "11",
        "ended_on-year": "2026",
    }
    answer = client.post(reverse("decisions:end_claim", args=[reference, claim.pk]), ended)
    assert answer.status_code == 302, answer.content.decode()
    assert Claim.objects.get().end == "withdrawn"


def test_the_database_keeps_a_claim_and_its_grounds() -> None:
    claim = a_claim(an_assigned_case(), now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(grounds="Others.")
    with pytest.raises(DatabaseError), transaction.atomic():
        claim.delete()
    with pytest.raises(DatabaseError, match="the_end_of_a_claim_is_complete"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(end="withdrawn")

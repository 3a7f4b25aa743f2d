"""What the rules refuse about a decision, the database refuses as well."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casework.decisions.models import Decision, Finding
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import (
    NOON,
    a_draft_decision,
    a_made_decision,
    a_submitted_decision,
    an_assigned_case,
)
from tests.casework.decisions.test_lifecycle import done, made
from tests.casework.material.builders import approved

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)


def test_nexus_material_needs_a_review_in_the_rule_and_in_the_database() -> None:
    decision = a_draft_decision(approved().case, now=LATER, material="yes")
    with pytest.raises(Refused, match="a Senior Caseworker must review it first"):
        made(decision, decision.case.case_owner)
    with pytest.raises(DatabaseError, match="nexus_material_is_reviewed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            state="decided", decided_by=decision.drafted_by, decided_at=LATER, reasons="x", text_hash="y"
        )


def test_a_drafter_never_reviews() -> None:
    decision = a_submitted_decision(an_assigned_case())
    drafter = decision.drafted_by
    drafter.role, drafter.nsa_accredited = Role.SENIOR_CASEWORKER, False
    drafter.save()
    with pytest.raises(Refused, match="You drafted this decision"):
        done(decision, "approve", drafter, reasons="It holds, as the file shows.")
    with pytest.raises(DatabaseError, match="a_drafter_never_reviews"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            state="reviewed", reviewed_by=drafter, reviewed_at=LATER, reviewed_hash=decision.text_hash
        )


def test_a_made_decision_stays_as_it_is_in_the_database() -> None:
    decision = a_made_decision(an_assigned_case())
    finding = decision.findings.get()
    changes: tuple[dict[str, Any], ...] = (
        {"answers": {}},
        {"reasons": "Others looked at it."},
        {"text_hash": "0"},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(DatabaseError, match="only in a draft"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(proved=False)
    with pytest.raises(DatabaseError, match="only in a draft"), transaction.atomic():
        finding.delete()


def test_a_victims_event_never_becomes_a_finding_in_the_rule_and_in_the_database() -> None:
    case = an_assigned_case()
    decision = a_draft_decision(case)
    for part in ("victim", "witness"):
        event = an_event(case, part)
        with pytest.raises(Refused, match="can never be a finding against them"):
            done(
                decision,
                "add_finding",
                case.case_owner,
                allegation="He was there, at the yard in Leeds.",
                event=event,
            )
        with pytest.raises(DatabaseError, match="victim or witness"), transaction.atomic():
            Finding.objects.create(
                decision=decision, event=event, allegation="He was there, at the yard in Leeds."
            )
    suspect = an_event(case, "suspect")
    finding = done(
        decision,
        "add_finding",
        case.case_owner,
        allegation="He did it at the yard, by two accounts.",
        event=suspect,
    )
    assert finding.event == suspect
    with pytest.raises(DatabaseError, match="victim or witness"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(event=an_event(case, "victim"))


def an_event(case: Case, part: str) -> Any:
    return case.referral.conduct.create(
        kind="arrest_no_further_action", part=part, offence="A fight", grounding="fact"
    )

"""Nobody decides alone what the rules do not leave to one: deportations, and what departs from rules or record."""

import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casework.actions import change_route
from casework.decisions import actions
from casework.decisions.models import Decision
from casework.decisions.queries import reasons_for_two_of
from casework.decisions.rules.gaps import Facts, FindingFacts
from casework.decisions.rules.second_person import (
    DEPORTED,
    MATERIAL,
    NO_CONVICTION,
    NOT_HIGH_HARM,
    reasons_for_two,
)
from casework.material.actions import need_no_statement
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import NOON, a_draft_decision, a_user, an_assigned_case, decision_answers, read_in_full

deciding = sys.modules[actions.decide.__module__]
LATER = NOON + timedelta(days=4)
LED: dict[str, str] = {"route": "conviction_led", "legal_basis": "ia_1971_s3_5a"}
CONVICTED = FindingFacts(
    1, "Robbery.", "The certificate of conviction.", True, "It stands on the register.", is_conviction=True
)
ALLEGED = FindingFacts(1, "He struck him.", "A statement.", True, "Two saw it.")


def why(*findings: FindingFacts, about: dict[str, Any] | None = None, **choices: str) -> list[str]:
    answers = decision_answers(**choices)
    return reasons_for_two(
        Facts(
            answers,
            findings,
            choices.get("route", "administrative_removal"),
            date(2026, 11, 20),
            **about or {},
        )
    )


def test_what_two_people_decide() -> None:
    assert why(ALLEGED) == why() == []
    assert why(CONVICTED, **LED) == [DEPORTED]
    assert why(ALLEGED, **{**LED, "route": "intelligence_led"}) == [DEPORTED]
    assert why(material="yes") == [MATERIAL]
    assert why(significant_impact="no") == [NOT_HIGH_HARM]
    assert why(about={"departures": ["The recorded status is “Limited leave”."]}) == [
        "The recorded status is “Limited leave”."
    ]


def test_a_conviction_led_decision_without_a_conviction_has_a_second_person() -> None:
    assert why(ALLEGED, **LED) == [DEPORTED, NO_CONVICTION]
    assert why(FindingFacts(1, "a", "b", False, "c", is_conviction=True), **LED) == [DEPORTED, NO_CONVICTION]


@pytest.mark.parametrize("status", ["eea_settled", "eea_pre_settled", "eea_no_scheme_status"])
def test_an_eea_status_on_record_and_not_protected_has_a_second_person(status: str) -> None:
    (told,) = why(about={"status": status})
    assert told.startswith("The recorded status is “EEA national") and "no EEA law protects them" in told
    assert why(about={"status": status}, eea_protected="yes", eea_level="threat") == []
    assert why(about={"status": "limited_leave"}) == []


def a_deportation(case: Case | None = None) -> Decision:
    """A draft with nothing missing, of a case led by convictions."""
    case = case or an_assigned_case()
    change_route(
        case_id=case.pk,
        by=case.case_owner,
        now=LATER,
        route="conviction_led",
        reason="The convictions weigh most.",
    )
    return a_draft_decision(Case.objects.get(pk=case.pk), now=LATER, **LED)


def done(decision: Decision, verb: str, by: User, **values: Any) -> Any:
    """One act on a decision that `by` has opened and read."""
    read_in_full(decision, by, now=LATER)
    return getattr(actions, verb)(decision_id=decision.pk, by=by, now=LATER, **values)


def made(decision: Decision, by: User) -> Decision:
    return done(
        decision,
        "decide",
        by,
        reasons="The convictions outweigh the rest.",
        shared_text="A decision was made.",
    )


@pytest.mark.django_db
def test_nobody_deports_alone() -> None:
    decision = a_deportation()
    owner, senior = decision.case.case_owner, a_user(Role.SENIOR_CASEWORKER)
    with pytest.raises(Refused) as refused:
        made(decision, owner)
    assert refused.value.reasons == [*reasons_for_two_of(decision, now=LATER), deciding.UNREVIEWED]
    assert DEPORTED in refused.value.reasons and NO_CONVICTION in refused.value.reasons
    done(decision, "submit", owner)
    done(decision, "approve", senior, reasons="It follows from the findings.")
    with pytest.raises(Refused, match="You reviewed this decision. Somebody else must make it."):
        made(decision, senior)
    decision = made(decision, owner)
    assert (decision.reviewed_by, decision.decided_by) == (senior, owner)
    assert decision.reviewed_because.splitlines()[0] == DEPORTED


@pytest.mark.django_db
def test_the_database_lets_nobody_deport_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = a_deportation()
    owner, senior = decision.case.case_owner, a_user(Role.SENIOR_CASEWORKER)
    monkeypatch.setattr(deciding, "reasons_alone", lambda *args: [])
    monkeypatch.setattr(deciding, "reasons_for_two_of", lambda *args, **kwargs: [])
    with pytest.raises(DatabaseError, match="a_deportation_is_reviewed"), transaction.atomic():
        made(decision, owner)
    done(decision, "submit", owner)
    done(decision, "approve", senior, reasons="It follows from the findings.")
    with pytest.raises(DatabaseError, match="a_reviewer_never_decides"), transaction.atomic():
        made(decision, senior)
    assert made(decision, owner).reviewed_because == ""


@pytest.mark.django_db
def test_a_departure_is_reviewed_in_the_database_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    case = an_assigned_case(immigration_status="limited_leave")
    need_no_statement(
        case_id=case.pk, by=case.case_owner, now=LATER, because="The record is not disputed by anybody."
    )
    decision = a_draft_decision(case, now=LATER)
    (because,) = [
        each for each in reasons_for_two_of(decision, now=LATER) if "administrative removal" in each
    ]
    with pytest.raises(Refused, match="A Senior Caseworker must review this decision first"):
        made(decision, decision.case.case_owner)
    monkeypatch.setattr(deciding, "reasons_alone", lambda *args: [])
    with pytest.raises(DatabaseError, match="what_two_people_decide_is_reviewed"), transaction.atomic():
        made(decision, decision.case.case_owner)
    assert "administrative removal is for people without leave" in because


@pytest.mark.django_db
def test_what_the_rules_leave_to_one_person_is_decided_by_one() -> None:
    decision = a_draft_decision(an_assigned_case(), now=LATER)
    assert reasons_for_two_of(decision, now=LATER) == []
    assert made(decision, decision.case.case_owner).reviewed_by is None


@pytest.mark.django_db
def test_without_the_guard_one_person_would_deport(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: the rule is asked, and nothing else stands between one person and the database's refusal."""
    decision = a_deportation()
    monkeypatch.setattr(deciding, "reasons_for_two_of", lambda *args, **kwargs: [])
    assert deciding.reasons_alone(decision, decision.case.case_owner, LATER) == []

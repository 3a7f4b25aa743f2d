"""A decision's life: drafted, reviewed, made, served, challenged, made again; and the moves of its case."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casework.decisions import actions
from casework.decisions.models import Decision
from casework.decisions.states import State
from casework.models import Case, ProgressEvent
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import (
    NOON,
    SERVICE,
    a_draft_decision,
    a_made_decision,
    a_reviewed_decision,
    a_served_decision,
    a_submitted_decision,
    a_user,
    an_assigned_case,
    decision_answers,
    read_in_full,
)
from tests.casework.material.builders import approved

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)


def in_state(decision: Decision) -> tuple[str, str]:
    """The decision's state and its case's."""
    return Decision.objects.get(pk=decision.pk).state, Case.objects.get(pk=decision.case_id).state


def done(decision: Decision, verb: str, by: Any, **values: Any) -> Any:
    """One act on a decision that `by` has opened and read."""
    read_in_full(decision, by, now=LATER)
    return getattr(actions, verb)(decision_id=decision.pk, by=by, now=LATER, **values)


def made(decision: Decision, by: Any) -> Any:
    return done(
        decision,
        "decide",
        by,
        reasons="The convictions outweigh the rest.",
        shared_text="A decision was made.",
    )


def test_from_the_draft_to_the_end_of_an_appeal() -> None:
    case, senior = approved().case, a_user(Role.SENIOR_CASEWORKER)
    owner = case.case_owner
    decision = a_draft_decision(case, now=LATER, material="yes")
    assert in_state(decision) == ("draft", "drafted")
    done(decision, "submit", owner)
    assert in_state(decision) == ("submitted", "drafted")
    done(decision, "return_draft", senior, reasons="Weigh the residence.")
    assert in_state(decision) == ("draft", "drafted")
    done(decision, "submit", owner)
    done(decision, "approve", senior, reasons="It holds, as the file shows.")
    assert in_state(decision) == ("reviewed", "reviewed")
    made(decision, owner)
    assert in_state(decision) == ("decided", "decided")
    done(decision, "serve", owner, on=LATER.date(), document_on=LATER.date(), **SERVICE)
    assert in_state(decision) == ("served", "served")
    appeal = done(
        decision, "lodge", owner, kind="appeal", lodged_on=LATER.date(), shared_text="An appeal was lodged."
    )
    assert in_state(decision) == ("served", "challenged")
    actions.conclude(
        challenge_id=appeal.pk,
        by=owner,
        now=LATER,
        outcome="dismissed",
        outcome_on=LATER.date(),
        reasons="No error of law.",
        shared_text="The appeal was dismissed.",
    )
    assert in_state(decision) == ("served", "served")
    brought = ProgressEvent.objects.exclude(kind="evidence").order_by("pk")
    kinds = list(brought.values_list("kind", "shared_with_force"))
    assert kinds == [("decision", True), ("service", True), ("challenge", True), ("dismissal", True)]
    assert not ProgressEvent.objects.filter(text__contains="outweigh").exists()
    told = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {f"decision.{each}" for each in ("submitted", "returned", "approved", "decided", "served")} <= told
    assert {"challenge.lodged", "challenge.concluded", "case.decided", "case.served"} <= told


def test_reviewers_and_the_drafter_are_told() -> None:
    senior = a_user(Role.SENIOR_CASEWORKER)
    decision = a_reviewed_decision(an_assigned_case())
    assert Notification.objects.get(person=senior).kind == "decision_to_review"
    assert Notification.objects.filter(person=decision.drafted_by, kind="decision_approved").count() == 1


# Which verb of a decision is possible in which of its states; the rest is refused with a sentence.
POSSIBLE = {
    "save_section": {"draft"},
    "submit": {"draft"},
    "take_back": {"submitted", "reviewed"},
    "approve": {"submitted"},
    "return_draft": {"submitted"},
    "decide": {"draft", "reviewed"},
    "serve": {"decided"},
    "lodge": {"served"},
    "reconsider": {"decided", "served"},
}
BUILT = {
    "draft": a_draft_decision,
    "submitted": a_submitted_decision,
    "reviewed": a_reviewed_decision,
    "decided": a_made_decision,
    "served": a_served_decision,
}
VALUES: dict[str, dict[str, Any]] = {
    "save_section": {"answers": decision_answers()},
    "approve": {"reasons": "It holds, as the file shows."},
    "return_draft": {"reasons": "Weigh it again with the interview."},
    "decide": {"reasons": "The convictions outweigh the rest.", "shared_text": "Made."},
    "serve": {"on": LATER.date(), "document_on": LATER.date(), **SERVICE},
    "lodge": {"kind": "appeal", "lodged_on": LATER.date(), "shared_text": "Lodged."},
    "reconsider": {"reasons": "New facts.", "shared_text": "Made afresh."},
}


@pytest.mark.parametrize("state", [state for state in State if state in BUILT])
def test_every_verb_in_every_state(state: State) -> None:
    decision, senior = BUILT[state](an_assigned_case()), a_user(Role.SENIOR_CASEWORKER)
    for verb, possible in POSSIBLE.items():
        by = senior if verb in ("approve", "return_draft") else decision.case.case_owner
        point = transaction.savepoint()
        try:
            done(decision, verb, by, **VALUES.get(verb, {}))
            happened = True
        except Refused as refused:
            assert all(reason.endswith(".") for reason in refused.reasons)
            happened = False
        transaction.savepoint_rollback(point)
        assert happened == (state in possible), f"{verb} in {state}"


def test_a_change_voids_the_review() -> None:
    decision = a_reviewed_decision(approved().case, now=LATER, material="yes")
    owner = decision.case.case_owner
    with pytest.raises(Refused, match="Take it back first: that voids the review"):
        done(decision, "save_section", owner, answers={})
    done(decision, "take_back", owner)
    assert in_state(decision) == ("draft", "drafted")
    assert Decision.objects.get(pk=decision.pk).reviewed_by is None
    with pytest.raises(Refused, match="must review it first"):
        made(decision, owner)


def test_a_decision_made_afresh_is_a_new_one() -> None:
    old = a_served_decision(an_assigned_case())
    done(old, "reconsider", old.case.case_owner, reasons="New facts.", shared_text="To be made afresh.")
    assert in_state(old) == ("superseded", "evidence")
    new = a_made_decision(Case.objects.get(pk=old.case_id), now=LATER)
    assert (new.number, in_state(new)) == (2, ("decided", "decided"))
    assert in_state(old)[0] == "superseded"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": NOON.date() - timedelta(days=1)}, "before the day it was made"),
        ({"how": "pigeon"}, "Select how it was served"),
        ({"document": " "}, "“Notice of decision” and “Decision with reasons” is missing"),
        ({"how": "on_file", "rule": ""}, "which regulation or article"),
        ({"document_on": None}, "Enter the date of the other document"),
        ({"document_on": NOON.date() - timedelta(days=1)}, "cannot be older than the decision"),
        ({"how": "in_person"}, "Select the authorised operation"),
        ({"to": ""}, "Enter on whom it was served"),
        ({"by_whom": ""}, "Enter who served it"),
        ({"shared_text": ""}, "Enter what the force may read"),
    ],
)
def test_each_reason_against_a_service(changes: dict[str, Any], sentence: str) -> None:
    decision = a_made_decision(an_assigned_case())
    with pytest.raises(Refused, match=sentence):
        done(
            decision,
            "serve",
            decision.case.case_owner,
            **{"on": LATER.date(), "document_on": LATER.date(), **SERVICE, **changes},
        )


def test_one_decision_at_a_time() -> None:
    decision = a_draft_decision(an_assigned_case())
    with pytest.raises(Refused, match="Decision 1 is already on this case: draft"):
        actions.draft(case_id=decision.case_id, by=decision.drafted_by, now=LATER)


def test_another_case_owner_and_other_roles_may_not() -> None:
    decision = a_draft_decision(an_assigned_case())
    with pytest.raises(Refused, match="is the case-owner"):
        done(decision, "submit", a_user(Role.CASE_OWNER))
    with pytest.raises(PermissionDenied):
        done(decision, "submit", a_user(Role.MANAGER))
    with pytest.raises(PermissionDenied):
        done(decision, "approve", decision.drafted_by, reasons="It holds, as the file shows.")
    with pytest.raises(Decision.DoesNotExist):
        done(decision, "submit", a_user(Role.POLICE_OFFICER))


def test_each_move_sets_the_next_action_of_the_case() -> None:
    for built, words in (
        (a_submitted_decision, "The review of the decision"),
        (a_reviewed_decision, "Read the review and decide"),
        (a_made_decision, "Serve the decision"),
        (a_served_decision, "Watch for a challenge"),
    ):
        case = an_assigned_case()
        built(case)
        case.refresh_from_db()
        assert (case.next_action, case.next_action_by) == (words, case.case_owner)
        assert case.next_action_on > NOON.date()

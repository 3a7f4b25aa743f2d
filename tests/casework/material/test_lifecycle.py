"""Nexus material from the request to service: every move, who may make it, and what the database refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from psycopg2.errors import CheckViolation

from casework.material import actions
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.states import MOVES, State
from casework.models import Case
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.models import AuditEvent
from tests import databases
from tests.builders import a_force, a_user
from tests.casework.material.builders import (
    GIVEN,
    IN_STATE,
    NOW,
    do,
    refusal,
    requested,
    served,
)

pytestmark = pytest.mark.django_db


def test_from_the_request_to_service() -> None:
    material = served()
    assert [change.verb for change in material.changes.all()] == [
        "request_summary",
        "supply_summary",
        "review_summary",
        "commission",
        "supply_statement",
        "check_statement",
        "approve",
        "rely_on",
        "ask_for_appeals_review",
        "advise",
        "serve",
    ]
    kinds = AuditEvent.objects.filter(subject_type="material.material").values_list("kind", flat=True)
    done = {f"material.{move.done}" for verb, move in MOVES.items()}
    never = {
        "material.summary_returned",
        "material.rejected",
        "material.needs_no_statement",
        "material.to_be_reviewed_again",
    }
    assert done - never - {"material.superseded"} <= set(kinds)
    assert Case.objects.get(pk=material.case_id).last_progress_at == NOW
    told_outside = AuditEvent.objects.filter(kind="material.commissioned").latest("pk")
    assert told_outside.recipient == material.case.referral.force.name


def test_no_verb_moves_material_from_a_state_that_is_not_in_its_row() -> None:
    """Every state the row does not name, asked of the table; the action refuses one of them."""
    ended = {State.SUPERSEDED: IN_STATE[State.SUPERSEDED](), State.NOT_NEEDED: IN_STATE[State.NOT_NEEDED]()}
    senior, appeals = a_user(Role.SENIOR_CASEWORKER), a_user(Role.SPECIALIST_APPEALS)
    for verb in sorted(GIVEN.keys() & MOVES.keys()):
        assert all(
            Material(state=state).reasons_not_to_move(verb) for state in set(State) - set(MOVES[verb].source)
        )
        material = ended[State.SUPERSEDED if verb != "supersede" else State.NOT_NEEDED]
        assert "is now" in refusal(lambda: do(verb, material, appeals if verb == "advise" else senior))  # noqa: B023


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_move_that_no_verb_makes() -> None:
    material = requested()
    with pytest.raises(DatabaseError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(state=State.APPROVED)
    changed = "UPDATE material_material SET state = %s WHERE id = %s"
    with pytest.raises(CheckViolation):
        databases.behind_the_guards(changed, State.APPROVED.value, material.pk)


def test_only_the_roles_of_the_table_may() -> None:
    material = requested()
    for by in [a_user(role) for role in Role]:
        for verb in GIVEN:
            if by.role not in WHO_MAY["view"]:
                with pytest.raises(Material.DoesNotExist):
                    do(verb, material, by)
            elif by.role not in WHO_MAY[verb]:
                with pytest.raises(PermissionDenied):
                    do(verb, material, by)


def test_another_force_does_not_find_it_and_another_case_owner_is_refused() -> None:
    material = requested()
    foreign = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    with pytest.raises(Material.DoesNotExist):
        actions.save_draft(material_id=material.pk, by=foreign, now=NOW, author="PC", text="Text")
    other = a_user(Role.CASE_OWNER)
    assert "is the case-owner" in refusal(lambda: do("supersede", material, other))
    lead = a_user(Role.FORCE_LEAD)
    assert (
        actions.save_draft(material_id=material.pk, by=lead, now=NOW, author="PC", text="T").draft_text == "T"
    )


def test_the_force_may_do_nothing_but_supply() -> None:
    outside = {verb for verb, roles in WHO_MAY.items() if POLICE_ROLES & roles}
    supplies = {"save_draft", "attach_record", "remove_record", "supply", "write_message"} | {
        "upload_text",
        "remove_upload",
        "restore_record",
        "restore_upload",
    }
    assert outside == supplies | {"view", "view_asked"}

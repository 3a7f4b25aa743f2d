"""Who has the case: allocated to Liverpool, assigned to a case-owner, reassigned to another."""

from datetime import datetime
from typing import cast

from django.db import transaction

from casework import telling
from casework.actions.open_case import ASSIGN_WITHIN
from casework.actions.steps import lock, reasons_of_state, save
from casework.models import Assignment, Case
from casework.rules.ownership import reasons_not_to_give_to
from nexus.accounts.models import Team, User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from nexus.working_days import add_working_days
from referrals.actions.decide import LIVERPOOL_TEAM
from referrals.models import Allocation

# Local target, not the guidance's: a new case-owner plans the case within this many working days.
PLAN_WITHIN = 3


def reasons_not_to_allocate(case: Case) -> list[str]:
    """Flagging never moves a case: it comes to Liverpool only when no team holds it any more."""
    held = case.referral.allocations.filter(ended_at=None).select_related("team").first()
    if held:
        return [f"The case is already allocated to {held.team}."]
    return reasons_of_state("allocate", case)


@transaction.atomic
def allocate(*, case_id: int, by: User, now: datetime, reason: str) -> Case:
    """Allocate a flag-only case to Liverpool because the team that had it gave it up. Raises Refused."""
    case = lock(case_id, by=by, verb="allocate")
    refuse_if(
        reasons_not_to_allocate(case)
        or wordless(reason, "Enter why the case comes to Liverpool, and which team gave it up.")
    )
    team = Team.objects.get(code=LIVERPOOL_TEAM)
    allocation = Allocation.objects.create(
        referral=case.referral, team=team, allocated_by=by, allocated_at=now
    )
    case.next_action, case.next_action_by = "Assign a case-owner", None
    case.next_action_on = add_working_days(now, ASSIGN_WITHIN)
    case.move("allocate", by=by, now=now, reason=reason)
    record(kind="allocation.made", by=by, subject=allocation, now=now, detail={"referral": case.referral_id})
    save(case, done="allocated", by=by, now=now, is_progress=True, reason=reason)
    return case


def reasons_not_to_assign(case: Case) -> list[str]:
    if case.case_owner:
        return [f"{case.case_owner} is already the case-owner. Reassign the case if it should change hands."]
    return reasons_of_state("assign", case)


@transaction.atomic
def assign(*, case_id: int, by: User, now: datetime, case_owner: User) -> Case:
    """Give an allocated case to an accredited case-owner. Of two managers at once one wins (Refused)."""
    case = lock(case_id, by=by, verb="assign")
    refuse_if(reasons_not_to_assign(case) or reasons_not_to_reassign_to(case_owner))
    given = Assignment.objects.create(case=case, case_owner=case_owner, assigned_by=by, assigned_at=now)
    case.next_action = "Read the referral and plan the case"
    case.next_action_on = add_working_days(now, PLAN_WITHIN)
    case.move("assign", by=by, now=now, case_owner=case_owner)
    save(case, done="assigned", by=by, now=now, is_progress=True, detail={"case_owner": case_owner.pk})
    telling.assigned(given, now=now)
    return case


@transaction.atomic
def reassign(*, case_id: int, by: User, now: datetime, case_owner: User, reason: str) -> Case:
    """Move the case, and what its case-owner still had to do on it, to another one. Raises Refused."""
    case = lock(case_id, by=by, verb="reassign")
    refuse_if(
        reasons_of_state("reassign", case)
        or _reasons_not_another(case, case_owner)
        or reasons_not_to_reassign_to(case_owner) + wordless(reason, "Enter why the case changes hands.")
    )
    before = cast(User, case.case_owner)  # reasons_of_state said so
    case.assignments.filter(ended_at=None).update(ended_at=now)
    given = Assignment.objects.create(
        case=case, case_owner=case_owner, assigned_by=by, assigned_at=now, reason=reason
    )
    tasks = case.tasks.filter(done_at=None, owner=before).update(owner=case_owner)
    if case.next_action_by_id == before.pk:
        case.next_action_by = case_owner
    case.case_owner = case_owner
    save(
        case,
        done="reassigned",
        by=by,
        now=now,
        reason=reason,
        detail={"from": before.pk, "case_owner": case_owner.pk, "tasks": tasks},
    )
    telling.assigned(given, now=now, instead_of=before)
    return case


def _reasons_not_another(case: Case, case_owner: User) -> list[str]:
    if case.case_owner_id == case_owner.pk:
        return [f"{case_owner} is already the case-owner. Choose somebody else."]
    return []


def reasons_not_to_reassign_to(case_owner: User) -> list[str]:
    return reasons_not_to_give_to(
        name=str(case_owner),
        is_case_owner=case_owner.role == Role.CASE_OWNER,
        nsa_accredited=case_owner.nsa_accredited,
        is_active=case_owner.is_active,
    )

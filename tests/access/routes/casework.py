"""The case page and the day, progress reports, and what has to be keyed."""

from typing import Any

from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role
from tests.access.routes.table import (
    AUDIT,
    CASE_VIEW,
    CONFIRMED,
    LEAD,
    MANAGER,
    NOTES,
    OFFICE,
    OUTCOME,
    PLANS,
    PROGRESS,
    RELEASE,
    SEARCH,
    TRIAGE,
    WORKS,
    Body,
    Route,
    another_case_owner,
    body,
    carried_over,
    case_owner,
    day,
    post,
    task_for_owner,
)
from tests.access.world import World, upload

DOCUMENT = {"description": "A statement", "marking": "official", "disclosable": "yes"}


PERSON = {
    "name": "Ilves",
    "relation": "partner",
    "known": "A cook.",
    "source": "Herself",
    "disclosable": "no",
}


NOTICE = {"kind": "both", "how": "By hand.", "departure": "By air."}


def with_file(name: str) -> Body:
    return lambda world, role: {**DOCUMENT, name: upload("a statement")}


def an_absence(world: World, role: Role) -> dict[str, Any]:
    days = {**day("first_day", "2026-12-01"), **day("last_day", "2026-12-04")}
    return {"person": world.people[Role.CASE_OWNER].pk, **days}


def another_case(world: World, role: Role) -> dict[str, Any]:
    wanted = world.of("own", "flagonly")["reference"]
    return {"other": wanted, "kind": "family", "reason": "They are brothers, by the passport."}


CASEWORK = (
    Route("casework:list", reads=CASE_VIEW, writes=post(CASE_VIEW, SEARCH)),
    Route("casework:unallocated", reads=MANAGER),
    Route("casework:mine", reads=WORKS),
    Route("casework:my_tasks", reads=PLANS),
    Route("casework:workload", reads=MANAGER),
    *(
        Route(f"casework:{tab}", state, reads=CASE_VIEW)
        for tab in ("detail", "timeline", "notes", "documents", "tasks", "progress", "referral", "related")
        for state in ("allocated", "worked", "ended")
    ),
    Route("casework:document", "worked", reads=CASE_VIEW),
    Route("casework:search", reads=CASE_VIEW, writes=post(CASE_VIEW, SEARCH)),
    Route("casework:stalled", reads=MANAGER),
    Route("casework:absences", reads=MANAGER),
    Route("casework:record_absence", reads=MANAGER, writes=post(MANAGER, an_absence)),
    Route("casework:cancel_absence", "settings", writes=post(MANAGER)),
    Route("casework:move_work", "settings", reads=MANAGER, writes=post(MANAGER, ok=200)),
    Route("casework:printed", "worked", reads=CASEWORK_ROLES),
    Route("casework:relate", "worked", reads=PLANS, writes=post(PLANS, another_case)),
    Route("casework:add_person", "worked", reads=WORKS, writes=post(WORKS, PERSON)),
    Route(
        "casework:correct_person",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {**PERSON, "because": "Typed wrongly at first."}),
    ),
    Route(
        "casework:remove_person",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"reason": "An error of the register."}),
    ),
    Route(
        "casework:unrelate",
        "worked",
        reads=PLANS,
        writes=post(PLANS, {"reason": "An error of the register."}),
    ),
    Route("casework:complete_task", "worked", writes=post(PLANS)),
    Route(
        "casework:lift_barrier",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"reason": "It was withdrawn by the claimant."}),
    ),
    Route(
        "casework:record_outcome",
        "worked",
        reads=WORKS,
        writes=post(WORKS, body({**OUTCOME, **CONFIRMED, **day("outcome_on", "2026-11-17")}, carried_over)),
    ),
    Route("casework:close", "ended", reads=PLANS, writes=post(PLANS)),
    Route(
        "casework:allocate",
        "flagonly",
        reads=MANAGER,
        writes=post(MANAGER, {"reason": "The tenancy was given up."}),
    ),
    Route("casework:assign", "allocated", reads=MANAGER, writes=post(MANAGER, case_owner)),
    Route("casework:reassign", "worked", reads=MANAGER, writes=post(MANAGER, another_case_owner)),
    Route(
        "casework:plan",
        "worked",
        reads=PLANS,
        writes=post(PLANS, {"next_action": "Call", **day("next_action_on", "2026-12-01")}),
    ),
    Route(
        "casework:record_progress",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {**PROGRESS, **day("happened_on", "2026-11-17")}),
    ),
    Route("casework:add_note", "worked", reads=NOTES, writes=post(NOTES, {"text": "A note."})),
    Route(
        "casework:add_task",
        "worked",
        reads=PLANS,
        writes=post(PLANS, body(day("due_on", "2026-12-01"), task_for_owner)),
    ),
    Route(
        "casework:add_document",
        "worked",
        reads=PLANS | {Role.SPECIALIST_APPEALS},
        writes=post(PLANS | {Role.SPECIALIST_APPEALS}, with_file("upload")),
    ),
    Route(
        "casework:record_barrier",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"kind": "injunction", "details": "Made.", **day("since", "2026-11-17")}),
    ),
    Route(
        "casework:clarify",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"about": "children", "found": "no", "words": "Asked her at interview: none."}),
    ),
    Route(  # only after a decision: refused, to those who may
        "casework:give_removal_notice",
        "worked",
        reads=WORKS,
        ok=409,
        writes=post(WORKS, {**NOTICE, **day("given_on", "2026-11-17")}, ok=409),
    ),
    Route(
        "casework:change_route",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"route": "conviction_led", "reason": "Sentenced for robbery at Leeds in May."}),
    ),
)
KEYS = TRIAGE | WORKS
KEYING = (
    Route("keying:list", reads=KEYS),
    Route("keying:confirm", "to_key", reads=OFFICE, writes=post(OFFICE, {"system": "cid", "keyed": "on"})),
    Route(
        "keying:correct",
        "keyed",
        reads=PLANS,
        writes=post(PLANS, {"reason": "Another record of the same man."}),
    ),
)
REPORTS = (
    Route("reports:list", reads=POLICE_ROLES | MANAGER),
    Route("reports:request", reads=MANAGER, writes=post(MANAGER, {"which": "previous_month"})),
    Route("reports:dashboard", reads=MANAGER),
    Route("reports:referrals_behind", reads=MANAGER, address={"number": "=made"}),
    Route("disparity:latest", reads=MANAGER | AUDIT),
    Route("disparity:quarter", "settings", reads=MANAGER | AUDIT, address={"quarter": "=2026-q3"}),
    Route(
        "disparity:respond",
        "settings",
        reads=MANAGER | AUDIT,
        writes=post(MANAGER | AUDIT),
        untyped=True,
        address={"quarter": "=2026-q3", "finding": "=accepted-sex-female"},
    ),
    Route("reports:period", "released", reads=MANAGER, listed=True),
    Route("reports:detail", "built", reads=MANAGER),
    Route("reports:detail", "released", reads=POLICE_ROLES | MANAGER),
    Route("reports:release", "built", reads=MANAGER, writes=post(MANAGER, RELEASE)),
    Route("reports:requeue", "built", writes=post(MANAGER)),
    Route("reports:acknowledge", "released", writes=post(LEAD)),
    *(
        Route("reports:download", "released", reads=POLICE_ROLES | MANAGER, address={"kind": f"={kind}"})
        for kind in ("pdf", "csv", "xlsx")
    ),
)

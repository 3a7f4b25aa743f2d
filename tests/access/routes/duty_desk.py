"""The Duty Desk: enquiries, pending matters, calls and the rota."""

from typing import Any
from uuid import uuid4

from nexus.accounts.roles import Role
from tests.access.routes.table import (
    ASKS,
    MANAGER,
    OFFICE,
    ON_ROTA,
    RAISES,
    TRIAGE,
    WORKS,
    Route,
    a_question,
    a_reference,
    another_officer,
    day,
    post,
)
from tests.access.world import ENQUIRIES, World


def another_cio(world: World, role: Role) -> dict[str, Any]:
    return {"person": world.of("own", "settings")["another_cio"], "reason": "On leave until January."}


def a_shift(world: World, role: Role) -> dict[str, Any]:
    days = {**day("first_day", "2026-12-01"), **day("last_day", "2026-12-01")}
    return {"duty": "on_call", "person": world.people[Role.CIO_HMI].pk, "start": "6pm", "end": "8pm", **days}


def a_call(world: World, role: Role) -> dict[str, Any]:
    return {"key": str(uuid4()), "force": "20", "caller": "Somebody", "why_urgent": "In custody at Leeds."}


A_MATTER = {"what": "A trial."}
LITIGATION = {"kind": "judicial_review", "what": "Of the decision.", "suspends_removal": "not_known"}
A_CHECK = {"result": "Adjourned.", **day("next_on", "2026-12-01")}
TAKES_CALLS = OFFICE | {Role.CIO_HMI}
DUTY_DESK = (
    Route("duty_desk:enquiries", reads=ASKS | TRIAGE),
    Route("duty_desk:log", reads=ASKS | OFFICE, writes=post(ASKS | OFFICE, a_question)),
    *(Route("duty_desk:detail", state, reads=RAISES | TRIAGE) for state in ENQUIRIES),
    Route("duty_desk:take", "enquiry", writes=post(OFFICE)),
    Route("duty_desk:answer", "enquiry", reads=OFFICE, writes=post(OFFICE, {"reply": "You may."})),
    Route("duty_desk:hand_over", "enquiry", reads=TRIAGE, writes=post(TRIAGE, another_officer)),
    Route("duty_desk:link", "enquiry", reads=OFFICE, writes=post(OFFICE, a_reference)),
    Route("duty_desk:add_note", "enquiry", reads=TRIAGE, writes=post(TRIAGE, {"text": "A note."})),
    Route(
        "duty_desk:reopen",
        "answered",
        reads=RAISES | OFFICE,
        writes=post(RAISES | OFFICE, {"reason": "And where does his brother live?"}),
    ),
    Route("duty_desk:matters", reads=TRIAGE),
    Route("duty_desk:add_matter", "triage", reads=TRIAGE, writes=post(TRIAGE, A_MATTER)),
    Route("duty_desk:litigation", reads=TRIAGE | WORKS),
    Route("duty_desk:add_litigation", "triage", reads=TRIAGE, writes=post(TRIAGE, LITIGATION)),
    Route("duty_desk:matter", "matter", reads=TRIAGE),
    Route(
        "duty_desk:judge_litigation",
        "matter",
        reads=TRIAGE,
        writes=post(TRIAGE, {"suspends": "yes", "reason": "A stay is in force."}),
    ),
    Route(
        "duty_desk:task_litigation",
        "matter",
        reads=TRIAGE,
        writes=post(TRIAGE, {"to": "nexus_casework", "reason": "It is theirs to deal with at Leeds."}),
    ),
    Route(
        "duty_desk:conclude_matter",
        "matter",
        reads=TRIAGE,
        writes=post(TRIAGE, {"ending": "dismissed", "result": "Dismissed."}),
    ),
    Route("duty_desk:check_matter", "matter", reads=TRIAGE, writes=post(TRIAGE, A_CHECK)),
    Route("duty_desk:calls", reads=ON_ROTA),
    Route("duty_desk:take_call", reads=TAKES_CALLS, writes=post(TAKES_CALLS, a_call)),
    Route(
        "duty_desk:raise_live_time",
        reads=frozenset({Role.IMMIGRATION_OFFICER}),
        writes=post(
            frozenset({Role.IMMIGRATION_OFFICER}),
            lambda world, role: {**a_call(world, role), "contact": "01632 960100"},
        ),
    ),
    Route("duty_desk:call", "call", reads=ON_ROTA, writes=post(TAKES_CALLS, {"text": "Ring the suite."})),
    Route("duty_desk:rota", reads=ON_ROTA),
    Route("duty_desk:write_handover", reads=ON_ROTA, writes=post(ON_ROTA, {"text": "All quiet."})),
    Route("duty_desk:add_shift", reads=MANAGER, writes=post(MANAGER, a_shift)),
    Route(
        "duty_desk:cancel_shift",
        "settings",
        reads=MANAGER,
        writes=post(MANAGER, {"reason": "Ill since this morning."}),
    ),
    Route(  # whose shift it is, or a manager
        "duty_desk:swap_shift",
        "settings",
        reads=MANAGER | {Role.CIO_HMI},
        writes=post(MANAGER | {Role.CIO_HMI}, another_cio),
    ),
)

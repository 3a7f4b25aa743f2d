"""Police support and the ledger."""

from nexus.accounts.roles import POLICE_ROLES, Role
from tests.access import support
from tests.access.routes.table import CASE_VIEW, LEAD, MANAGER, OFFICE, WORKS, Route, day, only, post

ASKS_SUPPORT = WORKS | {Role.CRIMINAL_CASEWORK}
ELSEWHERE = only(Role.CRIMINAL_CASEWORK)
DONE = {"done": "Found.", **day("done_on", "2026-11-17")}
SUPPORT = (
    Route("support:list", reads=ASKS_SUPPORT | CASE_VIEW | POLICE_ROLES),
    Route("support:case", "supportcase", reads=CASE_VIEW),
    Route(
        "support:ask",
        "supportask",
        reads=ASKS_SUPPORT,
        writes=post(ASKS_SUPPORT, support.a_support_request()),
    ),
    Route(
        "support:ask_value_added",
        reads=ELSEWHERE,
        writes=post(ELSEWHERE, lambda world, role: support.value_added(world.people)),
    ),
    Route("support:ledger", reads=LEAD | MANAGER),
    Route("support:force_ledger", "supportforce", reads=LEAD | MANAGER),
    Route("support:detail", support.DRAFTED, reads=ELSEWHERE),
    Route("support:detail", support.SENT, reads=ELSEWHERE | CASE_VIEW),
    *(Route("support:detail", state, reads=CASE_VIEW | POLICE_ROLES) for state in support.REACHED),
    Route(
        "support:amend",
        support.DRAFTED,
        reads=ELSEWHERE,
        writes=post(ELSEWHERE, support.a_support_request("Again.")),
    ),
    Route("support:submit", support.DRAFTED, writes=post(ELSEWHERE)),
    Route("support:pass_on", support.SENT, writes=post(OFFICE)),
    Route(
        "support:send_back",
        support.SENT,
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "Which address is meant?"}),
    ),
    Route(
        "support:cancel",
        "supportasked",
        reads=WORKS,
        writes=post(WORKS, {"reason": "Found on another file."}),
    ),
    Route("support:accept", "supportasked", reads=LEAD, writes=post(LEAD, {"answer": "Yes."})),
    Route(
        "support:decline",
        "supportasked",
        reads=LEAD,
        writes=post(LEAD, {"decline_reason": "resource", "answer": "No."}),
    ),
    Route("support:fulfil", "supportaccepted", reads=POLICE_ROLES, writes=post(POLICE_ROLES, DONE)),
    Route(
        "support:add_message",
        "supportaccepted",
        reads=WORKS | POLICE_ROLES,
        writes=post(WORKS | POLICE_ROLES, {"text": "A word."}),
    ),
    Route("support:document", "supportaccepted", reads=CASE_VIEW | POLICE_ROLES),
)

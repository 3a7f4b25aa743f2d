"""Operational engagement."""

from typing import Any

from nexus.accounts.roles import POLICE_ROLES, Role
from tests.access import operations
from tests.access.routes.table import (
    CASE_VIEW,
    MANAGER,
    NOBODY,
    SEARCH,
    WORKS,
    Body,
    Roles,
    Route,
    only,
    post,
)
from tests.access.world import World


def a_verbal(world: World, role: Role) -> dict[str, Any]:
    return {**operations.VERBAL, "asked_by": world.people[Role.CASE_OWNER].pk}


def signing_what_stands_there(body: dict[str, Any], state: str) -> Body:
    """With the digest of the text that the page shows."""

    def made(world: World, role: Role) -> dict[str, Any]:
        return {**body, "sha256": operations.text_of(world.of("foreign", state)["engagement_id"])}

    return made


CIO = only(Role.CIO_HMI)
OPERATES = WORKS | CIO


def engages(verb: str, state: str, roles: Roles, body: Body | None = None) -> Route:
    """The page of one act on an engagement."""
    return Route(f"engagement:{verb}", state, reads=roles, writes=post(roles, body))


OPERATIONS = (
    Route("engagement:list", reads=CASE_VIEW | POLICE_ROLES),
    Route("engagement:discussion", reads=OPERATES | MANAGER),
    Route("engagement:verbal", reads=CIO | MANAGER | {Role.SENIOR_CASEWORKER}),
    Route("engagement:rung", reads=CIO, writes=post(CIO, SEARCH)),
    Route("engagement:case", "worked", reads=CASE_VIEW),
    Route("engagement:start", "worked", reads=WORKS, writes=post(WORKS, {"kind": "arrest", "force": "20"})),
    Route("engagement:log_verbal", "worked", reads=CIO, writes=post(CIO, a_verbal)),
    *(
        Route(
            "engagement:detail",
            state,
            reads=CASE_VIEW | (POLICE_ROLES if state in operations.REACHED else NOBODY),
        )
        for state in ("opdraft", "opauthorised", "optasked", "opverbal")
    ),
    engages("save_risks", "opverbal", OPERATES, operations.ANSWERS),
    engages("save_details", "opverbal", OPERATES, {**operations.SECTION, **operations.WINDOW}),
    engages("request", "opdraft", WORKS),
    engages("settle_issue", "opreturned", WORKS, {"reply": "His sister’s."}),
    engages(
        "record_trafficking",
        "opreturned",
        only(Role.SENIOR_CASEWORKER),
        {"outcome": "safeguarded", "reasons": "Support is there from the team."},
    ),
    engages("quality_assure", "oprequested", CIO, operations.QUALITY),
    engages("send_back", "oprequested", CIO, {"issues": "Whose address?"}),
    engages(
        "assess_risk", "opassured", CIO, {"risk_level": "low", "risk_controls": "None known to the force."}
    ),
    engages(
        "authorise",
        "opassessed",
        CIO,
        signing_what_stands_there(operations.AUTHORISING, "opassessed"),
    ),
    engages("refuse", "opassessed", CIO, {"reasons": "Not necessary after the interview."}),
    engages("task", "opauthorised", OPERATES),
    engages("look_again", "opstopped", OPERATES, {"reason": "The claim was refused."}),
    engages("reopen", "opauthorised", OPERATES, {"reason": "He moved to Leeds."}),
    engages("withdraw", "optasked", OPERATES, {"reason": "He left for Leeds."}),
    engages(
        "write_up",
        "opverbal",
        CIO,
        signing_what_stands_there(operations.SIGNING, "opverbal"),
    ),
    engages("accept", "optasked", POLICE_ROLES),
    engages("decline", "optasked", POLICE_ROLES, {"kind": "resource", "words": "No van before Monday."}),
    engages("execute", "opaccepted", POLICE_ROLES, operations.DONE),
    engages("abort", "opaccepted", POLICE_ROLES, {**operations.DONE, "reason": "Nobody in the house."}),
    engages("record_outcome", "opdone", POLICE_ROLES, {"what_happened": "Arrested."}),
)

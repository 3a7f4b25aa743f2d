"""The REST endpoints of Liverpool's parts. Their verbs are the pages', so their rows are made from the pages' rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from casework.decisions.api.decisions import claims, decisions
from casework.decisions.verbs import OF_CHALLENGE, OF_CLAIM
from casework.engagement.api.engagements import engagements
from casework.engagement.rules.risks import AT_ONCE, Question
from casework.keying.api.entries import keying
from casework.material.api.material import material
from casework.material.verbs.of_case import NO_STATEMENT
from casework.support.api.requests import support_requests
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.api.verbs import Start
from tests.access import operations, support
from tests.access.routes.casework import KEYING, KEYS
from tests.access.routes.decisions import DECISIONS
from tests.access.routes.material import NEXUS_MATERIAL
from tests.access.routes.operations import CIO, OPERATIONS, a_verbal
from tests.access.routes.support import ASKS_SUPPORT, ELSEWHERE, SUPPORT
from tests.access.routes.table import (
    CASE_VIEW,
    DRAFTS,
    LEAD,
    MANAGER,
    NOBODY,
    WORKS,
    Body,
    Route,
    Write,
    post,
)
from tests.access.world import DECISIONS as DECISION_STATES
from tests.access.world import World

NONE: Mapping[str, Any] = {}


def as_json(posted: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser posts, as the API takes it: dates whole, a ticked box true."""
    found = {name: True if value == "on" else value for name, value in posted.items()}
    for name in [name.removesuffix("-day") for name in posted if name.endswith("-day")]:
        year, month, day = (found.pop(f"{name}-{part}") for part in ("year", "month", "day"))
        found[name] = f"{year}-{month}-{day}"
    return found


def sent(body: Body) -> Body:
    if not callable(body):
        return as_json(body)
    make: Callable[[World, Role], Mapping[str, Any]] = body
    return lambda world, role: as_json(make(world, role))


def verb_of(page: Route) -> str:
    return page.name.partition(":")[2]


def over(name: str, page: Route, ok: int) -> Route:
    """The endpoint that does what the page does."""
    write = page.writes["POST"]
    writes = {"POST": Write(write.roles, sent(write.body), ok)}
    return Route(f"api:{name}", page.state, writes=writes, address=page.address)


def verbs(
    noun: str, endpoints: Collection[str], pages: Iterable[Route], ok: Mapping[str, int] = NONE
) -> list[Route]:
    """Of each page whose verb has an endpoint. `ok` is what it answers where that is not 200."""
    with_endpoint = [page for page in pages if "POST" in page.writes and verb_of(page) in endpoints]
    return [over(f"{noun}_{verb_of(page)}", page, ok.get(verb_of(page), 200)) for page in with_endpoint]


def starts(endpoints: Mapping[str, Start], pages: Iterable[Route]) -> list[Route]:
    """Of each page by which something begins."""
    names = {start.permission: name for name, start in endpoints.items()}
    return [over(names[verb_of(page)], page, 201) for page in pages if verb_of(page) in names]


API_SUPPORT = (
    Route("api:support_requests", reads=ASKS_SUPPORT | CASE_VIEW | POLICE_ROLES),
    Route("api:support_request", support.DRAFTED, reads=ELSEWHERE),
    Route("api:support_request", support.SENT, reads=ELSEWHERE | CASE_VIEW),
    *(Route("api:support_request", state, reads=CASE_VIEW | POLICE_ROLES) for state in support.REACHED),
    # What is sent back is its writer's own again.
    *verbs("support_request", support_requests.verbs, SUPPORT, {"send_back": 204}),
    *starts(support_requests.starts, SUPPORT),
    Route("api:support_ledgers", reads=LEAD | MANAGER),
    Route("api:support_ledger", "supportforce", reads=LEAD | MANAGER),
    Route("api:case_support_ledger", "supportcase", reads=CASE_VIEW),
)
BOTH_SIDES = WORKS | POLICE_ROLES
API_MATERIAL = (
    Route("api:material_list", reads=CASE_VIEW | POLICE_ROLES),
    *(
        Route("api:material", state, reads=CASE_VIEW | POLICE_ROLES)
        for state in ("matasked", "matreceived", "matapproved", "matappeals")
    ),
    Route("api:material_version", "matapproved", reads=CASE_VIEW),
    Route("api:case_statement", "matapproved", reads=CASE_VIEW),
    *verbs("material", set(material.verbs) - {"write_message"}, NEXUS_MATERIAL),
    Route("api:material_write_message", "matasked", writes=post(BOTH_SIDES, {"text": "Which?"}, ok=200)),
    *starts(material.starts, NEXUS_MATERIAL),
    *verbs("case", NO_STATEMENT, NEXUS_MATERIAL),
)


def a_log(world: World, role: Role) -> dict[str, Any]:
    """Only the two questions that are asked whatever the hour."""
    later = set(Question.values()) - set(AT_ONCE)
    return {name: value for name, value in as_json(a_verbal(world, role)).items() if name not in later}


API_OPERATIONS = (
    Route("api:engagements", reads=CASE_VIEW | POLICE_ROLES),
    *(
        Route(
            "api:engagement",
            state,
            reads=CASE_VIEW | (POLICE_ROLES if state in operations.REACHED else NOBODY),
        )
        for state in ("opdraft", "opauthorised", "optasked", "opverbal")
    ),
    *verbs("engagement", engagements.verbs, OPERATIONS),
    *starts(engagements.starts, [page for page in OPERATIONS if verb_of(page) == "start"]),
    Route("api:case_log_verbal", "worked", writes=post(CIO, a_log, ok=201)),
)
A_RECEIPT = {"system": "atlas", "receipts": [{"key": "flag-set-0", "receipt": "ATL-1"}]}
API_KEYING = (
    Route("api:keying_entries", reads=KEYS),
    Route("api:keying_entry", "to_key", reads=KEYS),
    Route("api:keying_confirm_many", writes=post(KEYS, A_RECEIPT, ok=200)),
    *verbs("keying_entry", keying.verbs, KEYING),
)
API_CASEWORK = API_SUPPORT + API_MATERIAL + API_KEYING
API_DECISIONS = (
    Route("api:case_decisions", reads=CASE_VIEW),
    *(Route("api:case_decision", state, reads=CASE_VIEW) for state in DECISION_STATES),
    Route("api:case_decision_save_section", "drafting", writes=post(DRAFTS, {"children": "no"}, ok=200)),
    *verbs("case_decision", decisions.verbs, DECISIONS, {"serve": 409}),  # it is served already
    *starts(decisions.starts, DECISIONS),
    Route("api:case_claims", reads=CASE_VIEW),
    Route("api:case_claim", "drafting", reads=CASE_VIEW),
    *verbs("case_claim", OF_CLAIM, DECISIONS),
    *starts(claims.starts, DECISIONS),
    *verbs("case_challenge", OF_CHALLENGE, DECISIONS),
)

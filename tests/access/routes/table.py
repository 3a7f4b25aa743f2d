"""The words of the table: who the roles are, what a route and a write are, and bodies that several parts send.

A role for whom the thing does not exist gets 404, one for whom it exists but who may not gets 403, and
whoever may gets exactly the status that stands in the table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from casework.models import Case
from casework.parts import unfinished
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role
from nexus.verbs import Verbs
from tests.access import operations, support
from tests.access.world import CASES, LISTS, MATERIAL, PROPOSED, RELEASED, TWICE, UNSENT, World
from tests.builders import ACCEPTANCE

Roles = frozenset[Role]
Body = Mapping[str, Any] | Callable[[World, Role], Mapping[str, Any]]


def only(*roles: Role) -> Roles:
    return frozenset(roles)


RAISES = POLICE_ROLES | {Role.IMMIGRATION_OFFICER}
OFFICE = only(Role.REFERRALS_OFFICER)
MANAGER = only(Role.MANAGER)
TRIAGE = OFFICE | MANAGER  # who sees what the forces have sent
LEAD = only(Role.FORCE_LEAD)
CASE_VIEW = CASEWORK_ROLES | OFFICE
WORKS = only(Role.CASE_OWNER, Role.SENIOR_CASEWORKER)
PLANS = WORKS | MANAGER
NOTES = PLANS | {Role.CIO_HMI, Role.SPECIALIST_APPEALS}
FLAGS = CASE_VIEW | {Role.CRIMINAL_CASEWORK}
ADMIN = only(Role.ADMINISTRATOR)
AUDIT = only(Role.AUDITOR)
NOBODY: Roles = frozenset()
NOTIFIED = only(Role.POLICE_OFFICER, Role.IMMIGRATION_OFFICER)  # whose notification stands in the address
OPERATIONS_OF_A_CASE = ("engagement:case", "engagement:start", "engagement:log_verbal")
# For whom a thing exists at all, and whether only where it is their own.
ASSESSES = TRIAGE | CASEWORK_ROLES


def exists_for(role: Role, owner: str, state: str | None, *, as_case: bool) -> bool:
    """Whether the thing exists for the role. `owner` is "own" for what is theirs, else "foreign"."""
    if state is None or state == "settings":
        return True  # also what only its own table of roles guards
    if state == "notified":
        return role in NOTIFIED and owner == "own"
    if as_case:
        return role in CASE_VIEW
    if state in operations.STATES:
        return operations.exists_for(role, owner, state)
    if state in support.STATES:
        return support.exists_for(role, owner, state)
    if state in ("to_key", "keyed"):
        return role in TRIAGE | WORKS
    # the register's side of a list, what the desk watches, and what may be one person
    if state in ("paired", "matter", "drawn", *PROPOSED, *TWICE):
        return role in TRIAGE
    if state == "call":
        return role in ON_ROTA
    if state in RELEASED:  # at an address of Criminal Casework's own
        return role == Role.CRIMINAL_CASEWORK
    if state in MATERIAL:
        return role in CASE_VIEW or (role in POLICE_ROLES and owner == "own")
    if state in LISTS:
        return role in TRIAGE or (role in POLICE_ROLES and owner == "own")
    if state in ("built", "released"):
        return role in MANAGER or (state == "released" and role in POLICE_ROLES and owner == "own")
    if role in RAISES:
        return owner == "own"
    if state in UNSENT:
        return False
    return role in TRIAGE or (state in CASES and role in ASSESSES)


@dataclass(frozen=True)
class Write:
    """Who may, what they send, and what they get when it succeeds."""

    roles: Roles
    body: Body = field(default_factory=dict)
    ok: int = 302


@dataclass(frozen=True)
class Route:
    """One address with one thing in one state."""

    name: str
    state: str | None = None
    reads: Roles | None = None  # None: there is no GET
    writes: Mapping[str, Write] = field(default_factory=dict)
    ok: int = 200
    public: bool = False
    untyped: bool = False  # whoever may is let in; what comes of a body with nothing in it is not said
    listed: bool = False  # a list, which is there for everybody, though not everybody may read it
    address: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    @property
    def as_case(self) -> bool:
        return self.name.startswith(("casework:", "decisions:", "tribunal:", "api:case")) or self.name in (
            *MATERIAL_OF_A_CASE,
            *OPERATIONS_OF_A_CASE,
        )

    @property
    def methods(self) -> tuple[str, ...]:
        """Which are walked. An endpoint that is no GET answers none: the schema's test holds that for all at once."""
        if self.is_api and self.reads is None:
            return tuple(sorted({"POST", *self.writes}))
        return ("GET", *sorted({"POST", *self.writes}))


def post(roles: Roles, body: Body | None = None, ok: int = 302) -> dict[str, Write]:
    return {"POST": Write(roles, body or {}, ok)}


def of_verbs(
    name: str, verbs: Verbs, who_may: WhoMay, state: str, *, beside: Iterable[Route]
) -> tuple[Route, ...]:
    """A row for each verb of the table that has none `beside`, by WHO_MAY: `name` is its address with {} for it,
    `state` that of a thing it might be done to. Nothing is typed, so it may also be refused with its reasons."""
    has_one = {route.name for route in beside}
    return tuple(
        Route(
            name.format(verb),
            state,
            reads=None
            if row.button_only or name.startswith("api:")
            else who_may[row.permission_for(verb, None)],
            writes=post(who_may[row.permission_for(verb, None)]),
            untyped=True,
        )
        for verb, row in verbs.items()
        if name.format(verb) not in has_one
    )


def day(name: str, text: str) -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


MATERIAL_OF_A_CASE = (
    "material:of_case",
    "material:request_summary",
    "material:need_no_statement",
    "material:withdraw_no_statement",
    "material:bundle",
)
CONFIRMED = {"step": "confirm"}
ACCEPT = {**ACCEPTANCE, "significant_conviction": "no", "held_by": "nobody"}
NOT_ACCEPT = {
    "reasons": "Not enough in the summary.",
    "balance": "Weighed against status and residence.",
    "significant_impact": "no",
    "impact_reasons": "Nobody was hurt, and nothing was lost.",
}
REDIRECT = {"reasons": "The team at Leeds has it.", "destination": "national_removal_command"}
RELEASE = {
    "checked": ["legal_advice", "health", "third_parties", "working_notes"],
    "disclosure_check": "Read every line.",
}
ALIAS, NATIONALITY = {"name": "Another"}, {"code": "PRT", "source": "claimed"}
SEARCH = {"words": "Somebody"}


def another_case_owner(world: World, role: Role) -> dict[str, Any]:
    return {"case_owner": world.of("own", "settings")["another"], "reason": "On leave until January."}


def case_owner(world: World, role: Role) -> dict[str, Any]:
    return {"case_owner": world.people[Role.CASE_OWNER].pk}


def task_for_owner(world: World, role: Role) -> dict[str, Any]:
    return {"title": "Call", "owner": world.people[Role.CASE_OWNER].pk}


def body(body: Mapping[str, Any], make: Callable[[World, Role], Mapping[str, Any]]) -> Body:
    return lambda world, role: {**body, **make(world, role)}


PROGRESS = {"kind": "contact", "text": "Called.", "shared_with_force": "yes"}
OUTCOME = {"outcome": "not_pursued", "reasons": "No longer supported."}


def carried_over(world: World, role: Role) -> dict[str, str]:
    """Why each thing goes on that does on the case that is worked: who may is of no force, and walks one only."""
    case = Case.objects.get(referral__reference=world.of("foreign", "worked")["reference"])
    return {f"carry_{each.key}": "The force goes on with it on Monday." for each in unfinished(case)}


def another_officer(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.of("own", "settings")["referrals_officer"], "note": "Started."}


def a_reference(world: World, role: Role) -> dict[str, Any]:
    return {"reference": world.of("foreign", "submitted")["reference"]}


def a_question(world: World, role: Role) -> dict[str, Any]:
    asker = {Role.IMMIGRATION_OFFICER: "ice", Role.CRIMINAL_CASEWORK: "criminal_casework"}.get(role, "force")
    return {"key": str(uuid4()), "asker": asker, "force": "20", "caller": "Somebody", "question": "May we?"}


ASKS = RAISES | {Role.CRIMINAL_CASEWORK}
ON_ROTA = TRIAGE | {Role.CIO_HMI}
DRAFTS, REVIEWS = only(Role.CASE_OWNER), only(Role.SENIOR_CASEWORKER)
DISCUSSED = {"asker": "ice", "caller": "Somebody", "contact": "By telephone", "question": "May we talk?"}

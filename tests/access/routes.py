"""The table: every address, in which state of its thing, who may read and who may write there.

A role for whom the thing does not exist gets 404, one for whom it exists but who may not gets 403, and
whoever may gets exactly the status that stands here. A test fails when an address is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.material.rules import CHECKLIST
from nexus.accounts.models import Force
from nexus.accounts.roles import CASEWORK_ROLES, EVERY_ROLE, POLICE_ROLES, Role
from nexus.notifications.kinds import GROUPS
from referrals.datawash.forms import AgreementForm
from referrals.models import Referral
from referrals.quality.rules import Question
from tests.access import operations, support
from tests.access.world import CASES, ENQUIRIES, LISTS, MATERIAL, PROPOSED, TWICE, UNSENT, World, upload
from tests.access.world import DECISIONS as DECISION_STATES
from tests.builders import ACCEPTANCE, PASSWORD

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
    listed: bool = False  # a list, which is there for everybody, though not everybody may read it
    address: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    @property
    def as_case(self) -> bool:
        return self.name.startswith(("casework:", "decisions:", "api:case")) or self.name in (
            *MATERIAL_OF_A_CASE,
            *OPERATIONS_OF_A_CASE,
        )

    @property
    def methods(self) -> tuple[str, ...]:
        return ("GET", *sorted({"POST", *self.writes}))


def post(roles: Roles, body: Body | None = None, ok: int = 302) -> dict[str, Write]:
    return {"POST": Write(roles, body or {}, ok)}


def a_colleague(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.people[Role.FORCE_LEAD].pk}


def day(name: str, text: str) -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


MATERIAL_OF_A_CASE = ("material:of_case", "material:request_summary", "material:bundle")
CONFIRMED = {"step": "confirm"}
ACCEPT = {**ACCEPTANCE, "significant_conviction": "no", "held_by": "nobody"}
NOT_ACCEPT = {"reasons": "Not enough.", "balance": "Weighed."}
REDIRECT = {"reasons": "It is theirs.", "destination": "national_removal_command"}
DOCUMENT = {"description": "A statement", "marking": "official", "disclosable": "yes"}
RELEASE = {
    "checked": ["legal_advice", "health", "third_parties", "working_notes"],
    "disclosure_check": "Read every line.",
}
FOUND = {**dict.fromkeys(Question.values(), "yes"), "overall": "sound"}
ALIAS, NATIONALITY = {"name": "Another"}, {"code": "PRT", "source": "claimed"}
SEARCH = {"words": "Somebody"}


def another_case_owner(world: World, role: Role) -> dict[str, Any]:
    return {"case_owner": world.of("own", "settings")["another"], "reason": "On leave."}


def case_owner(world: World, role: Role) -> dict[str, Any]:
    return {"case_owner": world.people[Role.CASE_OWNER].pk}


def starting(world: World, role: Role) -> dict[str, Any]:
    return {"key": str(uuid4()), "force": "20"}


def with_file(name: str) -> Body:
    return lambda world, role: {**DOCUMENT, name: upload("a statement")}


def a_new_user(world: World, role: Role) -> dict[str, Any]:
    return {"full_name": "New Person", "email": f"{uuid4()}@nexus.example", "role": Role.AUDITOR}


def the_same_user(world: World, role: Role) -> dict[str, Any]:
    return {**a_new_user(world, role), "full_name": "Renamed Person"}


def to_another_officer(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.of("own", "settings")["officer"], "reason": "On leave."}


def chosen_to_release(world: World, role: Role) -> dict[str, Any]:
    referral = Referral.objects.get(reference=world.of("own", "triage")["reference"])
    return {"deed": "release", "chosen": f"{referral.pk}:as-shown"}


def task_for_owner(world: World, role: Role) -> dict[str, Any]:
    return {"title": "Call", "owner": world.people[Role.CASE_OWNER].pk}


def body(body: Mapping[str, Any], make: Callable[[World, Role], Mapping[str, Any]]) -> Body:
    return lambda world, role: {**body, **make(world, role)}


PROGRESS = {"kind": "contact", "text": "Called.", "shared_with_force": "yes"}
OUTCOME = {"outcome": "not_pursued", "reasons": "No longer supported."}
CHOICES = dict.fromkeys(GROUPS, "daily")
PASSWORDS = {"current_password": PASSWORD, "new_password": "kettle 47 umbrella"}

GROUND = (
    Route("home", reads=EVERY_ROLE, ok=302),
    Route("accessibility", reads=EVERY_ROLE, public=True),
    Route("cookies", reads=EVERY_ROLE, public=True),
    Route("health", reads=EVERY_ROLE, public=True),
    Route("accounts:sign_in", reads=EVERY_ROLE, ok=302, public=True, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:sign_out", public=True, writes=post(EVERY_ROLE)),
    Route("accounts:account", reads=EVERY_ROLE, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:revoke_token", writes=post(EVERY_ROLE, {"token": "none"})),
    Route("accounts:change_password", reads=EVERY_ROLE, writes=post(EVERY_ROLE, PASSWORDS)),
    Route("administration:users", reads=ADMIN, writes=post(ADMIN, {"name": "Person"})),
    Route("administration:user_add", reads=ADMIN, writes=post(ADMIN, a_new_user, ok=200)),
    Route("administration:user_change", "settings", reads=ADMIN, writes=post(ADMIN, the_same_user)),
    Route("administration:user_disable", "settings", reads=ADMIN, writes=post(ADMIN)),
    Route(
        "administration:user_enable",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN),
        address={"user_id": "disabled"},
    ),
    Route("administration:user_password", "settings", reads=ADMIN, writes=post(ADMIN, ok=200)),
    Route("administration:forces", reads=ADMIN),
    Route(
        "administration:force_change",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN, {"engaged": "yes"}),
    ),
    Route("administration:teams", reads=ADMIN),
    Route("administration:team_add", reads=ADMIN, writes=post(ADMIN, {"name": "A new team"})),
    Route("administration:team_rename", "settings", reads=ADMIN, writes=post(ADMIN, {"name": "Asylum"})),
    Route("notifications:list", reads=EVERY_ROLE),
    Route("notifications:mark_all_read", writes=post(EVERY_ROLE)),
    Route("notifications:open", "notified", reads=NOTIFIED, ok=302),
    Route("notifications:preferences", reads=EVERY_ROLE, writes=post(EVERY_ROLE, CHOICES)),
    Route("notifications:parked", reads=ADMIN),
    Route("notifications:retry", "settings", writes=post(ADMIN)),
    Route("audit:log", reads=AUDIT),
    Route("audit:entry", "settings", reads=AUDIT),
    Route("audit:person", reads=AUDIT, writes=post(AUDIT, {"name": "Person"}, ok=200)),
    Route("audit:export", reads=AUDIT),
)

DRAFT = (
    Route("referrals:list", reads=RAISES, writes=post(RAISES, SEARCH)),
    Route("referrals:start", reads=RAISES, writes=post(RAISES, starting)),
    Route("referrals:tasks", "draft", reads=RAISES),
    Route(
        "referrals:section",
        "draft",
        reads=RAISES,
        writes=post(RAISES, {"surname": "Changed"}),
        address={"section": "=identity"},
    ),
    Route("referrals:row_add", "draft", reads=RAISES, writes=post(RAISES, ALIAS), address={"kind": "=alias"}),
    Route(
        "referrals:row_change",
        "draft",
        reads=RAISES,
        writes=post(RAISES, ALIAS),
        address={"kind": "=alias", "row_id": "alias"},
    ),
    Route(
        "referrals:row_remove",
        "draft",
        reads=RAISES,
        writes=post(RAISES),
        address={"kind": "=alias", "row_id": "alias"},
    ),
    Route(
        "referrals:conviction",
        "draft",
        reads=RAISES,
        writes=post(RAISES, {"standing": "stands"}),
        address={"row_id": "conduct"},
    ),
    Route("referrals:check", "draft", reads=RAISES, writes=post(RAISES)),
    Route("referrals:detail", "draft", reads=RAISES, ok=302),
    Route("referrals:submitted", "submitted", reads=RAISES),
    Route("referrals:detail", "submitted", reads=RAISES | TRIAGE),
    Route("referrals:detail", "asked", reads=RAISES | TRIAGE),
    Route("referrals:detail", "refused", reads=RAISES | TRIAGE),
    Route("referrals:detail", "worked", reads=RAISES | ASSESSES),
    Route("referrals:detail", "ended", reads=RAISES | ASSESSES),
    Route("referrals:asked", reads=RAISES),
    Route("referrals:answer", "asked", reads=RAISES, writes=post(RAISES, {"answer": "Two of them."})),
    Route("referrals:reassign_question", "asked", reads=RAISES, writes=post(RAISES, a_colleague)),
    Route("referrals:withdraw", "submitted", reads=RAISES, writes=post(RAISES, {"reason": "Left."})),
    Route("referrals:pdf", "draft", reads=RAISES),
    Route("referrals:pdf", "worked", reads=RAISES | ASSESSES),
    Route("referrals:attachment", "draft", reads=RAISES, address={"row_id": "attachment"}),
    Route("referrals:attachment", "submitted", reads=RAISES | TRIAGE, address={"row_id": "attachment"}),
    Route("referrals:attachment", "worked", reads=RAISES | ASSESSES, address={"row_id": "attachment"}),
)

QUESTION = {"question": "Which of them?", **day("due_on", "2026-12-01")}
DESK = (
    Route("desk:queue", reads=TRIAGE, writes=post(TRIAGE, SEARCH)),
    Route("desk:take_next", writes=post(OFFICE)),
    Route("desk:many", reads=TRIAGE, ok=302, writes=post(TRIAGE, chosen_to_release, ok=200)),
    Route("desk:many_done", reads=TRIAGE, ok=302),
    Route("desk:export", "settings", reads=TRIAGE, address={"kind": "=ods"}),
    Route("desk:views", reads=TRIAGE),
    Route("desk:save_view", reads=TRIAGE, writes=post(TRIAGE, {"name": "Mine"})),
    Route("desk:change_view", "settings", reads=OFFICE, writes=post(OFFICE, {"name": "Ours"})),
    Route("desk:delete_view", "settings", reads=OFFICE, writes=post(OFFICE)),
    Route("desk:open_view", "settings", reads=TRIAGE, ok=302),
    Route("desk:set_alert", "settings", reads=TRIAGE, writes=post(TRIAGE, {"how_often": "daily"})),
    Route("desk:make_default", "settings", writes=post(TRIAGE)),
    Route("referrals:flags", reads=FLAGS, writes=post(FLAGS, SEARCH)),
    Route("referrals:assessment", "triage", reads=TRIAGE),
    Route("referrals:assessment", "worked", reads=ASSESSES),
    Route("referrals:timeline", "asked", reads=TRIAGE),
    Route("referrals:timeline", "worked", reads=ASSESSES),
    Route("referrals:claim", "submitted", writes=post(OFFICE)),
    Route("referrals:release", "triage", reads=TRIAGE, writes=post(TRIAGE, {"reason": "On leave."})),
    Route("referrals:request_information", "triage", reads=OFFICE, writes=post(OFFICE, QUESTION)),
    Route(
        "referrals:withdraw_question", "asked", reads=OFFICE, writes=post(OFFICE, {"reason": "It is known."})
    ),
    Route("referrals:take_back", "asked", reads=OFFICE, writes=post(OFFICE, {"reason": "It is late."})),
    Route("referrals:decide", "triage", reads=TRIAGE, writes=post(OFFICE, {"decision": "accept"})),
    Route("referrals:decide", "refused", reads=TRIAGE, writes=post(OFFICE, {"decision": "accept"})),
    Route("referrals:decide", "worked", reads=ASSESSES, writes=post(OFFICE, {"decision": "accept"})),
    Route("referrals:accept", "triage", reads=OFFICE, writes=post(OFFICE, {**ACCEPT, **CONFIRMED})),
    Route("referrals:not_accept", "triage", reads=OFFICE, writes=post(OFFICE, {**NOT_ACCEPT, **CONFIRMED})),
    Route("referrals:redirect", "triage", reads=OFFICE, writes=post(OFFICE, {**REDIRECT, **CONFIRMED})),
    Route(
        "referrals:remove_flag",
        "worked",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "No longer pursued.", **CONFIRMED}),
    ),
    Route("referrals:reopen", "refused", reads=OFFICE, writes=post(OFFICE, {"reason": "A statement came."})),
    Route("referrals:second_readings", reads=TRIAGE),
    Route("referrals:proposal", "proposed", reads=TRIAGE, writes=post(OFFICE, {"answer": "agree"})),
    Route("quality:queue", reads=TRIAGE),
    Route("quality:reading", "drawn", reads=TRIAGE, writes=post(TRIAGE, FOUND, ok=409)),  # unread evidence
    Route("quality:figures", reads=MANAGER),
    Route("quality:draw", "drawn", reads=MANAGER, listed=True),
    Route("referrals:recall", "putforward", reads=OFFICE, writes=post(OFFICE, {"reason": "Better said."})),
)


def another_cio(world: World, role: Role) -> dict[str, Any]:
    return {"person": world.of("own", "settings")["another_cio"], "reason": "On leave."}


def another_officer(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.of("own", "settings")["referrals_officer"], "note": "Started."}


def a_reference(world: World, role: Role) -> dict[str, Any]:
    return {"reference": world.of("foreign", "submitted")["reference"]}


def a_question(world: World, role: Role) -> dict[str, Any]:
    asker = {Role.IMMIGRATION_OFFICER: "ice", Role.CRIMINAL_CASEWORK: "criminal_casework"}.get(role, "force")
    return {"key": str(uuid4()), "asker": asker, "force": "20", "caller": "Somebody", "question": "May we?"}


def api_question(world: World, role: Role) -> dict[str, Any]:
    """As the page asks it, without what this role is not asked."""
    known = {
        Role.REFERRALS_OFFICER: (),
        Role.IMMIGRATION_OFFICER: ("caller",),
        Role.CRIMINAL_CASEWORK: ("caller", "asker"),
    }.get(role, ("caller", "asker", "force"))
    return {name: value for name, value in a_question(world, role).items() if name not in known}


def a_shift(world: World, role: Role) -> dict[str, Any]:
    days = {**day("first_day", "2026-12-01"), **day("last_day", "2026-12-01")}
    return {"duty": "on_call", "person": world.people[Role.CIO_HMI].pk, "start": "6pm", "end": "8pm", **days}


def a_call(world: World, role: Role) -> dict[str, Any]:
    return {"key": str(uuid4()), "force": "20", "caller": "Somebody", "why_urgent": "In custody."}


A_MATTER = {"what": "A trial."}
LITIGATION = {"kind": "judicial_review", "what": "Of the decision.", "suspends_removal": "not_known"}
A_CHECK = {"result": "Adjourned.", **day("next_on", "2026-12-01")}
ASKS = RAISES | {Role.CRIMINAL_CASEWORK}
ON_ROTA = TRIAGE | {Role.CIO_HMI}
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
        writes=post(RAISES | OFFICE, {"reason": "And his brother?"}),
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
        writes=post(TRIAGE, {"to": "nexus_casework", "reason": "Theirs."}),
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
    Route("duty_desk:call", "call", reads=ON_ROTA, writes=post(TAKES_CALLS, {"text": "Ring the suite."})),
    Route("duty_desk:rota", reads=ON_ROTA),
    Route("duty_desk:write_handover", writes=post(ON_ROTA, {"text": "All quiet."})),
    Route("duty_desk:add_shift", reads=MANAGER, writes=post(MANAGER, a_shift)),
    Route("duty_desk:cancel_shift", "settings", reads=MANAGER, writes=post(MANAGER, {"reason": "Ill."})),
    Route(  # whose shift it is, or a manager
        "duty_desk:swap_shift",
        "settings",
        reads=MANAGER | {Role.CIO_HMI},
        writes=post(MANAGER | {Role.CIO_HMI}, another_cio),
    ),
)

TOLD = {"told": "It went on."}
FINDING = {"allegation": "He struck him.", "evidence": "A statement.", "proved": "yes", "reasons": "Seen."}
SERVED = {
    "letter": "other",
    "document": "Notice",
    "how": "post",
    "to": "The subject",
    "by_whom": "Us",
    **TOLD,
}
DRAFTS, REVIEWS = only(Role.CASE_OWNER), only(Role.SENIOR_CASEWORKER)
ON_FILE = {"event": "written", "allegation": "He struck him."}

DECISIONS = (
    Route("decisions:reviews", reads=REVIEWS),
    *(Route("decisions:detail", state, reads=CASE_VIEW) for state in ("worked", *DECISION_STATES)),
    Route("decisions:read", "disputed", reads=CASE_VIEW),
    Route(
        "decisions:make_letter", "disputed", reads=WORKS, writes=post(WORKS), address={"template": "=notice"}
    ),
    Route("decisions:letter", "disputed", reads=CASE_VIEW, address={"kind": "=pdf"}),
    Route("decisions:draft", "worked", writes=post(DRAFTS)),
    Route(
        "decisions:section",
        "drafting",
        reads=DRAFTS,
        writes=post(DRAFTS, {"children": "no"}),
        address={"slug": "=family"},
    ),
    Route("decisions:findings", "drafting", reads=DRAFTS),
    Route("decisions:add_finding", "drafting", reads=DRAFTS, writes=post(DRAFTS, ON_FILE)),
    Route("decisions:change_finding", "drafting", reads=DRAFTS, writes=post(DRAFTS, FINDING)),
    Route("decisions:remove_finding", "drafting", writes=post(DRAFTS)),
    Route("decisions:submit", "drafting", reads=DRAFTS, writes=post(DRAFTS)),
    Route("decisions:take_back", "reviewing", reads=DRAFTS, writes=post(DRAFTS)),
    Route("decisions:approve", "reviewing", reads=REVIEWS, writes=post(REVIEWS, {"reasons": "It holds."})),
    Route(
        "decisions:return_draft", "reviewing", reads=REVIEWS, writes=post(REVIEWS, {"reasons": "Weigh it."})
    ),
    Route(
        "decisions:decide", "drafting", reads=WORKS, writes=post(WORKS, {"reasons": "They outweigh.", **TOLD})
    ),
    Route(  # of what is served already: refused, to those who may
        "decisions:serve",
        "disputed",
        reads=WORKS,
        ok=409,
        writes=post(WORKS, {**SERVED, **day("on", "2026-11-17")}, ok=409),
    ),
    Route(
        "decisions:reconsider", "disputed", reads=WORKS, writes=post(WORKS, {"reasons": "New facts.", **TOLD})
    ),
    Route(
        "decisions:lodge",
        "disputed",
        reads=WORKS,
        writes=post(
            WORKS,
            {"kind": "appeal", "suspends_removal": "not_known", **day("lodged_on", "2026-11-17"), **TOLD},
        ),
    ),
    Route(
        "decisions:add_hearing",
        "disputed",
        reads=WORKS,
        writes=post(WORKS, {"place": "Leeds", **day("on", "2026-12-17"), **TOLD}),
    ),
    Route(
        "decisions:conclude",
        "disputed",
        reads=WORKS,
        writes=post(
            WORKS, {"outcome": "dismissed", "reasons": "No error.", **day("outcome_on", "2026-11-17"), **TOLD}
        ),
    ),
)


def an_absence(world: World, role: Role) -> dict[str, Any]:
    days = {**day("first_day", "2026-12-01"), **day("last_day", "2026-12-04")}
    return {"person": world.people[Role.CASE_OWNER].pk, **days}


def another_case(world: World, role: Role) -> dict[str, Any]:
    wanted = world.of("own", "flagonly")["reference"]
    return {"other": wanted, "kind": "family", "reason": "Brothers."}


CASEWORK = (
    Route("casework:list", reads=CASE_VIEW, writes=post(CASE_VIEW, SEARCH)),
    Route("casework:unallocated", reads=MANAGER),
    Route("casework:mine", reads=WORKS),
    Route("casework:my_tasks", reads=PLANS),
    Route("casework:workload", reads=MANAGER),
    *(
        Route(f"casework:{tab}", state, reads=CASE_VIEW)
        for tab in ("detail", "timeline", "notes", "documents", "tasks", "progress", "referral")
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
    Route("casework:unrelate", "worked", reads=PLANS, writes=post(PLANS, {"reason": "An error."})),
    Route("casework:complete_task", "worked", writes=post(PLANS)),
    Route("casework:lift_barrier", "worked", reads=WORKS, writes=post(WORKS, {"reason": "Withdrawn."})),
    Route(
        "casework:record_outcome",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {**OUTCOME, **CONFIRMED, **day("outcome_on", "2026-11-17")}),
    ),
    Route("casework:close", "ended", reads=PLANS, writes=post(PLANS)),
    Route("casework:allocate", "flagonly", reads=MANAGER, writes=post(MANAGER, {"reason": "Given up."})),
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
        "casework:change_route",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"route": "conviction_led", "reason": "A new conviction."}),
    ),
)

KEYS = TRIAGE | WORKS
KEYING = (
    Route("keying:list", reads=KEYS),
    Route("keying:confirm", "to_key", reads=OFFICE, writes=post(OFFICE, {"system": "cid", "keyed": "on"})),
    Route("keying:correct", "keyed", reads=PLANS, writes=post(PLANS, {"reason": "Another record."})),
)

REPORTS = (
    Route("reports:list", reads=POLICE_ROLES | MANAGER),
    Route("reports:request", reads=MANAGER, writes=post(MANAGER, {"which": "previous_month"})),
    Route("reports:dashboard", reads=MANAGER),
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
    Route("support:send_back", support.SENT, reads=OFFICE, writes=post(OFFICE, {"reason": "Which?"})),
    Route("support:cancel", "supportasked", reads=WORKS, writes=post(WORKS, {"reason": "Found."})),
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


DISCUSSED = {"asker": "ice", "caller": "Somebody", "contact": "By telephone", "question": "May we talk?"}
MATRIX = (
    Route("matrix:list", reads=RAISES | TRIAGE),
    Route("matrix:start", reads=RAISES, writes=post(RAISES, {"events": "0", "force": "20"})),
    Route("matrix:agreement", reads=MANAGER),
    Route("matrix:result", "assessed", reads=RAISES),
    Route("matrix:result", "discussed", reads=RAISES | TRIAGE),
    Route("matrix:refer", "assessed", writes=post(RAISES)),
    Route("matrix:refer", "discussed", writes=post(RAISES)),
    Route("matrix:discuss", "assessed", reads=RAISES, writes=post(RAISES, DISCUSSED)),
)
SUBJECT = {"id": 1, "reference_date": "2026-11-18", "force": "20", "immigration_status": "unknown"}


def api_discussed(world: World, role: Role) -> dict[str, Any]:
    """Only an immigration officer says where they work."""
    asked = {name: text for name, text in DISCUSSED.items() if name != "asker"}
    return asked if role in POLICE_ROLES else DISCUSSED


API_MATRIX = (
    Route("api:matrix", reads=RAISES | TRIAGE, writes=post(RAISES, SUBJECT, ok=201)),
    Route("api:matrix_result", "assessed", reads=RAISES),
    Route("api:matrix_result", "discussed", reads=RAISES | TRIAGE),
    Route("api:matrix_refer", "assessed", writes=post(RAISES, ok=200)),
    Route("api:matrix_refer", "discussed", writes=post(RAISES, ok=200)),
    Route("api:matrix_discuss", "assessed", writes=post(RAISES, api_discussed, ok=200)),
)


API_DATAWASH = (
    Route("api:washes", reads=POLICE_ROLES | TRIAGE),
    Route("api:wash", "checked", reads=POLICE_ROLES | TRIAGE),
    Route("api:wash_rows", "washed", reads=POLICE_ROLES | TRIAGE),
    Route("api:wash_queue", "checked", writes=post(POLICE_ROLES, ok=200)),
    Route("api:wash_discard", "checked", writes=post(POLICE_ROLES, ok=200)),
    Route("api:wash_refer", "washed", writes=post(POLICE_ROLES, ok=200)),
)


def a_list(world: World, role: Role) -> dict[str, Any]:
    rows = f"force_row_ref,surname,forenames,dob\nR1,{uuid4().hex},A,1980\n"
    return {"purpose": "Whom to refer", "file": SimpleUploadedFile("list.csv", rows.encode())}


def an_agreement(world: World, role: Role) -> dict[str, Any]:
    form = AgreementForm()
    answers = {name: field.initial for name, field in form.fields.items() if field.initial}
    return {
        **answers,
        "force": Force.objects.get(code="13").pk,
        "title": "Lists",
        **day("starts_on", "2026-11-01"),
    }


LISTERS = POLICE_ROLES | TRIAGE
DATAWASH = (
    Route("datawash:list", reads=LISTERS),
    Route("datawash:pack", reads=LISTERS),
    Route("datawash:template", "washed", reads=LISTERS, address={"kind": "=xlsx"}, listed=True),
    Route("datawash:upload", reads=POLICE_ROLES, writes=post(POLICE_ROLES, a_list)),
    Route("datawash:agreements", reads=TRIAGE),
    Route("datawash:agree", reads=MANAGER, writes=post(MANAGER, an_agreement)),
    Route("datawash:agreement", "washed", reads=TRIAGE, writes=post(MANAGER)),
    Route("datawash:detail", "checked", reads=LISTERS, writes=post(LISTERS, SEARCH)),
    Route("datawash:detail", "washed", reads=LISTERS, writes=post(LISTERS, SEARCH)),
    Route("datawash:queue", "checked", writes=post(POLICE_ROLES)),
    Route("datawash:discard", "checked", writes=post(POLICE_ROLES)),
    Route("datawash:download", "washed", reads=LISTERS, address={"kind": "=csv"}),
    Route("datawash:download", "washed", reads=LISTERS, address={"kind": "=xlsx"}),
    Route("datawash:refer", "washed", writes=post(POLICE_ROLES)),
    Route("datawash:review", reads=TRIAGE),
    Route("datawash:pair", "paired", reads=TRIAGE, writes=post(OFFICE, {"verdict": "cannot_tell"})),
)


def leads(world: World, role: Role) -> dict[str, Any]:
    return {"leading": world.of("own", "triage")["reference"], "reason": "The same passport."}


SAID = {"verdict": "not_same", "reason": "Brothers."}
DUPLICATES = (
    Route("duplicates:pair", "twice", reads=TRIAGE, writes=post(OFFICE, SAID)),
    Route("duplicates:pair", "said", reads=TRIAGE, writes=post(OFFICE, SAID, ok=409)),
    Route("duplicates:merge", "said", reads=OFFICE, writes=post(OFFICE, leads)),
    Route("duplicates:undo_merge", "merged", reads=OFFICE, writes=post(OFFICE, {"reason": "Brothers."})),
    Route("duplicates:take_back", "said", reads=OFFICE, writes=post(OFFICE, {"reason": "Brothers."})),
)


def api_start(world: World, role: Role) -> dict[str, Any]:
    return {} if role in POLICE_ROLES else {"force": "20"}


def sign_in(world: World, role: Role) -> dict[str, Any]:
    return {"email": f"{uuid4()}@nexus.example", "password": "not the password"}


ALIAS_ROW = {"kind": "=alias", "row_id": "alias"}
API = (
    Route("api:schema", reads=EVERY_ROLE, public=True),
    Route("api:session", reads=EVERY_ROLE),
    Route(
        "api:token",
        public=True,
        writes={"POST": Write(EVERY_ROLE, sign_in, ok=401), "DELETE": Write(EVERY_ROLE, ok=409)},
    ),
    Route("api:notifications", reads=EVERY_ROLE),
    Route("api:notification_mark_all_read", writes=post(EVERY_ROLE, ok=200)),
    Route("api:notification_mark_read", "notified", writes=post(NOTIFIED, ok=200)),
    Route("api:queue", reads=TRIAGE),
    Route("api:queue_take_next", writes=post(OFFICE, ok=200)),
    Route("api:referrals", reads=RAISES | ASSESSES, writes=post(RAISES, api_start, ok=201)),
    Route("api:referral", "draft", reads=RAISES),
    Route("api:referral", "submitted", reads=RAISES | TRIAGE),
    Route("api:referral", "refused", reads=RAISES | TRIAGE),
    Route("api:referral", "worked", reads=RAISES | ASSESSES),
    Route("api:referral", "ended", reads=RAISES | ASSESSES),
    Route(
        "api:referral_section",
        "draft",
        writes={"PATCH": Write(RAISES, {"surname": "Changed"}, ok=200)},
        address={"section": "=identity"},
    ),
    Route("api:referral_rows", "draft", writes=post(RAISES, ALIAS, ok=201), address={"kind": "=alias"}),
    Route(
        "api:referral_row",
        "draft",
        writes={"PUT": Write(RAISES, ALIAS, ok=200), "DELETE": Write(RAISES, ok=200)},
        address=ALIAS_ROW,
    ),
    Route("api:referral_submit", "draft", writes=post(RAISES, ok=200)),
    Route("api:referral_withdraw", "submitted", writes=post(RAISES, {"reason": "Left."}, ok=200)),
    Route("api:referral_answer_information", "asked", writes=post(RAISES, {"answer": "Two."}, ok=200)),
    Route("api:referral_claim", "submitted", writes=post(OFFICE, ok=200)),
    Route("api:referral_hand_over", "triage", writes=post(TRIAGE, to_another_officer, ok=200)),
    Route("api:referral_release", "triage", writes=post(TRIAGE, {"reason": "On leave."}, ok=200)),
    Route(
        "api:referral_request_information",
        "triage",
        writes=post(OFFICE, {"questions": [{"question": "Which?", "due_on": "2026-12-01"}]}, ok=200),
    ),
    Route(
        "api:referral_withdraw_question",
        "asked",
        writes=post(OFFICE, {"reason": "It is known."}, ok=200),
    ),
    Route("api:referral_take_back", "asked", writes=post(OFFICE, {"reason": "It is late."}, ok=200)),
    Route("api:referral_accept", "triage", writes=post(OFFICE, ACCEPT, ok=200)),
    Route("api:referral_not_accept", "triage", writes=post(OFFICE, NOT_ACCEPT, ok=200)),
    Route("api:referral_redirect", "triage", writes=post(OFFICE, REDIRECT, ok=200)),
    Route("api:referral_reopen", "refused", writes=post(OFFICE, {"reason": "A statement came."}, ok=200)),
    Route("api:enquiries", reads=ASKS | TRIAGE, writes=post(ASKS | OFFICE, api_question, ok=201)),
    *(Route("api:enquiry", state, reads=RAISES | TRIAGE) for state in ENQUIRIES),
    Route("api:enquiry_answer", "enquiry", writes=post(OFFICE, {"reply": "You may."}, ok=200)),
    Route("api:enquiry_hand_over", "enquiry", writes=post(TRIAGE, another_officer, ok=200)),
    Route("api:enquiry_link", "enquiry", writes=post(OFFICE, a_reference, ok=200)),
    Route("api:enquiry_add_note", "enquiry", writes=post(TRIAGE, {"text": "A note."}, ok=200)),
    Route("api:enquiry_reopen", "answered", writes=post(RAISES | OFFICE, {"reason": "And he?"}, ok=200)),
    Route("api:cases", reads=CASE_VIEW),
    Route("api:workload", reads=MANAGER),
    Route("api:case", "worked", reads=CASE_VIEW),
    Route("api:case", "ended", reads=CASE_VIEW),
    Route("api:case_progress", "worked", reads=CASE_VIEW),
    Route("api:case_notes", "worked", reads=CASE_VIEW),
    Route("api:case_complete_task", "worked", writes=post(PLANS, ok=200)),
    Route("api:case_lift_barrier", "worked", writes=post(WORKS, {"reason": "Withdrawn."}, ok=200)),
    Route("api:case_allocate", "flagonly", writes=post(MANAGER, {"reason": "Given up."}, ok=200)),
    Route("api:case_assign", "allocated", writes=post(MANAGER, case_owner, ok=200)),
    Route("api:case_reassign", "worked", writes=post(MANAGER, another_case_owner, ok=200)),
    Route(
        "api:case_plan",
        "worked",
        writes=post(PLANS, {"next_action": "Call", "next_action_on": "2026-12-01"}, ok=200),
    ),
    Route(
        "api:case_record_progress",
        "worked",
        writes=post(WORKS, {**PROGRESS, "shared_with_force": True, "happened_on": "2026-11-17"}, ok=200),
    ),
    Route("api:case_add_note", "worked", writes=post(NOTES, {"text": "A note."}, ok=200)),
    Route(
        "api:case_add_task",
        "worked",
        writes=post(PLANS, body({"due_on": "2026-12-01"}, task_for_owner), ok=200),
    ),
    Route(
        "api:case_record_barrier",
        "worked",
        writes=post(WORKS, {"kind": "injunction", "details": "Made.", "since": "2026-11-17"}, ok=200),
    ),
    Route(
        "api:case_change_route",
        "worked",
        writes=post(WORKS, {"route": "conviction_led", "reason": "A new conviction."}, ok=200),
    ),
    Route(
        "api:case_record_outcome",
        "worked",
        writes=post(WORKS, {**OUTCOME, "outcome_on": "2026-11-17"}, ok=200),
    ),
    Route("api:case_close", "ended", writes=post(PLANS, ok=200)),
    Route(
        "api:reports",
        reads=POLICE_ROLES | MANAGER,
        writes=post(MANAGER, {"force": "20", "first": "2026-10-01", "last": "2026-10-31"}, ok=202),
    ),
    Route("api:report", "built", reads=MANAGER),
    Route("api:report", "released", reads=POLICE_ROLES | MANAGER),
    Route("api:report_release", "built", writes=post(MANAGER, RELEASE, ok=200)),
    Route("api:report_requeue", "built", writes=post(MANAGER, ok=200)),
    Route("api:report_acknowledge", "released", writes=post(LEAD, ok=200)),
)

ASKED = {"what": "Grade it.", **day("due_on", "2026-11-30"), "fit_for_force": "on"}
WHY = {**ASKED, "why": "It bears on the threat."}
APPEALS = only(Role.SPECIALIST_APPEALS)


def a_check(world: World, role: Role) -> dict[str, Any]:
    """Everything well, of a statement of one paragraph and one record."""
    thing = world.of("foreign", "matreceived")
    points = {f"point_{code}": "yes" for code in CHECKLIST}
    return {**points, "disclosable_1": "yes", f"record_{thing['record_id']}": "yes"}


NEXUS_MATERIAL = (
    Route("material:list", reads=CASE_VIEW),
    Route("material:asked", reads=POLICE_ROLES),
    Route("material:asked_detail", "matasked", reads=POLICE_ROLES),
    Route(
        "material:save_draft",
        "matasked",
        reads=POLICE_ROLES,
        writes=post(POLICE_ROLES, {"author": "PC", "text": "Text."}),
    ),
    Route(
        "material:attach_record",
        "matasked",
        reads=POLICE_ROLES,
        writes=post(POLICE_ROLES, lambda world, role: {"description": "One", "upload": upload("record")}),
    ),
    Route("material:remove_record", "matasked", writes=post(POLICE_ROLES)),
    Route("material:supply", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES)),
    Route("material:reply", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES, {"text": "Which?"})),
    Route("material:of_case", "matapproved", reads=CASE_VIEW),
    Route(
        "material:request_summary",
        "matapproved",
        reads=WORKS,
        writes=post(WORKS, {**WHY, "title": "Assaults"}),
    ),
    Route("material:bundle", "matapproved", reads=WORKS | APPEALS),
    *(Route("material:detail", state, reads=CASE_VIEW) for state in MATERIAL),
    Route("material:version", "matapproved", reads=CASE_VIEW),
    Route(
        "material:compare",
        "matapproved",
        reads=CASE_VIEW,
        address={"old_id": "version_id", "new_id": "version_id"},
    ),
    Route("material:record", "matreceived", reads=CASE_VIEW | POLICE_ROLES),
    Route("material:check_statement", "matreceived", reads=WORKS, writes=post(WORKS, a_check)),
    *(
        Route(f"material:{verb}", state, reads=roles, writes=post(roles, sent))
        for verb, state, roles, sent in (
            (
                "review_summary",
                "matsummarised",
                WORKS,
                {"relevant": "yes", "applicable": "yes", "reasons": "R"},
            ),
            ("return_summary", "matsummarised", WORKS, ASKED),
            ("commission", "matreviewed", WORKS, WHY),
            ("need_no_statement", "matreviewed", WORKS, {"because": "Convicted."}),
            ("reject", "matreceived", WORKS, ASKED),
            ("approve", "matchecked", REVIEWS, {"reasons": "It is fit."}),
            ("ask_for_appeals_review", "matrelied", WORKS | APPEALS, {"question": "An appeal."}),
            ("advise", "matappeals", APPEALS, {"issues": "None.", "advice": "Serve it."}),
            ("serve", "matrelied", WORKS, {"how": "By hand", **day("served_on", "2026-11-16")}),
            ("supersede", "matreceived", WORKS, {"reason": "Replaced."}),
            ("write_message", "matasked", WORKS, {"text": "Which?"}),
        )
    ),
)


def a_verbal(world: World, role: Role) -> dict[str, Any]:
    return {**operations.VERBAL, "asked_by": world.people[Role.CASE_OWNER].pk}


CIO = only(Role.CIO_HMI)
OPERATES = WORKS | CIO


def engages(verb: str, state: str, roles: Roles, body: Body | None = None) -> Route:
    """The page of one act on an engagement."""
    return Route(f"engagement:{verb}", state, reads=roles, writes=post(roles, body))


OPERATIONS = (
    Route("engagement:list", reads=CASE_VIEW | POLICE_ROLES),
    Route("engagement:discussion", reads=OPERATES | MANAGER),
    Route("engagement:verbal", reads=CIO | MANAGER | {Role.SENIOR_CASEWORKER}),
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
    engages("save_risks", "opdraft", WORKS, operations.ANSWERS),
    engages("save_details", "opdraft", WORKS, {**operations.DETAILS, **operations.WINDOW}),
    engages("request", "opdraft", WORKS),
    engages("settle_issue", "opreturned", WORKS, {"reply": "His sister’s."}),
    engages(
        "record_trafficking",
        "opreturned",
        only(Role.SENIOR_CASEWORKER),
        {"outcome": "negative", "reasons": "Withdrawn."},
    ),
    engages("quality_assure", "oprequested", CIO, operations.QUALITY),
    engages("send_back", "oprequested", CIO, {"issues": "Whose address?"}),
    engages("assess_risk", "opassured", CIO, {"risk_level": "low", "risk_controls": "None."}),
    engages("authorise", "opassessed", CIO, operations.AUTHORISING),
    engages("refuse", "opassessed", CIO, {"reasons": "Not necessary."}),
    engages("task", "opauthorised", OPERATES),
    engages("reopen", "opauthorised", OPERATES, {"reason": "He moved."}),
    engages("withdraw", "optasked", OPERATES, {"reason": "He left."}),
    engages("write_up", "opverbal", CIO, {**operations.WRITING, "password": PASSWORD}),
    engages("accept", "optasked", POLICE_ROLES),
    engages("decline", "optasked", POLICE_ROLES, {"kind": "resource", "words": "No van."}),
    engages("execute", "opaccepted", POLICE_ROLES, operations.DONE),
    engages("abort", "opaccepted", POLICE_ROLES, {**operations.DONE, "reason": "Nobody in."}),
    engages("record_outcome", "opdone", POLICE_ROLES, {"what_happened": "Arrested."}),
)

PARTS = {
    "material": NEXUS_MATERIAL,
    "ground": GROUND,
    "referrals": DRAFT + DESK + DUTY_DESK + MATRIX,
    "datawash": DATAWASH + DUPLICATES,
    "casework": CASEWORK + REPORTS + SUPPORT + KEYING,
    "decisions": DECISIONS,
    "operations": OPERATIONS,
    "api": API + API_DATAWASH + API_MATRIX,
}
ROUTES = tuple(route for part in PARTS.values() for route in part)

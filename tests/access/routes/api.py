"""The REST endpoints."""

from typing import Any
from uuid import uuid4

from nexus.accounts.roles import EVERY_ROLE, POLICE_ROLES, Role
from nexus.api.programs import ASSERTION, GRANT
from referrals.api.verbs import OF_TRIAGE
from referrals.permissions import WHO_MAY
from tests.access.routes.datawash import SAID, leads
from tests.access.routes.table import (
    ACCEPT,
    ALIAS,
    ASKS,
    ASSESSES,
    CASE_VIEW,
    DISCUSSED,
    LEAD,
    MANAGER,
    NOT_ACCEPT,
    NOTES,
    NOTIFIED,
    OFFICE,
    OUTCOME,
    PLANS,
    PROGRESS,
    RAISES,
    REDIRECT,
    RELEASE,
    TRIAGE,
    WORKS,
    Route,
    Write,
    a_question,
    a_reference,
    another_case_owner,
    another_officer,
    body,
    carried_over,
    case_owner,
    of_verbs,
    post,
    task_for_owner,
)
from tests.access.world import ENQUIRIES, World


def to_another_officer(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.of("own", "settings")["officer"], "reason": "On leave until January."}


def api_question(world: World, role: Role) -> dict[str, Any]:
    """As the page asks it, without what this role is not asked."""
    known = {
        Role.REFERRALS_OFFICER: (),
        Role.IMMIGRATION_OFFICER: ("caller",),
        Role.CRIMINAL_CASEWORK: ("caller", "asker"),
    }.get(role, ("caller", "asker", "force"))
    return {name: value for name, value in a_question(world, role).items() if name not in known}


SUBJECT = {"id": 1, "reference_date": "2026-11-18", "force": "20", "immigration_status": "unknown"}


def api_discussed(world: World, role: Role) -> dict[str, Any]:
    """Only an immigration officer says where they work."""
    asked = {name: text for name, text in DISCUSSED.items() if name != "asker"}
    return asked if role in POLICE_ROLES else DISCUSSED


API_MATRIX = (
    Route("api:matrix", reads=RAISES | TRIAGE, writes=post(RAISES, SUBJECT, ok=201)),
    Route("api:matrix_result", "assessed", reads=RAISES),
    Route("api:matrix_result", "discussed", reads=RAISES | TRIAGE),
    Route("api:matrix_result_refer", "assessed", writes=post(RAISES, ok=200)),
    Route("api:matrix_result_refer", "discussed", writes=post(RAISES, ok=200)),
    Route("api:matrix_result_discuss", "assessed", writes=post(RAISES, api_discussed, ok=200)),
)
API_DATAWASH = (
    # It asks for a file: tests/nexus/api/test_files.py sends one.
    Route("api:washes", reads=POLICE_ROLES | TRIAGE, writes=post(POLICE_ROLES, ok=400)),
    Route("api:wash", "checked", reads=POLICE_ROLES | TRIAGE),
    Route("api:wash_rows", "washed", reads=POLICE_ROLES | TRIAGE),
    Route("api:wash_queue", "checked", writes=post(POLICE_ROLES, ok=200)),
    Route("api:wash_discard", "checked", writes=post(POLICE_ROLES, ok=200)),
    Route("api:wash_refer", "washed", writes=post(POLICE_ROLES, ok=200)),
)


API_DUPLICATES = (
    Route("api:pairs", reads=TRIAGE),
    Route("api:pair", "twice", reads=TRIAGE),
    Route("api:pair_judge", "twice", writes=post(OFFICE, SAID, ok=200)),
    Route("api:judgement_merge", "said", writes=post(OFFICE, leads, ok=200)),
    Route(
        "api:judgement_take_back",
        "said",
        writes=post(OFFICE, {"reason": "They are brothers, by the passport."}, ok=200),
    ),
    Route(
        "api:merge_undo_merge",
        "merged",
        writes=post(OFFICE, {"reason": "They are brothers, by the passport."}, ok=200),
    ),
)


def api_start(world: World, role: Role) -> dict[str, Any]:
    return {} if role in POLICE_ROLES else {"force": "20"}


def sign_in(world: World, role: Role) -> dict[str, Any]:
    return {
        "email": f"{uuid4()}@nexus.example",
        "password": "not the password",
        "one_time_password": "000000",
    }


def a_program_signs(world: World, role: Role) -> dict[str, Any]:
    """Nobody’s: whoever signs in by it needs the key."""
    return {"grant_type": GRANT, "client_assertion_type": ASSERTION, "client_assertion": "nobody’s"}


ALIAS_ROW = {"kind": "=alias", "row_id": "alias"}
API: tuple[Route, ...] = (
    Route("api:schema", reads=EVERY_ROLE, public=True),
    Route("api:changes", reads=EVERY_ROLE),
    Route("api:program_token", public=True, writes=post(EVERY_ROLE, a_program_signs, ok=401)),
    Route("api:session", reads=EVERY_ROLE),
    Route(
        "api:token",
        public=True,
        writes={"POST": Write(EVERY_ROLE, sign_in, ok=401), "DELETE": Write(EVERY_ROLE, ok=409)},
    ),
    Route("api:references", reads=EVERY_ROLE),
    Route("api:reference", reads=EVERY_ROLE, address={"name": "=forces"}),
    Route("api:notifications", reads=EVERY_ROLE),
    Route("api:notification_mark_all_read", writes=post(EVERY_ROLE, ok=200)),
    Route("api:notification_mark_read", "notified", writes=post(NOTIFIED, ok=200)),
    Route("api:queue", reads=TRIAGE),
    Route("api:queue_take_next", writes=post(OFFICE, ok=200)),
    Route("api:referrals", reads=RAISES | ASSESSES, writes=post(RAISES, api_start, ok=201)),
    Route(
        "api:referral_by_own_reference",
        writes={"PUT": Write(RAISES, api_start, ok=201)},
        address={"own_reference": "=LP-2026-1"},
    ),
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
    Route(
        "api:referral_add_note",
        "worked",
        writes=post(ASSESSES, {"kind": "note", "text": "Two of them saw it."}, ok=200),
    ),
    Route(
        "api:referral_restore_row",
        "draft",
        writes=post(RAISES, ok=200),
        address={"kind": "=alias", "row_id": "removed_alias"},
    ),
    Route("api:referral_submit", "draft", writes=post(RAISES, ok=200)),
    Route(
        "api:referral_withdraw", "submitted", writes=post(RAISES, {"reason": "The subject has left."}, ok=200)
    ),
    Route(
        "api:referral_add_information",
        "submitted",
        writes=post(RAISES, {"answer": "He has moved to Leeds."}, ok=200),
    ),
    Route("api:referral_answer_information", "asked", writes=post(RAISES, {"answer": "Two."}, ok=200)),
    Route("api:referral_claim", "submitted", writes=post(OFFICE, ok=200)),
    Route("api:referral_hand_over", "triage", writes=post(TRIAGE, to_another_officer, ok=200)),
    Route(
        "api:referral_release", "triage", writes=post(TRIAGE, {"reason": "On leave until January."}, ok=200)
    ),
    Route(
        "api:referral_request_information",
        "triage",
        writes=post(OFFICE, {"questions": [{"question": "Which?", "due_on": "2026-12-01"}]}, ok=200),
    ),
    Route(
        "api:referral_withdraw_question",
        "asked",
        writes=post(OFFICE, {"reason": "It is known to the force."}, ok=200),
    ),
    Route(
        "api:referral_take_back", "asked", writes=post(OFFICE, {"reason": "It is late in the day."}, ok=200)
    ),
    Route("api:referral_accept", "triage", writes=post(OFFICE, ACCEPT, ok=200)),
    Route("api:referral_not_accept", "triage", writes=post(OFFICE, NOT_ACCEPT, ok=200)),
    Route("api:referral_redirect", "triage", writes=post(OFFICE, REDIRECT, ok=200)),
    Route(
        "api:referral_remove_flag", "worked", writes=post(OFFICE, {"reason": "No longer pursued."}, ok=200)
    ),
    Route(
        "api:referral_set_flag_again",
        "worked",
        writes=post(OFFICE, {"reason": "Arrested again on Monday."}, ok=409),
    ),  # its flag stands
    Route("api:referral_reopen", "refused", writes=post(OFFICE, {"reason": "A statement came."}, ok=200)),
    Route("api:proposals", reads=TRIAGE),
    Route("api:proposal", "proposed", reads=TRIAGE),
    Route(
        "api:proposal_agree", "proposed", writes=post(OFFICE, {"remarks": "It weighs everything."}, ok=200)
    ),
    Route(
        "api:proposal_send_back",
        "proposed",
        writes=post(OFFICE, {"reasons": "Not before the hearing in Leeds."}, ok=200),
    ),
    Route("api:proposal_recall", "putforward", writes=post(OFFICE, {"reason": "Better said."}, ok=200)),
    # What one officer may decide alone is not proposed.
    Route("api:referral_propose_acceptance", "triage", writes=post(OFFICE, ACCEPT, ok=409)),
    Route("api:referral_propose_refusal", "triage", writes=post(OFFICE, NOT_ACCEPT, ok=409)),
    Route("api:enquiries", reads=ASKS | TRIAGE, writes=post(ASKS | OFFICE, api_question, ok=201)),
    *(Route("api:enquiry", state, reads=RAISES | TRIAGE) for state in ENQUIRIES),
    Route("api:enquiry_answer", "enquiry", writes=post(OFFICE, {"reply": "You may."}, ok=200)),
    Route("api:enquiry_take", "enquiry", writes=post(OFFICE, ok=200)),
    Route("api:enquiry_hand_over", "enquiry", writes=post(TRIAGE, another_officer, ok=200)),
    Route("api:enquiry_link", "enquiry", writes=post(OFFICE, a_reference, ok=200)),
    Route("api:enquiry_add_note", "enquiry", writes=post(TRIAGE, {"text": "A note."}, ok=200)),
    Route(
        "api:enquiry_reopen",
        "answered",
        writes=post(RAISES | OFFICE, {"reason": "And where does his brother live?"}, ok=200),
    ),
    Route("api:cases", reads=CASE_VIEW),
    Route("api:workload", reads=MANAGER),
    Route("api:case", "worked", reads=CASE_VIEW),
    Route("api:case", "ended", reads=CASE_VIEW),
    Route("api:case_progress", "worked", reads=CASE_VIEW),
    Route("api:case_notes", "worked", reads=CASE_VIEW),
    Route("api:case_complete_task", "worked", writes=post(PLANS, ok=200)),
    Route(
        "api:case_lift_barrier",
        "worked",
        writes=post(WORKS, {"reason": "It was withdrawn by the claimant."}, ok=200),
    ),
    Route(
        "api:case_allocate", "flagonly", writes=post(MANAGER, {"reason": "The tenancy was given up."}, ok=200)
    ),
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
        "api:case_clarify",
        "worked",
        writes=post(
            WORKS, {"about": "children", "found": False, "words": "Asked her at interview: none."}, ok=200
        ),
    ),
    Route(  # only after a decision
        "api:case_give_removal_notice",
        "worked",
        writes=post(
            WORKS,
            {"kind": "both", "how": "By hand.", "departure": "By air.", "given_on": "2026-11-17"},
            ok=409,
        ),
    ),
    Route(
        "api:case_change_route",
        "worked",
        writes=post(
            WORKS, {"route": "conviction_led", "reason": "Sentenced for robbery at Leeds in May."}, ok=200
        ),
    ),
    Route(
        "api:case_record_outcome",
        "worked",
        writes=post(WORKS, body({**OUTCOME, "outcome_on": "2026-11-17"}, carried_over), ok=200),
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
API += of_verbs("api:referral_{}", OF_TRIAGE, WHO_MAY, "triage", beside=API)

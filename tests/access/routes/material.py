"""Nexus material."""

from typing import Any

from casework.material.actions.supplying import digest_of_draft
from casework.material.models import Ask
from casework.material.rules import CHECKLIST
from nexus.accounts.roles import POLICE_ROLES, Role
from tests.access.routes.table import CASE_VIEW, REVIEWS, WORKS, Route, day, only, post
from tests.access.world import MATERIAL, RELEASED, World, upload

ASKED = {"what": "Grade it.", **day("due_on", "2026-11-30"), "fit_for_force": "on"}
WHY = {**ASKED, "why": "It bears on the threat."}
APPEALS = only(Role.SPECIALIST_APPEALS)
ELSEWHERE = only(Role.CRIMINAL_CASEWORK)


def a_check(world: World, role: Role) -> dict[str, Any]:
    """Everything well, of a statement of one paragraph and one record."""
    thing = world.of("foreign", "matreceived")
    points = {f"point_{code}": "yes" for code in CHECKLIST}
    return {**points, "disclosable_1": "yes", f"record_{thing['record_id']}": "yes"}


def what_is_shown(world: World, role: Role) -> dict[str, Any]:
    ask = Ask.objects.get(material=world.of("own", "matasked")["material_id"], closed_at=None)
    return {"as_shown": digest_of_draft(ask)}


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
    Route(
        "material:upload_text",
        "matasked",
        reads=POLICE_ROLES,
        writes=post(
            POLICE_ROLES,
            lambda world, role: {"upload": upload("text"), "marking": "official", "take_text": "yes"},
        ),
    ),
    Route("material:remove_upload", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES)),
    Route("material:remove_record", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES)),
    Route(
        "material:restore_upload",
        "matasked",
        writes=post(POLICE_ROLES),
        address={"original_id": "removed_original"},
    ),
    Route(
        "material:restore_record",
        "matasked",
        writes=post(POLICE_ROLES),
        address={"record_id": "removed_record"},
    ),
    Route("material:supply", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES, what_is_shown)),
    Route("material:reply", "matasked", reads=POLICE_ROLES, writes=post(POLICE_ROLES, {"text": "Which?"})),
    Route("material:released", RELEASED[0], reads=ELSEWHERE),
    Route("material:released_file", RELEASED[0], reads=ELSEWHERE),
    Route(
        "material:rely_on",
        RELEASED[0],
        reads=ELSEWHERE,
        writes=post(ELSEWHERE, {"reason": "The decision of 17 November, CC/1."}),
    ),
    Route(
        "material:ask_appeals",
        RELEASED[1],
        reads=ELSEWHERE,
        writes=post(ELSEWHERE, {"question": "An appeal is likely."}),
    ),
    Route(
        "material:record_service",
        RELEASED[1],
        reads=ELSEWHERE,
        writes=post(ELSEWHERE, {"how": "By post", **day("served_on", "2026-11-16")}),
    ),
    Route("material:of_case", "matapproved", reads=CASE_VIEW),
    Route(
        "material:request_summary",
        "matapproved",
        reads=WORKS,
        writes=post(WORKS, {**WHY, "title": "Assaults"}),
    ),
    Route(
        "material:need_no_statement",
        "worked",
        reads=WORKS,
        writes=post(WORKS, {"because": "Convicted at the Crown Court."}),
    ),
    Route(
        "material:withdraw_no_statement",
        "matunneeded",
        reads=WORKS,
        writes=post(WORKS, {"reason": "The conviction was quashed."}),
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
    Route("material:original", "matreceived", reads=CASE_VIEW | POLICE_ROLES),
    Route("material:check_statement", "matreceived", reads=WORKS, writes=post(WORKS, a_check)),
    *(
        Route(f"material:{verb}", state, reads=roles, writes=post(roles, sent))
        for verb, state, roles, sent in (
            (
                "review_summary",
                "matsummarised",
                WORKS,
                {"relevant": "yes", "applicable": "yes", "reasons": "Read and found pertinent"},
            ),
            ("return_summary", "matsummarised", WORKS, ASKED),
            ("commission", "matreviewed", WORKS, WHY),
            ("reject", "matreceived", WORKS, ASKED),
            ("approve", "matchecked", REVIEWS, {"reasons": "It is fit for service."}),
            ("ask_for_appeals_review", "matrelied", WORKS | APPEALS, {"question": "An appeal."}),
            ("advise", "matappeals", APPEALS, {"issues": "None.", "advice": "Serve it."}),
            ("serve", "matrelied", WORKS, {"how": "By hand", **day("served_on", "2026-11-16")}),
            ("supersede", "matreceived", WORKS, {"reason": "Replaced by a better one."}),
            ("give_more_time", "matasked", WORKS, {"text": "Until then.", **day("due_on", "2026-12-07")}),
            ("write_message", "matasked", WORKS, {"text": "Which?"}),
        )
    ),
)

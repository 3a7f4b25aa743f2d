"""A referral, from the force's draft to the force's answers, and the matrix."""

from typing import Any
from uuid import uuid4

from nexus.accounts.roles import Role
from tests.access.routes.table import ALIAS, ASSESSES, DISCUSSED, MANAGER, RAISES, SEARCH, TRIAGE, Route, post
from tests.access.world import World


def a_colleague(world: World, role: Role) -> dict[str, Any]:
    return {"to": world.people[Role.FORCE_LEAD].pk}


def starting(world: World, role: Role) -> dict[str, Any]:
    return {"key": str(uuid4()), "force": "20"}


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
        "referrals:add_note",
        "worked",
        reads=ASSESSES,
        writes=post(ASSESSES, {"kind": "note", "text": "Two of them saw it."}),
    ),
    Route(
        "referrals:restore_row",
        "draft",
        writes=post(RAISES),
        address={"kind": "=alias", "row_id": "removed_alias"},
    ),
    Route(
        "referrals:conviction",
        "draft",
        reads=RAISES,
        writes=post(RAISES, {"standing": "stands"}),
        address={"row_id": "conduct"},
    ),
    Route(
        "referrals:event_line",
        "draft",
        reads=RAISES,
        writes=post(
            RAISES,
            {
                "kind": "conviction",
                "part": "convicted",
                "offence": "Affray",
                "standing": "stands",
                "grounding": "fact",
            },
        ),
        address={"row_id": "conduct"},
    ),
    Route(
        "referrals:paste_events",
        "draft",
        reads=RAISES,
        writes=post(
            RAISES,
            {"kind": "conviction", "part": "convicted", "grounding": "fact", "rows": "14/03/2025\tAffray"},
            ok=200,  # the rows as read, to be confirmed
        ),
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
    Route(
        "referrals:add_information",
        "submitted",
        reads=RAISES,
        writes=post(RAISES, {"answer": "He has moved to Leeds."}),
    ),
    Route(
        "referrals:withdraw",
        "submitted",
        reads=RAISES,
        writes=post(RAISES, {"reason": "The subject has left."}),
    ),
    Route("referrals:pdf", "draft", reads=RAISES),
    Route("referrals:pdf", "worked", reads=RAISES | ASSESSES),
    Route("referrals:attachment", "draft", reads=RAISES, address={"row_id": "attachment"}),
    Route("referrals:attachment", "submitted", reads=RAISES | TRIAGE, address={"row_id": "attachment"}),
    Route("referrals:attachment", "worked", reads=RAISES | ASSESSES, address={"row_id": "attachment"}),
)
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

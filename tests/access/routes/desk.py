"""The queue, triage and second reading, and quality."""

from typing import Any

from nexus.accounts.roles import Role
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.quality.rules import Question
from referrals.verbs import TRIAGE as TRIAGE_VERBS
from tests.access.routes.table import (
    ACCEPT,
    ASSESSES,
    CONFIRMED,
    FLAGS,
    MANAGER,
    NOT_ACCEPT,
    OFFICE,
    RAISES,
    REDIRECT,
    SEARCH,
    TRIAGE,
    WORKS,
    Route,
    day,
    of_verbs,
    post,
)
from tests.access.world import World

FOUND = {**dict.fromkeys(Question.values(), "yes"), "overall": "sound"}


def chosen_to_release(world: World, role: Role) -> dict[str, Any]:
    referral = Referral.objects.get(reference=world.of("own", "triage")["reference"])
    return {"verb": "release", "chosen": f"{referral.pk}:as-shown"}


CORRECTS = OFFICE | WORKS
QUESTION = {"question": "Which of them?", **day("due_on", "2026-12-01")}
DESK: tuple[Route, ...] = (
    Route("desk:queue", reads=TRIAGE, writes=post(TRIAGE, SEARCH)),
    Route("desk:take_next", writes=post(OFFICE)),
    Route("desk:many", reads=TRIAGE, ok=302, writes=post(TRIAGE, chosen_to_release, ok=200)),
    Route("desk:many_done", reads=TRIAGE, ok=302),
    Route("desk:officers", reads=MANAGER),
    Route("desk:export", "settings", reads=TRIAGE, address={"kind": "=ods"}),
    Route("desk:views", reads=TRIAGE),
    Route("desk:save_view", reads=TRIAGE, writes=post(TRIAGE, {"name": "Mine"})),
    Route("desk:change_view", "settings", reads=OFFICE, writes=post(OFFICE, {"name": "Ours"})),
    Route("desk:delete_view", "settings", reads=OFFICE, writes=post(OFFICE)),
    Route("desk:open_view", "settings", reads=TRIAGE, ok=302),
    Route("desk:set_alert", "settings", reads=TRIAGE, writes=post(TRIAGE, {"how_often": "daily"})),
    Route("desk:make_default", "settings", writes=post(TRIAGE)),
    Route("referrals:find", reads=RAISES | ASSESSES, writes=post(RAISES | ASSESSES, {"person": "Zelmanov"})),
    Route("referrals:flags", reads=FLAGS, writes=post(FLAGS, SEARCH)),
    Route("referrals:assessment", "triage", reads=TRIAGE),
    Route("referrals:assessment", "worked", reads=ASSESSES),
    Route("referrals:corrections", "worked", reads=ASSESSES),
    Route(
        "referrals:correct",
        "worked",
        reads=CORRECTS,
        writes=post(CORRECTS, {"prison_number": "A9999ZZ", "because": "The prison wrote so on Monday."}),
        address={"page": "=identifiers"},
    ),
    Route(
        "referrals:reconsider",
        "worked",
        reads=CORRECTS,
        writes=post(CORRECTS, {"finding": "It stands: it does not turn on the number."}),
    ),
    Route(
        "referrals:tell_recipient",
        "worked",
        reads=CORRECTS,
        writes=post(CORRECTS, {"how": "By letter of Monday."}, ok=409),
        ok=409,  # the force was told in the service
    ),
    Route("referrals:timeline", "asked", reads=TRIAGE),
    Route("referrals:timeline", "worked", reads=ASSESSES),
    Route("referrals:claim", "submitted", writes=post(OFFICE)),
    Route(
        "referrals:release",
        "triage",
        reads=TRIAGE,
        writes=post(TRIAGE, {"reason": "On leave until January."}),
    ),
    Route("referrals:request_information", "triage", reads=OFFICE, writes=post(OFFICE, QUESTION)),
    Route(
        "referrals:withdraw_question",
        "asked",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "It is known to the force."}),
    ),
    Route(
        "referrals:take_back",
        "asked",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "It is late in the day."}),
    ),
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
    Route(
        "referrals:set_flag_again",
        "worked",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "Arrested again on Monday.", **CONFIRMED}, ok=409),
        ok=409,  # its flag stands
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
DESK += of_verbs("referrals:{}", TRIAGE_VERBS, WHO_MAY, "triage", beside=DESK)

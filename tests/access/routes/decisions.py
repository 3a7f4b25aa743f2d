"""Decisions, challenges and letters."""

from tests.access.routes.table import CASE_VIEW, DRAFTS, REVIEWS, WORKS, Route, day, post
from tests.access.world import DECISIONS as DECISION_STATES

TOLD = {"shared_text": "It went on to the next stage."}
FINDING = {
    "allegation": "He struck him.",
    "evidence": "A statement.",
    "proved": "yes",
    "reasons": "Seen and read through.",
}
SERVED = {
    "document": "Notice and reasons",
    **day("document_on", "2026-11-16"),
    "how": "post",
    "rule": "Regulation 7",
    "to": "The subject",
    "by_whom": "Us",
    "place": "in_uk",
    **TOLD,
}
CLAIM = {
    "kind": "human_rights",
    "how": "interview",
    "grounds": "Her children go to school here.",
    **day("made_on", "2026-11-16"),
}
CLAIM_ENDED = {"end": "withdrawn", "words": "Her letter of that day.", **day("ended_on", "2026-11-16")}
ON_FILE = {"event": "written", "allegation": "He struck him."}
DECISIONS = (
    Route("decisions:reviews", reads=REVIEWS),
    Route("decisions:hearings", reads=CASE_VIEW),
    *(Route("decisions:detail", state, reads=CASE_VIEW) for state in ("worked", *DECISION_STATES)),
    Route("decisions:read", "disputed", reads=CASE_VIEW),
    Route(
        "decisions:make_letter", "disputed", reads=WORKS, writes=post(WORKS), address={"template": "=notice"}
    ),
    Route("decisions:letter", "disputed", reads=CASE_VIEW, address={"kind": "=pdf"}),
    Route("decisions:draft", "worked", writes=post(DRAFTS)),
    Route("decisions:record_claim", "worked", reads=WORKS, writes=post(WORKS, CLAIM)),
    Route("decisions:end_claim", "drafting", reads=WORKS, writes=post(WORKS, CLAIM_ENDED)),
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
    Route("decisions:remove_finding", "drafting", reads=DRAFTS, writes=post(DRAFTS)),
    Route(
        "decisions:restore_finding",
        "drafting",
        writes=post(DRAFTS),
        address={"finding_id": "removed_finding"},
    ),
    Route("decisions:write_letter", "drafting", reads=DRAFTS, writes=post(DRAFTS, {"country": "Albania"})),
    Route("decisions:submit", "drafting", reads=DRAFTS, writes=post(DRAFTS)),
    Route("decisions:take_back", "reviewing", reads=DRAFTS, writes=post(DRAFTS)),
    Route(
        "decisions:approve",
        "reviewing",
        reads=REVIEWS,
        writes=post(REVIEWS, {"reasons": "It holds, as the file shows."}),
    ),
    Route(
        "decisions:return_draft",
        "reviewing",
        reads=REVIEWS,
        writes=post(REVIEWS, {"reasons": "Weigh it with the interview."}),
    ),
    Route(
        "decisions:decide",
        "drafting",
        reads=WORKS,
        writes=post(WORKS, {"reasons": "The convictions outweigh the rest.", **TOLD}),
    ),
    Route(  # of what is served already: refused, to those who may
        "decisions:serve",
        "disputed",
        reads=WORKS,
        ok=409,
        writes=post(WORKS, {**SERVED, **day("on", "2026-11-17")}, ok=409),
    ),
    Route(
        "decisions:record_appeal_right",
        "disputed",
        reads=WORKS,
        writes=post(WORKS, {"place": "in_uk"}),
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
        "decisions:record_hearing",
        "disputed",
        reads=WORKS,
        writes=post(WORKS, {"result": "vacated", "words": "By consent of both sides.", **TOLD}),
    ),
    Route(
        "decisions:conclude",
        "disputed",
        reads=WORKS,
        writes=post(
            WORKS,
            {
                "outcome": "dismissed",
                "reasons": "No error of law.",
                **day("outcome_on", "2026-11-17"),
                **TOLD,
            },
        ),
    ),
)

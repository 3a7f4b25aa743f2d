"""The papers of a hearing: bundles, redactions, the chronology."""

from tests.access.routes.table import CASE_VIEW, WORKS, Route, post

LATE = {"late_because": "The school wrote only on the day before the hearing."}
LINE = {"event": "He moved.", "source": "His own statement", "on_words": "About 2015"}
ENTRY = {"title": "Notice", "section": "decision", "author": "Us", "included": "no"}
WITHDRAWN = {"reason": "The witness has agreed to be named in the bundle."}
TRIBUNAL = (
    Route("tribunal:hearing", "disputed", reads=CASE_VIEW),
    Route(  # its first bundle is no final one yet: refused, to those who may
        "tribunal:start_bundle", "disputed", reads=WORKS, ok=409, writes=post(WORKS, LATE, ok=409)
    ),
    Route("tribunal:bundle", "disputed", reads=CASE_VIEW),
    Route("tribunal:version", "disputed", reads=CASE_VIEW),
    Route("tribunal:make_bundle", "disputed", reads=WORKS, writes=post(WORKS, {"is_final": "draft"})),
    Route("tribunal:remake_bundle", "disputed", writes=post(WORKS, ok=409)),  # it is made already
    Route("tribunal:gather_entries", "disputed", writes=post(WORKS)),
    Route("tribunal:order_entries", "disputed", writes=post(WORKS, {"order": "1"})),
    Route("tribunal:change_entry", "disputed", reads=WORKS, writes=post(WORKS, ENTRY)),
    Route("tribunal:move_entry", "disputed", writes=post(WORKS, {"direction": "down"})),
    Route("tribunal:redactions", "disputed", reads=CASE_VIEW),
    Route(
        "tribunal:mark_redaction",
        "disputed",
        reads=WORKS,
        writes=post(WORKS, {"passage": "Mill Lane", "because": "address", "found_in": "Paragraph 2"}),
    ),
    Route("tribunal:confirm_redaction", "disputed", writes=post(WORKS)),
    Route("tribunal:withdraw_redaction", "disputed", reads=WORKS, writes=post(WORKS, WITHDRAWN)),
    Route("tribunal:chronology", "disputed", reads=CASE_VIEW),
    Route("tribunal:chronology_file", "disputed", reads=CASE_VIEW),
    Route("tribunal:add_line", "disputed", reads=WORKS, writes=post(WORKS, LINE)),
    Route(
        "tribunal:change_line",
        "disputed",
        reads=WORKS,
        writes=post(WORKS, {**LINE, "left_out": "no"}),
        address={"line_key": "=birth"},
    ),
)

"""Everything that changes Nexus material. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record → telling."""

from casework.material.actions.approving import approve
from casework.material.actions.asking import (
    begin_for_support,
    commission,
    reject,
    request_summary,
    return_summary,
)
from casework.material.actions.checking import check_statement
from casework.material.actions.messages import write_message
from casework.material.actions.more_time import give_more_time
from casework.material.actions.no_statement import need_no_statement, withdraw_no_statement
from casework.material.actions.relying import (
    advise,
    ask_for_appeals_review,
    end_with_support,
    rely_on,
    serve,
    supersede,
)
from casework.material.actions.reminding import remind
from casework.material.actions.reviewing import review_summary
from casework.material.actions.supplying import (
    attach_record,
    remove_record,
    restore_record,
    save_draft,
    supply,
)
from casework.material.actions.uploading import remove_upload, restore_upload, upload_text

__all__ = [
    "advise",
    "approve",
    "ask_for_appeals_review",
    "attach_record",
    "begin_for_support",
    "check_statement",
    "commission",
    "end_with_support",
    "give_more_time",
    "need_no_statement",
    "reject",
    "rely_on",
    "remind",
    "remove_record",
    "remove_upload",
    "restore_record",
    "restore_upload",
    "request_summary",
    "return_summary",
    "review_summary",
    "save_draft",
    "serve",
    "supersede",
    "supply",
    "upload_text",
    "withdraw_no_statement",
    "write_message",
]

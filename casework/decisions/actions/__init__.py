"""Everything that changes a decision or a challenge to it: lock → permit → reasons → transition → save → record."""

from casework.decisions.actions.appeal_time import record_appeal_right, watch_appeal_time
from casework.decisions.actions.challenges import conclude, lodge
from casework.decisions.actions.claims import end_claim, record_claim
from casework.decisions.actions.decide import decide, reconsider, serve
from casework.decisions.actions.draft import (
    add_finding,
    change_finding,
    draft,
    remove_finding,
    restore_finding,
    save_section,
)
from casework.decisions.actions.hearings import add_hearing, record_hearing
from casework.decisions.actions.letters import make_letter, write_letter
from casework.decisions.actions.review import approve, return_draft, submit, take_back

__all__ = [
    "add_finding",
    "add_hearing",
    "approve",
    "change_finding",
    "conclude",
    "decide",
    "draft",
    "end_claim",
    "lodge",
    "make_letter",
    "reconsider",
    "record_appeal_right",
    "record_claim",
    "record_hearing",
    "remove_finding",
    "restore_finding",
    "return_draft",
    "save_section",
    "serve",
    "submit",
    "take_back",
    "watch_appeal_time",
    "write_letter",
]

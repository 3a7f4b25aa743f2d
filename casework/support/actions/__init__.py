"""Everything that changes a support request. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from casework.support.actions.answer import accept, decline, fulfil
from casework.support.actions.ask import amend, ask, ask_value_added
from casework.support.actions.chase import chase
from casework.support.actions.submit import cancel, pass_on, send_back, submit
from casework.support.actions.talk import add_message

__all__ = [
    "accept",
    "add_message",
    "amend",
    "ask",
    "ask_value_added",
    "cancel",
    "chase",
    "decline",
    "fulfil",
    "pass_on",
    "send_back",
    "submit",
]

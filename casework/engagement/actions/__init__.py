"""Everything that changes an operational engagement. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record → telling."""

from casework.engagement.actions.change import reopen, withdraw
from casework.engagement.actions.decide import assess_risk, authorise, quality_assure, refuse, send_back
from casework.engagement.actions.expire import expire
from casework.engagement.actions.force import abort, accept, decline, execute, record_outcome
from casework.engagement.actions.stop import look_again, stop
from casework.engagement.actions.task import task
from casework.engagement.actions.trafficking import record_trafficking
from casework.engagement.actions.verbal import log_verbal, tell_of_overdue, write_up
from casework.engagement.actions.write import request, save_details, save_risks, settle_issue, start

__all__ = [
    "abort",
    "accept",
    "assess_risk",
    "authorise",
    "decline",
    "execute",
    "expire",
    "log_verbal",
    "look_again",
    "quality_assure",
    "record_outcome",
    "record_trafficking",
    "refuse",
    "reopen",
    "request",
    "save_details",
    "save_risks",
    "send_back",
    "settle_issue",
    "start",
    "stop",
    "task",
    "tell_of_overdue",
    "withdraw",
    "write_up",
]

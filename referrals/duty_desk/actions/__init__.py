"""Everything that changes an enquiry, a call, a pending matter or the rota. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from referrals.duty_desk.actions.alerts import tell_of_gaps
from referrals.duty_desk.actions.answer import answer, reopen
from referrals.duty_desk.actions.calls import log_advice, raise_live_time, take_call
from referrals.duty_desk.actions.litigation import add_litigation, judge_litigation, task_litigation
from referrals.duty_desk.actions.log import log
from referrals.duty_desk.actions.matters import add_matter, check_matter, conclude_matter, list_matters
from referrals.duty_desk.actions.pass_on import add_note, hand_over, link, take
from referrals.duty_desk.actions.rota import add_shift, cancel_shift, swap_shift, write_handover

__all__ = [
    "add_litigation",
    "add_matter",
    "add_note",
    "add_shift",
    "answer",
    "cancel_shift",
    "check_matter",
    "conclude_matter",
    "hand_over",
    "judge_litigation",
    "link",
    "list_matters",
    "log",
    "log_advice",
    "reopen",
    "swap_shift",
    "take",
    "raise_live_time",
    "take_call",
    "task_litigation",
    "tell_of_gaps",
    "write_handover",
]

"""Everything that changes an enquiry or the rota. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from referrals.duty_desk.actions.log import log

__all__ = ["log"]

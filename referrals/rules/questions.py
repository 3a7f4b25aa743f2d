"""How a question to the force stands to its day. Local: the guidance sets no time to answer in."""

from datetime import date

from referrals.rules.terms import Term


class Standing(Term):
    """From the worst to the best."""

    OVERDUE = "overdue", "Overdue"
    SOON = "soon", "Due soon"
    WAITING = "waiting", "Waiting"


def standing(due_on: date, today: date, *, soon_from: date) -> Standing:
    """The day itself is not yet late; from `soon_from` on the force is reminded."""
    if today > due_on:
        return Standing.OVERDUE
    return Standing.SOON if today >= soon_from else Standing.WAITING

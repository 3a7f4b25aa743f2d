"""How long somebody may be held, and by when a question about them has to be answered."""

from datetime import UTC, datetime, timedelta

from nexus.law import Statement, law
from referrals.rules.terms import Term

# Local, not the guidance's: a question asked while a custody clock runs is to be answered so long before it ends.
ANSWER_BEFORE_END = timedelta(hours=2)


class HeldUnder(Term):
    """What somebody in custody is held under. Not answered counts as police detention without more."""

    POLICE = "police", "Police detention, not extended"
    SUPERINTENDENT = "superintendent", "Police detention, extended by a superintendent"
    WARRANT = "warrant", "Police detention, under a court’s warrant of further detention"
    IMMIGRATION = "immigration", "Immigration detention"


LAWS = {
    HeldUnder.POLICE: law("police_detention"),
    HeldUnder.SUPERINTENDENT: law("police_detention_superintendent"),
    HeldUnder.WARRANT: law("police_detention_warrants"),
}


def law_of(held_under: str) -> Statement | None:
    """The law that sets how long; None of immigration detention, which has no clock of hours."""
    return LAWS.get(HeldUnder(held_under or HeldUnder.POLICE))


def custody_limit(held_under: str, shortest: timedelta) -> timedelta | None:
    """How long the clock runs: `shortest` of the policy unless it was extended; None where it counts no hours."""
    if not held_under or held_under == HeldUnder.POLICE:
        return shortest
    found = law_of(held_under)
    return timedelta(hours=found.number) if found else None


def detention_question(started_at: datetime | None, held_under: str, now: datetime) -> str:
    """What is asked of a detention clock that is older than the law allows; "" where it is not."""
    found = law_of(held_under)
    if started_at is None or found is None:
        return ""
    if now.astimezone(UTC) - started_at.astimezone(UTC) <= timedelta(hours=found.number):
        return ""
    return (
        f"The detention clock started more than {found.number} hours ago, longer than the law allows ({found.source}). "
        "Is the date right, was the detention extended, or has it ended?"
    )


def answer_by(ends_at: datetime, asked_at: datetime) -> datetime:
    """By when a question asked while the clock runs is answered: before its end, also where little time is left."""
    latest = ends_at - ANSWER_BEFORE_END
    return latest if latest > asked_at else asked_at + (ends_at - asked_at) / 2

"""What stands against authorising and tasking: pure functions that return sentences.

A rule informs; a named CIO or HMI decides, with reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.rules.trafficking import Trafficking, reasons_stopped
from nexus.refusals import wordless
from referrals.rules.terms import Term

# How long an authorisation may outlive the time asked for, and then only with a reason. Local.
MARGIN = timedelta(hours=2)


class TraffickingOutcome(Term):
    """What a Senior Caseworker records for one operation while an indicator stands: only the first lets it go on.

    What was decided about trafficking itself is recorded on the case (casework/rules/trafficking.py).
    """

    SAFEGUARDED = (
        "safeguarded",
        "The indicator remains, and this operation may go ahead with the safeguards described",
    )
    STOPS = "stops", "The indicator remains, and this operation must not go ahead"


class Check(Term):
    """What whoever quality-assures confirms."""

    POWER = "power", "The legal power fits the facts and the kind of operation"
    NECESSARY = "necessary", "It is necessary now, and nothing less would be enough"
    ADDRESS = "address", "The address is current and its source is known"
    TIMING = "timing", "The timing is fair to the person and possible for the force"
    ANSWERS = "answers", "Each risk answer has its evidence, and enquiries were made about what is not known"


@dataclass(frozen=True)
class Standing:
    """What is left of an authorisation: plain facts, read by whoever is about to rely on it."""

    until: datetime
    is_void: bool
    verbal: bool
    written_up: bool
    write_up_by: datetime | None
    fits_the_text: bool


def reasons_own_request(*, requested_by: int | None, by: int) -> list[str]:
    """Never the requester."""
    if requested_by == by:
        return ["You asked for this operation, so somebody else must decide on it."]
    return []


STOPPED_FOR_GOOD = "A Senior Caseworker has recorded that the trafficking indicator stops this operation."


def reasons_blocked(trafficking: Trafficking, outcome: str, reviewed_at: datetime | None) -> list[str]:
    """A trafficking indicator blocks an operation until a Senior Caseworker has recorded what was decided about it, or
    that this operation may go ahead with safeguards. `outcome` was recorded at `reviewed_at` and counts for what was
    known then; what came later needs another."""
    known_at = trafficking.known_at
    if known_at is None or reviewed_at is None or known_at > reviewed_at:
        return reasons_stopped(trafficking)
    return [] if outcome == TraffickingOutcome.SAFEGUARDED else [STOPPED_FOR_GOOD]


def reasons_outliving(until: datetime, *, ends: datetime | None, why: str) -> list[str]:
    """An authorisation ends with the time asked for; at most so much later, with a reason."""
    if ends is None or until <= ends:
        return []
    if until > ends + MARGIN:
        hours = MARGIN // timedelta(hours=1)
        return [f"The authorisation must end with the time asked for, or at most {hours} hours later."]
    return wordless(why, "Enter why it must last longer than the time asked for.")


def reasons_not_this_text(shown: str, now_is: str, differences: Sequence[str]) -> list[str]:
    """Whoever signs has this very text before them: `shown` is the digest that their page showed."""
    if shown == now_is:
        return []
    words = (
        f"You were shown {shown[:12] or 'no text'}, and it is now {now_is[:12]}. Read the text below again."
    )
    return [f"The text has changed since your page was made. {words}", *differences]


def reasons_not_until(until: datetime, *, now: datetime, starts: datetime | None) -> list[str]:
    """An authorisation runs from now until some moment that lies ahead and in the window."""
    if until <= now:
        return ["The authorisation must end in the future."]
    if starts is not None and until <= starts:
        return ["The authorisation must not end before the operation begins."]
    return []


WINDOW_OVER = "The time asked for is over. Reopen the request to ask for another."


def reasons_window_over(ends: datetime | None, *, now: datetime) -> list[str]:
    return [WINDOW_OVER] if ends is not None and ends <= now else []


def reasons_not_in_window(
    starts: datetime | None, ends: datetime | None, *, now: datetime | None
) -> list[str]:
    """`now` is None where it has happened already: then the time may be over."""
    if starts is None or ends is None:
        return ["Enter when the operation is to begin and end."]
    if ends <= starts:
        return ["The end of the requested time must be after its beginning."]
    if now and ends <= now:
        return ["The requested time has passed. Change it."]
    return []


def reasons_not_live(standing: Standing | None, *, at: datetime) -> list[str]:
    """Why nothing may be done on this authorisation at this moment; nothing when it is live."""
    if standing is None or standing.is_void:
        return ["There is no authorisation for it now. A CIO or HMI must authorise it."]
    if at >= standing.until:
        return ["The authorisation has expired. Reopen the request to ask for a new one."]
    if (
        standing.verbal
        and not standing.written_up
        and (not standing.write_up_by or at >= standing.write_up_by)
    ):
        return ["The verbal authorisation was not written up in time, so nothing may be done on it."]
    if not standing.fits_the_text:
        return ["The request has changed since it was authorised. Reopen it to ask for a new authorisation."]
    return []

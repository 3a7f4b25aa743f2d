"""What is pending elsewhere, as plain data: its kinds, how it may end, and who deals with litigation.

"The team has a Duty Officer function to … ensure all pending criminal matters are suitably monitored. The Duty
Desk will also monitor ongoing immigration litigation with a view to ensuring all cases are tasked to either
Nexus Casework or Criminal Casework appropriately" (p. 6).
"""

from datetime import date

from django.db.models import TextChoices


class MatterKind(TextChoices):
    CRIMINAL = "criminal", "Criminal proceedings"
    APPEAL = "appeal", "Appeal"
    JUDICIAL_REVIEW = "judicial_review", "Judicial review"
    INJUNCTION = "injunction", "Injunction or stay"
    OTHER = "other", "Other litigation"


# Immigration litigation: only this may suspend removal, and only this is tasked.
LITIGATION = (MatterKind.APPEAL, MatterKind.JUDICIAL_REVIEW, MatterKind.INJUNCTION, MatterKind.OTHER)


class Ending(TextChoices):
    """How a matter ended, seen from whoever brought it."""

    ALLOWED = "allowed", "Allowed or granted"
    DISMISSED = "dismissed", "Dismissed or refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SETTLED = "settled", "Settled between the parties"
    DISCHARGED = "discharged", "Lapsed or discharged"
    CONVICTED = "convicted", "Convicted"
    ACQUITTED = "acquitted", "Acquitted"
    DISCONTINUED = "discontinued", "Discontinued"
    OTHER = "other", "Otherwise"


CRIMINAL_ENDINGS = (Ending.CONVICTED, Ending.ACQUITTED, Ending.DISCONTINUED, Ending.OTHER)
LITIGATION_ENDINGS = (
    Ending.ALLOWED,
    Ending.DISMISSED,
    Ending.WITHDRAWN,
    Ending.SETTLED,
    Ending.DISCHARGED,
    Ending.OTHER,
)


def endings_of(kind: str) -> tuple[Ending, ...]:
    """How a matter of this kind can end."""
    return LITIGATION_ENDINGS if kind in LITIGATION else CRIMINAL_ENDINGS


class Team(TextChoices):
    """To whom litigation is tasked: "either Nexus Casework or Criminal Casework" (p. 6)."""

    NEXUS_CASEWORK = "nexus_casework", "Nexus Casework"
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework"


class Done(TextChoices):
    """What the desk wrote down of a matter."""

    LISTED = "listed", "Listed"
    CHECKED = "checked", "Checked"
    CONCLUDED = "concluded", "Concluded"
    JUDGED = "judged", "Effect on removal"
    TASKED = "tasked", "Tasked"


SUSPENDS, DOES_NOT = "Suspends removal", "Does not suspend removal"


def reasons_against_days(days: list[date | None], today: date) -> list[str]:
    """Hearings and checks lie ahead."""
    if any(day and day < today for day in days):
        return ["The next hearing or check must be today or later."]
    return []


def reasons_against_what_is_next(next_on: date | None, hearing_on: date | None, today: date) -> list[str]:
    """What goes on has a next day, so that nothing is lost from sight."""
    if not (next_on or hearing_on):
        return ["Enter the next hearing or the day to check again, or record that the matter has ended."]
    return reasons_against_days([next_on, hearing_on], today)


def check_day(next_on: date | None, hearing_on: date | None) -> date | None:
    """When to look again: the day given, else that of the hearing."""
    return next_on or hearing_on

"""How long each kind of record is kept before somebody looks at it again, as dated rows.

The law asks for time limits for a periodic review and sets none (`law("storage_review")`). No schedule of the Home
Office for this operation is public, so each period here is a local proposal and says that it is to be confirmed. A
period never erases anything: when it is over a person reads the record and decides. A period that is set lawfully is a
new row, with its source, and an `until` on the old one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nexus.law import law
from nexus.ui.formatting import days

LOCAL = "Local proposal, to be confirmed by the controller: no schedule for this operation is published"
FIRST_PROPOSED = date(2026, 1, 1)
YEAR = 365  # days
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NOBODY = "Nobody"
MANAGER = "A manager, and a second one before anything is erased"


@dataclass(frozen=True, kw_only=True)
class RetentionClass:
    """One class: so many `days` after `event` somebody reviews it. Without days it has no review of its own."""

    code: str
    words: str
    event: str
    days: int | None
    reviewed_by: str
    source: str
    confirmed: bool = False
    in_force_from: date = FIRST_PROPOSED
    until: date | None = None

    @property
    def length(self) -> str:
        """Six years, or 180 days where it is no whole number of years; nothing where it has no review of its own."""
        years, rest = divmod(self.days or 0, YEAR)
        if not years or rest:
            return days(self.days)
        return f"{IN_WORDS[years] if years < len(IN_WORDS) else years} year{'s' if years > 1 else ''}"

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on that day."""
        return self.in_force_from <= day and (self.until is None or day <= self.until)


CLASSES = (
    RetentionClass(
        code="referral_draft",
        words="A referral that was never sent",
        event="its last change",
        days=180,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="referral_ended",
        words="A referral that led to no case: not accepted, redirected or withdrawn",
        event="that decision or withdrawal",
        days=2 * YEAR,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="record",
        words="A referral with its case, and everything in them",
        event="the closing of the case",
        days=6 * YEAR,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="enquiry",
        words="An enquiry to the Duty Desk that belongs to no referral",
        event="its answer",
        days=2 * YEAR,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="assessment",
        words="An assessment by the matrix that led to no referral and no enquiry",
        event="the day it was made",
        days=YEAR,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="support",
        words="A request for police support about somebody who was not referred",
        event="its end",
        days=2 * YEAR,
        reviewed_by=MANAGER,
        source=LOCAL,
    ),
    RetentionClass(
        code="datawash",
        words="The lists of a data-wash",
        event="the wash",
        days=None,
        reviewed_by=NOBODY,
        source="The agreement with the force says after how many days what led to nobody is erased",
    ),
    RetentionClass(
        code="register",
        words="The copy of the register that lists are compared with",
        event="its next loading",
        days=None,
        reviewed_by=NOBODY,
        source="It follows the register it is loaded from",
    ),
    RetentionClass(
        code="page_draft",
        words="What somebody typed into a page and has not saved",
        event="the last time it was typed into",
        days=None,
        reviewed_by=NOBODY,
        source="Let go after 28 days, see nexus/drafts/actions.py",
    ),
    RetentionClass(
        code="file",
        words="An uploaded file",
        event="the erasure of what it is attached to",
        days=None,
        reviewed_by=NOBODY,
        source="A file that is attached to nothing goes by itself after six hours, see nexus/documents/tasks.py",
    ),
    RetentionClass(
        code="telling",
        words="Notifications and the e-mails made of them, which hold a reference and no words about a person",
        event="the erasure of what they are about",
        days=None,
        reviewed_by=NOBODY,
        source=LOCAL,
    ),
    RetentionClass(
        code="desk",
        words="How the work is shared: duties, handovers, absences, saved views",
        event="the day it is about",
        days=None,
        reviewed_by="To be confirmed",
        source=LOCAL,
    ),
    RetentionClass(
        code="figures",
        words="Counts, draws and reports, which hold no person once their lines have gone with the record",
        event="their making",
        days=None,
        reviewed_by=NOBODY,
        source=LOCAL,
    ),
    RetentionClass(
        code="account",
        words="The people who work with the service",
        event="the end of the last record that names them",
        days=None,
        reviewed_by="To be confirmed",
        source=LOCAL,
    ),
    RetentionClass(
        code="audit",
        words="The audit log, and what was done about retention itself",
        event="the erasure of what it speaks of",
        days=None,
        reviewed_by="To be confirmed",
        source=f"{law('processing_log').source}, asks for the log and sets no period. To be confirmed",
    ),
    RetentionClass(
        code="rights",
        words="Requests of people for access to their data, and what was decided",
        event="the answer",
        days=None,
        reviewed_by="To be confirmed",
        source=LOCAL,
    ),
    RetentionClass(
        code="reference",
        words="Reference data: forces, teams, agreements, bank holidays, types",
        event="its replacement",
        days=None,
        reviewed_by=NOBODY,
        source="Holds nothing about a person",
    ),
    RetentionClass(
        code="session",
        words="Sessions and tokens",
        event="their end, within hours",
        days=None,
        reviewed_by=NOBODY,
        source="See NEXUS_SESSION_HOURS",
    ),
)


def classes_on(day: date) -> Iterator[RetentionClass]:
    """What is in force on that day."""
    return (each for each in CLASSES if each.holds_on(day))


def retention_class(code: str, *, on: date) -> RetentionClass:
    """The class of that code as it stood on that day. Raises KeyError where there was none."""
    for each in classes_on(on):
        if each.code == code:
            return each
    raise KeyError(f"No retention class “{code}” on {on}.")

"""What is done to a drawn decision: one thing, on the page on which it is read (views/reading.py)."""

from nexus.verbs import Verb
from referrals.instead import dissent_or_note
from referrals.quality import actions
from referrals.quality.actions.finding import reasons_not_to_read
from referrals.quality.forms import FindingForm

VERBS = {
    "record_finding": Verb(
        action=actions.record_finding,
        form=FindingForm,
        heading="Your finding",
        button="Record the finding",
        success=lambda reading: (
            f"Your finding on {reading.decision.referral.reference} is recorded, and the officer who decided it is told"
        ),
        reasons_against=lambda reading, by, now: reasons_not_to_read(reading, by),
        instead=lambda reading, by: dissent_or_note(
            reading.decision.referral, reading, "the finding on quality"
        ),
    ),
}

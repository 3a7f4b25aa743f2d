"""Findings: allegation by allegation, on the civil standard."""

from referrals.rules.terms import CONVICTIONS, ConductKind, Part

NEVER_AGAINST = frozenset({Part.VICTIM, Part.WITNESS})
RECORD = CONVICTIONS | {ConductKind.CAUTION}
STANDARD = "the balance of probabilities"


def reasons_not_to_find_on(part: str) -> list[str]:
    """A victim's or witness's record never counts as offending."""
    if part in NEVER_AGAINST:
        return [
            f"The subject is the {Part(part).label.lower()} in this event, so it can never be a finding against them."
        ]
    return []


def is_record(kind: str, *, stands: bool) -> bool:
    """Whether the event itself is on record: a conviction or caution that stands."""
    return kind in RECORD and stands


def weight_of(kind: str, *, stands: bool) -> str:
    """What the event may be used for. An unproven charge is not a record, though its acts may be proved."""
    if kind == ConductKind.CAUTION and stands:
        return "On record as a caution: an admission, not a conviction"
    if is_record(kind, stands=stands):
        return "On record"
    return "Not a record: only the acts alleged may be proved, as conduct"


# What was charged or alleged and not proved in court: its name is a crime's, and the crime is not found.
UNPROVEN = frozenset(
    {
        ConductKind.PENDING_CHARGE,
        ConductKind.ARREST_NO_FURTHER_ACTION,
        ConductKind.ACQUITTAL,
        ConductKind.WITHDRAWN,
    }
)


def names_a_crime(allegation: str, offence: str) -> bool:
    """Whether the words name the offence that no court has found, instead of what was done."""
    return bool(offence.strip()) and offence.strip().casefold() in allegation.casefold()

"""From an immigration status to a pot and the threshold class the rules use. Plain tables, no decision.

Domain brief, data-wash: not liable, EEA, leave, undetermined, no leave, in process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from referrals.datawash.linkage.grading import NOT_COMPARED, Grade

NOT_LIABLE, EEA, LEAVE = "not liable", "EEA", "leave"
UNDETERMINED, NO_LEAVE, IN_PROCESS = "undetermined", "no leave", "in process"
POTS = (NOT_LIABLE, EEA, LEAVE, UNDETERMINED, NO_LEAVE, IN_PROCESS)

# The same status words as the rules and `manage.py assess` use.
POT_OF_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "british": NOT_LIABLE, "exempt": NOT_LIABLE,
        "irish": EEA, "eea_settled": EEA, "eea_pre_settled": EEA, "eea_no_scheme_status": EEA,
        "indefinite_leave": LEAVE, "limited_leave": LEAVE, "refugee_or_humanitarian": LEAVE,
        "application_pending": UNDETERMINED, "appeal_pending": UNDETERMINED, "asylum_pending": UNDETERMINED,
        "unknown": UNDETERMINED,
        "overstayer": NO_LEAVE, "illegal_entrant": NO_LEAVE, "refused": NO_LEAVE,
        "criminal_casework": IN_PROCESS, "nexus_high_harm": IN_PROCESS, "deportation_order": IN_PROCESS,
        "removal_in_progress": IN_PROCESS,
    }
)  # fmt: skip
# What the pot means for the limbs of suitability: 1A and 1B for leave or EEA, 2 for no leave.
THRESHOLD_OF_POT: Mapping[str, str] = MappingProxyType(
    {
        NOT_LIABLE: "out of scope", EEA: "1A or 1B", LEAVE: "1A or 1B", UNDETERMINED: "undetermined",
        NO_LEAVE: "2", IN_PROCESS: "held elsewhere",
    }
)  # fmt: skip
# The guidance of 2017 calls every EEA national so; since 1 July 2021 only a legal check says what leave one of
# these has: the pot is kept, and no limb is pointed to.
NEEDS_LEGAL_CHECK = frozenset({"eea_no_scheme_status"})
# What the statuses of a register are called where they are none of the rules' own.
HELD_STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "criminal_casework": "Held by Criminal Casework", "nexus_high_harm": "Existing Nexus High Harm flag",
        "deportation_order": "Deportation order", "removal_in_progress": "Removal in progress",
    }
)  # fmt: skip
# Grades that name one person, whose status may be told. The others establish nothing about anybody.
TELLING = frozenset({Grade.EXACT, Grade.PROBABLE, Grade.POSSIBLE})


@dataclass(frozen=True)
class Pot:
    """Where a row belongs, and which limb its status points to."""

    name: str
    threshold: str


def pot(grade: Grade, status: str | None, agreed: Mapping[str, str] = POT_OF_STATUS) -> Pot:
    """The pot of one row. `agreed` is the agreement's own table of statuses.

    "No trace" and "ambiguous" are undetermined whatever the status or the agreement says: that nobody was
    found never means that somebody has no leave. So is a status that the table does not know.
    """
    known = (status or "").strip().lower()
    name = agreed.get(known, UNDETERMINED) if grade in TELLING else UNDETERMINED
    unchecked = name == EEA and known in NEEDS_LEGAL_CHECK
    return Pot(name, THRESHOLD_OF_POT[UNDETERMINED if unchecked else name])


# Grades that establish nothing until a person has looked.
UNCONFIRMED = frozenset({Grade.PROBABLE, Grade.POSSIBLE, Grade.AMBIGUOUS})
ESTABLISHED = "The list’s identifier and date of birth agree with one person."
CONFIRMED = "The Referrals Office has confirmed that this is one person."
BEING_CHECKED = "Being checked by the Referrals Office: nothing is established yet."
NOT_CONFIRMED = (
    "The Referrals Office could not confirm that this is the same person. This does not mean no leave."
)
NOT_FOUND = "Nobody was found. This does not mean no leave."


@dataclass(frozen=True)
class Disclosure:
    """What the force is told of a row: under which grade, whether its pot, and in which words."""

    grade: Grade
    pot_is_told: bool
    words: str

    def pot(self, stored: str) -> str:
        """The pot the force reads, from the one that is stored."""
        return stored if self.pot_is_told else UNDETERMINED


def disclosure(grade: Grade, confirmed: bool | None, *, was_compared: bool = True) -> Disclosure:
    """What the force may know of a row of this grade, reviewed or not (`confirmed` None).

    `was_compared` is false where nothing of the name could be: that nobody was found says still less then.

    The status of somebody who may be another person is never disclosed: until a person has confirmed a
    match that is less than exact, its pot stays untold. "No trace" never becomes "no leave".
    """
    if grade == Grade.NO_TRACE or confirmed is False:
        nobody = NOT_FOUND if was_compared else NOT_COMPARED
        return Disclosure(Grade.NO_TRACE, False, nobody if grade == Grade.NO_TRACE else NOT_CONFIRMED)
    if confirmed:
        return Disclosure(grade, True, CONFIRMED)
    if grade in UNCONFIRMED:
        return Disclosure(grade, False, BEING_CHECKED)
    return Disclosure(grade, True, ESTABLISHED)

"""What is said of one table: how long its rows are kept, and which of its fields are about people."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How the rows of one model are kept. Names of fields stand in one text, with spaces between them.

    `retention` is the code of a class (classes.py). `personal` names the fields that say something of a person, of the
    subject or of anybody else: they are erased with the record and are what a person may ask for. `other` names the
    rest: states, codes, times and counts. A field in neither fails a test. `others` names those of the personal fields that
    say something of somebody else than the subject: they are left out of what the subject is given.

    `within` names the foreign keys through which a row belongs to another and goes with it; `brings` those to what
    belongs to the row and goes with it, as its file does. `addresses` are those of its own pages, with {} for the field
    `named_by` (% stands for anything): what somebody has typed there and not saved goes as well.
    """

    retention: str
    personal: str = ""
    other: str = ""
    others: str = ""
    within: str = ""
    brings: str = ""
    addresses: str = ""
    named_by: str = "pk"

    @property
    def personal_fields(self) -> tuple[str, ...]:
        return tuple(self.personal.split())

    @property
    def other_fields(self) -> tuple[str, ...]:
        return tuple(self.other.split())

    @property
    def others_fields(self) -> tuple[str, ...]:
        return tuple(self.others.split())

    @property
    def owners(self) -> tuple[str, ...]:
        """The foreign keys of `within`."""
        return tuple(self.within.split())

    @property
    def belongings(self) -> tuple[str, ...]:
        """The foreign keys of `brings`."""
        return tuple(self.brings.split())


# By the label of the model: "casework.Case".
Declarations = Mapping[str, Kept]

CHANGE_PERSONAL, CHANGE_OTHER = "reason", "verb from_state to_state at"


def kept_changes(retention: str, *, within: str) -> Kept:
    """Of a table of changes of state (nexus/fsm.py): the reasons are words, the rest is codes."""
    return Kept(retention=retention, personal=CHANGE_PERSONAL, other=CHANGE_OTHER, within=within)

"""What a state is, in one record: how it looks, where in its life it stands, what the force reads, what comes next.

Each machine has beside its states one table, `STATES`, that names a record for each of them. Pages, lists, exports
and docs/states.md read it; groups of states ("undecided", "with the force") are those of a phase, so that a new state
joins them by saying its phase. A state without a record does not start (`StateModel.check` in nexus/fsm.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeVar

from django.conf import settings
from django.db.models import TextChoices

# The colours of a GOV.UK tag.
Colour = Literal["grey", "green", "light-blue", "blue", "purple", "pink", "red", "orange", "yellow"]
# Said where there is nothing to say, so that nothing is left out by forgetting it.
NOTHING = ""  # the force reads nothing of a row in this state
NOBODY = "Nobody"  # has to act
NO_TARGET = None  # no clock runs


@dataclass(frozen=True)
class NextAction:
    """What has to be done for the row to go on, who does it, and the verb that does so, where it is one."""

    words: str
    owner: str
    verb: str = ""


@dataclass(frozen=True)
class Target:
    """By when a row leaves the state.

    `words` say it with {} for the number, which stands in a setting or is said here; without {} each row has a day
    of its own.
    """

    words: str
    setting: str = ""
    number: int = 0

    @property
    def limit(self) -> int:
        return int(getattr(settings, self.setting)) if self.setting else self.number


@dataclass(frozen=True)
class StateRecord:
    """All that is said of one state beside its label. No field has a default.

    `phase` is a member of the machine's own enumeration of phases. `force_reads` is what the police read of a row in
    this state, or NOTHING. `target` is the clock that runs in it, or NO_TARGET.
    """

    colour: Colour
    phase: Enum
    force_reads: str
    next_action: NextAction
    target: Target | None


State = TypeVar("State", bound=TextChoices)


def in_phase(states: Mapping[State, StateRecord], *phases: Enum) -> tuple[State, ...]:
    """The states of these phases, in the order of the table."""
    return tuple(state for state, record in states.items() if record.phase in phases)

"""What has to be keyed where, in the guidance's words.

"All cases accepted by the Nexus High Harm team are marked with a flag in the Special Conditions Screen on
CID." "You can check the Case Details Screen on CID. Where the Nexus High Harm team is dealing with the case,
the CID field: "Allocated To" should be completed as allocated to Nexus High Harm team." (pp. 11–12)
"""

from dataclasses import dataclass

from referrals.rules.terms import Term

# Local target, not the guidance's: what happened is keyed within so many working days.
KEY_WITHIN = 2


class What(Term):
    """What happened that CID or Atlas does not know yet."""

    FLAG_SET = "flag_set", "Flag set"
    FLAG_REMOVED = "flag_removed", "Flag removed"
    ALLOCATION_MADE = "allocation_made", "Allocated"
    ALLOCATION_ENDED = "allocation_ended", "Allocation ended"

    @property
    def is_flag(self) -> bool:
        return self in (What.FLAG_SET, What.FLAG_REMOVED)

    @property
    def done(self) -> str:
        return {
            What.FLAG_SET: "set",
            What.FLAG_REMOVED: "taken out",
            What.ALLOCATION_MADE: "allocated",
            What.ALLOCATION_ENDED: "ended",
        }[self]


@dataclass(frozen=True)
class Instruction:
    """The screen, the field where it has one, and what to do there with which text; for a system the same as a code and
    the text it is about."""

    screen: str
    act: str
    code: str = ""
    value: str = ""

    @property
    def words(self) -> str:
        return f"{self.screen}: {self.act}"


def instruction(what: What, text: str) -> Instruction:
    """`text` is the flag's own or the team's name."""
    special, details = "Special Conditions Screen", "Case Details Screen, field “Allocated To”"
    screen, act, code = {
        What.FLAG_SET: (special, "add", "special_conditions.add"),
        What.FLAG_REMOVED: (special, "take out", "special_conditions.remove"),
        What.ALLOCATION_MADE: (details, "enter", "allocated_to.set"),
        What.ALLOCATION_ENDED: (details, "take out", "allocated_to.clear"),
    }[what]
    return Instruction(screen, f"{act} “{text}”", code, text)

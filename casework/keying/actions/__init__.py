"""What changes the list of what has to be keyed: it was keyed, it was not after all, files went and came."""

from casework.keying.actions.confirm import confirm, correct
from casework.keying.actions.confirm_many import confirm_many
from casework.keying.actions.exchange import exchange

__all__ = ["confirm", "confirm_many", "correct", "exchange"]

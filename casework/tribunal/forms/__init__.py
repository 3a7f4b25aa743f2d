"""The questions asked about the papers of a hearing."""

from casework.tribunal.forms.bundle import EntryForm, MakeForm, MoveForm, OrderForm, StartForm, SupplementForm
from casework.tribunal.forms.case import ChangeLineForm, LineForm, RedactForm, WithdrawRedactionForm

__all__ = [
    "ChangeLineForm",
    "EntryForm",
    "LineForm",
    "MakeForm",
    "MoveForm",
    "OrderForm",
    "RedactForm",
    "StartForm",
    "SupplementForm",
    "WithdrawRedactionForm",
]

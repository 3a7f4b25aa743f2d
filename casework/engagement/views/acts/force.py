"""The acts of the force."""

from casework.engagement import forms
from casework.engagement.actions.force import reasons_not_to_accept, reasons_not_to_end
from casework.engagement.views.acts.act import Act

ACTS = (
    Act(
        "accept",
        forms.AcceptForm,
        "Accept the operation",
        "Accept it for the force",
        "You have accepted the operation",
        against=lambda engagement, by, now: reasons_not_to_accept(engagement, by, now=now),
    ),
    Act(
        "decline",
        forms.DeclineForm,
        "Decline the operation",
        "Decline it for the force",
        "You have declined the operation",
    ),
    Act(
        "execute",
        forms.ExecuteForm,
        "Record that it was carried out",
        "Record it",
        "It is recorded as carried out. Record the outcome next",
        against=lambda engagement, by, now: reasons_not_to_end("execute", engagement, by),
    ),
    Act(
        "abort",
        forms.AbortForm,
        "Record that it was broken off",
        "Record it",
        "It is recorded as broken off. Record the outcome next",
        against=lambda engagement, by, now: reasons_not_to_end("abort", engagement, by),
    ),
    Act(
        "record_outcome",
        forms.OutcomeForm,
        "Record the outcome",
        "Record the outcome",
        "The outcome is recorded",
    ),
)

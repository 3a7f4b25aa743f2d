"""The form of a verb that asks one thing only: why, in words."""

from nexus.ui.fields import ReasonsField
from nexus.ui.forms import GovukForm
from nexus.ui.look import Look

LONGEST_REASON = 4000  # characters


def reason_form(
    label: str, *, missing: str, hint: str = "", noun: str = "the reason", name: str = "reason", rows: int = 5
) -> type[GovukForm]:
    """A form with one box for several lines, called `label`; its answer is `name`."""
    box = ReasonsField(label=label, max_length=LONGEST_REASON)
    look = {name: Look(hint=hint, missing=missing, noun=noun, rows=rows)}
    return type("ReasonForm", (GovukForm,), {name: box, "look": look, "__doc__": label})

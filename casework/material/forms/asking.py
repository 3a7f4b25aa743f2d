"""What is asked of the force, and what is said to it."""

from collections.abc import Mapping
from typing import Any

from casework.forms import FORCE_READS, LONG
from casework.material.actions.asking import summary_supports
from casework.material.forms.base import FIT_MISSING, fit_field
from casework.material.models import Kind, Material
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField


class RequestForm(GovukForm):
    title = TextField(label="What is the material about?", max_length=120)
    what = TextField(label="What should the summary cover?", multi_line=True, max_length=LONG)
    why = ReasonsField(label="Why is it needed?", max_length=LONG)
    due_on = GovukDateField(label="By when?")
    fit_for_force = fit_field()
    look: Mapping[str, Look] = {
        "title": Look(hint="A few words, for example “Assaults in the town centre, 2026”", noun="the title"),
        "what": Look(hint=FORCE_READS, missing="Enter what the summary should cover", noun="what is asked"),
        "why": Look(missing="Enter why the summary is asked for", noun="the reason", rows=3),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
    }


class AgainForm(GovukForm):
    """Back to the force: what is wrong, and by when a new version is needed."""

    what = TextField(
        label="What is wrong, and what should the force change?", multi_line=True, max_length=LONG
    )
    due_on = GovukDateField(label="By when is the new version needed?")
    fit_for_force = fit_field()
    look: Mapping[str, Look] = {
        "what": Look(
            hint=FORCE_READS, missing="Enter what is wrong, and what the force should change", noun="it"
        ),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
    }


class MoreTimeForm(GovukForm):
    due_on = GovukDateField(label="By when is it needed now?")
    text = TextField(label="What does the force need to know?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "due_on": Look(hint="After the current date", noun="the date"),
        "text": Look(hint=FORCE_READS, missing="Enter what the force needs to know", rows=3),
    }


class CommissionForm(GovukForm):
    what = TextField(label="What should the statement cover?", multi_line=True, max_length=LONG)
    why = ReasonsField(label="Why is it needed?", max_length=LONG)
    due_on = GovukDateField(label="By when?")
    fit_for_force = fit_field()
    override_reason = ReasonsField(
        label="Why is the statement commissioned without a reviewed summary?",
        max_length=LONG,
        required=False,  # while there is no reviewed summary it is
    )
    look: Mapping[str, Look] = {
        "what": Look(hint=FORCE_READS, missing="Enter what the statement should cover", noun="what is asked"),
        "why": Look(missing="Enter why the statement is asked for", noun="the reason", rows=3),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
        "override_reason": Look(
            hint="Normally a summary is reviewed first. The force does not read this.",
            missing="Enter why the statement is commissioned without a reviewed summary",
            noun="the reason",
        ),
    }

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["override_reason"].required = True
        if summary_supports(material):
            del self.fields["override_reason"]
        summary = material.asks.filter(kind=Kind.SUMMARY, again=False).first()
        if summary:  # what was asked for then, to be changed
            self.initial.update(what=summary.what, why=summary.why)


class MessageForm(GovukForm):
    text = TextField(label="Your message", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(
            hint="The other side reads this. Leave out legal advice, health and other people’s details.",
            missing="Enter your message",
            rows=4,
        )
    }

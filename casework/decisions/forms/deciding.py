"""A draft is reviewed; a decision is made, or reconsidered."""

from collections.abc import Mapping

from casework.decisions.forms.base import ASKED, SHARED_TEXT, asks, shared_text_field
from casework.forms import LONG
from nexus.ui.forms import GovukForm, Look, ReasonsField


class ReviewForm(GovukForm):
    reasons = ReasonsField(label="What did you look at, and why do you agree?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(missing="Enter what you looked at and why you agree", noun="the reasons", rows=6)
    }


class ReturnForm(GovukForm):
    reasons = ReasonsField(label="What must change, and why?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(missing="Enter what must change and why", noun="what must be changed", rows=6)
    }


class DecideForm(GovukForm):
    reasons = ReasonsField(label="Why do you make this decision?", max_length=LONG)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "reasons": Look(
            hint="The subject reads them in the notice of decision. The force does not see them",
            missing="Enter why you make this decision",
            noun="the reasons",
        ),
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }


class ReconsiderForm(DecideForm):
    reasons = ReasonsField(label="Why does the decision no longer stand?", max_length=LONG)
    look: Mapping[str, Look] = {
        **DecideForm.look,
        "reasons": Look(
            hint="Internal: the force does not see it",
            missing="Enter why the decision no longer stands",
            noun="the reasons",
        ),
    }

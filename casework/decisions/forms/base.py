"""What the forms about a decision share."""

from typing import Any

from casework.decisions.models import Decision
from casework.forms import FORCE_READS, LONG
from nexus.ui.forms import GovukForm, Look, TextField


class DecisionForm(GovukForm):
    """A form whose questions depend on the decision."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        self.decision = decision
        super().__init__(*args, **kwargs)


def shared_text_field() -> TextField:
    return TextField(label="What does the force read?", multi_line=True, max_length=LONG)


def asks() -> TextField:
    return TextField(
        label="What is asked of the force now?", multi_line=True, max_length=LONG, required=False
    )


SHARED_TEXT = Look(hint=FORCE_READS, missing="Enter what the force may read", noun="what the force reads")
ASKED = Look(hint="It replaces the earlier request", optional=True, rows=3, noun="what is asked of the force")

"""Correcting a recorded fact: the form's own page with why; and what follows of it."""

from functools import cache
from typing import Any, cast

from nexus.ui.forms import GovukForm, Look, ReasonsField
from referrals.forms.answers import AnswersForm
from referrals.forms.pages import Page

WHY = Look(
    hint="What shows that the record was wrong, and who asked for it. The original is kept.",
    missing="Enter why it is corrected, and what shows it",
)


class CorrectForm(AnswersForm):
    """The base of every page's correction."""

    because = ReasonsField(label="Why is it corrected?", max_length=4000)

    def answers(self) -> dict[str, Any]:
        values = self.values()
        return {"because": values.pop("because"), "values": values}


@cache
def correct_form(page: Page) -> type[CorrectForm]:
    """The form of one page of the referral, with why it is corrected last."""
    asked = cast(type[AnswersForm], page.form)
    words = {
        "look": {**asked.look, "because": WHY},
        "field_order": [*asked.base_fields, "because"],
    }
    return cast(type[CorrectForm], type(f"Correct{asked.__name__}", (asked, CorrectForm), words))


class ReconsiderForm(GovukForm):
    """What follows for something that rested on the wrong fact."""

    finding = ReasonsField(label="What follows?", max_length=4000)
    look = {
        "finding": Look(
            hint="Whether it stands with the right fact, or what you have done about it.",
            missing="Enter what you looked at, and what follows",
        )
    }


class ToldForm(GovukForm):
    """How a recipient was told."""

    how = ReasonsField(label="How were they told?", max_length=1000)
    look = {
        "how": Look(
            hint="For example, “By letter of 3 December 2026, sent by the case-owner”.",
            missing="Enter how and by whom they were told",
        )
    }

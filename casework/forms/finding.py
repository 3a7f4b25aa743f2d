"""Lists and searches."""

from collections.abc import Mapping

from django import forms

from casework.lists import NOBODY, Due
from casework.states import State
from nexus.accounts.fields import ForceField
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.fresh import Fresh
from nexus.ui.forms import GovukForm, Look, TextField
from referrals.rules.terms import Route


class WordsForm(GovukForm):
    """Words to look for in notes and documents. Posted, because they may be a person's name."""

    words = TextField(label="Search notes and documents", max_length=200)
    look: Mapping[str, Look] = {
        "words": Look(
            hint="Every word must be there. Put words in “quotation marks” to find them together, "
            "or between words to find either, and - before a word to leave it out.",
            missing="Enter the words to look for",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }


def read_owners() -> list[tuple[str, str]]:
    people = User.objects.filter(role=Role.CASE_OWNER).order_by("full_name")
    return [(str(pk), name) for pk, name in people.values_list("pk", "full_name")]


OWNERS = Fresh(read_owners)


def owners() -> list[tuple[str, str]]:
    """Everybody who has or had cases."""
    return [("", "Anybody or nobody"), (NOBODY, "Nobody"), *OWNERS.now()]


class CaseFilter(GovukForm):
    """Bound to the address of a list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="Stage", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    due = forms.ChoiceField(label="Next action", required=False, choices=[("", "Any date"), *Due.choices()])
    stalled = forms.BooleanField(label="Stalled cases only", required=False)
    case_owner = forms.ChoiceField(label="Case-owner", required=False, choices=owners)
    force = ForceField(label="Force", required=False, empty_label="Every force")
    route = forms.ChoiceField(label="Route", required=False, choices=[("", "Any route"), *Route.choices()])
    look: Mapping[str, Look] = {
        "state": Look(hint="Closed cases are left out unless you choose", small=True),
        "stalled": Look(small=True),
    }

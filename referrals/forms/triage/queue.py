"""Finding referrals in the queue, and who holds which."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.accounts.fields import ForceField
from nexus.accounts.models import Team, User
from nexus.accounts.roles import Role
from nexus.fresh import Fresh
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField
from referrals.forms.triage.asking import LONG
from referrals.models import Channel
from referrals.queue import ME, NOBODY, Age, Due, SamePerson
from referrals.rules.terms import Route
from referrals.states import SENT

# Offices of this service: they never "have" a case before it is accepted.
NEVER_HOLD = ("nexus_high_harm", "referrals_office")


class SearchForm(GovukForm):
    """Words to search for. Posted, because they may be a person's name."""

    words = TextField(label="Search by name, reference or identifier", max_length=120)
    look: Mapping[str, Look] = {
        "words": Look(
            hint="For example, a family name, NHH-2026-000123 or a PNC ID",
            missing="Enter a name, a reference or an identifier",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }


class FindForm(GovukForm):
    """The words of the search in the head of every page."""

    person = TextField(label="Name, date of birth, reference or identifier", max_length=120)
    look: Mapping[str, Look] = {
        "person": Look(
            hint="For example, a family name, 12 9 1974, NHH-2026-000123 or a PNC ID",
            missing="Enter a name, a date of birth, a reference or an identifier",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }


def read_officers() -> list[tuple[str, str]]:
    officers = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True)
    return [(str(pk), name) for pk, name in officers.values_list("pk", "full_name")]


OFFICERS = Fresh(read_officers)


def holders() -> list[tuple[str, str]]:
    """Who may hold a referral."""
    return [("", "Anybody or nobody"), (NOBODY, "Nobody"), (ME, "Me"), *OFFICERS.now()]


def teams() -> list[tuple[str, str]]:
    """Which team may have a case before it is accepted, read again for each form."""
    others = Team.objects.exclude(code__in=NEVER_HOLD)
    return [*others.values_list("code", "name"), (NOBODY, "No team has the case")]


class QueueFilter(GovukForm):
    """Bound to the address of the queue; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State",
        required=False,
        choices=[(state.value, state.label) for state in SENT],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.MultipleChoiceField(
        label="Channel",
        required=False,
        choices=[(Channel.LIVE_TIME.value, "Live-time"), (Channel.STANDARD.value, "Standard")],
        widget=forms.CheckboxSelectMultiple,
    )
    force = ForceField(label="Force", required=False, empty_label="Every force")
    age = forms.ChoiceField(label="Age", required=False, choices=[("", "Any age"), *Age.choices()])
    clock = forms.ChoiceField(label="Clock", required=False, choices=[("", "Any clock"), *Due.choices()])
    held_by = forms.ChoiceField(label="Held by", required=False, choices=holders)
    same_person = forms.ChoiceField(
        label="Same person", required=False, choices=[("", "Any"), *SamePerson.choices()]
    )
    route = forms.ChoiceField(label="Route", required=False, choices=[("", "Any route"), *Route.choices()])
    look: Mapping[str, Look] = {
        "state": Look(hint="Undecided referrals are shown unless you choose", small=True),
        "channel": Look(small=True),
        "route": Look(hint="As decided, or as the rules indicate"),
    }


class ReleaseForm(GovukForm):
    """Giving a referral back. A manager, who releases somebody else's, must say why."""

    reason = ReasonsField(label="Why is it released?", max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "reason": Look(hint="A manager who releases another officer’s referral must say why")
    }


def officers() -> list[tuple[str, str]]:
    """Who may be given a referral, read again for each form."""
    named = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True).values_list("pk", "full_name")
    return [("", "Select an officer"), *((str(pk), name) for pk, name in named)]


class HandOverForm(GovukForm):
    """To whom, and why. A manager must say why."""

    to = forms.ChoiceField(label="Which officer?", choices=officers)
    reason = ReasonsField(label="Why?", max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "to": Look(missing="Select an officer"),
        "reason": Look(hint="It appears in each referral’s timeline", missing="Enter why", rows=3),
    }

    def answers(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        return {**cleaned, "to": User.objects.get(pk=cleaned["to"])} if "to" in cleaned else cleaned

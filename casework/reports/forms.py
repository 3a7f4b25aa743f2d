"""What a manager types about reports. Forms clean; they never save."""

from datetime import date
from typing import Any

from django import forms

from casework.reports.disclosure import CHECKLIST, unconfirmed
from casework.reports.periods import Period, previous_month, this_month_so_far
from nexus.accounts.models import Force
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField

PREVIOUS, SO_FAR, DATES = "previous_month", "this_month", "dates"


class RequestForm(GovukForm):
    """Which force (None: every engaged one), and which period."""

    force = forms.ModelChoiceField(
        label="Force",
        queryset=Force.objects.filter(engaged=True),
        required=False,
        empty_label="Every engaged force",
    )
    which = forms.ChoiceField(label="Period", widget=forms.RadioSelect, choices=())
    first = GovukDateField(label="First day", required=False)
    last = GovukDateField(label="Last day", required=False)
    look = {
        "which": Look(missing="Select the period"),
        "first": Look(hint="Only for dates of your own. For example, 1 10 2026"),
        "last": Look(hint="Only for dates of your own: this day is included. For example, 15 10 2026"),
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {PREVIOUS: previous_month(today), SO_FAR: this_month_so_far(today)}
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            (PREVIOUS, f"Last month: {self.periods[PREVIOUS]}"),
            (SO_FAR, f"This month so far: {formatting.date(self.periods[SO_FAR].first)} to today"),
            (DATES, "Dates of your own"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        which = cleaned.get("which")
        if which == DATES:
            for name, sentence in (("first", "Enter the first day"), ("last", "Enter the last day")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            if cleaned.get("first") and cleaned.get("last"):
                cleaned["period"] = Period(cleaned["first"], cleaned["last"])
        elif which:
            cleaned["period"] = self.periods[which]
        return cleaned

    def answers(self) -> dict[str, Any]:
        return {"force": self.cleaned_data["force"], "period": self.cleaned_data["period"]}


class ReleaseForm(GovukForm):
    """The disclosure check."""

    checked = forms.MultipleChoiceField(
        label="The report holds",
        choices=[(key, words) for key, (words, _) in CHECKLIST.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,  # clean_checked says which one is missing
    )
    disclosure_check = ReasonsField(label="Disclosure check", max_length=4000)
    look = {
        "checked": Look(hint="Read every line, then select what you can confirm."),
        "disclosure_check": Look(
            hint="What you checked and what you found. It is kept with the report; the force does not see it.",
            missing="Enter what you checked and what you found",
        ),
    }

    def clean_checked(self) -> list[str]:
        checked: list[str] = self.cleaned_data["checked"]
        if missing := unconfirmed(checked):
            raise forms.ValidationError([sentence.rstrip(".") for sentence in missing])
        return checked


class DashboardForm(GovukForm):
    """Whose referrals, and made when. Everything is optional."""

    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.all(), required=False, empty_label="Every force"
    )
    made_from = GovukDateField(label="Made on or after", required=False)
    made_to = GovukDateField(label="Made on or before", required=False)

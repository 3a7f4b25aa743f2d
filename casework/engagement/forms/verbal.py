"""What a CIO or HMI logs on the telephone, and signs when it is in writing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, When

from casework.engagement.forms.authoriser import RiskLevelForm
from casework.engagement.forms.fields import (
    CLOCK,
    DAY,
    FORCE_READS,
    INSIDE,
    UNTIL,
    MomentsForm,
    ShownTextForm,
    engaged,
    long_text,
    reasons_text,
)
from casework.engagement.forms.risks import RiskFields
from casework.engagement.rules.powers import Kind
from casework.engagement.rules.risks import AT_ONCE
from casework.models import Case
from casework.permissions import WORKS
from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukDateField, Look
from referrals.duty_desk.forms.rota import ClockField


class PersonField(forms.ModelChoiceField):
    """A person, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.get_role_display()}" + (f", {obj.force}" if obj.force else "")


def who_may_ask(case: Case) -> Any:
    """Who rings a CIO at night: Liverpool, Croydon, immigration officers, and the force of the referral; those of
    the case itself stand first."""
    roles = [*WORKS, Role.REFERRALS_OFFICER, Role.IMMIGRATION_OFFICER]
    people = User.objects.filter(Q(role__in=roles) | Q(force=case.referral.force), is_active=True)
    own = Q(pk__in=[case.case_owner_id or 0, case.referral.created_by_id])
    first = Choose(When(own, then=0), default=1, output_field=IntegerField())
    return people.select_related("force").order_by(first, "full_name")


class VerbalForm(ConfirmedForm, MomentsForm, RiskFields):
    """What was asked and said on the telephone, at once."""

    questions = AT_ONCE
    suggested = ("asked_on", "asked_time")  # as the clock stands when the page is opened
    field_order: tuple[str, ...] = (
        *("kind", "force", "asked_by", "asked_on", "asked_time", "said"),
        *("conditions", "expires_on", "expires_time"),
    )
    kind = forms.ChoiceField(label="What is authorised?", choices=Kind.choices(), widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        label="Which force?", queryset=Force.objects.none(), to_field_name="code", empty_label="Choose"
    )
    asked_by = PersonField(label="Who asked?", queryset=User.objects.none(), empty_label="Choose")
    asked_on = GovukDateField(label="On which day was it asked for?", not_future=True)
    asked_time = ClockField(label="At what time was it asked for?", max_length=10)
    said = long_text("What was said?")
    conditions = long_text("On which conditions?", required=False)
    expires_on = GovukDateField(label="Until which day is it authorised?")
    expires_time = ClockField(label="Until what time?", max_length=10)
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what kind of operation it is"),
        "force": Look(missing="Select the force"),
        "asked_by": Look(missing="Select who asked"),
        "asked_on": Look(hint=DAY, noun="the day it was asked for"),
        "asked_time": Look(hint=CLOCK, width=10, noun="the time it was asked for"),
        "said": Look(
            hint=f"What was asked, why, and what you answered. {FORCE_READS}",
            missing="Enter what was said",
            noun="what was said",
        ),
        "conditions": Look(hint=FORCE_READS, optional=True),
        **UNTIL,
    }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = engaged()  # type: ignore[attr-defined]
        self.fields["asked_by"].queryset = who_may_ask(case)  # type: ignore[attr-defined]

    def look_of(self, name: str) -> Look:
        """What is known may be said later, and says so."""
        look = super().look_of(name)
        return replace(look, optional=True) if name.endswith("_words") else look

    def clean(self) -> dict[str, Any]:
        """Asked whatever the hour, and missed together with everything else that is missing."""
        cleaned = super().clean()
        for question in self.questions:
            if not cleaned.get(question.value) and not self.has_error(question.value):
                self.add_error(question.value, f"Answer: {question.label}")
        return cleaned


class WriteUpForm(ConfirmedForm, ShownTextForm, RiskLevelForm):
    """What is left when every section of the writing is complete."""

    reasons = reasons_text("Why did you authorise it?")
    look: Mapping[str, Look] = {
        **RiskLevelForm.look,
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
    }

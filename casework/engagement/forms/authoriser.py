"""What a CIO or HMI fills in, and the Senior Caseworker about trafficking."""

from collections.abc import Mapping
from datetime import timedelta

from django import forms

from casework.engagement.forms.fields import (
    FORCE_READS,
    INSIDE,
    UNTIL,
    MomentsForm,
    ShownTextForm,
    long_text,
    reasons_text,
)
from casework.engagement.rules.authorising import MARGIN, Check, TraffickingOutcome
from casework.engagement.rules.risks import RiskLevel
from nexus.accounts.confirming import ConfirmedForm
from nexus.ui.forms import GovukDateField, GovukForm, Look
from referrals.duty_desk.forms.rota import ClockField


class QualityForm(GovukForm):
    checked = forms.MultipleChoiceField(
        label="What do you confirm?",
        choices=Check.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,  # the action says which one is missing
    )
    findings = reasons_text("What did you check and find?")
    look: Mapping[str, Look] = {
        "checked": Look(hint="If you cannot confirm a point, return the request and say so."),
        "findings": Look(missing="Enter what you checked and found", noun="what you found"),
    }


class RiskLevelForm(GovukForm):
    risk_level = forms.ChoiceField(
        label="How high is the risk?", choices=RiskLevel.choices(), widget=forms.RadioSelect
    )
    risk_controls = reasons_text("How is the risk controlled?")
    look: Mapping[str, Look] = {
        "risk_level": Look(missing="Select how high the risk is", inline=True),
        "risk_controls": Look(
            missing="Enter how the risk is controlled", noun="what is done about it", hint=INSIDE
        ),
    }


class IssuesForm(GovukForm):
    issues = long_text("Which issues must be settled first?")
    look: Mapping[str, Look] = {
        "issues": Look(
            hint="One issue a line. The requester answers each before it can be sent again.",
            missing="Enter at least one issue",
            noun="the issues",
        )
    }

    def clean_issues(self) -> list[str]:
        return [line for line in self.cleaned_data["issues"].splitlines() if line.strip()]


class AuthoriseForm(ConfirmedForm, ShownTextForm, MomentsForm):
    reasons = reasons_text("Why do you authorise it?")
    conditions = long_text("On which conditions?", required=False)
    expires_on = GovukDateField(label="Until which day?")
    expires_time = ClockField(label="Until what time?", max_length=10)
    margin_reason = reasons_text("Why must it last longer than the time asked for?", required=False)
    suggested = ("expires_on", "expires_time")
    look: Mapping[str, Look] = {
        "margin_reason": Look(
            optional=True,
            rows=3,
            hint=f"Only where it does, and at most {MARGIN // timedelta(hours=1)} hours. {INSIDE}",
        ),
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
        "conditions": Look(hint=FORCE_READS, optional=True),
        **UNTIL,
    }


class RefuseForm(GovukForm):
    reasons = reasons_text("Why do you refuse it?")
    look: Mapping[str, Look] = {
        "reasons": Look(hint="The requester reads this.", missing="Enter your reasons", noun="your reasons")
    }


class TraffickingForm(GovukForm):
    outcome = forms.ChoiceField(
        label="May this operation go ahead?", choices=TraffickingOutcome.choices(), widget=forms.RadioSelect
    )
    reasons = reasons_text("Your reasons, and the safeguards")
    look: Mapping[str, Look] = {
        "outcome": Look(missing="Select whether this operation may go ahead"),
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
    }

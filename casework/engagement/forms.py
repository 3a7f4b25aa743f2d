"""What people type about an engagement. Forms clean; actions decide. Nothing is preselected."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from casework.engagement.models import DeclineKind, Engagement
from casework.engagement.rules.authorising import Check, TraffickingOutcome
from casework.engagement.rules.powers import Kind, powers_for
from casework.engagement.rules.risks import AT_ONCE, TOLD, Answered, AtRiskLevel, Question, RiskLevel
from casework.engagement.states import State
from casework.models import Case
from casework.permissions import WORKS
from nexus.accounts import throttle
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoNotKnownField
from referrals.duty_desk.forms.rota import ClockField

LONG = 4000  # characters of a reason or an account
FORCE_READS = "The force reads this."
INSIDE = "The force does not read this."
SAFETY = (
    "The force reads this, and nothing else about health, vulnerability or trafficking. Say only what officers "
    "need for their and the person’s safety."
)


def long_text(label: str, **kwargs: Any) -> TextField:
    return TextField(label=label, multi_line=True, max_length=LONG, **kwargs)


def engaged() -> Any:
    return Force.objects.filter(engaged=True)


class MomentsForm(GovukForm):
    """A form that asks for moments: `<name>_on` is the day, `<name>_time` the clock; cleans to `<name>_at`."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in [name.removesuffix("_on") for name in self.fields if name.endswith("_on")]:
            day, clock = cleaned.pop(f"{name}_on", None), cleaned.pop(f"{name}_time", None)
            if day and clock is not None:
                cleaned[f"{name}_at"] = timezone.make_aware(datetime.combine(day, clock))
        return cleaned


def begins_with(name: str, moment: datetime | None) -> dict[str, Any]:
    """What the two fields of a moment hold to begin with."""
    if moment is None:
        return {}
    local = timezone.localtime(moment)
    return {f"{name}_on": local.date(), f"{name}_time": local.time()}


DAY, CLOCK = "For example, 27 11 2026", "For example, 6am or 17:30"


class ConfirmForm(GovukForm):
    """Nothing to fill in: the button is the answer."""


class StartForm(GovukForm):
    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices(), widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        label="Which force is asked?",
        queryset=Force.objects.none(),
        to_field_name="code",
        empty_label="Choose",
    )
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what kind of operation it is"),
        "force": Look(missing="Select the force", hint="Only forces engaged with Nexus High Harm are listed"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = engaged()  # type: ignore[attr-defined]


def asked(questions: Iterable[Question]) -> dict[str, forms.Field]:
    """Two fields a question: the answer, and its words."""
    found: dict[str, forms.Field] = {}
    for question in questions:
        found[question.value] = YesNoNotKnownField(label=question.label, required=False)
        found[f"{question.value}_words"] = long_text("What is known, and from where?", required=False)
    return found


class RiskFields(GovukForm):
    """The questions of the risk assessment. An answer may wait while the request is a draft."""

    questions: tuple[Question, ...] = tuple(Question)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = self.base_fields
        self.base_fields = {**asked(self.questions), **own}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        question = name.removesuffix("_words")
        if question not in Question.values():
            return super().look_of(name)
        if name != question:
            return Look(rows=3, noun=f"what is known about {question.replace('_', ' ')}")
        told = FORCE_READS if question in TOLD else INSIDE
        return Look(hint=told, inline=True, missing="Select yes, no or not known")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for question in self.questions:
            if cleaned.get(f"{question.value}_words") and not cleaned.get(question.value):
                self.add_error(question.value, "Select yes, no or not known")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action takes: `risks`, and every other field as it is."""
        cleaned = dict(self.cleaned_data)
        risks = {}
        for question in self.questions:
            answer, words = cleaned.pop(question.value, ""), cleaned.pop(f"{question.value}_words", "")
            if answer:
                risks[question.value] = Answered(answer, words)
        return {"risks": risks, **cleaned}


def risk_initial(engagement: Engagement) -> dict[str, Any]:
    """What the risk questions begin with: what was answered already."""
    found: dict[str, Any] = {
        "at_risk_level": engagement.at_risk_level,
        "safety_note": engagement.safety_note,
    }
    for row in engagement.risks.all():
        found |= {row.question: row.answer, f"{row.question}_words": row.words}
    return found


class RisksForm(RiskFields):
    """The whole risk assessment, adults at risk first."""

    field_order: tuple[str, ...] = ("adults_at_risk", "adults_at_risk_words", "at_risk_level")

    at_risk_level = forms.ChoiceField(
        label="If the person is an adult at risk: what is the level of evidence?",
        choices=AtRiskLevel.choices(),
        widget=forms.RadioSelect,
        required=False,
    )
    safety_note = long_text("What must officers know for safety?", required=False)
    look: Mapping[str, Look] = {"safety_note": Look(hint=SAFETY, noun="what officers must know")}


def detail_initial(engagement: Engagement) -> dict[str, Any]:
    """What the details begin with."""
    names = ("legal_power", "address", "asked", "why")
    return {
        **{name: getattr(engagement, name) for name in names},
        **begins_with("window_starts", engagement.window_starts_at),
        **begins_with("window_ends", engagement.window_ends_at),
    }


class DetailsForm(MomentsForm):
    """By which power, where, when, what, and why."""

    legal_power = forms.ChoiceField(label="By which legal power?", choices=(), widget=forms.RadioSelect)
    address = TextField(label="Where?", multi_line=True, max_length=500)
    window_starts_on = GovukDateField(label="From which day?")
    window_starts_time = ClockField(label="From what time?", max_length=10)
    window_ends_on = GovukDateField(label="Until which day?")
    window_ends_time = ClockField(label="Until what time?", max_length=10)
    asked = long_text("What is asked of the force?")
    why = long_text("Why is it necessary?")
    look: Mapping[str, Look] = {
        "legal_power": Look(
            missing="Select the legal power",
            hint="Marked “unverified” where nobody has checked it against the statute as it now stands.",
        ),
        "address": Look(missing="Enter the address", noun="the address", rows=3),
        "window_starts_on": Look(hint=DAY, noun="the first day"),
        "window_starts_time": Look(hint=CLOCK, width=10, noun="the time it begins"),
        "window_ends_on": Look(hint=DAY, noun="the last day"),
        "window_ends_time": Look(hint=CLOCK, width=10, noun="the time it ends"),
        "asked": Look(
            hint=f"{FORCE_READS} Leave out legal advice and health.",
            missing="Enter what is asked of the force",
            noun="what is asked",
        ),
        "why": Look(
            hint=f"{INSIDE} Why now, and why nothing less would do.",
            missing="Enter why it is necessary",
            noun="why it is necessary",
        ),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(power.code, power.label) for power in powers_for(kind)]
        self.fields["legal_power"].choices = choices  # type: ignore[attr-defined]


class SettleForm(GovukForm):
    reply = long_text("How was it settled?")
    look: Mapping[str, Look] = {"reply": Look(missing="Enter how the issue was settled", noun="the answer")}


class QualityForm(GovukForm):
    checked = forms.MultipleChoiceField(
        label="What do you confirm?",
        choices=Check.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,  # the action says which one is missing
    )
    findings = long_text("What did you check and find?")
    look: Mapping[str, Look] = {
        "checked": Look(hint="What you cannot confirm is an issue: return the request with it."),
        "findings": Look(missing="Enter what you checked and found", noun="what you found"),
    }


class RiskLevelForm(GovukForm):
    risk_level = forms.ChoiceField(
        label="How high is the risk?", choices=RiskLevel.choices(), widget=forms.RadioSelect
    )
    risk_controls = long_text("What is done about it?")
    look: Mapping[str, Look] = {
        "risk_level": Look(missing="Select how high the risk is", inline=True),
        "risk_controls": Look(
            missing="Enter what is done about the risk", noun="what is done about it", hint=INSIDE
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


class PassPhraseForm(GovukForm):
    """Whoever authorises shows that it is them: the pass phrase again, counted like a sign-in."""

    def __init__(self, *args: Any, by: User, counted: str, **kwargs: Any) -> None:
        self.by, self.counted = by, counted
        own = self.base_fields
        self.base_fields = {**own, "password": pass_phrase_field()}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        if name != "password":
            return super().look_of(name)
        hint = "The one you sign in with. It shows that it is you who authorises this, now."
        return Look(hint=hint, autocomplete="current-password", missing="Enter your pass phrase")

    def clean_password(self) -> str:
        """Checked here, once; what goes on to the action is the moment, never the words."""
        if throttle.is_closed(self.counted):
            raise ValidationError(f"Too many attempts. Wait {throttle.MINUTES} minutes, then try again")
        if not self.by.check_password(self.cleaned_data["password"]):
            throttle.count(self.counted)
            raise ValidationError("The pass phrase is not right. Type it again")
        throttle.forget(self.counted)
        return ""


def pass_phrase_field() -> forms.CharField:
    return forms.CharField(
        label="Your pass phrase, again", max_length=1000, strip=False, widget=forms.PasswordInput
    )


UNTIL: Mapping[str, Look] = {
    "expires_on": Look(hint=DAY, noun="the last day of the authorisation"),
    "expires_time": Look(hint=CLOCK, width=10, noun="the time the authorisation ends"),
}


class AuthoriseForm(PassPhraseForm, MomentsForm):
    reasons = long_text("Why do you authorise it?")
    conditions = long_text("On which conditions?", required=False)
    expires_on = GovukDateField(label="Until which day?")
    expires_time = ClockField(label="Until what time?", max_length=10)
    look: Mapping[str, Look] = {
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
        "conditions": Look(hint=FORCE_READS, optional=True),
        **UNTIL,
    }


class RefuseForm(GovukForm):
    reasons = long_text("Why do you refuse it?")
    look: Mapping[str, Look] = {
        "reasons": Look(hint="The requester reads this.", missing="Enter your reasons", noun="your reasons")
    }


class ReopenForm(GovukForm):
    reason = long_text("What changes, and why?")
    look: Mapping[str, Look] = {"reason": Look(missing="Enter what changes, and why", noun="the reason")}


class WithdrawForm(GovukForm):
    reason = long_text("Why is it not wanted any more?")
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why it is not wanted any more", noun="the reason")
    }


class TraffickingForm(GovukForm):
    outcome = forms.ChoiceField(
        label="What is the outcome?", choices=TraffickingOutcome.choices(), widget=forms.RadioSelect
    )
    reasons = long_text("Your reasons, and the safeguards")
    look: Mapping[str, Look] = {
        "outcome": Look(missing="Select the outcome"),
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
    }


class AcceptForm(GovukForm):
    words = long_text("Who will do it, and when?", required=False)
    look: Mapping[str, Look] = {"words": Look(optional=True, rows=3)}


class DeclineForm(GovukForm):
    kind = forms.ChoiceField(
        label="Why does the force decline?", choices=DeclineKind.choices, widget=forms.RadioSelect
    )
    words = long_text("Say more")
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select why the force declines"),
        "words": Look(
            hint="What would make it possible?",
            missing="Enter why the force declines",
            noun="why it declines",
        ),
    }


HAPPENED: Mapping[str, Look] = {
    "happened_on": Look(hint=DAY, noun="the day it happened"),
    "happened_time": Look(hint=CLOCK, width=10, noun="the time it happened"),
    "officers": Look(missing="Enter who was there", noun="who was there"),
}


class ExecuteForm(MomentsForm):
    happened_on = GovukDateField(label="On which day was it carried out?", not_future=True)
    happened_time = ClockField(label="At what time?", max_length=10)
    officers = TextField(label="Which officers were there?", max_length=200)
    look: Mapping[str, Look] = HAPPENED


class AbortForm(ExecuteForm):
    happened_on = GovukDateField(label="On which day was it broken off?", not_future=True)
    reason = long_text("Why was it broken off?")
    look: Mapping[str, Look] = {
        **HAPPENED,
        "reason": Look(missing="Enter why it was broken off", noun="the reason"),
    }


class OutcomeForm(GovukForm):
    what_happened = long_text("What happened?")
    custody_reference = TextField(label="Custody reference", max_length=30, required=False)
    look: Mapping[str, Look] = {
        "what_happened": Look(
            hint="Who was detained, what was served, and where the person is now. The Home Office reads this.",
            missing="Enter what happened",
            noun="what happened",
        ),
        "custody_reference": Look(optional=True, width=20),
    }


class PersonField(forms.ModelChoiceField):
    """A person, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.get_role_display()}" + (f", {obj.force}" if obj.force else "")


def who_may_ask(case: Case) -> Any:
    """Who rings a CIO at night: Liverpool, Croydon, immigration officers, and the force of the referral."""
    roles = [*WORKS, Role.REFERRALS_OFFICER, Role.IMMIGRATION_OFFICER]
    people = User.objects.filter(Q(role__in=roles) | Q(force=case.referral.force), is_active=True)
    return people.select_related("force").order_by("full_name")


class VerbalForm(PassPhraseForm, MomentsForm, RiskFields):
    """What was asked and said on the telephone, at once."""

    questions = AT_ONCE
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


class WriteUpForm(PassPhraseForm, RisksForm, DetailsForm):
    """Everything a written request holds, its risk, and the reasons, on one page."""

    field_order: tuple[str, ...] = (*DetailsForm.base_fields, *RisksForm.field_order)

    risk_level = RiskLevelForm.base_fields["risk_level"]
    risk_controls = RiskLevelForm.base_fields["risk_controls"]
    reasons = long_text("Why did you authorise it?")
    look: Mapping[str, Look] = {
        **DetailsForm.look,
        **RisksForm.look,
        **RiskLevelForm.look,
        "reasons": Look(hint=INSIDE, missing="Enter your reasons", noun="your reasons"),
    }


class EngagementFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any kind"), *Kind.choices()])
    force = forms.ModelChoiceField(
        label="Force",
        required=False,
        queryset=Force.objects.all(),
        to_field_name="code",
        empty_label="Every force",
    )
    mine = forms.BooleanField(label="On my own cases only", required=False)
    blocked = forms.BooleanField(label="Blocked by a trafficking indicator", required=False)
    look: Mapping[str, Look] = {
        "state": Look(small=True),
        "mine": Look(small=True),
        "blocked": Look(small=True),
    }

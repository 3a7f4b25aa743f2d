"""The sections of a draft, their forms made from the questions of rules/law.py."""

from typing import Any, cast

from django import forms

from casework.decisions.forms.base import DecisionForm
from casework.decisions.models import Claim, Decision
from casework.decisions.queries import claims_of
from casework.decisions.rules.law import CERTIFICATION, MATERIAL, QUESTIONS, SECTION, Question, Section
from casework.forms import LONG
from casework.material.queries import approved_for
from nexus.ui.forms import Look, ReasonsField
from nexus.ui.wording import lower_first


class SectionForm(DecisionForm):
    """The questions of one section. All may be left blank; the gaps are listed until they are filled."""

    section: Section

    def answers(self) -> dict[str, Any]:
        """As `save_section` takes them."""
        given = {
            question.name: {
                "choice": self.cleaned_data[question.name],
                "reasons": self.cleaned_data[f"{question.name}_reasons"],
            }
            for question in self.section.questions
        }
        return {"answers": given}


class MaterialForm(SectionForm):
    """The section on Nexus material also names what is relied on, of what is approved on this case."""

    field_order = ("material", "chosen", "material_reasons")
    chosen = forms.MultipleChoiceField(
        label="Which approved material?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, decision=decision, **kwargs)
        self.approved = {str(each.pk): each for each in approved_for(decision.case)}
        field = cast(forms.MultipleChoiceField, self.fields["chosen"])
        field.choices = [(pk, each.title) for pk, each in self.approved.items()]
        if not self.approved:
            del self.fields["chosen"]
        elif not self.is_bound:
            field.initial = [str(pk) for pk in decision.material.values_list("pk", flat=True)]

    def answers(self) -> dict[str, Any]:
        chosen = [self.approved[pk] for pk in self.cleaned_data.get("chosen", [])]
        return {**super().answers(), "material": chosen}


class ClaimsForm(SectionForm):
    """The section on claims also names which of those recorded on the case are refused."""

    field_order = ("appealable", "refused_claims", "appealable_reasons")
    refused_claims = forms.MultipleChoiceField(
        label="Which claims does it refuse?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, decision=decision, **kwargs)
        self.open_claims = {str(each.pk): each for each in claims_of(decision.case) if not each.end}
        field = cast(forms.MultipleChoiceField, self.fields["refused_claims"])
        field.choices = [(pk, str(each)) for pk, each in self.open_claims.items()]
        if not self.open_claims:
            del self.fields["refused_claims"]
        elif not self.is_bound:
            field.initial = [str(pk) for pk in decision.claims.values_list("pk", flat=True)]

    def refused(self) -> list[Claim]:
        return [self.open_claims[pk] for pk in self.cleaned_data.get("refused_claims", [])]

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "claims": self.refused()}


def look_of(question: Question) -> dict[str, Look]:
    hint = question.hint
    if question.asked_if:
        other, wanted = QUESTIONS[question.asked_if[0]], question.asked_if[1]
        words = " or ".join(lower_first(label) for code, label in other.choices if code in wanted)
        hint = f"Only when “{other.words}” is answered {words}"
    return {question.name: Look(hint=hint), f"{question.name}_reasons": Look(rows=4, noun="the reasons")}


FORM_OF: dict[str, type[SectionForm]] = {MATERIAL.slug: MaterialForm, CERTIFICATION.slug: ClaimsForm}


def form_of(section: Section) -> type[SectionForm]:
    """The form of one section, made from its questions."""
    made: dict[str, Any] = {"section": section, "look": {}}
    for question in section.questions:
        made[question.name] = forms.ChoiceField(
            label=question.words, choices=list(question.choices), widget=forms.RadioSelect, required=False
        )
        made[f"{question.name}_reasons"] = ReasonsField(
            label=question.reasons, max_length=LONG, required=False
        )
        made["look"] |= look_of(question)
    return type("SectionForm", (FORM_OF.get(section.slug, SectionForm),), made)


FORMS = {slug: form_of(section) for slug, section in SECTION.items() if section.questions}


class AnswersForm(*FORMS.values()):  # type: ignore[misc]
    """Answers of any sections, in `chosen` the material relied on and in `refused_claims` the claims refused. What the
    body does not name stays."""

    look = {name: look for section in FORMS.values() for name, look in section.look.items()}

    def answers(self) -> dict[str, Any]:
        given: dict[str, dict[str, str]] = {}
        for name in QUESTIONS:
            fields = {"choice": name, "reasons": f"{name}_reasons"}
            named = {part: self.cleaned_data[field] for part, field in fields.items() if field in self.data}
            if named:
                given[name] = {**self.decision.answers.get(name, {}), **named}
        chosen = [self.approved[pk] for pk in self.cleaned_data.get("chosen", [])]
        return {
            "answers": given,
            "material": chosen if "chosen" in self.data else None,
            "claims": self.refused() if "refused_claims" in self.data else None,
        }


def initial_of(decision: Decision, section: Section) -> dict[str, str]:
    """What was saved of a section, for its form."""
    found = {}
    for question in section.questions:
        given = decision.answers.get(question.name, {})
        found[question.name] = given.get("choice", "")
        found[f"{question.name}_reasons"] = given.get("reasons", "")
    return found

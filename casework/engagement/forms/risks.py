"""The questions of the risk assessment: asked in full of whoever writes a request, in part at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from casework.engagement.forms.fields import FORCE_READS, INSIDE, SAFETY, long_text
from casework.engagement.models import Engagement
from casework.engagement.rules.risks import READ_BY_FORCE, Answered, AtRiskLevel, Question
from nexus.ui.forms import GovukForm, Look, YesNoNotKnownField


def risk_answer_fields(questions: Iterable[Question]) -> dict[str, forms.Field]:
    """Two fields a question: the answer, and its words."""
    found: dict[str, forms.Field] = {}
    for question in questions:
        found[question.value] = YesNoNotKnownField(label=question.label, required=False)
        found[f"{question.value}_words"] = long_text("What is known, and what is the source?", required=False)
    return found


class RiskFields(GovukForm):
    """The questions of the risk assessment. An answer may wait while the request is a draft."""

    questions: tuple[Question, ...] = tuple(Question)

    def __init__(
        self, *args: Any, known: Mapping[Question, Sequence[str]] | None = None, **kwargs: Any
    ) -> None:
        self.known = known or {}
        own = self.base_fields
        self.base_fields = {**risk_answer_fields(self.questions), **own}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        question = name.removesuffix("_words")
        if question not in Question.values():
            return super().look_of(name)
        if name != question:
            return Look(rows=3, noun=f"what is known about {question.replace('_', ' ')}")
        told = FORCE_READS if question in READ_BY_FORCE else INSIDE
        hint = " ".join([*self.known.get(Question(question), ()), told])
        return Look(hint=hint, inline=True, missing="Select yes, no or not known")

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

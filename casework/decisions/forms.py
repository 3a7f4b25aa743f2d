"""What people type about decisions. Forms clean; actions decide. Nothing is preselected."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms

from casework.decisions.models import ChallengeKind, Decision, Letter, ServedHow
from casework.decisions.queries import events_to_find_on, weight_of_event
from casework.decisions.rules.law import MATERIAL, QUESTIONS, SECTION, Question, Section
from casework.decisions.states import ChallengeState
from casework.forms import FORCE_READS, LONG
from casework.material.queries import approved_for
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField, YesNoNotKnownField

WRITTEN = "written"  # an allegation that no conduct event of the referral stands for


class DecisionForm(GovukForm):
    """A form about one decision or a challenge to it."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        self.decision = decision
        super().__init__(*args, **kwargs)


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


def look_of(question: Question) -> dict[str, Look]:
    hint = question.hint
    if question.asked_if:
        hint = f"Only when “{QUESTIONS[question.asked_if[0]].words}” is answered yes"
    return {question.name: Look(hint=hint), f"{question.name}_reasons": Look(rows=4, noun="the reasons")}


def form_of(section: Section) -> type[SectionForm]:
    """The form of one section, made from its questions."""
    made: dict[str, Any] = {"section": section, "look": {}}
    for question in section.questions:
        made[question.name] = forms.ChoiceField(
            label=question.words, choices=list(question.choices), widget=forms.RadioSelect, required=False
        )
        made[f"{question.name}_reasons"] = TextField(
            label=question.reasons, multi_line=True, max_length=LONG, required=False
        )
        made["look"] |= look_of(question)
    return type("SectionForm", (MaterialForm if section is MATERIAL else SectionForm,), made)


FORMS = {slug: form_of(section) for slug, section in SECTION.items() if section.questions}


def initial_of(decision: Decision, section: Section) -> dict[str, str]:
    """What was saved of a section, for its form."""
    found = {}
    for question in section.questions:
        given = decision.answers.get(question.name, {})
        found[question.name] = given.get("choice", "")
        found[f"{question.name}_reasons"] = given.get("reasons", "")
    return found


class AddFindingForm(DecisionForm):
    event = forms.ChoiceField(label="Where does the allegation come from?", widget=forms.RadioSelect)
    allegation = TextField(label="What is alleged?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "event": Look(
            missing="Select where the allegation comes from",
            hint="Events in which the subject is a victim or witness are left out",
        ),
        "allegation": Look(
            hint="Who did what, when and where. Of an unproven charge, allege the acts",
            missing="Enter what is alleged",
            noun="what is alleged",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {str(event.pk): event for event in events_to_find_on(self.decision)}
        field = cast(forms.ChoiceField, self.fields["event"])
        field.choices = [
            *((pk, str(event)) for pk, event in self.events.items()),
            (WRITTEN, "None of these: it is written here"),
        ]

    def look_of(self, name: str) -> Look:
        look = super().look_of(name)
        if name != "event":
            return look
        events = events_to_find_on(self.decision)
        return replace(
            look,
            item_hints={str(event.pk): weight_of_event(event) for event in events},
            divider_before=WRITTEN,
        )

    def answers(self) -> dict[str, Any]:
        return {
            "event": self.events.get(self.cleaned_data["event"]),
            "allegation": self.cleaned_data["allegation"],
        }


class FindingForm(GovukForm):
    allegation = TextField(label="What is alleged?", multi_line=True, max_length=LONG)
    evidence = TextField(label="What is the evidence?", multi_line=True, max_length=LONG, required=False)
    proved = YesNoField(label="Is it proved on the balance of probabilities?", required=False)
    reasons = TextField(label="Reasons for the finding", multi_line=True, max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "allegation": Look(missing="Enter what is alleged", noun="what is alleged"),
        "evidence": Look(noun="the evidence"),
        "proved": Look(hint="Is it more likely than not that it happened?", inline=True),
        "reasons": Look(noun="the reasons"),
    }


class NothingForm(DecisionForm):
    """A button and nothing to fill in."""


class ReviewForm(DecisionForm):
    reasons = TextField(label="What did you look at, and why does it hold?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(missing="Enter what you looked at and why it holds", noun="the reasons", rows=6)
    }


class ReturnForm(DecisionForm):
    reasons = TextField(label="What must be changed, and why?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(missing="Enter what must be changed and why", noun="what must be changed", rows=6)
    }


def told() -> TextField:
    return TextField(label="What does the force read?", multi_line=True, max_length=LONG)


def asks() -> TextField:
    return TextField(
        label="What is asked of the force now?", multi_line=True, max_length=LONG, required=False
    )


TOLD = Look(hint=FORCE_READS, missing="Enter what the force may read", noun="what the force reads")
ASKED = Look(
    hint="It replaces what was asked before", optional=True, rows=3, noun="what is asked of the force"
)


class DecideForm(DecisionForm):
    reasons = TextField(label="Why do you make this decision?", multi_line=True, max_length=LONG)
    told = told()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "reasons": Look(
            hint="Internal: the force does not read it",
            missing="Enter why you make this decision",
            noun="the reasons",
        ),
        "told": TOLD,
        "asked_of_force": ASKED,
    }


class ReconsiderForm(DecideForm):
    reasons = TextField(label="Why does the decision no longer stand?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        **DecideForm.look,
        "reasons": Look(
            hint="Internal: the force does not read it",
            missing="Enter why the decision no longer stands",
            noun="the reasons",
        ),
    }


OTHER_DOCUMENT = "other"


class ServeForm(DecisionForm):
    letter = forms.ChoiceField(label="What was served?", widget=forms.RadioSelect)
    document = TextField(label="Which other document?", max_length=200, required=False)
    on = GovukDateField(label="When was it served?", not_future=True)
    how = forms.ChoiceField(label="How was it served?", choices=ServedHow.choices, widget=forms.RadioSelect)
    to = TextField(label="On whom?", max_length=200)
    by_whom = TextField(label="By whom?", max_length=200)
    told = told()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "letter": Look(missing="Select what was served"),
        "document": Look(optional=True, hint="Only for a document that was not made here: its form and date"),
        "on": Look(noun="the date of service", hint="Not before the decision was made"),
        "how": Look(missing="Select how it was served"),
        "to": Look(
            hint="The subject, or the representative by name",
            missing="Enter on whom it was served",
            noun="on whom",
        ),
        "by_whom": Look(
            hint="An officer and their force, or yourself", missing="Enter who served it", noun="by whom"
        ),
        "told": TOLD,
        "asked_of_force": ASKED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters: Iterable[Letter] = self.decision.letters.defer("pdf", "docx")
        self.letters = {str(letter.pk): letter for letter in letters}
        field = cast(forms.ChoiceField, self.fields["letter"])
        field.choices = [
            *(
                (pk, f"{letter}, made {formatting.date_and_time(letter.made_at)}")
                for pk, letter in self.letters.items()
            ),
            (OTHER_DOCUMENT, "Another document, not made here"),
        ]

    def clean_letter(self) -> Letter | None:
        return self.letters.get(self.cleaned_data["letter"])


class LodgeForm(DecisionForm):
    kind = forms.ChoiceField(
        label="What was lodged?", choices=ChallengeKind.choices, widget=forms.RadioSelect
    )
    lodged_on = GovukDateField(label="When was it lodged?", not_future=True)
    court = TextField(label="Court or tribunal", max_length=120, required=False)
    court_reference = TextField(label="Its reference", max_length=60, required=False)
    suspends_removal = YesNoNotKnownField(label="Does it suspend removal?")
    suspends_reason = TextField(
        label="Why does it suspend removal, or why not?", multi_line=True, max_length=LONG, required=False
    )
    told = told()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what was lodged"),
        "lodged_on": Look(noun="the date it was lodged"),
        "court": Look(optional=True),
        "court_reference": Look(optional=True, width=20),
        "suspends_removal": Look(
            hint="Not known: it stands against removal until somebody says that it does not",
            missing="Select whether it suspends removal, or that it is not known",
        ),
        "suspends_reason": Look(hint="Unless it is not known", rows=3, noun="why"),
        "told": TOLD,
        "asked_of_force": ASKED,
    }

    def clean_suspends_removal(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["suspends_removal"])


class HearingForm(DecisionForm):
    on = GovukDateField(label="When is the hearing?")
    place = TextField(label="Where?", max_length=200)
    witnesses = TextField(
        label="Which officers does the force send as witnesses?",
        multi_line=True,
        max_length=LONG,
        required=False,
    )
    told = told()
    look: Mapping[str, Look] = {
        "on": Look(noun="the date of the hearing"),
        "place": Look(missing="Enter the court or tribunal where it is heard", noun="where it is heard"),
        "witnesses": Look(
            hint="Asked of the force: names or collar numbers, and for what",
            optional=True,
            rows=3,
            noun="the witnesses",
        ),
        "told": TOLD,
    }


class ConcludeForm(DecisionForm):
    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=[(state.value, state.label) for state in ChallengeState if state != ChallengeState.OPEN],
        widget=forms.RadioSelect,
    )
    outcome_on = GovukDateField(label="When?", not_future=True)
    reasons = TextField(label="What was found?", multi_line=True, max_length=LONG)
    told = told()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "outcome": Look(
            missing="Select how it ended",
            item_hints={
                ChallengeState.DISMISSED: "The decision stands",
                ChallengeState.WITHDRAWN: "The decision stands",
                ChallengeState.ALLOWED: "The decision no longer stands",
                ChallengeState.REMITTED: "The decision no longer stands and is made afresh",
            },
        ),
        "outcome_on": Look(noun="the date it ended"),
        "reasons": Look(
            hint="Internal: the force does not read it", missing="Enter what was found", noun="what was found"
        ),
        "told": TOLD,
        "asked_of_force": ASKED,
    }

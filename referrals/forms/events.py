"""An event of a subject's conduct on one line: of the referral, of the matrix, and of pasted rows."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.ui.forms import GovukForm, LineDateField, Look, TextField
from referrals.forms.draft import ConductListedForm
from referrals.forms.rows import MOST_MONTHS, NO_CONVICTION
from referrals.models import ConductEvent, Grounding, Standing
from referrals.pasting import MOST_ROWS, Proposed, proposed_from
from referrals.rules.terms import CONVICTIONS, ConductKind, Part, SentenceType

OFFENCE_LIST = "offence-titles"


def select(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


class EventFields(GovukForm):
    """What every line of an event asks. The rules of a conviction are those of the referral's own pages."""

    kind = select("Kind of event", [("", "Choose"), *ConductKind.choices()])
    part = select("The subject’s part", [("", "Choose"), *Part.choices()])
    offence = TextField(label="Offence or conduct", max_length=200, required=False)
    convicted_on = LineDateField(label="Date of conviction", not_future=True, required=False)
    sentence_type = select("Sentence", [("", "Not known"), *SentenceType.choices()])
    sentence_months = forms.IntegerField(label="Months", min_value=1, max_value=MOST_MONTHS, required=False)
    standing = select("Does the conviction stand?", [("", "Not known"), *Standing.choices])

    look: Mapping[str, Look] = {
        "offence": Look(
            hint="For example, robbery. Do not name victims", suggestions=OFFENCE_LIST, autocomplete="off"
        ),
        "convicted_on": Look(hint="Like 14/11/2025. Without it the conviction cannot be counted", width=10),
        "sentence_months": Look(width=4, noun="the length of the sentence", hint="For custody only"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_given():
            self.check_event(cleaned)
        return cleaned

    def is_given(self) -> bool:
        """Whether there is an event to be judged."""
        return True

    def check_event(self, cleaned: dict[str, Any]) -> None:
        """What an event must say, and what does not go together."""
        kind, part = cleaned.get("kind"), cleaned.get("part")
        if not kind and "kind" not in self.errors:
            self.add_error("kind", "Select the kind of event")
        if not part and "part" not in self.errors:
            self.add_error("part", "Select the subject’s part in the event")
        if kind in CONVICTIONS and part == Part.SUSPECT:
            self.add_error("part", "For a conviction, select convicted person, victim or witness")
        if kind and kind not in CONVICTIONS:
            self.refuse_a_conviction(cleaned)
        custody = (SentenceType.CUSTODIAL, SentenceType.SUSPENDED)
        if cleaned.get("sentence_months") and cleaned.get("sentence_type") not in custody:
            self.add_error("sentence_months", "Enter a length in months only for a custodial sentence")

    def refuse_a_conviction(self, cleaned: dict[str, Any]) -> None:
        """ "Kinds must never blur": what is no conviction has no date of conviction and no sentence."""
        if cleaned.get("part") == Part.CONVICTED:
            self.add_error("part", "Select “Convicted person” only for a conviction")
        if cleaned.get("convicted_on"):
            self.add_error("convicted_on", "Enter a date of conviction only for a conviction")
        if cleaned.get("sentence_type"):
            self.add_error("sentence_type", "Select a sentence only for a conviction")


# A conviction overseas has a country: it is added with all its details.
LINE_KINDS = [each for each in ConductKind.choices() if each[0] != ConductKind.OVERSEAS_CONVICTION]


class LineForm(EventFields):
    """An event of the referral on one line. The one date is that of the conviction, or of what happened."""

    kind = select("Kind of event", [("", "Choose"), *LINE_KINDS])
    court = TextField(label="Court", max_length=120, required=False)
    grounding = select("Fact or assessment?", [("", "Choose"), *Grounding.choices])
    standing = select("Does the conviction stand?", [("", "Choose"), *Standing.choices])
    convicted_on = LineDateField(label="Date of conviction, or of the event", not_future=True, required=False)
    field_order = (
        "kind",
        "part",
        "offence",
        "convicted_on",
        "court",
        "sentence_type",
        "sentence_months",
        "standing",
        "grounding",
    )
    look: Mapping[str, Look] = {
        **EventFields.look,
        "sentence_type": Look(),
        "court": Look(optional=True),
        "grounding": Look(hint="Of an arrest, the arrest is the fact"),
    }

    def check_event(self, cleaned: dict[str, Any]) -> None:
        """With what the referral needs besides."""
        super().check_event(cleaned)
        if not cleaned.get("offence") and "offence" not in self.errors:
            self.add_error("offence", "Enter the offence or conduct")
        if not cleaned.get("grounding"):
            self.add_error("grounding", "Select whether it is fact or assessment")
        if cleaned.get("kind") in CONVICTIONS and not cleaned.get("standing"):
            self.add_error("standing", "Select whether the conviction stands")

    def refuse_a_conviction(self, cleaned: dict[str, Any]) -> None:
        """The date is that of the event, so it may stand."""
        super().refuse_a_conviction({**cleaned, "convicted_on": None})

    def event(self) -> dict[str, Any]:
        """The columns of the event. Call after `is_valid()`."""
        values = {name: self.cleaned_data[name] for name in LineForm.base_fields}
        if values["kind"] in CONVICTIONS:
            return values
        return {**values, **NO_CONVICTION, "offence_on": values["convicted_on"]}


def line_of(event: ConductEvent) -> dict[str, Any]:
    """What the line of a stored event shows."""
    found = {name: getattr(event, name) for name in LineForm.base_fields}
    if event.kind not in CONVICTIONS:
        found |= {"convicted_on": event.offence_on, "standing": ""}
    return found


LIKE = ("kind", "part", "court", "sentence_type", "standing", "grounding")


class ConductTableForm(LineForm, ConductListedForm):
    """The page of the conduct table: whether it is complete, and a line for one more event. A blank line is nothing."""

    row_fields: tuple[str, ...] = tuple(LineForm.base_fields)

    def __init__(
        self, *args: Any, adding: bool = False, like: ConductEvent | None = None, **kwargs: Any
    ) -> None:
        self.adding = adding
        if like:  # "another like this": without what tells the two apart
            shown = line_of(like)
            kwargs["initial"] = {**{name: shown[name] for name in LIKE}, **kwargs.get("initial", {})}
            self.suggested = self.row_fields
        super().__init__(*args, **kwargs)

    @property
    def line(self) -> list[forms.BoundField]:
        """The inputs of the line, in their order."""
        return [self[name] for name in LineForm.field_order]

    def is_given(self) -> bool:
        """Whether the line was begun, or its button pressed. What was copied from another begins nothing."""
        return self.adding or any(
            name in self.errors or self.cleaned_data.get(name) not in (None, "", self.initial.get(name))
            for name in self.row_fields
        )

    def rows(self) -> dict[str, Any]:
        """What `actions.save_page` takes: the event, where there is one and it is right."""
        wrong = set(self.row_fields) & set(self.errors)
        return {"event": self.event()} if self.is_given() and not wrong else {}


class LineOfEventForm(LineForm):
    """A stored event on its line, to be put right."""

    def __init__(self, *args: Any, row: ConductEvent, **kwargs: Any) -> None:
        kwargs["initial"] = {**line_of(row), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def line(self) -> list[forms.BoundField]:
        """The inputs of the line, in their order."""
        return list(self)


class PasteForm(GovukForm):
    """What the pasted rows are, said once for all of them, and the rows."""

    kind = forms.ChoiceField(
        label="What kind of event are these rows?", choices=[("", "Choose"), *LINE_KINDS]
    )
    part = forms.ChoiceField(
        label="What was the subject’s part in them?", choices=[("", "Choose"), *Part.choices()]
    )
    grounding = forms.ChoiceField(
        label="Are they fact or assessment?", choices=[("", "Choose"), *Grounding.choices]
    )
    rows = TextField(label="Rows", max_length=20_000, multi_line=True)

    look: Mapping[str, Look] = {
        "kind": Look(missing="Select the kind of event", noun="the kind of event"),
        "part": Look(missing="Select the subject’s part", noun="the subject’s part"),
        "grounding": Look(missing="Select whether they are fact or assessment", noun="fact or assessment"),
        "rows": Look(
            missing="Paste at least one row",
            rows=12,
            spellcheck=False,
            hint="A row a line, with its date, court, offence and disposal in any order, as copied from a "
            "spreadsheet or a PNC print. Each becomes a proposal that you check",
        ),
    }

    def clean_rows(self) -> list[Proposed]:
        """The proposals."""
        found = proposed_from(self.cleaned_data["rows"])
        if not found:
            raise forms.ValidationError("Paste at least one row")
        if len(found) > MOST_ROWS:
            raise forms.ValidationError(f"Paste {MOST_ROWS} rows at most at once")
        return found


class ProposedForm(LineForm):
    """One proposed event: its pasted words, what was made of them, and whether it is to be added."""

    source = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    doubts = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)
    confirmed = forms.BooleanField(label="This is right: add it", required=False)

    @property
    def line(self) -> list[forms.BoundField]:
        """The inputs of the line, in their order."""
        return [self[name] for name in LineForm.field_order]

    def is_given(self) -> bool:
        """An event that is not added is not judged."""
        return bool(self.cleaned_data.get("confirmed"))

"""What a force and a manager type about data-washes. Forms clean; they never save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from nexus.accounts.models import Force
from nexus.documents import kinds
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField
from referrals.datawash.linkage.files import LARGEST
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.headings import KNOWN
from referrals.datawash.linkage.pots import HELD_STATUSES, POT_OF_STATUS, POTS
from referrals.rules.terms import Status

LARGEST_IN_WORDS = f"{LARGEST // 1_000_000} MB"
STATUS_WORDS = {**dict(Status.choices()), **HELD_STATUSES}
POT_WORDS = [(pot, pot[0].upper() + pot[1:]) for pot in POTS]
GRADE_WORDS = [(grade.value, grade.value.capitalize()) for grade in Grade]


class ListField(forms.FileField):
    """A force's list as CSV or XLSX. Size and name are checked here, the content when it is read."""

    widget = forms.FileInput(attrs={"accept": ".csv,.xlsx"})

    def to_python(self, data: Any) -> UploadedFile | None:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile):
            raise ValidationError("Select the list", code="missing")
        data.name = name = kinds.clean_name(data.name or "")
        if (data.size or 0) > LARGEST:
            raise ValidationError(f"The list must be smaller than {LARGEST_IN_WORDS}. Send it in parts")
        if not data.size:
            raise ValidationError("The selected file is empty")
        if kinds.extension_of(name) not in ("csv", "xlsx"):
            raise ValidationError("The list must be a CSV or XLSX file. Save it as one of them and try again")
        for fault in kinds.name_faults(name):
            raise ValidationError(fault)
        return data


class UploadForm(GovukForm):
    """What the list is for, and the list."""

    purpose = TextField(label="Purpose", multi_line=True, max_length=1000)
    file = ListField(label="The list")
    look = {
        "purpose": Look(
            hint="What this list is for, for example “Subjects in custody in October, to find whom to refer”. "
            "It is kept as the reason for combining the list with immigration records. Do not name anybody here.",
            missing="Enter what the list is for",
            rows=3,
        ),
        "file": Look(
            hint=f"CSV or XLSX in the required format, no larger than {LARGEST_IN_WORDS}.",
            missing="Select the list",
        ),
    }


NOT_READ = ("", "Do not read it")


class AnswerForm(GovukForm):
    """How the file is to be read: the sheet, and a question a heading that is not the template's.

    `questions` are those of the list (Wash.questions), `sheet` the one that was chosen before.
    """

    look = {"sheet": Look(missing="Select the sheet that is the list", small=True)}

    def __init__(self, *args: Any, questions: dict[str, Any], sheet: str = "", **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, **answer_questions(questions, sheet)}  # type: ignore[misc]
        self.headings = questions.get("headings", [])
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """`sheet`, and `columns` by heading."""
        columns = {each["name"]: self.cleaned_data[f"column_{at}"] for at, each in enumerate(self.headings)}
        return {"sheet": self.cleaned_data.get("sheet", ""), "columns": columns}


def answer_questions(questions: dict[str, Any], sheet: str) -> dict[str, forms.Field]:
    """The sheet where there are several, then each heading, beginning with what it was read as or may have meant."""
    asked: dict[str, forms.Field] = {}
    if sheets := questions.get("sheets", []):
        asked["sheet"] = forms.ChoiceField(
            label="Which sheet is the list?",
            choices=[(name, name) for name in sheets],
            widget=forms.RadioSelect,
            initial=sheet,
        )
    for at, each in enumerate(questions.get("headings", [])):
        asked[f"column_{at}"] = forms.ChoiceField(
            label=f"“{each['heading']}”",
            choices=[NOT_READ, *((name, name) for name in KNOWN)],
            initial=each["column"] or each["meant"],
            required=False,
        )
    return asked


def pot_questions() -> dict[str, forms.Field]:
    """Into which pot each status goes, as in the standard table unless something else is chosen."""
    return {
        f"pot_{status}": forms.ChoiceField(label=STATUS_WORDS[status], choices=POT_WORDS, initial=pot)
        for status, pot in POT_OF_STATUS.items()
    }


class AgreementForm(GovukForm):
    """An agreement with its table of pots. `cleaned_data["pots"]` maps every status to its pot."""

    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.filter(engaged=True), empty_label="Select a force"
    )
    title = TextField(label="Title", max_length=120)
    starts_on = GovukDateField(label="First day")
    ends_on = GovukDateField(label="Last day", required=False)
    stale_after_days = forms.IntegerField(
        label="Days until a report is out of date", min_value=1, max_value=365, initial=28
    )
    purge_after_days = forms.IntegerField(
        label="Days until rows no longer needed are deleted", min_value=1, max_value=365, initial=14
    )
    look = {
        "title": Look(hint="As on the signed document", missing="Enter the title"),
        "starts_on": Look(hint="For example, 1 12 2026"),
        "ends_on": Look(hint="This day is included. Leave it blank if none was agreed.", optional=True),
        "stale_after_days": Look(
            width=3, inputmode="numeric", hint="After that the list must be washed again."
        ),
        "purge_after_days": Look(
            width=3, inputmode="numeric", hint="Rows of people who were not found or are not liable."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, **pot_questions()}  # type: ignore[misc]  # before they are copied
        super().__init__(*args, **kwargs)

    @property
    def pot_fields(self) -> list[forms.BoundField]:
        """One question a status."""
        return [self[name] for name in pot_questions()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["pots"] = {status: cleaned.pop(f"pot_{status}", pot) for status, pot in POT_OF_STATUS.items()}
        return cleaned


class EndForm(GovukForm):
    """The last day of an agreement."""

    ends_on = GovukDateField(label="Last day", required=False)
    look = {"ends_on": Look(hint="This day is included. Leave it empty for no last day.", optional=True)}


class ReportFilter(GovukForm):
    """Filters of a report."""

    pot = forms.MultipleChoiceField(
        label="Pot", choices=POT_WORDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    grade = forms.MultipleChoiceField(
        label="Grade", choices=GRADE_WORDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    look = {"pot": Look(small=True), "grade": Look(small=True)}


class SearchForm(GovukForm):
    """One's own reference of a row."""

    words = TextField(label="Search by your own row reference", max_length=200)
    look = {
        "words": Look(
            missing="Enter a row reference",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }

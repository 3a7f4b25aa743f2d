"""Value added activity is for cases without a flag: whoever asks for it is told of a flag that may be the subject's."""

from typing import Any

from django import forms

from casework.support.forms import ValueAddedForm
from casework.support.queries import flags_like
from nexus.accounts.models import User
from nexus.ui.forms import Look
from referrals.models import SpecialConditionsFlag


class ComparedForm(ValueAddedForm):
    """The form with a question more where a person born that day with a similar name is flagged. The asker decides."""

    another_person = forms.BooleanField(label="It is another person", required=False)
    look = {**ValueAddedForm.look, "another_person": Look(missing="Say that it is another person")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.alike: list[SpecialConditionsFlag] = []
        if (
            not self.is_bound
        ):  # nobody is compared yet: not to be seen, and for the interface a name all the same
            self.fields["another_person"].widget.input_type = "hidden"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        another = cleaned.pop("another_person", False)
        if self._is_a_new_subject(cleaned):
            self.alike = flags_like(cleaned["subject_name"], cleaned["subject_born"], self.by)
        if not self.alike:
            del self.fields["another_person"]
        elif not another:
            self.add_error("another_person", "Ask from the flag, or say that it is another person")
        return cleaned

    def _is_a_new_subject(self, cleaned: dict[str, Any]) -> bool:
        """It is asked once of a subject: not again where another answer of a draft changes."""
        names = ("subject_name", "subject_born")
        return all(cleaned.get(name) for name in names) and any(
            cleaned[name] != self.initial.get(name) for name in names
        )

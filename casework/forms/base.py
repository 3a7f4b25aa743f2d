"""What the forms about a case share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.models import Case
from casework.permissions import WHO_MAY
from casework.rules.planning import reasons_not_to_plan_for
from nexus.accounts.models import User
from nexus.ui.forms import GovukForm

LONG = 4000  # characters of a reason, a note or what happened


FORCE_READS = "The force will read this. Leave out legal advice, health and other people’s details."


class CaseForm(GovukForm):
    """A form about one case, filled in by one person."""

    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        self.case, self.by = case, by
        super().__init__(*args, **kwargs)


def people(verb: str) -> Any:
    """Everybody who may do this to a case."""
    return User.objects.filter(role__in=WHO_MAY[verb], is_active=True).order_by("full_name")


def not_past(day: date, what: str) -> date:
    """The rule's own sentence at the field; the action asks the rule again."""
    for reason in reasons_not_to_plan_for(day, today=timezone.localdate(), what=what):
        raise ValidationError(reason)
    return day


class PersonField(forms.ModelChoiceField):
    """A person, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.get_role_display()}"

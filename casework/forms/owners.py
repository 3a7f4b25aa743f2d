"""Whose case it is."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from casework.forms.base import LONG, CaseForm
from casework.lists import Load
from casework.rules.words import written
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.formatting import count
from nexus.ui.forms import GovukForm, Look, ReasonsField


class CaseOwnerField(forms.ModelChoiceField):
    """An accredited case-owner, with the work they have already, and away until when. It informs and decides nothing."""

    loads: Mapping[int, Load] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **{"label": "Case-owner", **kwargs})

    def label_from_instance(self, obj: Any) -> str:
        load = self.loads.get(obj.pk)
        if obj.role != Role.CASE_OWNER:
            return f"{obj.full_name}, {obj.get_role_display()}"
        away = f". Away until {written(load.away_until)}" if load and load.away_until else ""
        if load is None or not load.total:
            return f"{obj.full_name}: no open cases{away}"
        cases, points = count(load.total, "open case"), count(load.points, "point")
        return f"{obj.full_name}: {cases}, {load.overdue} overdue, {points}{away}"


def accredited() -> QuerySet[User]:
    """Who may have a case (p. 6)."""
    able = User.objects.filter(role=Role.CASE_OWNER, nsa_accredited=True, is_active=True)
    return able.order_by("full_name")


class AssignForm(CaseForm):
    """Who gets the case: accredited case-owners only, with what each has."""

    case_owner = CaseOwnerField()
    look: Mapping[str, Look] = {
        "case_owner": Look(hint="Only accredited case-owners are listed", missing="Select the case-owner")
    }

    def __init__(self, *args: Any, loads: Iterable[Load] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(CaseOwnerField, self.fields["case_owner"])
        field.loads = {load.person.pk: load for load in loads}
        field.queryset = accredited().exclude(pk=self.case.case_owner_id or 0)


class ReassignForm(AssignForm):
    reason = ReasonsField(label="Why does the case change hands?", max_length=LONG)
    look: Mapping[str, Look] = {
        **AssignForm.look,
        "reason": Look(missing="Enter why the case changes hands", noun="the reason"),
    }


class AllocateForm(GovukForm):
    reason = ReasonsField(label="Why does the case come to Liverpool?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="Which team gave it up, and when",
            missing="Enter why the case comes to Liverpool, and which team gave it up",
            noun="the reason",
        )
    }

"""The form of one check, made from the text it is about."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms

from casework.forms import LONG
from casework.material.actions.checking import judged, judgements_of, reasons_not_to_let_out
from casework.material.forms.base import INSIDE
from casework.material.models import Check, Record, Version
from casework.material.rules import CHECKLIST, Disclosable, reasons_none_attached
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField, YesNoField


def check_form_of(
    version: Version, attached: Sequence[Record], before: Check | None = None
) -> type[GovukForm]:
    """The form of one check: the format point by point, the text paragraph by paragraph, each record; and why it lets
    out what the check `before` had redacted."""
    fields: dict[str, forms.Field] = {}
    looks: dict[str, Look] = {}
    for code, point in CHECKLIST.items():
        name = f"point_{code}"
        fields[name] = YesNoField(label=point.question)
        looks[name] = Look(missing=f"Answer: {point.question}", inline=True, small=True)
    for number in range(1, len(version.paragraphs) + 1):
        fields |= paragraph_fields(number)
        looks |= paragraph_looks(number)
    for record in attached:
        name, which = f"record_{record.pk}", f"the record “{record.description}”"
        fields[name] = YesNoField(label=f"May {which} be disclosed?")
        looks[name] = Look(missing=f"Select whether {which} may be disclosed", inline=True, small=True)
    fields["remarks"] = TextField(
        label="Remarks on the whole", multi_line=True, max_length=LONG, required=False
    )
    looks["remarks"] = Look(hint=INSIDE, optional=True, rows=3)
    fields["removes_because"] = ReasonsField(
        label="Why a redaction of the earlier check is removed", max_length=LONG, required=False
    )
    looks["removes_because"] = Look(
        hint="Only for what was redacted before and is not now", optional=True, rows=3
    )
    answers = partial(answers_of_check, paragraphs=len(version.paragraphs), attached=attached)
    methods = {
        "answers": lambda form: answers(form),
        "clean": lambda form: clean_check(form, version, attached, before),
    }
    return type("CheckForm", (GovukForm,), {**fields, "look": looks, **methods})


def clean_check(
    form: GovukForm, version: Version, attached: Sequence[Record], before: Check | None
) -> dict[str, Any]:
    """What contradicts the record or the earlier check is said at its field."""
    given = form.cleaned_data
    for sentence in reasons_none_attached(given.get("point_records"), len(attached)):
        form.add_error("point_records", sentence)
    if all(f"disclosable_{number}" in given for number in range(1, len(version.paragraphs) + 1)):
        now = judged(version, judgements_of(given, len(version.paragraphs)))
        because = given.get("removes_because", "")
        for sentence in reasons_not_to_let_out(before, now, because=because):
            form.add_error("removes_because", sentence)
    return given


MAY_BE_DISCLOSED = [(each.value, each.label) for each in Disclosable]


def paragraph_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"disclosable_{number}": forms.ChoiceField(
            label=f"May paragraph {number} be disclosed?",
            choices=MAY_BE_DISCLOSED,
            widget=forms.RadioSelect,
        ),
        f"to_redact_{number}": TextField(
            label=f"Words to redact in paragraph {number}", multi_line=True, max_length=LONG, required=False
        ),
        f"remark_{number}": TextField(label=f"Remark on paragraph {number}", max_length=500, required=False),
    }


def paragraph_looks(number: int) -> dict[str, Look]:
    return {
        f"disclosable_{number}": Look(
            missing=f"Select whether paragraph {number} may be disclosed", inline=True, small=True
        ),
        f"to_redact_{number}": Look(
            hint="Copy the exact words, one passage on each line. Only “With redaction” needs them.",
            optional=True,
            rows=2,
        ),
        f"remark_{number}": Look(optional=True),
    }


def answers_of_check(form: GovukForm, *, paragraphs: int, attached: Sequence[Record]) -> dict[str, Any]:
    """What the action `check_statement` takes, from a form that is valid."""
    given = form.cleaned_data
    return {
        "points": {code: given[f"point_{code}"] for code in CHECKLIST},
        "paragraphs": judgements_of(given, paragraphs),
        "records": {record.pk: given[f"record_{record.pk}"] for record in attached},
        "remarks": given["remarks"],
        "removes_because": given["removes_because"],
    }


class CheckForm(check_form_of(Version(paragraphs=[""]), ())):  # type: ignore[misc]  # of a text of one paragraph
    """Every point, every paragraph (`disclosable_2`, `to_redact_2`, `remark_2` and so on) and every record
    (`record_<id>`, true or false) is answered."""

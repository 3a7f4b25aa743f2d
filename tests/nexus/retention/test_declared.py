"""Every table says how long it is kept and which of its fields are about people."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from nexus.retention import declared
from nexus.retention.classes import CLASSES, retention_class
from nexus.retention.declared import declarations, kept, mistakes, tables

TODAY = date(2026, 11, 30)
PEOPLE = {"accounts.User", "accounts.Force", "accounts.Team"}


def test_every_table_declares_its_retention_class_and_its_personal_fields() -> None:
    assert list(mistakes()) == []


def test_every_declared_class_stands_in_the_table_of_classes() -> None:
    for label, told in declarations().items():
        assert retention_class(told.retention, on=TODAY).code == told.retention, label


def test_no_class_claims_a_period_that_nobody_lawful_has_set() -> None:
    """A period is confirmed, or says that it is to be."""
    assert all(each.confirmed or "o be confirmed" in each.source for each in CLASSES if each.days is not None)


def test_what_points_to_a_record_belongs_to_it() -> None:
    """Else it would outlive the record, and its erasure would fail at the foreign key."""
    of_record = {label for label, told in declarations().items() if told.within} | {"referrals.Referral"}
    for model in tables():
        pointing = {target(field) for field in model._meta.concrete_fields if field.is_relation} - PEOPLE
        if pointing & of_record:
            assert kept(model).within, f"{model._meta.label} points to a record and does not belong to it"


def target(field: Any) -> str:
    related: type[Model] = field.related_model
    return related._meta.label


@pytest.mark.parametrize("name", ["surname", "date_of_birth", "created_at"])
def test_a_field_left_out_of_the_declaration_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: a name, a date and a moment that the declaration forgets."""
    told = declarations()["referrals.Referral"]
    without = replace(
        told,
        personal=" ".join(set(told.personal_fields) - {name}),
        other=" ".join(set(told.other_fields) - {name}),
    )
    monkeypatch.setattr(declared, "declarations", lambda: {**declarations(), "referrals.Referral": without})
    assert list(mistakes()) == [
        f"referrals.Referral: {name} is neither among the personal fields nor the others."
    ]


def test_a_table_left_out_of_the_declaration_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: a part that forgets one of its tables."""
    known = {label: told for label, told in declarations().items() if label != "casework.CaseNote"}
    monkeypatch.setattr(declared, "declarations", lambda: known)
    assert apps.get_model("casework.CaseNote") in tables()
    assert list(mistakes()) == ["casework.CaseNote declares no retention class and no personal fields."]

"""Every table says whose its rows are: found by walking all models, never by a list."""

from collections.abc import Iterator

import pytest
from django.db.models import Model

from casework.models import CaseNote
from nexus.accounts.models import User
from nexus.privileges import our_tables
from nexus.retention.declared import kept
from nexus.row_security import OFFICE_ONLY, SeenBy, open_to_all, seen_by, target_of
from referrals.models import Referral

# Retention classes of what is about staff and the service itself, and of no force's referral.
OF_THE_SERVICE = {"account", "audit", "desk", "session", "telling"}


def said(model: type[Model]) -> SeenBy:
    return seen_by(model) or OFFICE_ONLY


def mistakes() -> Iterator[str]:
    """What is not declared, or is open to all though it tells of a subject, in sentences."""
    for model in our_tables():
        label = model._meta.label
        if seen_by(model) is None:
            yield f"{label} does not say whose its rows are."
        elif (
            said(model).open_because and kept(model).personal and kept(model).retention not in OF_THE_SERVICE
        ):
            yield f"{label} holds personal data of a record and is open to all."


def test_every_table_says_whose_its_rows_are() -> None:
    assert list(mistakes()) == []


def test_every_way_ends_at_a_force() -> None:
    """What is seen with something else leads, step by step, to a table that names a force or a person."""
    for model in our_tables():
        if said(model).its:
            assert leads_to_somebody(model, set()), f"{model._meta.label} leads to nobody"


def leads_to_somebody(model: type[Model], passed: set[type[Model]]) -> bool:
    if said(model).force or said(model).person or said(model) == OFFICE_ONLY:
        return True
    onward = {target_of(model, name) for name in said(model).its} - passed
    return any(leads_to_somebody(each, passed | onward) for each in onward)


def test_what_belongs_to_a_record_is_open_to_nobody_else() -> None:
    """By the declarations of retention: what goes with a referral is seen with it."""
    records = [each for each in our_tables() if each is not User and kept(each).retention == "record"]
    assert len(records) > 50
    open_ones = [each._meta.label for each in records if said(each).open_because and kept(each).personal]
    assert open_ones == []


def test_what_is_declared_names_fields_that_exist() -> None:
    for model in our_tables():
        declared = said(model)
        for name in (*filter(None, (declared.force, declared.maker, declared.person)), *declared.its):
            assert model._meta.get_field(name).is_relation, (model, name)
        assert all(issubclass(target_of(model, path), Model) for path in declared.shows)


@pytest.mark.parametrize("instead", [None, open_to_all("Nobody minds.")])
def test_a_table_that_forgets_to_say_it_is_found(
    instead: SeenBy | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: a note that says nothing, and one that claims to hold nothing personal."""
    monkeypatch.setattr(CaseNote, "SEEN_BY", instead)
    (found,) = mistakes()
    assert found.startswith("casework.CaseNote")


def test_a_referral_names_its_force() -> None:
    assert said(Referral).force == "force"

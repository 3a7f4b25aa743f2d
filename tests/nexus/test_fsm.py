"""State machines: the code's table of moves is also the database's."""

from inspect import isfunction, signature

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.models import Model

from nexus.accounts.roles import Role
from nexus.fsm import StateModel
from nexus.refusals import Refused
from referrals import actions
from referrals.models import Referral
from tests import builders

MACHINES = [model for model in apps.get_models() if issubclass(model, StateModel)]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MACHINES)
def test_the_transitions_are_the_table(model: type[StateModel]) -> None:
    state = model._meta.get_field("state")
    declared = {
        (transition.name, transition.source, transition.target)
        for transition in state.get_all_transitions(model)
    }
    table = {(verb, *pair) for verb, move in model.MOVES.items() for pair in move.pairs}
    assert declared == table


@pytest.mark.parametrize("model", MACHINES)
def test_no_verb_takes_a_name_that_a_model_needs(model: type[StateModel]) -> None:
    """A verb becomes a method of the model: it may not be called `delete` or `check`, nor like a field."""
    taken = {*dir(StateModel), *(field.name for field in model._meta.get_fields())}
    assert not taken & set(model.MOVES)


@pytest.mark.parametrize("model", MACHINES)
def test_what_a_move_writes_is_named_after_its_verb(model: type[StateModel]) -> None:
    """A method that takes `by` and `now` and is no verb's would never be called by `move`."""
    takes = {
        name
        for name, method in vars(model).items()
        if isfunction(method) and {"by", "now"} <= set(signature(method).parameters)
    }
    assert takes - {"end"} <= set(model.MOVES)  # Challenge.end is what its four verbs share


def test_every_life_is_here() -> None:
    assert len(MACHINES) == 15


@pytest.mark.parametrize("model", MACHINES)
def test_every_state_can_be_reached_and_all_are_known_to_the_database(model: type[StateModel]) -> None:
    states = {value for value, _ in model._meta.get_field("state").choices}
    reached = {pair[1] for move in model.MOVES.values() for pair in move.pairs}
    start = model._meta.get_field("state").default
    assert states == reached | {start}


@pytest.mark.parametrize("model", MACHINES)
def test_the_guard_is_in_the_database(model: type[StateModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        names = " ".join(name for (name,) in cursor.fetchall())
    assert "only_legal_moves" in names
    assert "starts_at_the_start" in names


def refused_by_the_database(model: type[Model], pk: int, **values: str) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=pk).update(**values)
    except (InternalError, IntegrityError):
        return True
    return False


def test_update_cannot_make_an_illegal_move() -> None:
    referral = builders.a_submitted()
    for state, _ in Referral._meta.get_field("state").choices:
        legal = ("submitted", state) in {pair for move in Referral.MOVES.values() for pair in move.pairs}
        if not legal and state != "submitted":
            assert refused_by_the_database(Referral, referral.pk, state=state), state


def test_update_cannot_skip_the_name_that_goes_with_a_state() -> None:
    referral = builders.a_submitted()
    assert refused_by_the_database(Referral, referral.pk, state="in_triage")  # nobody holds it


def test_a_row_cannot_be_born_decided() -> None:
    officer = builders.a_user(Role.POLICE_OFFICER)
    with pytest.raises(InternalError), transaction.atomic():
        Referral.objects.create(
            reference="NHH-2026-999999",
            force=officer.force,
            created_by=officer,
            created_at=builders.NOON,
            changed_at=builders.NOON,
            state="withdrawn",
        )


def test_assigning_the_state_is_refused() -> None:
    referral = builders.a_draft()
    with pytest.raises(AttributeError):
        referral.state = "accepted"


def test_refreshing_keeps_the_protection() -> None:
    referral = builders.a_complete_draft()
    actions.submit(referral_id=referral.pk, by=referral.created_by, now=builders.NOON)
    assert referral.state == "draft"
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert Referral._meta.get_field("state").protected
    with pytest.raises(AttributeError):
        referral.state = "accepted"


def test_refreshing_a_row_that_is_gone_keeps_the_protection() -> None:
    referral = builders.a_draft()
    referral.pk = 0  # no row is ever deleted, and none has this number
    with pytest.raises(Referral.DoesNotExist):
        referral.refresh_from_db()
    assert referral.state == "draft"
    assert Referral._meta.get_field("state").protected


def test_a_move_the_state_forbids_is_a_sentence() -> None:
    referral = builders.a_submitted()
    with pytest.raises(Refused) as refusal:
        actions.submit(referral_id=referral.pk, by=referral.created_by, now=builders.NOON)
    assert refusal.value.reasons == ["This referral is now “Submitted”, so it cannot be submitted."]


def test_every_move_is_written_down() -> None:
    referral = builders.in_triage()
    assert [(change.verb, change.from_state, change.to_state) for change in referral.changes.all()] == [
        ("submit", "draft", "submitted"),
        ("claim", "submitted", "in_triage"),
    ]

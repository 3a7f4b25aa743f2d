"""State machines as data: one table of moves per model makes the field, the transitions,
the database's own guard and the state page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.core.checks import CheckMessage, Error
from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from nexus.privileges import NEVER_DELETED, WRITTEN_ONCE
from nexus.refusals import refuse_if
from nexus.states import StateRecord


@dataclass(frozen=True)
class Move:
    """One verb: from which states it may be called and to which it leads.

    `done` is the verb's past participle: audit kinds end with it, and refusals say it, or `refused_as`
    where that reads better.
    """

    source: tuple[str, ...]
    target: str
    done: str
    refused_as: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(source, self.target) for source in self.source]


Moves = Mapping[str, Move]


def state_field(choices: type[models.TextChoices], initial: str) -> FSMField:
    """The protected state column."""
    return FSMField(
        choices=choices.choices, default=initial, protected=True, max_length=30, editable=False, db_index=True
    )


def state_check(choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """The database accepts only states that exist."""
    return models.CheckConstraint(condition=models.Q(state__in=choices.values), name=name)


def state_guards(moves: Iterable[Move], *, initial: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse an illegal move or an invented first state, also from `.update()`."""
    pairs = sorted({pair for move in moves for pair in move.pairs if pair[0] != pair[1]})
    return [
        pgtrigger.FSM(name="only_legal_moves", field="state", transitions=pairs),
        pgtrigger.Trigger(
            name="starts_at_the_start",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Q(new__state__df=initial),
            func=f"RAISE EXCEPTION 'A new row starts as {initial}, not as %', NEW.state;",
        ),
    ]


class StateChange(models.Model):
    """Who moved a row, when, why, from where to where. Append-only; subclasses name the row."""

    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=30)
    to_state = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


def transition_of(model: type, verb: str, move: Move) -> Callable[..., None]:
    """The django-fsm transition of one move.

    It calls the model's method named after the verb, which sets what the move writes beside the state. Most moves
    write nothing else, and their models have no such method.
    """
    writes = model.__dict__.get(verb)
    if writes is None:

        def writes(self: Any, *, by: Any, now: datetime) -> None:
            """Only the state moves."""

        writes.__name__, writes.__qualname__ = verb, f"{model.__qualname__}.{verb}"
    made: Callable[..., None] = transition("state", list(move.source), move.target)(writes)
    return made


def kept_fields(model: type[models.Model]) -> list[Any]:
    """The columns that a save of the model writes."""
    return [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]


class StateModel(ConcurrentTransitionMixin, models.Model):
    """Base of every model with a state.

    A subclass names its table of states in `STATES`, of moves in `MOVES`, itself in `NOUN`, and has a related manager
    `changes` of its `StateChange`. Each row of the table becomes a transition of django-fsm; a method named after
    the verb is written only where the move sets more than the state.

    django-fsm-2's own `refresh_from_db` switches the protection of the field off for all threads
    while it runs, and for good when the row is gone. Forgetting the old value first needs neither.
    """

    STATES: ClassVar[Mapping[Any, StateRecord]]
    MOVES: ClassVar[Moves]
    NOUN: ClassVar[str]

    if TYPE_CHECKING:
        state: str
        changes: Any

        def get_state_display(self) -> str: ...

    PRIVILEGES = NEVER_DELETED

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for verb, move in cls.__dict__.get("MOVES", {}).items():
            setattr(cls, verb, transition_of(cls, verb, move))

    @classmethod
    def check(cls, **kwargs: Any) -> list[CheckMessage]:
        """Django's own checks of a model, and that every state has its record."""
        known = dict(cls._meta.get_field("state").choices)  # type: ignore[union-attr, arg-type]
        missing = [state for state in known if state not in cls.STATES]
        words = "The state “{}” of a {} has no record in STATES."
        return super().check(**kwargs) + [
            Error(words.format(known[state], cls.NOUN), obj=cls, id="nexus.E002") for state in missing
        ]

    @property
    def state_record(self) -> StateRecord:
        """All that is said of the state the row is in."""
        return self.STATES[self.state]

    def reasons_not_to_move(self, verb: str) -> list[str]:
        """One sentence when the state does not allow the verb, else nothing."""
        move = self.MOVES[verb]
        if self.state in move.source:
            return []
        label = self.get_state_display()
        return [
            f"This {self.NOUN} is now “{label}”, so it cannot be {move.refused_as or move.done.replace('_', ' ')}."
        ]

    def move(self, verb: str, *, by: Any, now: datetime, reason: str = "", **values: Any) -> None:
        """Make the move, save the row and write down the change. Call with the row locked.

        `values` go to the method named after the verb. Raises `Refused` when the state does not allow the verb.
        """
        refuse_if(self.reasons_not_to_move(verb))
        before = self.state
        getattr(self, verb)(by=by, now=now, **values)
        self.settle(now=now)
        self.save()
        self.changes.create(verb=verb, from_state=before, to_state=self.state, by=by, at=now, reason=reason)

    @classmethod
    def move_all(
        cls, rows: Sequence["StateModel"], verb: str, *, by: Any, now: datetime, reason: str = ""
    ) -> None:
        """As `move`, of many rows of this model in two statements. Call with all of them locked."""
        before = [{field.attname: getattr(row, field.attname) for field in kept_fields(cls)} for row in rows]
        for row in rows:
            refuse_if(row.reasons_not_to_move(verb))
            getattr(row, verb)(by=by, now=now)
            row.settle(now=now)
        changed = [
            field.name
            for field in kept_fields(cls)
            if any(
                getattr(row, field.attname) != old[field.attname]
                for row, old in zip(rows, before, strict=True)
            )
        ]
        cls._base_manager.bulk_update(rows, changed)
        for row in rows:
            row._update_initial_state()
        changes = cls.changes.rel.related_model
        owner = cls.changes.rel.field.name
        changes._base_manager.bulk_create(
            changes(
                **{owner: row}, verb=verb, from_state=old["state"], to_state=row.state, by=by, at=now, reason=reason
            )
            for row, old in zip(rows, before, strict=True)
        )  # fmt: skip

    def settle(self, *, now: datetime) -> None:
        """Set what the row keeps of the state it has just moved to; a model that keeps something overrides it."""

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if fields is None:
            fields = [field.attname for field in self._meta.concrete_fields if field.attname in self.__dict__]
            self._prefetched_objects_cache: dict[str, Any] = {}
        if "state" not in fields:
            models.Model.refresh_from_db(self, using, fields, from_queryset)
            return
        before = self.__dict__.pop(
            "state", None
        )  # the descriptor refuses to overwrite a state, not to set one
        try:
            models.Model.refresh_from_db(self, using, fields, from_queryset)
        except self.DoesNotExist:
            self.__dict__["state"] = before
            raise
        self._update_initial_state()

    def clean_fields(self, exclude: Any = None) -> None:
        # full_clean() would assign the protected field.
        super().clean_fields(exclude={*(exclude or ()), "state"})

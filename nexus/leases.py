"""Rows that one worker at a time works on. Rows are the truth, messages are hints (ADR 0011, 0032).

A worker takes a waiting row: the row then bears a token and says when the worker's lease ends. Whoever holds
that token, and nobody else, may write to it. A worker that dies leaves a lease that ends, and a sweep finds it.

The same for every kind of row is how one is taken, held and found again. What becomes of a row whose worker
failed is each kind's own promise and stands in its actions: a report is built again, an e-mail never sent twice.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q, QuerySet

from nexus.fsm import StateModel

STALLED = "the worker stopped"  # the reason beside the move of a row whose lease ended


class LeasedModel(StateModel):
    """Base of every row a worker takes. It bears a lease in the state `WORKING` and in no other.

    A subclass names the state in which it waits for a worker and the one in which it is worked on, has a move
    `begin` from the one to the other, and `lease_check` among its constraints. One that is worked on twice in its
    life names in `TAKEN_BY` every move that takes it.
    """

    WAITING: ClassVar[str]
    WORKING: ClassVar[str]
    WAITS_SINCE: ClassVar[str]  # the column
    TAKEN_BY: ClassVar[tuple[str, ...]] = ("begin",)

    lease_ends_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def move(self, verb: str, *, by: Any, now: datetime, reason: str = "", **values: Any) -> None:
        """As every move, and whatever leads out of the work ends the lease."""
        if self.MOVES[verb].target not in self.working_states():
            self.lease_token = self.lease_ends_at = None
        super().move(verb, by=by, now=now, reason=reason, **values)

    @classmethod
    def waiting_states(cls) -> tuple[str, ...]:
        """The states in which it waits for a worker."""
        return tuple(source for verb in cls.TAKEN_BY for source in cls.MOVES[verb].source)

    @classmethod
    def working_states(cls) -> tuple[str, ...]:
        """The states in which it bears a lease."""
        return tuple(cls.MOVES[verb].target for verb in cls.TAKEN_BY)


Row = TypeVar("Row", bound=LeasedModel)


def lease_check(*working: str, name: str) -> models.CheckConstraint:
    """The database accepts a lease on a row that is worked on, and on no other."""
    at_work: dict[str, Any] = {"state": working[0]} if len(working) == 1 else {"state__in": working}
    return models.CheckConstraint(
        condition=Q(**at_work, lease_token__isnull=False, lease_ends_at__isnull=False)
        | (~Q(**at_work) & Q(lease_token__isnull=True, lease_ends_at__isnull=True)),
        name=name,
    )


def take(
    rows: QuerySet[Row], pk: int, *, now: datetime, lasting: timedelta, verb: str = "begin"
) -> Row | None:
    """The row, taken for that long by the move `verb`. None when it is not among `rows`, does not wait, or is being taken now.

    Call it in a transaction, as `held` and `abandoned`: what they give is locked until that ends.
    """
    row = _locked(rows, skip=True).filter(pk=pk, state__in=rows.model.MOVES[verb].source).first()
    if row is not None:
        row.lease_token, row.lease_ends_at = uuid4(), now + lasting
        row.attempts += 1
        row.move(verb, by=None, now=now)
    return row


def held(rows: QuerySet[Row], pk: int, *, token: UUID, verb: str = "begin") -> Row | None:
    """The row, while its lease still bears this token. None when it has passed to somebody else."""
    return _locked(rows).filter(pk=pk, state=rows.model.MOVES[verb].target, lease_token=token).first()


def abandoned(rows: QuerySet[Row], *, now: datetime, verb: str = "begin") -> QuerySet[Row]:
    """Rows whose lease is over. One that is locked is being worked on whatever its lease says, and is left out."""
    return _locked(rows, skip=True).filter(state=rows.model.MOVES[verb].target, lease_ends_at__lt=now)


def available(rows: QuerySet[Row], *, verb: str = "begin") -> QuerySet[Row]:
    """Rows a worker may take."""
    return rows.filter(state__in=rows.model.MOVES[verb].source)


def _locked(rows: QuerySet[Row], *, skip: bool = False) -> QuerySet[Row]:
    return rows.select_for_update(of=("self",), skip_locked=skip)

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
    `begin` from the one to the other, and `lease_check` among its constraints.
    """

    WAITING: ClassVar[str]
    WORKING: ClassVar[str]
    WAITS_SINCE: ClassVar[str]  # the column

    lease_ends_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def move(self, verb: str, *, by: Any, now: datetime, reason: str = "", **values: Any) -> None:
        """As every move, and whatever leads out of the work ends the lease."""
        if self.MOVES[verb].target != self.WORKING:
            self.lease_token = self.lease_ends_at = None
        super().move(verb, by=by, now=now, reason=reason, **values)


Row = TypeVar("Row", bound=LeasedModel)


def lease_check(working: str, *, name: str) -> models.CheckConstraint:
    """The database accepts a lease on a row that is worked on, and on no other."""
    return models.CheckConstraint(
        condition=Q(state=working, lease_token__isnull=False, lease_ends_at__isnull=False)
        | (~Q(state=working) & Q(lease_token__isnull=True, lease_ends_at__isnull=True)),
        name=name,
    )


def take(rows: QuerySet[Row], pk: int, *, now: datetime, lasting: timedelta) -> Row | None:
    """The row, taken for that long. None when it is not among `rows`, does not wait, or is being taken now.

    Call it in a transaction, as `held` and `abandoned`: what they give is locked until that ends.
    """
    row = _locked(rows, skip=True).filter(pk=pk, state=rows.model.WAITING).first()
    if row is not None:
        row.lease_token, row.lease_ends_at = uuid4(), now + lasting
        row.attempts += 1
        row.move("begin", by=None, now=now)
    return row


def held(rows: QuerySet[Row], pk: int, *, token: UUID) -> Row | None:
    """The row, while its lease still bears this token. None when it has passed to somebody else."""
    return _locked(rows).filter(pk=pk, state=rows.model.WORKING, lease_token=token).first()


def abandoned(rows: QuerySet[Row], *, now: datetime) -> QuerySet[Row]:
    """Rows whose lease is over. One that is locked is being worked on whatever its lease says, and is left out."""
    return _locked(rows, skip=True).filter(state=rows.model.WORKING, lease_ends_at__lt=now)


def available(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows a worker may take."""
    return rows.filter(state=rows.model.WAITING)


def _locked(rows: QuerySet[Row], *, skip: bool = False) -> QuerySet[Row]:
    return rows.select_for_update(of=("self",), skip_locked=skip)

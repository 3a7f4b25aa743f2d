"""A referral as a force's own system has it: the whole of it in one call, told apart by the force's own reference.

The same call again changes nothing and leaves no entry. What differs is saved by the actions of the pages.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Model

from nexus.accounts.models import Force, User
from nexus.refusals import Refused, refuse_if
from referrals.actions.draft import (
    ROWS,
    add_row,
    change_row,
    reasons_not_to_edit,
    remove_row,
    save_section,
    start,
)
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.states import State

Values = Mapping[str, Any]
Change = Callable[[], Any]
# By which column a row is known again where its words have changed; a conduct event by the force's own reference.
KNOWN_BY = {"alias": "name", "nationality": "code", "conduct": "own_reference"}
SOMEBODY_ELSES = "Another referral of your force has this reference of yours. You may not see it."


def of_own_reference(by: User, force: Force | None, own_reference: str) -> Referral | None:
    """The force's referral with this reference of its own, withdrawn ones aside. Raises Refused for one out of sight."""
    same = Referral.objects.filter(force=force, own_reference=own_reference).exclude(state=State.WITHDRAWN)
    found = same.visible_to(by).first()
    if found is None and same.exists():
        raise Refused(SOMEBODY_ELSES)
    return found


@transaction.atomic
def found_or_started(
    *, by: User, now: datetime, force: Force | None, own_reference: str
) -> tuple[Referral, bool]:
    """The referral with this reference, and whether it was started now. Of two calls at once one starts it."""
    WHO_MAY.permit("start", by)
    force = by.force if by.is_police else force
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"own reference {force.pk if force else 0} {own_reference}"],
        )
    found = of_own_reference(by, force, own_reference)
    if found:
        return found, False
    made = start(by=by, now=now, idempotency_key=uuid4(), force=force, own_reference=own_reference)
    return made, True


@transaction.atomic
def save_whole(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    sections: Mapping[str, Values],
    rows: Mapping[str, Sequence[Values]],
) -> Referral:
    """Make the draft's answers and rows exactly these; of a sent one they must be so already. Raises Refused.

    `sections` has every column of each section it names, `rows` every row of each kind.
    """
    referral = Referral.objects.visible_to(by).get(pk=referral_id)
    named: dict[str, Any] = {"referral_id": referral_id, "by": by, "now": now}
    changes: list[Change] = [
        partial(save_section, **named, section=section, values=differing)
        for section, values in sections.items()
        if (differing := {name: value for name, value in values.items() if getattr(referral, name) != value})
    ]
    for kind, wanted in rows.items():
        changes += row_changes(referral, kind, wanted, named)
    if changes:
        refuse_if(reasons_not_to_edit(referral))
    for change in changes:
        change()
    return Referral.objects.get(pk=referral_id)


def row_changes(referral: Referral, kind: str, wanted: Sequence[Values], named: Values) -> list[Change]:
    """What makes the rows of one kind exactly these: those that go come first, so that no two are alike in between."""
    left: list[Any] = [*ROWS[kind].objects.filter(referral=referral).order_by("pk")]
    added: list[Change] = []
    for values in wanted:
        row = same_row(left, values, KNOWN_BY[kind])
        if row is None:
            added.append(partial(add_row, **named, kind=kind, values=dict(values)))
            continue
        left.remove(row)
        if not is_so(row, values):
            added.append(partial(change_row, **named, kind=kind, row_id=row.pk, values=dict(values)))
    return [partial(remove_row, **named, kind=kind, row_id=row.pk) for row in left] + added


def same_row(rows: Sequence[Model], values: Values, known_by: str) -> Model | None:
    """The row that says exactly this, or else the one that is known by the same."""
    exact = [row for row in rows if is_so(row, values)]
    known = [row for row in rows if values[known_by] and getattr(row, known_by) == values[known_by]]
    return next(iter(exact + known), None)


def is_so(row: Model, values: Values) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())

"""The step every person's action on a row begins with: lock it, and ask whether their role may do the verb.

A row that belongs to another is locked after it: the case before its material, its decision and its operation.
Two that took them the other way round would wait for each other for ever, so the order is one table,
`NEXUS_LOCKED_AFTER` in nexus/settings.py, and no action chooses its own.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Lock(Generic[Row]):
    """How the actions of one part lock a row of `model`: `lock = Lock(Material, WHO_MAY)`.

    `join` names what is read with the row: only what cannot change while the lock is waited for.
    """

    model: type[Row]
    who_may: WhoMay
    join: tuple[str, ...] = ()

    def __call__(self, pk: int, *, by: User, verb: str) -> Row:
        """The row, locked until the transaction ends, and before it every row it belongs to.

        Raises the model's DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
        """
        rows: Any = self.model._default_manager
        row: Row = lock_with_owners(rows.visible_to(by), pk, self.join)
        self.who_may.permit(verb, by)
        return row


def lock_with_owners(rows: "QuerySet[Row]", pk: int, join: tuple[str, ...] = ()) -> Row:
    """The row of this key, locked after the row it belongs to, and that after its own.

    It is looked for among `rows` again once its owner is locked: while that was waited for it may have left them.
    Who sees a part need not see the owner: the force sees its material and not the case.
    """
    owner = settings.NEXUS_LOCKED_AFTER.get(rows.model._meta.label)
    if owner is None:
        return _locked(rows, join).get(pk=pk)
    of_owner = cast(type[Model], rows.model._meta.get_field(owner).related_model)._base_manager.all()
    owner_id = rows.values_list(owner, flat=True).get(pk=pk)
    prefix = f"{owner}__"
    joined_to_owner = tuple(name.removeprefix(prefix) for name in join if name.startswith(prefix))
    held = lock_with_owners(of_owner, owner_id, joined_to_owner)
    row = _locked(rows, tuple(name for name in join if not name.startswith(prefix))).get(pk=pk)
    setattr(row, owner, held)
    return row


def _locked(rows: "QuerySet[Row]", join: tuple[str, ...]) -> "QuerySet[Row]":
    locked = rows.select_for_update(of=("self",))
    return locked.select_related(*join) if join else locked  # without a name it would join everything

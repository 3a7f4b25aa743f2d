"""One kind of row as people meet it: which rows exist for whom, who may do what to one, and that it was read.

OPERATIONS = Rows(noun="engagement", seen=engagements_of, who_may=WHO_MAY, recipient=recipient_of)
operation = OPERATIONS.open(request.user, "view", engagement_id=7)   # 404 outside, then 403
OPERATIONS.viewed(request.user, operation, page="detail")
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.audit.recording import record
from nexus.requests import SignedInRequest

Row = TypeVar("Row", bound=Model)


def take_turns(row: Model) -> None:
    """Wait until nobody else's request saves a page of this row, and keep others waiting until this one ends.

    It is not a lock of the row, so it stands in no order with those of actions (nexus/steps.py): it is always the
    first, and there is one a request.
    """
    keys = [zlib.crc32(word.encode()) - 2**31 for word in (row._meta.label_lower, str(row.pk))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", keys)


def to_nobody(by: User) -> str:
    """Of what stays inside the Home Office."""
    return ""


def itself(row: Any) -> Any:
    """Of a row whose audit entries are its own."""
    return row


@dataclass(frozen=True, kw_only=True)
class Rows(Generic[Row]):
    """`seen(by)` are the rows that exist for a person, with what every page of one needs of its neighbours.

    `noun` is the first word of its audit entries, `subject(row)` the row they are of, where that is another;
    `recipient(by)` names who outside the Home Office receives what this person reads. `lookups` says what a word
    of an address is looked up by, where that is not the row's own id.
    """

    noun: str
    seen: Callable[[User], QuerySet[Row]]
    who_may: WhoMay
    recipient: Callable[[User], str] = to_nobody
    subject: Callable[[Any], Model] = itself
    # Rows of no force hide nothing by not being there: a role that may do nothing with them is told so first (403).
    role_first: bool = False
    lookups: Mapping[str, str] = field(default_factory=dict)

    def find(self, by: User, **address: Any) -> Row:
        """The one behind the address. Raises Http404 outside what the person sees."""
        if self.role_first:
            self.who_may.permit_any(by)
        return get_object_or_404(
            self.seen(by), **{self.lookups.get(word, "pk"): value for word, value in address.items()}
        )

    def open(self, by: User, verb: str, **address: Any) -> Row:
        """The same; then raises PermissionDenied where the person's role may not do the verb."""
        row = self.find(by, **address)
        self.who_may.permit(verb, by)
        return row

    def open_in_turn(self, request: SignedInRequest, verb: str, **address: Any) -> Row:
        """The same for a page with a form. Whoever saves waits for those who save it now, and finds what they left: the
        form is compared with that (nexus/ui/stale.py)."""
        row = self.open(request.user, verb, **address)
        if request.method != "POST":
            return row
        take_turns(row)
        return self.find(request.user, **address)

    def viewed(self, by: User, row: Row, *, page: str = "", **detail: Any) -> None:
        """Write down that it was read, and by which force."""
        about = {"page": page, **detail} if page else detail
        record(
            kind=f"{self.noun}.viewed",
            by=by,
            subject=self.subject(row),
            now=timezone.now(),
            recipient=self.recipient(by),
            detail=about,
        )

    def listed(self, by: User, rows: Iterable[Model]) -> None:
        """Write down which rows a list showed, each once."""
        record(
            kind=f"{self.noun}.listed",
            by=by,
            subjects=dict.fromkeys(self.subject(row) for row in rows),
            now=timezone.now(),
            recipient=self.recipient(by),
        )

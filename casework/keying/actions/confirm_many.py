"""What another system has keyed, many entries at once, each with its own receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction

from casework.keying.actions.confirm import confirm
from nexus.accounts.models import User
from nexus.refusals import Refused

NOT_THERE = "There is no such entry for you to confirm."


@dataclass(frozen=True)
class Outcome:
    """What became of one receipt: `reasons` say why it was not confirmed."""

    key: str
    reasons: list[str]

    @property
    def confirmed(self) -> bool:
        return not self.reasons


@transaction.atomic
def confirm_many(
    *, system: str, receipts: Iterable[Mapping[str, str]], by: User, now: datetime
) -> list[Outcome]:
    """One outcome for each `key` and `receipt`, in their order: what is refused holds up none of the others."""
    return [_outcome(system, by=by, now=now, **each) for each in receipts]


def _outcome(system: str, *, key: str, receipt: str, by: User, now: datetime) -> Outcome:
    try:
        with transaction.atomic():
            confirm(key=key, by=by, now=now, system=system, receipt=receipt)
    except Refused as refused:
        return Outcome(key, refused.reasons)
    except (ObjectDoesNotExist, PermissionDenied):
        return Outcome(key, [NOT_THERE])
    return Outcome(key, [])

"""What an administrator asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import BankHoliday, User
from nexus.accounts.permissions import WHO_MAY
from nexus.parts import WorkWaiting
from nexus.ui import formatting
from nexus.working_days import list_ends_on, list_ends_soon, published


def users_like(words: str = "", *, role: str = "", force: Any = None, active: str = "") -> QuerySet[User]:
    """The accounts whose name or e-mail address contains the words, of a role and a force, that may
    (`yes`) or may not (`no`) sign in."""
    wanted = Q()
    if words:
        wanted &= Q(full_name__icontains=words) | Q(email__icontains=words)
    if role:
        wanted &= Q(role=role)
    if force:
        wanted &= Q(force=force)
    if active:
        wanted &= Q(is_active=active == "yes")
    return User.objects.filter(wanted).select_related("force", "team")


@dataclass(frozen=True)
class Holiday:
    """A bank holiday to come: `added` is the row of one that is not in the published list."""

    day: date
    name: str
    added: BankHoliday | None = None


def coming_holidays(today: date) -> list[Holiday]:
    """From today on, in order."""
    found = [Holiday(day, name) for day, name in published().items() if day >= today]
    standing = BankHoliday.objects.filter(day__gte=today, withdrawn_at=None).select_related("added_by")
    return sorted([*found, *(Holiday(each.day, each.reason, each) for each in standing)], key=by_day)


def by_day(holiday: Holiday) -> date:
    return holiday.day


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """From a year before the published list of bank holidays ends: somebody must see to the next."""
    if WHO_MAY.may("administer", user) and list_ends_soon(timezone.localdate(now)):
        words = f"The list of bank holidays ends on {formatting.date(list_ends_on())}"
        yield WorkWaiting(words, 1, reverse("administration:bank_holidays"))

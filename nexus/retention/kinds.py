"""The kinds of record that are reviewed and erased as a whole: a referral with its case, an enquiry, an assessment.

A part names its own in `PART.records`. A review knows its record by kind and id alone, because it outlives it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

Codes = Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """One kind.

    `over()` are the rows whose life is over, with `ended_at` and the code of their class as `retention`; what is in use
    is not among them. `reference` is what a row is called, `named` how it is looked up by that (pk -1 where the words are no
    reference), `page` where staff read it ("" where they may not). `codes`
    are what stays when it is erased: states, outcomes and days that figures count, and nothing about a person.
    `names` are what its subject is called, so that nobody writes it into a reason that stays.
    """

    code: str
    words: str
    label: str
    over: Callable[[], QuerySet[Any]]
    reference: Callable[[Any], str]
    named: Callable[[str], dict[str, Any]]
    page: Callable[[Any], str]
    codes: Callable[[Any], Codes]
    names: Callable[[Any], list[str]]


def day_in_figures(moment: date | datetime | None) -> str | None:
    """2026-11-30, as the calendar in London has it, or nothing."""
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return moment.isoformat() if moment else None


def numbered(noun: str) -> Callable[[str], dict[str, Any]]:
    """How a row called “Enquiry 12” is looked up by those words."""

    def named(words: str) -> dict[str, Any]:
        first, _, number = words.strip().rpartition(" ")
        return {"pk": int(number) if first.casefold() == noun.casefold() and number.isdecimal() else -1}

    return named

"""Referrals of the same person that the sender can see already: said before a draft is sent. Reads only.

Only plain agreement counts here, and only what exists for the reader: a force learns of its own referrals, never of
another's. The likelier and the less plain ones the Referrals Office looks at (referrals/duplicates).
"""

from dataclasses import dataclass

from django.db.models import Q

from nexus.accounts.models import User
from referrals.models import DatePrecision, Referral

SHOWN = 5
IDENTIFIERS = {
    "pnc_id": "the same PNC ID",
    "cro_number": "the same CRO number",
    "home_office_reference": "the same Home Office reference",
}


@dataclass(frozen=True)
class Before:
    """An earlier referral, and in which fields it agrees."""

    referral: Referral
    reasons: list[str]


def referred_before(referral: Referral, by: User) -> list[Before]:
    """What `by` sees of the same person besides this draft, newest first; drafts of colleagues too."""
    same = Q(pk__in=())
    for field in IDENTIFIERS:
        value = getattr(referral, field)
        same |= Q(**{f"{field}__iexact": value}) if value else Q(pk__in=())
    if referral.surname and referral.date_of_birth_precision == DatePrecision.EXACT:
        same |= Q(surname__iexact=referral.surname, date_of_birth=referral.date_of_birth)
    found = Referral.objects.visible_to(by).exclude(pk=referral.pk).filter(same).order_by("-created_at")
    return [Before(each, reasons(referral, each)) for each in found[:SHOWN]]


def reasons(one: Referral, other: Referral) -> list[str]:
    """The same PNC ID · the same family name and date of birth"""
    agree = [
        words
        for field, words in IDENTIFIERS.items()
        if getattr(one, field) and getattr(one, field).casefold() == getattr(other, field).casefold()
    ]
    if one.surname.casefold() == other.surname.casefold() and one.date_of_birth == other.date_of_birth:
        agree.append("the same family name and date of birth")
    return agree

"""Finding referrals by name, reference or identifier, in any of their spellings."""

import re
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from referrals.models import Alias, Referral
from referrals.rules.identifiers import normal_cro, normal_pnc

MAX_WORDS = 8  # of a search; more than any name here has, and few enough for one query


def search(referrals: QuerySet[Referral], words: str, *, now: datetime) -> QuerySet[Referral]:
    """By name (any order, other names too, without regard to case and accents), reference or identifier."""
    return referrals.alias(folded_name=folded(Concat("surname", Value(" "), "forenames"))).filter(
        by_name(words) | by_number(words, this_year=timezone.localdate(now).year)
    )


def folded(text: Any) -> Func:
    """Lower case without accents, with spaces for hyphens and apostrophes."""
    plain = Lower(Func(text, function="unaccent", output_field=CharField()))
    return Func(plain, Value("-‐'’."), Value("     "), function="translate", output_field=CharField())


def by_name(words: str) -> Q:
    """Every word of the search is somewhere in the name or in another name."""
    tokens = re.split(r"[\s,\-‐'’.]+", words.strip(" ,-‐'’."))[:MAX_WORDS]

    def has(token: str) -> Q:
        other = Alias.objects.filter(referral=OuterRef("pk")).alias(folded_name=folded(F("name")))
        wanted = folded(Value(token))
        return Q(folded_name__contains=wanted) | Q(Exists(other.filter(folded_name__contains=wanted)))

    return reduce(and_, (has(token) for token in tokens if token), Q()) or Q(pk__in=())


def by_number(words: str, *, this_year: int) -> Q:
    """The reference or a part of it, or a whole identifier; PNC and CRO in any of their spellings."""
    squeezed = re.sub(r"\s", "", words)
    found = Q(pk__in=())
    if len(squeezed) >= 3 and any(character.isdigit() for character in squeezed):
        found |= Q(reference__icontains=squeezed)
    for field in ("home_office_reference", "cid_person_id", "prison_number", "passport_number"):
        found |= (Q(**{f"{field}__iexact": words}) | Q(**{f"{field}__iexact": squeezed})) & ~Q(**{field: ""})
    try:
        found |= Q(pnc_id=normal_pnc(words, this_year=this_year))
    except ValueError:
        pass  # not a PNC ID: it may be something else
    try:
        found |= Q(cro_number=normal_cro(words))
    except ValueError:
        pass
    return found

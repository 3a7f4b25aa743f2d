"""Looking for the subject of a referral among the others and in the register.

The comparing takes a second and happens outside any transaction; what it found is stored in one.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from nexus.audit.recording import record
from referrals.datawash.linkage.model import CURRENT
from referrals.datawash.models import Person
from referrals.datawash.register import current_snapshot
from referrals.duplicates.messages import ask_for_search
from referrals.duplicates.models import Judgement, Pair, Search
from referrals.duplicates.queries import is_current, unsearched
from referrals.duplicates.scoring import persons_like, referrals_like
from referrals.duplicates.searching import close_to, details_of, digest_of, number_sent
from referrals.models import Referral
from referrals.states import UNDECIDED

SWEPT = 20  # referrals a sweep has looked for: a backlog is no reason to fill the queue


def search(*, referral_id: int, now: datetime) -> bool:
    """Find and store the pairs of an undecided referral; whether this call did. Twice does nothing more."""
    referral = Referral.objects.filter(pk=referral_id, state__in=UNDECIDED).first()
    if referral is None or is_current(referral, now):
        return False
    details = details_of(referral)
    store(referral, _pairs(referral, details, now), digest_of(details), now)
    return True


def _pairs(referral: Referral, details: dict[str, str], now: datetime) -> list[Pair]:
    """What the model finds now, not yet stored. Pairs found from the other side are compared again."""
    known = Pair.objects.filter(Q(referral=referral) | Q(other=referral), person=None)
    both = [pk for ids in known.values_list("referral_id", "other_id") for pk in ids if pk != referral.pk]
    others = Referral.objects.filter(pk__in=[*close_to(referral), *both])
    compared = {other.pk: details_of(other) for other in others.prefetch_related("aliases", "nationalities")}
    register, year = current_snapshot(now=now), now.year
    alike = referrals_like(details, compared, register, this_year=year, referrals=number_sent())
    persons = persons_like(details, register, this_year=year)
    ids = dict(
        Person.objects.filter(person_id__in=[each.person_id for each in persons]).values_list(
            "person_id", "pk"
        )
    )
    found = [(sorted((referral.pk, pk)), None, each) for pk, each in alike.items()]
    return [
        *(
            Pair(referral_id=pks[0], other_id=pks[1], probability=each.probability,
                 steps=[vars(step) for step in each.steps], found_at=now)
            for pks, _, each in sorted(found, key=lambda one: one[0])
        ),
        *(
            Pair(referral=referral, person_id=ids[each.person_id], probability=each.probability,
                 steps=[vars(step) for step in each.steps], found_at=now)
            for each in persons if each.person_id in ids
        ),
    ]  # fmt: skip


@transaction.atomic
def store(referral: Referral, pairs: list[Pair], digest: str, now: datetime) -> None:
    """Write the pairs over those of the last search; one that somebody has judged always stays."""
    before = Pair.objects.select_for_update().filter(Q(referral=referral) | Q(other=referral)).order_by("pk")
    stale = {pair.pk for pair in before} - _judged(pair.pk for pair in before)
    two = [pair for pair in pairs if pair.other_id]
    one = [pair for pair in pairs if pair.person_id]
    now_found = {(pair.referral_id, pair.other_id, pair.person_id) for pair in pairs}
    again = {pair.pk for pair in before if (pair.referral_id, pair.other_id, pair.person_id) in now_found}
    Pair.objects.filter(pk__in=stale - again).delete()
    news = ["probability", "steps", "found_at"]
    for some, side in ((two, "other"), (one, "person")):
        Pair.objects.bulk_create(
            some, update_conflicts=True, unique_fields=["referral", side], update_fields=news
        )
    Search.objects.update_or_create(
        referral=referral, defaults={"details": digest, "model_version": CURRENT, "searched_at": now}
    )
    detail = {"referrals": len(two), "persons": len(one)}
    record(kind="duplicates.searched", by=None, subject=referral, now=now, detail=detail)


def _judged(pairs: Iterable[int]) -> set[int]:
    return set(Judgement.objects.filter(pair__in=list(pairs)).values_list("pair_id", flat=True))


def sweep() -> int:
    """Ask again for undecided referrals that nobody has looked for; how many."""
    found = list(unsearched()[:SWEPT])
    for referral in found:
        ask_for_search(referral)
    return len(found)

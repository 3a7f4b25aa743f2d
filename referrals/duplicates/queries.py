"""What a referral's page says of the same person: alerts, pairs to look at, and what was said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.once import once_a_reading
from nexus.parts import Backlog
from nexus.ui.formatting import Counted
from nexus.ui.paging import MOST_COUNTED
from referrals.datawash.forms import STATUS_WORDS
from referrals.datawash.linkage.beside import Line, Mark
from referrals.datawash.linkage.explaining import Step
from referrals.datawash.linkage.grading import PROBABLE_FROM
from referrals.datawash.linkage.pots import HELD_STATUSES
from referrals.datawash.linkage.waterfall import odds
from referrals.datawash.models import Person
from referrals.duplicates.messages import ask_for_search
from referrals.duplicates.models import Judgement, Merge, Pair, Search, Verdict
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.searching import details_of, digest_of
from referrals.models import Allocation, Referral
from referrals.queue import counted_of
from referrals.states import UNDECIDED

# The register changes too: a search older than this is made again when the page is opened.
AGAIN_AFTER = timedelta(days=1)
SPEAKS = 0.5  # bits: a field that weighs less says nothing either way


# What an officer must look at: another referral, or somebody whom Criminal Casework has, that is probably the
# same person. Any other person of the register, and what is less likely, is shown and not counted.
TO_LOOK_AT = Q(probability__gte=PROBABLE_FROM) & (
    Q(other__isnull=False) | Q(person__immigration_status__in=HELD_STATUSES)
)


def pairs_to_judge(*, referral: OuterRef) -> CombinedExpression:
    """How many pairs of an outer referral must be looked at and nobody has
    judged, as an expression.

    Counted by each side alone, so that each uses its index.
    """
    one, other = map(counted_of, unjudged_on_each_side(referral))
    return one + other


def has_pairs_to_judge(*, referral: OuterRef) -> Q:
    """Whether any pair of an outer referral must be looked at and nobody has judged it."""
    one, other = map(Exists, unjudged_on_each_side(referral))
    return Q(one) | Q(other)


def unjudged_on_each_side(referral: OuterRef) -> list[QuerySet[Pair]]:
    """The pairs that the referral was searched for, and those that it was found for."""
    judged = Judgement.objects.standing().filter(pair=OuterRef("pk"))
    unjudged = Pair.objects.filter(TO_LOOK_AT, ~Exists(judged))
    return [unjudged.filter(**{side: referral}) for side in ("referral", "other")]


def unsearched() -> QuerySet[Referral]:
    """Undecided referrals whose subject nobody has looked for yet, the oldest first."""
    return Referral.objects.filter(state__in=UNDECIDED, duplicate_search=None).order_by("submitted_at", "pk")


def work_backlog() -> Backlog:
    """Searches that wait for the worker. A search done again because a referral changed is not among them."""
    first = unsearched().values("pk", "submitted_at")[: MOST_COUNTED + 1]
    found = first.aggregate(number=Count("pk"), oldest_at=Min("submitted_at"))
    return Backlog("duplicates.search", Counted(found["number"], MOST_COUNTED), found["oldest_at"])


@once_a_reading
def last_search(referral: Referral) -> Search | None:
    return Search.objects.filter(referral=referral).first()


def is_current(referral: Referral, now: datetime) -> bool:
    """Whether the last search compared what the referral says now, and not long ago."""
    last = last_search(referral)
    if last is None or last.searched_at < now - AGAIN_AFTER:
        return False
    return last.details == digest_of(details_of(referral))


@dataclass(frozen=True)
class Beside:
    """One pair seen from a referral: who the other side is, how likely, why, and what was said of it."""

    pair: Pair
    referral: Referral | None
    person: Person | None
    holder: str
    judgement: Judgement | None

    @property
    def likely(self) -> bool:
        return self.pair.probability >= PROBABLE_FROM

    @property
    def name(self) -> str:
        """The subject of the other side, family name in capitals first."""
        side = self.referral or self.person
        parts = (side.surname.upper(), side.forenames) if side else ()
        return ", ".join(part for part in parts if part) or "Name not given"

    @property
    def odds(self) -> str:
        return odds(self.pair.probability)

    @property
    def status(self) -> str:
        """A person's immigration status in words."""
        held = self.person.immigration_status if self.person else ""
        return STATUS_WORDS.get(held, held) or "Status not given"

    @property
    def speaking(self) -> list[Step]:
        """The fields that speak for or against one person, the strongest first."""
        steps = [Step(**step) for step in self.pair.steps[1:]]
        return sorted(
            (step for step in steps if abs(step.weight) >= SPEAKS), key=lambda step: -abs(step.weight)
        )

    @property
    def reasons(self) -> list[str]:
        """A sentence for each field that speaks."""
        return [step.sentence for step in self.speaking]

    @property
    def speaks_for(self) -> list[str]:
        return [step.sentence for step in self.speaking if step.weight > 0]

    def speaks_against(self, compared: Iterable[Line]) -> list[str]:
        """What weighs against, and what else differs side by side."""
        steps_against = [step for step in self.speaking if step.weight < 0]
        named = {step.field for step in steps_against}
        labels = [line.label for line in compared if line.mark is Mark.DIFFERS]
        differs = ", ".join(label for label in labels if label.lower() not in named)
        return [step.sentence for step in steps_against] + ([f"Differs: {differs}."] if differs else [])


@dataclass(frozen=True)
class Merged:
    """A standing merge seen from one of its referrals."""

    merge: Merge
    other: Referral
    leads: bool  # whether this referral leads the other


@dataclass(frozen=True)
class SamePerson:
    """The part of a referral's page. `searched_at` is None before the first search is done."""

    alerts: list[str]
    merged: list[Merged]
    unjudged: list[Beside]
    same: list[Beside]
    not_same: list[Beside]
    searched_at: datetime | None
    waits: bool
    may_judge: bool
    sees_pairs: bool

    @property
    def likely_referrals(self) -> list[Beside]:
        """Other referrals that are probably of the same person."""
        return [each for each in self.unjudged if each.likely and each.referral]

    @property
    def likely_persons(self) -> list[Beside]:
        """Persons of the register who are probably the subject."""
        return [each for each in self.unjudged if each.likely and each.person]

    @property
    def less_likely(self) -> list[Beside]:
        return [each for each in self.unjudged if not each.likely]


def beside(pairs: list[Pair], referral: Referral) -> list[Beside]:
    """The pairs as the referral's reader sees them, the likeliest first; two queries more for any number."""
    others = [other for pair in pairs if (other := pair.besides(referral))]
    teams = {
        each.referral_id: str(each.team)
        for each in Allocation.objects.filter(referral__in=others, ended_at=None).select_related("team")
    }
    found = []
    for pair in pairs:
        other = pair.besides(referral)
        holder = (teams.get(other.pk) or str(other.claimed_by or "")) if other else ""
        judgement = next((each for each in pair.judgements.all() if each.taken_back_at is None), None)
        found.append(Beside(pair, other, pair.person, holder or "Nobody", judgement))
    return found


def pairs_of(referral: Referral) -> list[Pair]:
    judgements = Judgement.objects.select_related("by", "taken_back_by")
    pairs = Pair.objects.filter(Q(referral=referral) | Q(other=referral))
    sides = (
        "person",
        *(f"{side}__{name}" for side in ("referral", "other") for name in ("force", "claimed_by")),
    )
    return list(pairs.select_related(*sides).prefetch_related(Prefetch("judgements", judgements)))


def merges_of(referral: Referral, by: User) -> list[Merged]:
    """The merges it stands in, with other referrals that this person sees."""
    sides = ("leading__force", "follower__force", "leading__claimed_by", "follower__claimed_by", "by")
    standing = Merge.objects.standing().filter(Q(leading=referral) | Q(follower=referral))
    found = [
        Merged(each, each.follower if leads else each.leading, leads)
        for each in standing.select_related(*sides)
        for leads in [each.leading_id == referral.pk]
    ]
    ids = [each.other.pk for each in found]
    seen = set(Referral.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    return [each for each in found if each.other.pk in seen]


def alerts_of(found: list[Beside]) -> list[str]:
    """ "finds cases already in Criminal Casework" (domain brief, Referrals Office): said first."""
    sentences = []
    for each in found:
        told_apart = each.judgement is not None and each.judgement.verdict == Verdict.NOT_SAME
        if each.person and each.person.immigration_status in HELD_STATUSES and not told_apart:
            sure = each.judgement is not None or each.pair.probability >= PROBABLE_FROM
            start = "The register has" if sure else "The register may have"
            sentences.append(f"{start} this subject: {each.status} (person {each.person.person_id})")
    return sentences


def same_person(*, referral: Referral, by: User, now: datetime) -> SamePerson:
    """What the page says to `by`, written down as read. Asks for a search where the last is out of date.

    Who may not see pairs sees only the linked referrals that exist for them.
    """
    found = beside(pairs_of(referral), referral)
    sees_pairs = WHO_MAY.may("view_pairs", by)
    if not sees_pairs:
        found = _linked_for(found, by)
    last = last_search(referral)
    waits = sees_pairs and referral.state in UNDECIDED and not is_current(referral, now)
    if waits:
        ask_for_search(referral)
    if found:
        detail = {"pairs": [each.pair.pk for each in found]}
        record(kind="duplicates.viewed", by=by, subject=referral, now=now, detail=detail)
    return SamePerson(
        alerts=alerts_of(found),
        merged=merges_of(referral, by),
        unjudged=[each for each in found if each.judgement is None],
        same=[each for each in found if each.judgement and each.judgement.verdict == Verdict.SAME],
        not_same=[each for each in found if each.judgement and each.judgement.verdict == Verdict.NOT_SAME],
        searched_at=last.searched_at if last else None,
        waits=waits,
        may_judge=WHO_MAY.may("judge", by),
        sees_pairs=sees_pairs,
    )


def _linked_for(found: list[Beside], by: User) -> list[Beside]:
    linked = [
        each for each in found if each.referral and each.judgement and each.judgement.verdict == Verdict.SAME
    ]
    ids = [each.referral.pk for each in linked if each.referral]
    seen = set(Referral.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    return [each for each in linked if each.referral and each.referral.pk in seen]

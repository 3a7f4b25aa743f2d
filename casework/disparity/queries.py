"""The figures of a quarter: counted by PostgreSQL with one GROUP BY a dimension. No row of a person is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from casework.disparity.models import Response
from casework.disparity.regions import NATIONALITY_GROUPS, OTHER
from casework.disparity.rules import SOON, Quarter, Share, Shares, finished, hidden
from nexus.accounts.models import Force
from referrals.models import Nationality, Outcome, TriageDecision
from referrals.models.referral import Sex

# What is measured of each group's decisions, by its key.
MEASURES = {"accepted": "Accepted", "soon": f"Decided within {SOON.days} days of being sent"}
AGES = {"under_25": (25, "Under 25"), "25_to_34": (35, "25 to 34"), "35_to_44": (45, "35 to 44")}
YEARS_SHOWN = timedelta(days=731)
OLDEST, NOT_KNOWN = ("45_and_over", "45 and over"), ("not_known", "Not known")


class Median(Aggregate):
    """Of all that are not null."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Dimension:
    """By what decisions are grouped: the words, the expression PostgreSQL groups by, and what each group is called."""

    words: str
    expression: Any
    groups: Mapping[str, str]


def dimensions() -> dict[str, Dimension]:
    """By the key each has in an address."""
    return {"nationality": by_nationality(), "sex": by_sex(), "age": by_age(), "force": by_force()}


def by_nationality() -> Dimension:
    """By the nationality that was recorded first."""
    first = Nationality.objects.filter(referral=OuterRef("referral")).order_by("pk").values("code")[:1]
    cases = [
        When(nationality__in=sorted(codes), then=Value(key)) for key, (_, codes) in NATIONALITY_GROUPS.items()
    ]
    groups = {key: words for key, (words, _) in NATIONALITY_GROUPS.items()} | {OTHER[0]: OTHER[1]}
    grouped = Case(*cases, default=Value(OTHER[0]), output_field=CharField())
    return Dimension("Nationality group", {"nationality": Subquery(first), "of_group": grouped}, groups)


def by_sex() -> Dimension:
    groups = dict(Sex.choices) | {NOT_KNOWN[0]: NOT_KNOWN[1]}
    known = When(referral__sex__in=[sex.value for sex in Sex], then=F("referral__sex"))
    return Dimension("Sex", {"of_group": Case(known, default=Value(NOT_KNOWN[0]))}, groups)


def by_age() -> Dimension:
    """By the age in whole years on the day the referral was sent."""
    age = Func(
        F("referral__submitted_at"),
        F("referral__date_of_birth"),
        template="EXTRACT(YEAR FROM AGE(%(expressions)s))",
        output_field=IntegerField(),
    )
    cases = [When(age=None, then=Value(NOT_KNOWN[0]))]
    cases += [When(age__lt=below, then=Value(key)) for key, (below, _) in AGES.items()]
    groups = {key: words for key, (_, words) in AGES.items()} | dict([OLDEST, NOT_KNOWN])
    grouped = Case(*cases, default=Value(OLDEST[0]), output_field=CharField())
    return Dimension("Age when the referral was sent", {"age": age, "of_group": grouped}, groups)


def by_force() -> Dimension:
    groups = {
        f"force_{code}": name for code, name in Force.objects.order_by("name").values_list("code", "name")
    }
    code = Func(Value("force_"), F("referral__force__code"), function="CONCAT", output_field=CharField())
    return Dimension("Force", {"of_group": code}, groups)


@dataclass(frozen=True)
class Group:
    """One line: its decisions and shares; where they stay hidden, only that it is there."""

    key: str
    words: str
    shares: Shares
    median: timedelta | None
    is_hidden: bool = False

    @property
    def decided(self) -> int:
        return self.shares[0].of


@dataclass(frozen=True)
class Table:
    """One dimension: its groups, and all of them together."""

    key: str
    words: str
    groups: list[Group]
    total: Group


def decided_in(quarter: Quarter) -> QuerySet[TriageDecision]:
    """Every decision made in it, also one that was reopened later: the figures of a finished quarter stay."""
    return TriageDecision.objects.filter(decided_at__gte=quarter.start, decided_at__lt=quarter.end).order_by()


COUNTS = {
    "decided": Count("pk"),
    "accepted": Count("pk", filter=Q(outcome=Outcome.ACCEPTED)),
    "soon": Count("pk", filter=Q(decided_at__lte=F("referral__submitted_at") + SOON)),
    "median": Median(
        ExpressionWrapper(F("decided_at") - F("referral__submitted_at"), output_field=DurationField())
    ),
}


def table_of(quarter: Quarter, key: str, dimension: Dimension) -> Table:
    """One statement."""
    rows: Any = decided_in(quarter)  # annotated by names the types do not know
    for name, expression in dimension.expression.items():
        rows = rows.annotate(**{name: expression})
    found = {row.pop("of_group"): row for row in rows.values("of_group").annotate(**COUNTS)}
    shares = {name: _shares(row) for name, row in found.items()}
    out_of_sight = hidden(shares)
    groups = [
        Group(name, words, shares[name], found[name]["median"], name in out_of_sight)
        for name, words in dimension.groups.items()
        if name in found
    ]
    parts = [
        Share(sum(s.part for s in column), sum(s.of for s in column))
        for column in zip(*shares.values(), strict=True)
    ]
    return Table(key, dimension.words, groups, Group("all", "All", tuple(parts) or _shares({}), None))


def _shares(row: Mapping[str, Any]) -> Shares:
    return tuple(Share(row.get(measure, 0), row.get("decided", 0)) for measure in MEASURES)


@dataclass(frozen=True)
class Finding:
    """A group whose share differs from that of all others by more than chance would explain. It says nothing of why."""

    quarter: Quarter
    key: str
    words: str
    responses: tuple[Response, ...] = ()


def findings(quarter: Quarter, tables: list[Table]) -> list[Finding]:
    """Of every group that is shown, each measure beside all others'; with what was written about it. One statement."""
    written: dict[str, list[Response]] = {}
    for response in Response.objects.filter(quarter=quarter.slug).select_related("by"):
        written.setdefault(response.finding, []).append(response)
    return [
        Finding(quarter, key, words, tuple(written.get(key, ())))
        for table in tables
        for key, words in _differences(table)
    ]


def _differences(table: Table) -> list[tuple[str, str]]:
    found = []
    for group in (each for each in table.groups if not each.is_hidden):
        for place, (measure, called) in enumerate(MEASURES.items()):
            share, others = group.shares[place], table.total.shares[place].without(group.shares[place])
            if others.of and share.differs_from(others):
                words = (
                    f"{table.words}: {group.words}. {called}: {said(share)}; of all others {said(others)}."
                )
                found.append((f"{measure}-{table.key}-{group.key}", words))
    return found


def said(share: Share) -> str:
    """42% (31% to 54%)"""
    low, high = share.interval
    return f"{share.value:.0%} ({low:.0%} to {high:.0%})"


def tables_of(quarter: Quarter) -> list[Table]:
    return [table_of(quarter, key, dimension) for key, dimension in dimensions().items()]


def quarters(now: datetime) -> list[Quarter]:
    """The last two years' that are over, the newest first."""
    today = timezone.localdate(now)
    return list(finished(today - YEARS_SHOWN, today))[::-1]

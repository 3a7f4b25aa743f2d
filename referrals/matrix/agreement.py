"""Agreement between the matrix and the decision, both ways. It is shown; nothing follows from it by itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from nexus.accounts.models import Force
from referrals.models import Outcome, TriageDecision
from referrals.models.decisions import APART_FROM_MATRIX
from referrals.rules.matrix import REJECTS, SPEAKS_FOR, MatrixOutcome

LONDON = ZoneInfo("Europe/London")
MOST_NAMED = 50
# What an officer's own run said, where the referral was started from one.
RUNS = "referral__matrix_assessment__outcome"


@dataclass(frozen=True)
class Cell:
    number: int
    of_row: int
    of_column: int

    @property
    def row_share(self) -> str:
        return share(self.number, self.of_row)

    @property
    def column_share(self) -> str:
        return share(self.number, self.of_column)


def share(number: int, whole: int) -> str:
    """ "42%", or a dash where there is nothing to take a share of."""
    return f"{100 * number / whole:.0f}%" if whole else "–"


@dataclass
class Agreement:
    """How often each outcome of the matrix met each decision."""

    counts: Counter[tuple[MatrixOutcome, Outcome]] = field(default_factory=Counter)

    def number(self, outcomes: Iterable[MatrixOutcome], *decisions: Outcome) -> int:
        wanted = decisions or tuple(Outcome)
        return sum(self.counts[outcome, decision] for outcome in outcomes for decision in wanted)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def rows(self) -> list[tuple[MatrixOutcome, list[Cell], int]]:
        """(outcome, its cells in the order of Outcome, how many in all), M0 to M6."""
        return [
            (
                outcome,
                [
                    Cell(
                        self.counts[outcome, decision],
                        self.number([outcome]),
                        self.number(MatrixOutcome, decision),
                    )
                    for decision in Outcome
                ],
                self.number([outcome]),
            )
            for outcome in MatrixOutcome
        ]

    def totals(self) -> list[Cell]:
        """The last line: each decision's number, and its share of all."""
        numbers = [self.number(MatrixOutcome, decision) for decision in Outcome]
        return [Cell(number, self.total, number) for number in numbers]

    def findings(self) -> list[str]:
        """Both ways, in sentences."""
        accepted = self.number(MatrixOutcome, Outcome.ACCEPTED)
        spoken_for, agreed = self.number(SPEAKS_FOR), self.number(SPEAKS_FOR, Outcome.ACCEPTED)
        rejected, nonetheless = self.number(REJECTS), self.number(REJECTS, Outcome.ACCEPTED)
        return [
            f"With M1, M2 or M3, {agreed} of {spoken_for} accepted ({share(agreed, spoken_for)}).",
            f"Of those accepted, {agreed} of {accepted} with M1, M2 or M3 ({share(agreed, accepted)}).",
            f"With M0 or M6, {nonetheless} of {rejected} accepted nonetheless ({share(nonetheless, rejected)}).",
        ]

    def acceptance(self) -> list[tuple[str, float]]:
        """For the chart: of each outcome that occurred, how many in a hundred were accepted."""
        return [
            (f"{outcome.value} {outcome.label}", round(100 * cells[0].number / number, 1))
            for outcome, cells, number in self.rows()
            if number
        ]


@dataclass
class Measured:
    """Both tables, and the decisions that stand apart from the matrix, newest first."""

    on_the_facts: Agreement = field(default_factory=Agreement)
    by_officers: Agreement = field(default_factory=Agreement)
    apart: list[TriageDecision] = field(default_factory=list)

    @property
    def number_apart(self) -> int:
        """Accepted with M0 or M6, or not accepted with M1, M2 or M3."""
        facts = self.on_the_facts
        return facts.number(REJECTS, Outcome.ACCEPTED) + facts.number(SPEAKS_FOR, Outcome.NOT_ACCEPTED)


def standing(
    *, force: Force | None = None, first: date | None = None, last: date | None = None
) -> QuerySet[TriageDecision]:
    """The standing decisions of a force made from `first` to `last`, both days included, in UK time."""
    found = TriageDecision.objects.filter(superseded_at=None)
    if force:
        found = found.filter(referral__force=force)
    if first:
        found = found.filter(decided_at__gte=datetime.combine(first, time.min, LONDON))
    if last:
        found = found.filter(decided_at__lte=datetime.combine(last, time.max, LONDON))
    return found.order_by("-decided_at", "-pk")


def measure(decisions: QuerySet[TriageDecision]) -> Measured:
    """Agreement over these decisions, counted by PostgreSQL: the matrix's word on the facts was stored with each.

    Three queries, however many decisions; no more of them are read than are named.
    """
    apart = decisions.filter(APART_FROM_MATRIX).select_related("referral")
    return Measured(
        Agreement(counts_of(decisions, "matrix_outcome")),
        Agreement(counts_of(decisions.filter(referral__matrix_assessment__isnull=False), RUNS)),
        list(apart[:MOST_NAMED]),
    )


def counts_of(decisions: QuerySet[TriageDecision], outcome: str) -> Counter[tuple[MatrixOutcome, Outcome]]:
    """How often each outcome of the matrix, as this column has it, met each decision."""
    rows = decisions.order_by().values_list(outcome, "outcome").annotate(number=Count("pk"))
    return Counter({(MatrixOutcome(said), Outcome(decided)): number for said, decided, number in rows})

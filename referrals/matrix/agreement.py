"""Agreement between the matrix and the decision, both ways. It is shown; nothing follows from it by itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from nexus.accounts.models import Force
from referrals.matrix.models import MatrixAssessment
from referrals.models import Outcome, TriageDecision
from referrals.queries import facts_of
from referrals.rules.assessment import assess
from referrals.rules.matrix import REJECTS, SPEAKS_FOR, MatrixOutcome, outcome_of
from referrals.rules.policies import policy_of_version

LONDON = ZoneInfo("Europe/London")
MOST_NAMED = 50


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


@dataclass(frozen=True)
class Compared:
    """One standing decision beside what the matrix says of the facts it was made on, and beside what an
    officer's own run said, where there was one."""

    decision: TriageDecision
    outcome: MatrixOutcome
    officers: MatrixOutcome | None

    @property
    def is_apart(self) -> bool:
        """The matrix spoke for it and it was not accepted, or rejected it and it was."""
        accepted = self.decision.outcome == Outcome.ACCEPTED
        return self.outcome in (REJECTS if accepted else SPEAKS_FOR) and (
            accepted or self.decision.outcome == Outcome.NOT_ACCEPTED
        )


@dataclass
class Measured:
    """Both tables, and the decisions that stand apart from the matrix, newest first."""

    on_the_facts: Agreement = field(default_factory=Agreement)
    by_officers: Agreement = field(default_factory=Agreement)
    apart: list[Compared] = field(default_factory=list)
    number_apart: int = 0


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


def compared(decisions: QuerySet[TriageDecision]) -> Iterator[Compared]:
    """Each decision with the outcome by the same rules, under the policy of the decision. Four queries,
    however many decisions."""
    ran = MatrixAssessment.objects.filter(referral__isnull=False).values_list("referral_id", "outcome")
    officers = {referral: MatrixOutcome(outcome) for referral, outcome in ran}
    whole = decisions.select_related("referral__force", "held_by").prefetch_related(
        "referral__nationalities", "referral__conduct"
    )
    for decision in whole:
        yield Compared(decision, outcome_at(decision), officers.get(decision.referral_id))


def outcome_at(decision: TriageDecision) -> MatrixOutcome:
    """What the matrix says of the facts of a decision: the referral as sent, and what the officer added."""
    facts = facts_of(
        decision.referral,
        held_by=decision.held_by.code if decision.held_by else None,
        significant_conviction=decision.significant_conviction,
    )
    policy = policy_of_version(decision.policy_version)
    return outcome_of(facts, assess(facts, policy), policy)


def measure(decisions: QuerySet[TriageDecision]) -> Measured:
    """Agreement over these decisions."""
    found = Measured()
    for each in compared(decisions):
        decided = Outcome(each.decision.outcome)
        found.on_the_facts.counts[each.outcome, decided] += 1
        if each.officers:
            found.by_officers.counts[each.officers, decided] += 1
        if each.is_apart:
            found.number_apart += 1
            if len(found.apart) < MOST_NAMED:
                found.apart.append(each)
    return found

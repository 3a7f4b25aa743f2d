"""What the report pages ask of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from casework.reports.disclosure import second_look
from casework.reports.models import ProgressReport, ReportLine
from casework.reports.periods import Period
from casework.reports.permissions import WHO_MAY
from casework.reports.states import RELEASED, WAITING, State
from nexus.accounts.models import Force, User
from nexus.parts import WorkWaiting
from referrals.models import Referral


@dataclass(frozen=True)
class Progress:
    """How far the reports of one period are, by state."""

    by_state: dict[str, int]

    @property
    def wanted(self) -> int:
        return sum(self.by_state.values())

    @property
    def built(self) -> int:
        return self.wanted - self.on_the_way - self.parked

    @property
    def on_the_way(self) -> int:
        """Not built yet, but on its way."""
        return sum(self.by_state.get(state, 0) for state in WAITING)

    @property
    def to_check(self) -> int:
        return self.by_state.get(State.DRAFT, 0)

    @property
    def released(self) -> int:
        return self.by_state.get(State.RELEASED, 0) + self.acknowledged

    @property
    def acknowledged(self) -> int:
        return self.by_state.get(State.ACKNOWLEDGED, 0)

    @property
    def parked(self) -> int:
        return self.by_state.get(State.PARKED, 0)


def one_report_a_period(reports: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
    """The first report of each period, standing for the period."""
    earlier = ProgressReport.objects.filter(
        period_from=OuterRef("period_from"), period_to=OuterRef("period_to"), pk__lt=OuterRef("pk")
    )
    return reports.filter(~Exists(earlier))


def progress_of(periods: Iterable[Period]) -> dict[Period, Progress]:
    """How far each of these periods is, in one query."""
    wanted = list(periods)
    counts: dict[Period, dict[str, int]] = {period: {} for period in wanted}
    rows = (
        ProgressReport.objects.filter(period_from__in=[p.first for p in wanted])
        .order_by()
        .values_list("period_from", "period_to", "state")
        .annotate(number=Count("pk"))
    )
    for first, last, state, number in rows:
        if (period := Period(first, last)) in counts:
            counts[period][state] = number
    return {period: Progress(by_state) for period, by_state in counts.items()}


def of_period(reports: QuerySet[ProgressReport], period: Period) -> QuerySet[ProgressReport]:
    return reports.filter(period_from=period.first, period_to=period.last).select_related("force")


def reports_given(*, force: Force, referral: Referral | None) -> list[tuple[str, int]]:
    """The reports a force was given and those it acknowledged; of a referral, those that tell of it."""
    given = ProgressReport.objects.filter(force=force, state__in=RELEASED)
    if referral:
        given = given.filter(lines__referral=referral)
    acknowledged = given.filter(state=State.ACKNOWLEDGED)
    return [
        ("Progress reports released", given.count()),
        ("Progress reports the force acknowledged", acknowledged.count()),
    ]


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py: what a manager checks and releases, and what could not be built."""
    if user.role in WHO_MAY["release"]:
        seen, path = ProgressReport.objects.visible_to(user), reverse("reports:list")
        yield WorkWaiting("Progress reports to check", seen.filter(state=State.DRAFT), path)
        yield WorkWaiting("Progress reports that could not be built", seen.filter(state=State.PARKED), path)


def lines_asking(report: ProgressReport) -> QuerySet[ReportLine]:
    """The lines on which something is asked of the force."""
    return lines_with_referrals(report).filter(~Q(asked_of_force=""))


def lines_with_referrals(report: ProgressReport) -> QuerySet[ReportLine]:
    """The report's lines, each with its referral and who referred it: a line is known by both."""
    return report.lines.select_related("referral__created_by")


def names_seen(referrals: Iterable[Referral], *, by: User) -> dict[int, str]:
    """The names of those of these referrals that this person may see, by the referral's key."""
    named = {referral.pk: referral.subject_name for referral in referrals}
    seen = Referral.objects.visible_to(by).filter(pk__in=named).values_list("pk", flat=True)
    return {key: named[key] for key in seen}


def lines_to_look_at(report: ProgressReport) -> list[tuple[ReportLine, list[str]]]:
    """Lines with words that deserve a second look before release, and why."""
    found = []
    for line in report.lines.select_related("referral"):
        texts = [line.reasons, line.asked_of_force, *(text for _, text in line.dated_progress)]
        topics = second_look("\n".join(texts))
        if topics:
            found.append((line, topics))
    return found

"""What the data-wash pages ask of the database, and what a force may read of it."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import product

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields import CharField

from nexus.accounts.models import Force
from referrals.datawash.linkage.grading import NOT_COMPARED, Grade
from referrals.datawash.linkage.pots import POT_OF_STATUS, POTS, UNDETERMINED, Disclosure, disclosure
from referrals.datawash.models import Agreement, Wash, WashRow
from referrals.datawash.states import REPORTED


def running_on(day: date) -> Q:
    """Agreements that run on that day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def running_agreement(force: Force | None, day: date) -> Agreement | None:
    """The force's agreement that runs on that day; there is never more than one."""
    return Agreement.objects.filter(running_on(day), force=force).first() if force else None


def agreed_pots(agreement: Agreement) -> Mapping[str, str]:
    """Every status with its pot: the standard table with what was agreed otherwise."""
    return {**POT_OF_STATUS, **agreement.pots}


def told_of(row: WashRow) -> Disclosure:
    """What the force may know of a row. The one door for pages, files, the interface and the matrix."""
    return disclosure(Grade(row.grade), row.confirmed, was_compared=row.reason != NOT_COMPARED)


def as_told(rows: QuerySet[WashRow]) -> QuerySet[WashRow]:
    """The rows of reports with what the force is told of each: `told_grade` and `told_pot`.

    The same rule as `told_of`, spoken to the database, so that filters and counts disclose no more.
    """
    grades, pots = [], []
    for grade, confirmed in product(Grade, (None, False, True)):
        rule = disclosure(grade, confirmed)
        found = Q(grade=grade, confirmed=confirmed) if confirmed is not None else Q(
            grade=grade, confirmed__isnull=True
        )  # fmt: skip
        grades.append(When(found, then=Value(rule.grade.value)))
        pots.append(When(found, then=F("pot") if rule.pot_is_told else Value(UNDETERMINED)))
    return rows.filter(wash__state__in=REPORTED).annotate(
        told_grade=Case(*grades, output_field=CharField()), told_pot=Case(*pots, output_field=CharField())
    )


def counts_of(rows: QuerySet[WashRow]) -> dict[str, dict[str, int]]:
    """{"grade": {grade: n}, "pot": {pot: n}} of rows `as_told`, in one query; every grade and pot is there."""
    counts: dict[str, dict[str, int]] = {
        "grade": {grade.value: 0 for grade in Grade},
        "pot": dict.fromkeys(POTS, 0),
    }
    disclosed = rows.order_by().values_list("told_grade", "told_pot")  # type: ignore[misc]  # of `as_told`
    for grade, pot, number in disclosed.annotate(n=Count("pk")):
        counts["grade"][grade] += number
        counts["pot"][pot] += number
    return counts


def rows_of(wash: Wash) -> QuerySet[WashRow]:
    """The rows of a report, as the force may read them, with the referral each led to."""
    return as_told(wash.rows.select_related("referral"))


def washes(seen: QuerySet[Wash]) -> QuerySet[Wash]:
    return seen.select_related("agreement__force", "uploaded_by")


class Days(Func):
    """A number of days as a length of time."""

    template = "make_interval(days => (%(expressions)s)::int)"
    output_field = DurationField()


def over(since: str, days: str, now: datetime) -> QuerySet[Wash]:
    """Washes of which the agreed days since a moment have passed."""
    ends = ExpressionWrapper(F(since) + Days(F(f"agreement__{days}")), output_field=DateTimeField())
    return Wash.objects.annotate(ends=ends).filter(ends__lte=now)

"""Counting what the dashboard shows: by force and month in which the referrals were made, by PostgreSQL.

The counts of whole months are kept (`Figure`); those of a part of a month are counted when they are asked for, by the
same statements. What a number counts is said once, in `funnel.py`, whether its rows are counted or listed.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from casework.reports.funnel import STEPS, Cohort, number_of, place, spell, step
from casework.reports.models import Figure
from casework.reports.periods import Period, month_of
from casework.reports.tombstones import Cell, erased_in
from nexus.accounts.models import Force
from nexus.working_days import bank_holidays
from referrals.models import Referral

# What is counted, and of a spell in a stage how many working days it took.
Counted = tuple[str, int | None]
EARLIEST = date(1, 1, 2)  # before every referral

# Every spell that has ended, with its working days as nexus.working_days counts them: the first day never counts.
SPELLS = """
WITH cohort AS (
    SELECT id, force_id FROM referrals_referral
    WHERE submitted_at >= %(start)s AND submitted_at < %(end)s
        AND (%(forces)s::bigint[] IS NULL OR force_id = ANY(%(forces)s))
        AND (%(only)s::bigint IS NULL OR id = %(only)s)
), move AS (
    SELECT force_id, 'referral' AS whose, to_state, at AS since,
        lead(at) OVER (PARTITION BY referral_id ORDER BY at, change.id) AS until
    FROM cohort JOIN referrals_referralchange change ON referral_id = cohort.id
    UNION ALL
    SELECT force_id, 'case', to_state, at, lead(at) OVER (PARTITION BY case_id ORDER BY at, change.id)
    FROM cohort JOIN casework_case ON referral_id = cohort.id JOIN casework_casechange change ON case_id = casework_case.id
), spell AS (
    SELECT force_id, whose, to_state, (since AT TIME ZONE 'Europe/London')::date AS since,
        (until AT TIME ZONE 'Europe/London')::date AS until
    FROM move WHERE until IS NOT NULL
), calendar AS MATERIALIZED (
    SELECT day::date AS day, count(*) FILTER (
        WHERE extract(isodow FROM day) < 6 AND day::date <> ALL(%(holidays)s::date[])) OVER (ORDER BY day) AS number
    FROM generate_series((SELECT min(least(since, until)) FROM spell)::timestamp,
        (SELECT max(greatest(since, until)) FROM spell)::timestamp, interval '1 day') day
)
SELECT force_id, whose, to_state, greatest(ended.number - begun.number, 0), count(*)
FROM spell JOIN calendar begun ON begun.day = since JOIN calendar ended ON ended.day = until
GROUP BY 1, 2, 3, 4
"""


def cells(period: Period, forces: Collection[int] | None = None) -> Counter[Cell]:
    """Everything that is counted of the referrals made in a period: all of them, or those of these forces.

    Those that have been erased are counted by what stayed of them (casework/reports/erased.py)."""
    made = Referral.objects.filter(submitted_at__gte=period.start, submitted_at__lt=period.end).order_by()
    if forces is not None:
        made = made.filter(force__in=forces)
    found = Counter(dict([*steps_of(made), *places_of(made), *spells_of(period, forces)]))
    return found + erased_in(period, forces)


def cells_of(referral: Referral) -> Counter[Cell]:
    """Everything that is counted of one referral."""
    if referral.submitted_at is None:
        return Counter()
    day = timezone.localdate(referral.submitted_at)
    made = Referral.objects.filter(pk=referral.pk).order_by()
    spells = spells_of(Period(day, day), [referral.force_id], only=referral.pk)
    return Counter(dict([*steps_of(made), *places_of(made), *spells]))


def steps_of(made: QuerySet[Referral]) -> Iterator[tuple[Cell, int]]:
    counts = {key: Count("pk", filter=test) for key, (_, test) in STEPS.items()}
    rows: Any = made.values("force").annotate(**counts)
    for row in rows:
        for key in STEPS:
            yield (row["force"], step(key), None), row[key]


def places_of(made: QuerySet[Referral]) -> Iterator[tuple[Cell, int]]:
    rows = made.values_list("force", "state", "case__state", "case__outcome").annotate(number=Count("pk"))
    for force, state, case_state, outcome, number in rows:
        yield (force, place(state, case_state, outcome), None), number


def spells_of(
    period: Period, forces: Collection[int] | None, *, only: int | None = None
) -> Iterator[tuple[Cell, int]]:
    asked: dict[str, Any] = {
        "start": period.start,
        "end": period.end,
        "forces": None if forces is None else list(forces),
        "holidays": list(bank_holidays()),
        "only": only,
    }
    with connection.cursor() as ask:
        ask.execute(SPELLS, asked)
        for force, whose, state, days, number in ask.fetchall():
            yield (force, spell(whose, state), days), number


def counted(cohort: Cohort) -> Counter[Counted]:
    """Everything that is counted of a cohort: whole months as they are kept, the days beside them now."""
    kept, beside = split(cohort)
    found: Counter[Counted] = Counter()
    if kept is not None:
        # Of every force together where none is chosen.
        force = Q(force=cohort.force) if cohort.force else Q(force=None)
        rows = Figure.objects.filter(kept, force).values_list("what", "days").annotate(all=Sum("number"))
        found.update({(what, days): number for what, days, number in rows})
    for period in beside:
        for (_, what, days), number in cells(period, [cohort.force.pk] if cohort.force else None).items():
            found[what, days] += number
    return found


def made_by_force(cohort: Cohort) -> list[tuple[int, str, int]]:
    """(force, its name, referrals made), most first."""
    made = numbers_made(cohort)
    names = Force.objects.filter(pk__in=made).values_list("pk", "name")
    return sorted(((pk, name, made[pk]) for pk, name in names), key=lambda one: (-one[2], one[1]))


def numbers_made(cohort: Cohort) -> Counter[int]:
    """How many referrals each force made."""
    kept, beside = split(cohort)
    found: Counter[int] = Counter()
    if kept is not None:
        chosen = Q(force=cohort.force) if cohort.force else Q(force__isnull=False)
        made = Figure.objects.filter(kept, chosen, what=step("made"))
        found.update(dict(made.values_list("force").annotate(all=Sum("number"))))
    for period in beside:
        part = Cohort(cohort.force, period.first, period.last).referrals()
        found.update(dict(part.values_list("force").annotate(all=Count("pk"))))
        for (force, what, _), number in erased_in(
            period, [cohort.force.pk] if cohort.force else None
        ).items():
            found[force] += number if what == step("made") else 0
    return found


def erased(cohort: Cohort, number: str) -> int:
    """How many of those that a number of the dashboard counts have been erased, so that no list shows them."""
    period = Period(cohort.first or EARLIEST, cohort.last or timezone.localdate())
    if period.first > period.last:
        return 0
    found: Counter[Counted] = Counter()
    for (_, what, days), times in erased_in(period, [cohort.force.pk] if cohort.force else None).items():
        found[what, days] += times
    return number_of(found, number)


def split(cohort: Cohort) -> tuple[Q | None, list[Period]]:
    """Which whole months a cohort consists of, None where there is none, and which days beside them."""
    first, last = cohort.first, cohort.last
    if first and last and first > last:
        return None, []
    if first and last and month_of(first) == month_of(last) and Period(first, last) != month_of(first):
        return None, [Period(first, last)]
    months, beside = Q(), []
    if first:
        begun = month_of(first)
        if first != begun.first:
            beside.append(Period(first, begun.last))
            months &= Q(month__gt=begun.first)
        else:
            months &= Q(month__gte=first)
    if last:
        ending = month_of(last)
        if last != ending.last:
            beside.append(Period(ending.first, last))
            months &= Q(month__lt=ending.first)
        else:
            months &= Q(month__lte=ending.first)
    return months, beside

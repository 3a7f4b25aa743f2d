"""What the auditor asks of the record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent, Verification
from nexus.audit.refused import FOREIGN
from nexus.audit.wording import kind_in_words
from nexus.parts import audit_names

NOTHING = Q(pk__in=())
OLD = timedelta(hours=36)  # a verification older than this has missed a night
# Local: more than so many addresses of other people's within an hour are shown to the auditor, for a month.
PROBING_ADDRESSES, PROBING_WITHIN, PROBING_SHOWN = 10, timedelta(hours=1), timedelta(days=30)
PROBING = """
SELECT by_id, count(*), max(at) FROM (
    SELECT by_id, at, lag(at, %s) OVER (PARTITION BY by_id ORDER BY at, id) AS earlier
    FROM audit_auditevent WHERE kind = %s AND at >= %s
) asked GROUP BY by_id HAVING bool_or(at - earlier <= %s::interval) ORDER BY max(at) DESC
"""
EACH_VALUE = """
WITH RECURSIVE found AS (
    (SELECT COLUMN AS value FROM audit_auditevent ORDER BY COLUMN LIMIT 1)
    UNION ALL
    SELECT (SELECT COLUMN FROM audit_auditevent WHERE COLUMN > found.value ORDER BY COLUMN LIMIT 1)
    FROM found WHERE found.value IS NOT NULL
) SELECT value FROM found WHERE value IS NOT NULL
"""
NOT_AS_STORED = "file.not_as_stored"
ACCESS = frozenset({"role", "force", "team", "email", "may_sign_in"})  # kept as [before, after]
Subject = tuple[str, str]  # the model's label and the row's id


@dataclass(frozen=True)
class Entry:
    """One entry with its ids turned into what people know them by."""

    event: AuditEvent
    what: str
    who: str
    role: str
    subject: str
    rows: tuple[str, ...] = ()  # what a list showed, by name, where that was asked for


@dataclass(frozen=True)
class LastVerified:
    """When the record was verified last, by whom, and whether that is too long ago."""

    verification: Verification
    by: str
    is_old: bool


def last_verified(now: datetime) -> LastVerified | None:
    """None where it never was."""
    last = Verification.objects.first()
    if last is None:
        return None
    person = User.objects.filter(pk=last.by_id).first() if last.by_id else None
    return LastVerified(last, str(person) if person else "the nightly check", now - last.finished_at > OLD)


@dataclass(frozen=True)
class Probing:
    """Somebody who asked for many addresses outside what they may see in a short time."""

    person: int
    who: str
    addresses: int
    last: datetime


def rows_not_as_stored() -> int:
    """How many files and letters were found not to be what was stored."""
    found = AuditEvent.objects.filter(kind=NOT_AS_STORED).order_by()
    return found.values("subject_type", "subject_id").distinct().count()


def probing(now: datetime) -> list[Probing]:
    """Who did so in the last days, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(PROBING, [PROBING_ADDRESSES, FOREIGN, now - PROBING_SHOWN, str(PROBING_WITHIN)])
        found = cursor.fetchall()
    people = User.objects.in_bulk([pk for pk, *_ in found]) if found else {}
    return [
        Probing(pk, str(people.get(pk, f"Account {pk}")), addresses, last) for pk, addresses, last in found
    ]


def entries_like(
    *,
    person: int | None = None,
    kind: str = "",
    reference: str = "",
    subject_type: str = "",
    subject_id: str = "",
    since: date | None = None,
    until: date | None = None,
    changes: bool = False,
) -> QuerySet[AuditEvent]:
    """The entries that fit all of these; the days are the UK's, and both count."""
    wanted = Q()
    if changes:
        wanted &= Q(is_change=True)
    if person is not None:
        wanted &= Q(by_id=person)
    if kind:
        wanted &= Q(kind=kind)
    if reference:
        wanted &= concerning(reference)
    if subject_type:
        wanted &= Q(subject_type=subject_type)
    if subject_id:
        wanted &= Q(subject_id=subject_id)
    if since:
        wanted &= Q(at__gte=midnight(since))
    if until:
        wanted &= Q(at__lt=midnight(until) + timedelta(days=1))
    return AuditEvent.objects.filter(wanted)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def concerning(reference: str) -> Q:
    """Everything done to what bears this reference, lists that showed it and parts of it included."""
    found: list[QuerySet[Any]] = []
    for label, path in audit_names().items():
        if not path.endswith("reference"):
            continue
        model = apps.get_model(label)
        for pk in model._default_manager.filter(**{path: reference}).values_list("pk", flat=True):
            found += entries_of(label, model._meta.model_name or "", pk)
    if not found:
        return NOTHING
    return Q(pk__in=reduce(lambda one, other: one.union(other, all=True), found))


def entries_of(label: str, name: str, pk: int) -> list[QuerySet[Any]]:
    """Those about a row, those of lists that showed it and those of its parts, each found by an index of its own."""
    entries = AuditEvent.objects.order_by().values("pk")
    return [
        entries.filter(subject_type=label, subject_id=str(pk)),
        entries.filter(kind__startswith=f"{name}.", subjects__contains=[pk]).exclude(subjects=[]),
        entries.filter(detail__contains={name: pk}),
    ]


def kinds_recorded() -> list[tuple[str, str]]:
    """The kinds there are entries of, as choices in alphabetical order."""
    kinds = values_in("kind")
    return sorted(((kind, kind_in_words(kind)) for kind in kinds), key=lambda choice: choice[1])


def subject_types_recorded() -> list[tuple[str, str]]:
    """The kinds of row there are entries about, as choices."""
    labels = filter(None, values_in("subject_type"))
    return sorted(((label, type_in_words(label)) for label in labels), key=lambda choice: choice[1])


def values_in(column: str) -> list[str]:
    """Each value of an indexed column once: the index is asked for the next greater one, however many entries there are."""
    with connection.cursor() as ask:
        ask.execute(EACH_VALUE.replace("COLUMN", connection.ops.quote_name(column)))
        return [value for (value,) in ask.fetchall()]


def type_in_words(label: str) -> str:
    """ "casework.casenote" → "Case note"; a model that is gone keeps its label."""
    try:
        words = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label
    return words[:1].upper() + words[1:]


def people_called(name: str) -> QuerySet[User]:
    """Whose entries one may want to see: anybody whose name or e-mail address contains the text."""
    return User.objects.filter(Q(full_name__icontains=name) | Q(email__icontains=name)).select_related(
        "force"
    )


def in_words(events: Iterable[AuditEvent], *, with_rows: bool = False) -> list[Entry]:
    """The entries with names instead of ids, in a constant number of queries; `with_rows` those of lists too."""
    events = list(events)
    people = User.objects.in_bulk({event.by_id for event in events if event.by_id})
    shown = {event.pk: rows_of(event) for event in events} if with_rows else {}
    subjects = [(event.subject_type, event.subject_id) for event in events if event.subject_type]
    names = names_of([*subjects, *(row for rows in shown.values() for row in rows)])
    return [
        Entry(
            event=event,
            what=kind_in_words(event.kind),
            who=str(people.get(event.by_id, f"Account {event.by_id}")) if event.by_id else "The system",
            role=str(Role(event.by_role).label) if event.by_role in Role.values else "",
            subject=names.get((event.subject_type, event.subject_id), ""),
            rows=tuple(names[row] for row in shown.get(event.pk, ())),
        )
        for event in events
    ]


def names_of(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """What each row is known by: "Referral NHH-2026-000123", or its kind and id."""
    by_label: dict[str, set[str]] = defaultdict(set)
    for label, pk in subjects:
        by_label[label].add(pk)
    named: dict[Subject, str] = {}
    for label, pks in by_label.items():
        known = _known_by(label, pks)
        for pk in pks:
            named[label, pk] = f"{type_in_words(label)} {known.get(pk, pk)}"
    return named


def _known_by(label: str, pks: set[str]) -> dict[str, Any]:
    path = audit_names().get(label)
    if path is None:
        return {}
    rows = apps.get_model(label)._default_manager.filter(pk__in=pks).values_list("pk", path)
    return {str(pk): name for pk, name in rows}


def rows_of(event: AuditEvent) -> list[Subject]:
    """What a list or an export showed: the model that its kind names, and each row's id."""
    word = event.kind.partition(".")[0]
    label = next((label for label in audit_names() if label.endswith(f".{word}")), "")
    return [(label, str(pk)) for pk in event.subjects] if label else []


def rows_shown(event: AuditEvent) -> list[str]:
    """The same by the names of its rows."""
    rows = rows_of(event)
    if not rows:
        return [str(pk) for pk in event.subjects]
    known = _known_by(rows[0][0], {pk for _, pk in rows})
    return [str(known.get(pk, pk)) for _, pk in rows]


def details(event: AuditEvent) -> list[str]:
    """The ids and field names kept with an entry, a line each."""
    lines = []
    for key, value in event.detail.items():
        if key in ACCESS and isinstance(value, list):
            text = " → ".join(str(each) if each != "" else "nothing" for each in value)
        else:
            text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
        lines.append(f"{key.replace('_', ' ')}: {text}")
    return lines

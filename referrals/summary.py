"""A referral in words: every section with its answers and rows, for every page and print that shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.urls import reverse

from nexus.documents.models import StoredFile
from nexus.soft_delete import Removable, RemovedRow, removed_rows
from nexus.ui.dates import EXACT, PartialDate
from nexus.ui.formatting import capfirst, count, date_and_time, number, yesno
from nexus.ui.formatting import date as date_in_words
from referrals.models import Alias, Attachment, ConductEvent, Nationality, Referral
from referrals.rules.follow_ups import is_asked
from referrals.rules.nationalities import country_name, nationality_name
from referrals.rules.sections import SECTIONS, Section
from referrals.rules.terms import ConductKind, Part

NOT_PROVIDED = "Not provided"
# What `summary_of` reads besides the referral itself; a list may prefetch these for all its rows.
ROWS = ("aliases", "nationalities", "conduct", "attachments__file")
NEVER_OFFENDING = frozenset({Part.VICTIM, Part.WITNESS})


@dataclass(frozen=True)
class Answer:
    """One question and its answer. `name` is the form field that asks it; `text` may have several lines."""

    name: str
    label: str
    text: str

    @property
    def provided(self) -> bool:
        return self.text != NOT_PROVIDED


@dataclass(frozen=True)
class Row:
    """One row of a section's tables. `kind` is what the row actions call it; `note` is what the reader
    must not miss; `file` is the stored file of an attachment."""

    kind: str
    pk: int
    title: str
    answers: tuple[Answer, ...]
    note: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True)
class Rows:
    """A section's table: what the rows are, how the empty table reads, and the rows."""

    kind: str
    title: str
    none: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SectionSummary:
    """One section: its key, title and group as in `SECTIONS`, its answers and its tables."""

    key: str
    title: str
    group: str
    answers: tuple[Answer, ...]
    tables: tuple[Rows, ...]


def summary_of(referral: Referral) -> list[SectionSummary]:
    """Every section in the order of the form. Five queries at most, none where ROWS is prefetched.

    An answer nobody gave reads "Not provided"; a follow-up question that was not asked is left out.
    """
    prefetch_related_objects([referral], *ROWS)
    return [
        SectionSummary(
            key=section.key,
            title=section.title,
            group=section.group,
            answers=tuple(_answers(section, referral)),
            tables=tuple(TABLES[name](referral) for name in section.rows),
        )
        for section in SECTIONS
    ]


# Fields told together with the one before them.
PRECISIONS = {"date_of_birth": "date_of_birth_precision", "arrived_on": "arrived_on_precision"}

# Several boxes, one question: first field → (question, fields).
BOXES: dict[str, tuple[str, tuple[str, ...]]] = {
    "harm_physical": ("Kind of harm", ("harm_physical", "harm_emotional", "harm_financial")),
    "harm_to_individuals": ("Who is harmed", ("harm_to_individuals", "harm_to_community")),
    "commits_information": (
        "The force commits to",
        ("commits_information", "commits_tracing", "commits_evidence", "commits_resources"),
    ),
}
TOLD_ELSEWHERE = {*PRECISIONS.values(), *(name for _, names in BOXES.values() for name in names[1:])}


def answers_to(referral: Referral, columns: Iterable[str]) -> list[Answer]:
    """The answers stored in these columns, in words."""
    return [_answer(name, referral) for name in columns if name not in TOLD_ELSEWHERE]


def label_of(name: str) -> str:
    """What a question is called wherever its answer is shown."""
    if name in BOXES:
        return BOXES[name][0]
    return capfirst(str(Referral._meta.get_field(name).verbose_name))


def _answers(section: Section, referral: Referral) -> list[Answer]:
    force = [Answer("force", "Force", referral.force.name)] if section.key == "referrer" else []
    names = [name for name in section.fields if name not in TOLD_ELSEWHERE]
    return force + [_answer(name, referral) for name in names if _is_told(name, referral)]


def _is_told(name: str, referral: Referral) -> bool:
    if name == "no_identifiers_known":
        return referral.no_identifiers_known
    return is_asked(name, referral) or bool(getattr(referral, name))


def _answer(name: str, referral: Referral) -> Answer:
    if name in BOXES:
        ticked = [field for field in BOXES[name][1] if getattr(referral, field)]
        words = [capfirst(str(Referral._meta.get_field(field).verbose_name)) for field in ticked]
        return Answer(name, label_of(name), "\n".join(words) or NOT_PROVIDED)
    value = getattr(referral, name)
    if name in PRECISIONS and value:
        value = PartialDate(value, getattr(referral, PRECISIONS[name]) or EXACT)
    return Answer(name, label_of(name), in_words(referral, name, value))


def in_words(row: Model, name: str, value: Any) -> str:
    """A value as people read it: choices by their labels, dates and times in full, lines kept."""
    if value is None or value == "":
        return NOT_PROVIDED
    if isinstance(value, bool):
        return yesno(value)
    if isinstance(value, datetime):
        return date_and_time(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, PartialDate):
        return str(value)
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else str(value)


def _told(row: Model, *names: str) -> tuple[Answer, ...]:
    """The row's own fields as answers."""
    return tuple(
        Answer(
            name,
            capfirst(str(row._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
            in_words(row, name, getattr(row, name)),
        )
        for name in names
    )


def _provided(row: Model, *names: str) -> tuple[Answer, ...]:
    """As `_told`, without what is empty: an event has many fields and uses few."""
    return tuple(answer for answer in _told(row, *names) if answer.provided)


def _alias(alias: Alias) -> Row:
    return Row("alias", alias.pk, alias.name, ())


def _nationality(nationality: Nationality) -> Row:
    return Row(
        "nationality", nationality.pk, nationality_name(nationality.code), _told(nationality, "source")
    )


def _event(event: ConductEvent) -> Row:
    place = (Answer("country", "Country", country_name(event.country) or NOT_PROVIDED),)
    return Row(
        "conduct",
        event.pk,
        event.offence,
        _told(event, "kind", "part")
        + _provided(event, "offence_on", "convicted_on", "sentenced_on", "court")
        + place
        + _provided(event, "sentence_type", "sentence_months", "offence_code")
        + (_told(event, "standing") if event.kind in STANDING_MATTERS else ())
        + (Answer("grounding", "Fact or assessment", event.grounding_words),)
        + _provided(event, "source_grading"),
        note=not_offending(event),
    )


STANDING_MATTERS = frozenset({ConductKind.CONVICTION, ConductKind.OVERSEAS_CONVICTION})


def not_offending(event: ConductEvent) -> str:
    """What is said of an event in which the subject is victim or witness; else nothing."""
    if event.part not in NEVER_OFFENDING:
        return ""
    return f"The subject is the {event.get_part_display().lower()}. This is not counted as offending."


def _attachment(attachment: Attachment) -> Row:
    file = attachment.file
    return Row(
        "attachment",
        attachment.pk,
        attachment.description,
        (
            Answer("file", "File", f"{file.name}, {size_in_words(file.size)}"),
            *_told(attachment, "marking", "disclosable"),
            Answer("scan", "Virus check", file.scan_words),
        ),
        note="" if file.is_unchecked else file.scan_note,
        file=file,
    )


def size_in_words(size: int) -> str:
    """812 bytes, 14 KB, 2.3 MB"""
    if size < 1000:
        return count(size, "byte")
    if size < 1_000_000:
        return f"{number(round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def _table(
    kind: str, title: str, none: str, rows_of: Callable[[Referral], Any], row_of: Callable[[Any], Row]
) -> Callable[[Referral], Rows]:
    return lambda referral: Rows(kind, title, none, tuple(row_of(row) for row in rows_of(referral).all()))


def removed_rows_of(referral: Referral, kind: str) -> list[RemovedRow]:
    """The removed rows of one kind, each with the way to put it back."""
    model, row_of = REMOVABLE[kind]
    return removed_rows(
        model.with_removed.filter(referral=referral),
        title=lambda row: row_of(row).title,
        contents=lambda row: [(answer.label, answer.text) for answer in row_of(row).answers],
        address=lambda row: reverse("referrals:restore_row", args=[referral.reference, kind, row.pk]),
    )


REMOVABLE: dict[str, tuple[type[Removable], Callable[[Any], Row]]] = {
    "alias": (Alias, _alias),
    "nationality": (Nationality, _nationality),
    "conduct": (ConductEvent, _event),
    "attachment": (Attachment, _attachment),
}
TABLES: dict[str, Callable[[Referral], Rows]] = {
    "aliases": _table("alias", "Other names", "No other names have been added.", lambda r: r.aliases, _alias),
    "nationalities": _table(
        "nationality",
        "Nationalities",
        "No nationality has been added.",
        lambda r: r.nationalities,
        _nationality,
    ),
    "conduct": _table(
        "conduct", "Conduct events", "No conduct events have been added.", lambda r: r.conduct, _event
    ),
    "attachments": _table(
        "attachment", "Documents", "No documents have been added.", lambda r: r.attachments, _attachment
    ),
}

"""Everything that happened to a case and its referral, newest first, a page at a time.

Parts of casework that stand above (material, decisions and so on) add their entries by `PART.timeline`
(casework/parts.py), which gives the newest SIZE + 1 of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.models import (
    MOVED_BY,
    Assignment,
    Barrier,
    Case,
    CaseChange,
    CaseDocument,
    CaseNote,
    CaseTask,
    ProgressEvent,
    RelatedCase,
    RelatedPerson,
    RouteChange,
)
from casework.parts import case_parts
from casework.rules.words import written
from casework.states import MOVES, State
from nexus.accounts.models import User
from nexus.ui.wording import lower_first
from referrals.duty_desk.models import MatterEntry
from referrals.duty_desk.rules.pending import LITIGATION
from referrals.models import ReferralChange, ReferralNote
from referrals.states import MOVES as REFERRAL_MOVES

SIZE = 50  # entries a page, and more where several happened in the same moment
INTERNAL = "Internal"

CASE_MOVES = {"allocate": "Case allocated to Liverpool", "close": "Case closed"}
# Moves of the case that another row tells better: an assignment, the progress that made the move, the decision.
TOLD_ELSEWHERE = {"assign", "draft", "review", "redraft", *MOVED_BY.values()}


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `tag` says whether the force may read it."""

    title: str
    at: datetime
    by: User | None
    text: str = ""
    tag: str = ""


@dataclass(frozen=True)
class TimelinePage:
    """Some entries, and the moment before which the next page goes on."""

    entries: list[Entry]
    next_before: datetime | None


def timeline(case: Case, *, before: datetime | None = None) -> TimelinePage:
    """The newest entries before a moment: ten queries and those of the parts, however long the story."""
    entries = [entry for entry in _everything(case, before) if not before or entry.at < before]
    entries = sorted(entries, key=lambda entry: entry.at)[::-1]  # of one moment, what follows stands above
    if len(entries) <= SIZE:
        return TimelinePage(entries, None)
    last = entries[SIZE - 1].at
    page = [entry for entry in entries if entry.at >= last]
    return TimelinePage(page, last if len(page) < len(entries) else None)


def _everything(case: Case, before: datetime | None) -> Iterable[Entry]:
    """At least SIZE + 1 of each source, so that merging them loses none; causes before what follows."""

    def some(rows: QuerySet, moment: str) -> QuerySet:
        if before:
            rows = rows.filter(Q(**{f"{moment}__lt": before}))
        return rows.order_by(f"-{moment}")[: SIZE + 1]

    opened = [Entry("Case opened", case.opened_at, None)] if not before or case.opened_at < before else []
    return chain(
        map(
            _referral_change,
            some(ReferralChange.objects.filter(referral=case.referral_id).select_related("by"), "at"),
        ),
        opened,
        (
            _case_change(change, case)
            for change in some(
                CaseChange.objects.filter(case=case).exclude(verb__in=TOLD_ELSEWHERE).select_related("by"),
                "at",
            )
        ),
        (
            _progress(event, case)
            for event in some(case.progress.select_related("recorded_by"), "recorded_at")
        ),
        map(_note, some(case.notes.select_related("written_by"), "written_at")),
        map(
            _referral_note,
            some(ReferralNote.objects.filter(referral=case.referral_id).select_related("by"), "at"),
        ),
        map(_assignment, some(case.assignments.select_related("case_owner", "assigned_by"), "assigned_at")),
        chain.from_iterable(map(_barrier, case.barriers.select_related("recorded_by", "lifted_by"))),
        chain.from_iterable(map(_related, _relations(case))),
        chain.from_iterable(map(_person, case.people.select_related("added_by", "removed_by"))),
        map(_route_change, some(case.route_changes.select_related("changed_by"), "changed_at")),
        map(_document, some(case.documents.select_related("file__uploaded_by"), "file__uploaded_at")),
        chain.from_iterable(map(_task, case.tasks.select_related("added_by", "done_by", "owner"))),
        *(part.timeline(case=case, before=before) for part in case_parts() if part.timeline),
    )


def of_litigation(*, case: Case, before: datetime | None) -> list[Entry]:
    """What was written of the litigation the Duty Desk watches."""
    rows = MatterEntry.objects.filter(matter__referral=case.referral_id, matter__kind__in=LITIGATION)
    if before:
        rows = rows.filter(at__lt=before)
    newest = rows.select_related("by", "matter").order_by("-at", "-pk")[: SIZE + 1]
    return [
        Entry(f"{row.matter.get_kind_display()}: {lower_first(str(row))}", row.at, row.by, row.text, INTERNAL)
        for row in newest
    ]


def _referral_change(change: ReferralChange) -> Entry:
    return Entry(
        f"Referral: {lower_first(REFERRAL_MOVES[change.verb].title)}", change.at, change.by, change.reason
    )


def _case_change(change: CaseChange, case: Case) -> Entry:
    if change.verb == "record_outcome":
        return Entry(
            f"Outcome: {case.get_outcome_display()}",
            change.at,
            change.by,
            f"{written(case.outcome_on)}\n{case.outcome_reasons}"
            if case.outcome_on
            else case.outcome_reasons,
            tag=shared_with(case),
        )
    return Entry(CASE_MOVES[change.verb], change.at, change.by, change.reason)


def shared_with(case: Case) -> str:
    return f"Shared with {case.referral.force.name}"


def _progress(event: ProgressEvent, case: Case) -> Entry:
    lines = [event.text]
    if event.happened_on != timezone.localdate(event.recorded_at):
        lines.insert(0, f"Happened on {written(event.happened_on)}.")
    if event.asked_of_force:
        lines.append(f"Asked of the force: {event.asked_of_force}")
    verb = MOVED_BY.get(event.kind)
    if verb:
        lines.append(f"The case moved to “{State(MOVES[verb].target).label}”.")
    return Entry(
        event.get_kind_display(),
        event.recorded_at,
        event.recorded_by,
        "\n".join(lines),
        tag=shared_with(case) if event.shared_with_force else INTERNAL,
    )


def _note(note: CaseNote) -> Entry:
    return Entry("Note", note.written_at, note.written_by, note.text, tag=INTERNAL)


def _referral_note(note: ReferralNote) -> Entry:
    return Entry(note.title, note.at, note.by, note.text, tag=INTERNAL)


def _assignment(spell: Assignment) -> Entry:
    verb = "Reassigned" if spell.reason else "Assigned"
    return Entry(
        f"{verb} to {spell.case_owner}", spell.assigned_at, spell.assigned_by, spell.reason, tag=INTERNAL
    )


def _barrier(barrier: Barrier) -> Iterator[Entry]:
    kind = barrier.get_kind_display()
    text = f"Since {written(barrier.since)}.\n{barrier.details}"
    yield Entry(f"Barrier: {kind}", barrier.recorded_at, barrier.recorded_by, text, tag=INTERNAL)
    if barrier.lifted_at:
        yield Entry(
            f"Barrier lifted: {kind}",
            barrier.lifted_at,
            barrier.lifted_by,
            "\n".join(filter(None, [barrier.ended_by, barrier.lifted_because])),
            tag=INTERNAL,
        )


def _route_change(change: RouteChange) -> Entry:
    title = f"Route changed to {change.get_to_route_display()}"
    text = f"From {change.get_from_route_display()}.\n{change.reason}"
    return Entry(title, change.changed_at, change.changed_by, text, tag=INTERNAL)


def _document(document: CaseDocument) -> Entry:
    file = document.file
    text = f"{document.description}\n{document.get_marking_display()}"
    return Entry("Document added", file.uploaded_at, file.uploaded_by, text, tag=INTERNAL)


def _task(task: CaseTask) -> Iterator[Entry]:
    due = f"{task.owner}, due {written(task.due_on)}"
    yield Entry(f"Task: {task.title}", task.added_at, task.added_by, due, tag=INTERNAL)
    if task.done_at:
        yield Entry(f"Task completed: {task.title}", task.done_at, task.done_by, tag=INTERNAL)


def _relations(case: Case) -> Iterable[tuple[RelatedCase, Case]]:
    rows = RelatedCase.objects.filter(Q(case=case) | Q(other=case)).select_related(
        "case__referral", "other__referral", "related_by", "ended_by"
    )
    return [(row, row.other if row.case_id == case.pk else row.case) for row in rows]


def _related(relation: tuple[RelatedCase, Case]) -> Iterator[Entry]:
    row, other = relation
    why = f"{row.get_kind_display()}\n{row.reason}"
    yield Entry(f"Related to {other}", row.related_at, row.related_by, why, tag=INTERNAL)
    if row.ended_at:
        title = f"No longer related to {other}"
        yield Entry(title, row.ended_at, row.ended_by, row.ended_because, tag=INTERNAL)


def _person(person: RelatedPerson) -> Iterator[Entry]:
    done = "corrected" if person.because else "added"
    text = f"{person.get_relation_display()}: {person.name}\n{person.because}".strip()
    yield Entry(f"Related person {done}", person.added_at, person.added_by, text, tag=INTERNAL)
    if person.removed_at:
        text = f"{person.name}\n{person.removed_because}"
        yield Entry("Related person removed", person.removed_at, person.removed_by, text, tag=INTERNAL)

"""Starting a bundle, and choosing, describing and ordering what is in it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from casework.decisions.models import Hearing
from casework.tribunal.actions.steps import case_of, lock, lock_case, reasons_not_to_prepare
from casework.tribunal.candidates import candidates
from casework.tribunal.models import Bundle, BundleEntry
from casework.tribunal.rules import SECTIONS
from casework.tribunal.states import COMING, State
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless

OVER = "The result of this hearing is recorded, so no bundle is started for it."
FIRST_FINAL = "First make the final bundle. What is late goes into a supplementary bundle after it."
BEING_MADE = "This bundle is being made now. Change it when that is done."


def reasons_not_to_start(hearing: Hearing, by: User) -> list[str]:
    """A first bundle at any time before the hearing; a supplementary one once the bundle before it is final."""
    reasons = reasons_not_to_prepare(hearing.challenge.decision.case, by)
    if not reasons and hearing.result:
        reasons = [OVER]
    last = hearing.bundles.order_by("-number").first()
    if not reasons and last and not last.versions.filter(is_final=True, state=State.MADE).exists():
        reasons = [FIRST_FINAL]
    return reasons


@transaction.atomic
def start_bundle(*, case_id: int, hearing_id: int, by: User, now: datetime, late_because: str = "") -> Bundle:
    """The bundle of a hearing, with everything that may go into it; the next is supplementary. Raises Refused."""
    case = lock_case(case_id, by=by, verb="start_bundle")
    hearing = Hearing.objects.select_related("challenge__decision").get(
        pk=hearing_id, challenge__decision__case=case
    )
    hearing.challenge.decision.case = case
    number = hearing.bundles.count()
    refuse_if(
        reasons_not_to_start(hearing, by)
        + (wordless(late_because, "Enter why these documents are late.") if number else [])
    )
    bundle = Bundle.objects.create(
        hearing=hearing,
        number=number,
        late_because=late_because if number else "",
        started_by=by,
        started_at=now,
    )
    added = _add_new(bundle)
    detail = {"bundle": bundle.pk, "hearing": hearing.pk, "entries": added}
    record(kind="bundle.started", by=by, subject=case, now=now, detail=detail)
    return bundle


def _add_new(bundle: Bundle) -> int:
    """Add what can be chosen and no bundle of this hearing holds yet; returns how many."""
    earlier = BundleEntry.objects.filter(bundle__hearing=bundle.hearing)
    known = set(earlier.filter(included=True).exclude(bundle=bundle).values_list("source", flat=True))
    known |= set(bundle.entries.values_list("source", flat=True))
    found = [each for each in candidates(bundle.hearing) if each.source not in known]
    first = bundle.entries.count()
    BundleEntry.objects.bulk_create(
        BundleEntry(
            bundle=bundle,
            source=each.source,
            section=each.section,
            position=place,
            title=each.title,
            dated_on=each.dated_on,
            author=each.author,
            included=each.included,
        )
        for place, each in enumerate(found, start=first)
    )
    return len(found)


def reasons_not_to_change(bundle: Bundle, by: User) -> list[str]:
    """What is being made does not change beneath the worker."""
    reasons = reasons_not_to_prepare(case_of(bundle), by)
    if not reasons and bundle.versions.filter(state__in=COMING).exists():
        reasons = [BEING_MADE]
    return reasons


@transaction.atomic
def gather_entries(*, bundle_id: int, by: User, now: datetime) -> int:
    """Look for documents that have come since: each is added at the end of its section. Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="gather_entries")
    refuse_if(reasons_not_to_change(bundle, by))
    added = _add_new(bundle)
    _saved(bundle, "entries_gathered", by=by, now=now, entries=added)
    return added


@transaction.atomic
def change_entry(
    *,
    bundle_id: int,
    entry_id: int,
    by: User,
    now: datetime,
    section: str,
    title: str,
    author: str,
    included: bool,
    dated_on: date | None = None,
    withheld_because: str = "",
) -> BundleEntry:
    """Describe an entry, put it into another section, or choose whether it is in the bundle. Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="change_entry")
    entry = bundle.entries.get(pk=entry_id)
    refuse_if(
        reasons_not_to_change(bundle, by)
        + blank(title, "Enter what the document is.")
        + wordless(withheld_because, "Enter why it is withheld.", optional=True)
        + ([] if section in SECTIONS else ["Select the section it stands in."])
        + (
            [
                "It is in the bundle, so it is not withheld. Leave the reason out, or take it out of the bundle."
            ]
            if included and withheld_because
            else []
        )
    )
    entry.section, entry.title, entry.author, entry.dated_on = section, title, author, dated_on
    entry.included, entry.withheld_because = included, withheld_because
    entry.save()
    _saved(bundle, "entry_changed", by=by, now=now, entry=entry.pk)
    return entry


@transaction.atomic
def move_entry(*, bundle_id: int, entry_id: int, by: User, now: datetime, up: bool) -> BundleEntry:
    """One place up or down within its section; at the end of it, nothing changes. Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="move_entry")
    refuse_if(reasons_not_to_change(bundle, by))
    entry = bundle.entries.get(pk=entry_id)
    inside = list(bundle.entries.filter(section=entry.section))
    place = inside.index(entry)
    other = place - 1 if up else place + 1
    if 0 <= other < len(inside):
        inside[place], inside[other] = inside[other], inside[place]
        _reorder(inside)
        _saved(bundle, "entry_moved", by=by, now=now, entry=entry.pk)
    return entry


@transaction.atomic
def order_entries(*, bundle_id: int, by: User, now: datetime, order: Sequence[int]) -> Bundle:
    """The entries of a section in this order, as they were dragged. What is not named keeps its place after them.
    Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="order_entries")
    refuse_if(reasons_not_to_change(bundle, by))
    by_key = {entry.pk: entry for entry in bundle.entries.all()}
    named = [by_key[pk] for pk in dict.fromkeys(order) if pk in by_key]
    if len({entry.section for entry in named}) > 1:
        refuse_if(["Order the entries of one section at a time."])
    if named:
        rest = [each for each in by_key.values() if each.section == named[0].section and each not in named]
        _reorder([*named, *rest])
        _saved(bundle, "entry_moved", by=by, now=now, entry=named[0].pk)
    return bundle


def _reorder(entries: list[BundleEntry]) -> None:
    """Give the entries, in this order, the places they have among themselves."""
    places = sorted(entry.position for entry in entries)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    for place, entry in zip(places, entries, strict=True):
        entry.position = place
    BundleEntry.objects.bulk_update(entries, ["position"])


def _saved(bundle: Bundle, done: str, *, by: User, now: datetime, **detail: int) -> None:
    record(
        kind=f"bundle.{done}",
        by=by,
        subject=case_of(bundle),
        now=now,
        detail={"bundle": bundle.pk, **detail},
    )

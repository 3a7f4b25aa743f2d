"""Drafting: start a referral, save its sections as they are left; add, change and remove its rows, and put them back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if
from nexus.soft_delete import put_back, remove
from referrals.actions.steps import lock
from referrals.models import Alias, Attachment, ConductEvent, Nationality, Referral
from referrals.permissions import WHO_MAY
from referrals.queries import contradictions_of, own_reference_is_taken
from referrals.rules.sections import SECTION
from referrals.states import State

# A referral's own tables, and the section whose completeness each belongs to.
ROWS: dict[str, Any] = {
    "alias": Alias,
    "nationality": Nationality,
    "conduct": ConductEvent,
    "attachment": Attachment,
}

ALREADY = "This has already been added."


def next_reference(now: datetime) -> str:
    """NHH-2026-000123: the year and the next number of that year, never given twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO referrals_referencecounter (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = referrals_referencecounter.last + 1 RETURNING last",
            [now.year],
        )
        (number,) = cursor.fetchone()
    return f"NHH-{now.year}-{number:06d}"


def reasons_not_to_start(force: Force | None) -> list[str]:
    if force is None:
        return ["Select the force that makes the referral."]
    if not force.engaged:
        return [f"{force.name} is not engaged with Nexus High Harm, so it cannot refer yet."]
    return []


@transaction.atomic
def start(
    *, by: User, now: datetime, idempotency_key: UUID, force: Force | None = None, **answers: Any
) -> Referral:
    """A new draft for the officer's own force, or for `force` where an immigration officer raises it.

    The same key from the same person gives the same referral back. Raises Refused.
    """
    WHO_MAY.permit("start", by)
    force = by.force if by.is_police else force
    return begin(by=by, now=now, idempotency_key=idempotency_key, force=force, **answers)


def begin(*, by: User, now: datetime, idempotency_key: UUID, force: Force | None, **answers: Any) -> Referral:
    """The draft itself, for whoever the door has let in: the force's officers, or who takes a call for them.

    Call it in a transaction. Raises Refused.
    """
    refuse_if(reasons_not_to_start(force))
    with connection.cursor() as cursor:  # the second of two equal keys waits for the first
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"start {by.pk} {idempotency_key}"]
        )
    already = Referral.objects.filter(created_by=by, idempotency_key=idempotency_key).first()
    if already:
        return already
    referral = Referral.objects.create(
        reference=next_reference(now),
        force=force,
        created_by=by,
        created_at=now,
        changed_at=now,
        idempotency_key=idempotency_key,
        **answers,
    )
    record(kind="referral.started", by=by, subject=referral, now=now, detail={"fields": sorted(answers)})
    return referral


def reasons_not_to_edit(referral: Referral) -> list[str]:
    if referral.state == State.DRAFT:
        return []
    return [
        "This referral has been sent, so it can no longer be changed. Answer a question or add information instead."
    ]


@transaction.atomic
def save_section(
    *, referral_id: int, by: User, now: datetime, section: str, values: dict[str, Any]
) -> Referral:
    """Save one section's answers as they are left. `values` are columns of that section only. Raises Refused."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    strangers = set(values) - set(SECTION[section].fields)
    if strangers:
        raise ValueError(f"Not fields of {section}: {sorted(strangers)}")
    if own_reference_is_taken(referral, values.get("own_reference", "")):
        raise Refused("Another referral of your force has this reference.")
    changed = [name for name, value in values.items() if getattr(referral, name) != value]
    for name in changed:
        setattr(referral, name, values[name])
    if (
        "differences_explained" in values
    ):  # the words are of what differs now, and of nothing that comes later
        differing = [
            each.sentence
            for each in contradictions_of(referral, timezone.localdate(now))
            if each.may_be_explained
        ]
        referral.differences_answered = differing if referral.differences_explained else []
    referral.changed_at = now
    referral.save()
    record(
        kind="referral.changed",
        by=by,
        subject=referral,
        now=now,
        detail={"section": section, "fields": changed},
    )
    return referral


@transaction.atomic
def save_page(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    sections: dict[str, dict[str, Any]],
    other_names: list[str] | None = None,
    nationalities: list[tuple[str, str]] | None = None,
    most_nationalities: int = 0,
    event: dict[str, Any] | None = None,
) -> Referral:
    """Save the answers of a page, a dictionary of columns a section, and the rows that are asked on it, where any are.

    Of the nationalities the page shows the first `most_nationalities`; the others stay. Raises Refused.
    """
    one: dict[str, Any] = {"referral_id": referral_id, "by": by, "now": now}
    referral = lock(referral_id, by=by, verb="edit")
    for section, values in sections.items():
        if len(sections) > 1 and all(getattr(referral, name) == value for name, value in values.items()):
            continue  # nothing of this section was touched
        referral = save_section(**one, section=section, values=values)
    if other_names is not None:
        _keep_names(referral, other_names, one)
    if nationalities is not None:
        _keep_nationalities(referral, nationalities, most_nationalities, one)
    if event is not None:
        add_row(**one, kind="conduct", values=event)
    return referral


def _keep_names(referral: Referral, names: list[str], one: dict[str, Any]) -> None:
    """Other names as the page lists them: what it no longer lists is removed, and can be put back."""
    stored = {alias.name: alias.pk for alias in referral.aliases.all()}
    for name in stored.keys() - set(names):
        remove_row(**one, kind="alias", row_id=stored[name])
    for name in (each for each in names if each not in stored):
        add_row(**one, kind="alias", values={"name": name})


def _keep_nationalities(
    referral: Referral, wanted: list[tuple[str, str]], most: int, one: dict[str, Any]
) -> None:
    """The same of nationalities, each known by its code."""
    rows = list(referral.nationalities.all())
    stored = {row.code: row for row in rows}
    for row in rows[:most]:
        if row.code not in dict(wanted):
            remove_row(**one, kind="nationality", row_id=row.pk)
    for code, source in wanted:
        values = {"code": code, "source": source}
        if code not in stored:
            add_row(**one, kind="nationality", values=values)
        elif stored[code].source != source:
            change_row(**one, kind="nationality", row_id=stored[code].pk, values=values)


@transaction.atomic
def add_row(*, referral_id: int, by: User, now: datetime, kind: str, values: dict[str, Any]) -> models.Model:
    """Add an alias, a nationality, a conduct event or an attachment to a draft. Raises Refused."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    row = ROWS[kind](referral=referral, **values)
    save_row(row)
    _touched(referral, by=by, now=now, done=f"{kind}_added", row_id=row.pk)
    return row


@transaction.atomic
def add_events(*, referral_id: int, by: User, now: datetime, events: list[dict[str, Any]]) -> Referral:
    """Add several conduct events to a draft, all of them or none. Raises Refused."""
    referral = lock(referral_id, by=by, verb="edit")
    for values in events:
        add_row(referral_id=referral_id, by=by, now=now, kind="conduct", values=values)
    return referral


@transaction.atomic
def change_row(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    kind: str,
    row_id: int,
    values: dict[str, Any],
) -> models.Model:
    """Change one of a draft's rows. Raises Refused, and the row model's DoesNotExist when it is not this referral's."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    row = ROWS[kind]._default_manager.get(pk=row_id, referral=referral)
    for name, value in values.items():
        setattr(row, name, value)
    save_row(row)
    _touched(referral, by=by, now=now, done=f"{kind}_changed", row_id=row_id)
    return row


def save_row(row: models.Model) -> None:
    """Save it; of two people who add the same at once the database lets one. Raises Refused."""
    try:
        row.save()
    except IntegrityError:
        raise Refused(ALREADY) from None


@transaction.atomic
def remove_row(*, referral_id: int, by: User, now: datetime, kind: str, row_id: int) -> None:
    """Take one row off a draft. It is kept, a document with its file, and can be put back."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    remove(ROWS[kind].objects.get(pk=row_id, referral=referral), by=by, now=now)
    _touched(referral, by=by, now=now, done=f"{kind}_removed", row_id=row_id)


@transaction.atomic
def restore_row(*, referral_id: int, by: User, now: datetime, kind: str, row_id: int) -> models.Model:
    """Put a removed row back. Raises the row model's DoesNotExist where none is removed, and Refused."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    row = ROWS[kind].with_removed.get(pk=row_id, referral=referral)
    put_back(row)
    _touched(referral, by=by, now=now, done=f"{kind}_restored", row_id=row_id)
    return row


def _touched(referral: Referral, *, by: User, now: datetime, done: str, row_id: int) -> None:
    referral.changed_at = now
    referral.save()
    record(kind=f"referral.{done}", by=by, subject=referral, now=now, detail={"row": row_id})

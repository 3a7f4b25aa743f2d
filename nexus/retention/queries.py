"""What reviews ask of the database, and of the parts whose records they are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from nexus.accounts.models import User
from nexus.parts import Urgency, WaitingItem, WorkWaiting, parts
from nexus.retention.classes import RetentionClass, classes_on
from nexus.retention.kinds import RecordKind
from nexus.retention.models import Review
from nexus.retention.permissions import REVIEWS
from nexus.retention.plan import belongings_of
from nexus.retention.states import WAITING, State
from nexus.ui.formatting import capfirst


def kinds() -> dict[str, RecordKind]:
    """Every kind of record by its code, from all parts."""
    return {kind.code: kind for part in parts() for kind in part.records}


def kind_of(review: Review) -> RecordKind:
    return kinds()[review.kind]


def record_of(review: Review) -> Any:
    """The record itself, or None once it is erased."""
    return apps.get_model(kind_of(review).label)._base_manager.filter(pk=review.record_id).first()


def over_of(review: Review) -> Any:
    """The record with since when it is over and its class; None while it is in use, or gone."""
    return kind_of(review).over().filter(pk=review.record_id).first()


def past_period(kind: RecordKind, retention: RetentionClass, *, now: datetime) -> QuerySet[Any]:
    """The records of a kind and a class whose period is over and of which there is no review yet."""
    reviewed = Review.objects.filter(kind=kind.code, record_id=OuterRef("pk"))
    over = kind.over().filter(
        retention=retention.code, ended_at__lte=now - timedelta(days=retention.days or 0)
    )
    return over.filter(~Exists(reviewed)).order_by("pk")


def reviewed_classes(today: date) -> list[RetentionClass]:
    """Those whose records are reviewed."""
    return [each for each in classes_on(today) if each.days is not None]


def proposed_by_others(user: User) -> QuerySet[Review]:
    """What a colleague proposes to erase: it waits for somebody else."""
    return Review.objects.filter(state=State.PROPOSED).exclude(proposed_by=user)


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py."""
    if user.role in REVIEWS:
        found = Review.objects.filter(state__in=WAITING)
        yield WorkWaiting("Records past their period", found, reverse("retention:queue"))


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """For nexus/parts.py: erasures that a colleague proposes. One query."""
    if user.role in REVIEWS:
        for review in proposed_by_others(user).order_by("proposed_at", "pk")[:20]:
            path = reverse("retention:detail", args=[review.pk])
            yield WaitingItem(
                "Confirm an erasure, or send it back",
                Urgency.WAITING,
                review.proposed_at or review.opened_at,
                path,
                review,
                subject=review.reference,
            )


def find_record(reference: str) -> tuple[RecordKind, Any, Any] | None:
    """The record of that reference: its kind, itself, and where it is over, itself with since when. None where there is
    none."""
    for kind in kinds().values():
        model = apps.get_model(kind.label)
        row = model._base_manager.filter(**kind.named(reference)).first()
        if row is not None:
            return kind, row, kind.over().filter(pk=row.pk).first()
    return None


def what_goes(review: Review) -> list[tuple[str, int]]:
    """How many rows of which table an erasure would take, and files, in words; nothing where the record is gone."""
    if record_of(review) is None:
        return []
    found = belongings_of(kind_of(review).label, review.record_id)
    tables = sorted(
        (capfirst(str(model._meta.verbose_name_plural)), len(keys)) for model, keys in found.rows.items()
    )
    return [*tables, ("Uploaded files", len(found.files))]


def page_of_record(review: Review, user: User) -> str:
    """Where the reviewer reads the record; "" where it is gone or not for them."""
    row = record_of(review) if user.role in REVIEWS else None
    return kind_of(review).page(row) if row is not None else ""

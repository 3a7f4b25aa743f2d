"""`record()` writes one audit entry; the others ask who opened a thing, and when it was changed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, Q

from nexus.accounts.models import User
from nexus.audit.models import AuditEvent

# How a program's entries name it, beside the person for whom it acts: see User.through.
THROUGH = ("program", "token")
AT_ONCE = 1000  # entries in one statement


def record(
    *,
    kind: str,
    now: datetime,
    by: User | None,
    subject: Model | None = None,
    subjects: Iterable[Model] = (),
    reason: str = "",
    recipient: str = "",
    detail: dict[str, Any] | None = None,
    request_id: str = "",
) -> AuditEvent:
    """Write one entry in the caller's transaction; if it cannot be written, nothing else is.

    `kind` is `<subject>.<verb in the past tense>`, for example `referral.accepted`.
    `subjects` are the rows a list or an export showed; `recipient` names who outside received them.
    `request_id` is that of the request in which `by` acts, unless said otherwise.
    `detail` holds ids and field names only, never a person's data; the program or token through which `by` acts joins it.
    """
    return AuditEvent.objects.create(
        at=now,
        by_id=by.pk if by else None,
        by_role=by.role if by else "",
        kind=kind,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subjects=[row.pk for row in subjects],
        reason=reason,
        recipient=recipient,
        detail={**(detail or {}), **(by.through if by else {})},
        request_id=request_id or (by.request_id if by else ""),
    )


def record_of_each(
    subjects: Sequence[Model],
    *,
    kind: str,
    now: datetime,
    reason: str = "",
    details: Sequence[dict[str, Any]],
) -> None:
    """One entry of the service itself about each of these rows, as `record` writes it, in one statement for many.

    `details` has the detail of each, in the same order.
    """
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                at=now,
                kind=kind,
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                reason=reason,
                detail=detail,
            )
            for subject, detail in zip(subjects, details, strict=True)
        ),
        batch_size=AT_ONCE,
    )


def has_viewed(*, by: User, subject: Model, kind: str, since: datetime | None = None) -> bool:
    """Whether `by` has opened `subject`, going by the record of views (`kind`); with `since`, after that.

    What a program read with a token no person has read.
    """
    views = AuditEvent.objects.filter(
        kind=kind, by_id=by.pk, subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    ).exclude(detail__has_any_keys=THROUGH)
    return (views.filter(at__gte=since) if since else views).exists()


def last_changed_by_others(*, by: User, subject: Model, kinds: Collection[str]) -> datetime | None:
    """When somebody else than `by` last changed `subject`, going by the record of changes (`kinds`)."""
    changes = AuditEvent.objects.filter(
        kind__in=kinds, subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
    return changes.exclude(by_id=by.pk).aggregate(at=Max("at"))["at"]


def last_change(*rows: Model) -> AuditEvent | None:
    """The latest entry about any of the rows that is no reading of it; None where nothing was ever done."""
    about = Q()
    for row in rows:
        about |= Q(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    changes = AuditEvent.objects.filter(about).exclude(kind__endswith=".viewed")
    return changes.exclude(kind__endswith=".listed").order_by("-pk").first()

"""The record is verified: read whole, compared with its seals and exported heads, and the outcome kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.permissions import WHO_MAY
from nexus.audit.heads import Head, keep, kept_heads, last_head
from nexus.audit.models import Verification
from nexus.audit.recording import record
from nexus.audit.verifying import Findings, head_of, verify
from nexus.celery import tell_workers

VERIFY = "audit.verify"
NIGHTLY_AFTER = timedelta(hours=20)  # the schedule asks hourly, so that no night is missed


@dataclass(frozen=True)
class Verified:
    """What came of reading the record, and the head it had."""

    findings: Findings
    head: Head


def read_record(*, now: datetime, heads: Iterable[Head | None] = ()) -> Verified:
    """Read the record as it stands at one moment. It waits for nobody but whoever commits at this moment."""
    horizon = horizon_now()
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:  # inside a transaction of the caller's there is one moment already, or many
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return Verified(verify(cursor, heads=list(heads)), head_of(cursor, horizon, now=now))


def verify_record(*, by: User | None, now: datetime) -> Verification:
    """Read the record, compare it with the heads kept so far, keep the outcome, and export its head if all is well."""
    file = Path(settings.NEXUS_AUDIT_HEADS)
    verified = read_record(now=now, heads=kept_heads(file))
    findings = verified.findings
    with transaction.atomic():
        done = Verification.objects.create(
            started_at=now,
            finished_at=timezone.now(),
            by_id=by.pk if by else None,
            entries=findings.entries,
            chains=findings.chains,
            heads=findings.heads,
            faults=findings.faults,
            first_faults=findings.first,
        )
        record(
            kind="audit.verified" if not findings.faults else "audit.found_faulty",
            by=by,
            subject=done,
            now=now,
            detail={"faults": findings.faults},
        )
    if not findings.faults:
        keep(verified.head, file)
    return done


def keep_head(*, now: datetime) -> Head | None:
    """Export the head of what has been sealed since the last one, once a minute: so soon is a tail held that somebody cuts.

    It reads what is new and compares nothing; but a record that has become shorter is verified at once.
    """
    file = Path(settings.NEXUS_AUDIT_HEADS)
    last, horizon = last_head(file), horizon_now()
    reached = last.horizon if last else 0
    if horizon < reached and found_nothing_yet():
        verify_record(by=None, now=now)
    if horizon <= reached:
        return None
    with connection.cursor() as cursor:
        head = head_of(cursor, horizon, now=now, since=last)
    keep(head, file)
    return head


def horizon_now() -> int:
    """The number of the last seal; whoever is committing at this moment is waited for."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_horizon()")
        return int(cursor.fetchone()[0])


def found_nothing_yet() -> bool:
    """Whether the last verification found no fault, or there was none."""
    last = Verification.objects.first()
    return last is None or not last.faults


def verify_when_due(*, now: datetime) -> Verification | None:
    """The nightly verification, unless one was made in the last hours."""
    last = Verification.objects.first()
    if last and now - last.started_at < NIGHTLY_AFTER:
        return None
    return verify_record(by=None, now=now)


@transaction.atomic
def ask_to_verify(*, by: User, now: datetime) -> None:
    """Have a worker verify the record now, in this person's name. Raises PermissionDenied."""
    WHO_MAY.permit("read_audit", by)
    record(kind="audit.verification_asked_for", by=by, now=now)
    tell_workers(VERIFY, [by.pk])

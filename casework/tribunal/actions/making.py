"""Asking for a bundle, and making it: a worker prepares each entry, binds them, and keeps the file with its hash."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.material.models import AppealsReview, Material
from casework.tribunal.actions.choosing import reasons_not_to_change
from casework.tribunal.actions.steps import case_of, lock
from casework.tribunal.binding import Made, made_of, reference_of
from casework.tribunal.messages import ask_for_making
from casework.tribunal.models import Bundle, BundleVersion
from casework.tribunal.redactions import standing
from casework.tribunal.rules import file_name
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.confined.running import Failed
from nexus.documents.storing import keep_made
from nexus.leases import STALLED, abandoned, available, held, take
from nexus.refusals import refuse_if

log = logging.getLogger("nexus.bundles")
ATTEMPTS = 3
NOTHING = "Nothing is chosen for this bundle. Include at least one document."
NO_NOTICE = "The bundle has no notice of decision. Include the letter that was served."
UNCONFIRMED = "{} redactions wait for a second reader. Have them confirmed or withdrawn first."
UNSIGNED = (
    "Specialist Appeals have not advised on “{title}” as it stands. They review all Nexus material before a "
    "bundle that relies on it is final."
)


def reasons_not_final(bundle: Bundle) -> list[str]:
    """What stands against putting the bundle before the tribunal, beyond what stands against a draft."""
    chosen = bundle.entries.filter(included=True).values_list("source", flat=True)
    statements = [int(source.partition(":")[2]) for source in chosen if source.startswith("statement:")]
    reasons = [
        UNSIGNED.format(title=material.title)
        for material in Material.objects.filter(pk__in=statements).select_related("approval")
        if not signed(material)
    ]
    unconfirmed = standing(case_of(bundle)).filter(confirmed_by=None).count()
    if unconfirmed:
        reasons.append(UNCONFIRMED.format(unconfirmed))
    if not bundle.number and not any(source.startswith("letter:") for source in chosen):
        reasons.append(NO_NOTICE)
    return reasons


def signed(material: Material) -> bool:
    """Whether Specialist Appeals have advised on the version that is approved."""
    if material.approval is None:
        return False
    return AppealsReview.objects.filter(
        material=material, version=material.approval.version_id, advised_at__isnull=False
    ).exists()


def reasons_not_to_make(bundle: Bundle, by: User) -> list[str]:
    reasons = reasons_not_to_change(bundle, by)
    if not reasons and not bundle.entries.filter(included=True).exists():
        reasons = [NOTHING]
    return reasons


@transaction.atomic
def make_bundle(*, bundle_id: int, by: User, now: datetime, is_final: bool) -> BundleVersion:
    """Ask for a version of the bundle; a worker makes it. Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="make_bundle")
    refuse_if(reasons_not_to_make(bundle, by) or (reasons_not_final(bundle) if is_final else []))
    last = bundle.versions.first()
    version = BundleVersion.objects.create(
        bundle=bundle,
        number=last.number + 1 if last else 1,
        is_final=is_final,
        requested_by=by,
        requested_at=now,
        to_prepare=bundle.entries.filter(included=True).count(),
    )
    detail = {"bundle": bundle.pk, "version": version.number, "final": is_final}
    record(kind="bundle.requested", by=by, subject=case_of(bundle), now=now, detail=detail)
    ask_for_making([version.pk])
    return version


def reasons_not_to_remake(version: BundleVersion, by: User) -> list[str]:
    """What could not be made is made again by itself, while nothing else of the bundle is being made."""
    reasons = version.reasons_not_to_move("remake_bundle") or reasons_not_to_make(version.bundle, by)
    return reasons or (reasons_not_final(version.bundle) if version.is_final else [])


@transaction.atomic
def remake_bundle(*, bundle_id: int, version_id: int, by: User, now: datetime) -> BundleVersion:
    """Have a version that could not be made tried again. Raises Refused."""
    bundle = lock(bundle_id, by=by, verb="remake_bundle")
    version = bundle.versions.get(pk=version_id)
    version.bundle = bundle
    refuse_if(reasons_not_to_remake(version, by))
    version.move("remake_bundle", by=by, now=now)
    detail = {"bundle": bundle.pk, "version": version.number}
    record(kind="bundle.remade", by=by, subject=case_of(bundle), now=now, detail=detail)
    ask_for_making([version.pk])
    return version


def build(*, version_id: int, clock: Callable[[], datetime]) -> bool:
    """Take the row, make the file and keep it; whether this call did it. Called twice, it does nothing."""
    token = begin(version_id=version_id, now=clock())
    if token is None:
        return False
    try:
        version = BundleVersion.objects.select_related(
            "bundle__hearing__challenge__decision__case__referral__force", "requested_by"
        ).get(pk=version_id)
        made = made_of(version, now=clock(), progress=lambda done: report(version_id, token, done))
        return finish(version_id=version_id, token=token, made=made, now=clock())
    except Failed as failed:
        end(version_id=version_id, token=token, now=clock(), failure=f"The bundle was not kept: {failed}.")
    except Exception as problem:
        # Whatever it was, the row must not hang. Its kind only: its words could repeat a record.
        what = type(problem).__name__
        log.error("a bundle could not be made", extra={"id": version_id, "kind": what})
        again(version_id=version_id, token=token, now=clock(), what=what)
    return False


@transaction.atomic
def begin(*, version_id: int, now: datetime) -> UUID | None:
    """Take a waiting row for the length of the lease. None when it is not waiting, or being taken now."""
    lasting = timedelta(seconds=settings.NEXUS_BUNDLE_LEASE_SECONDS)
    version = take(BundleVersion.objects.all(), version_id, now=now, lasting=lasting)
    if version is None:
        return None
    detail = {"attempt": version.attempts}
    record(kind="bundle.begun", by=None, subject=version, now=now, detail=detail)
    return version.lease_token


def report(version_id: int, token: UUID, done: int) -> None:
    """Say how many entries are ready, to whoever looks at the page meanwhile."""
    BundleVersion.objects.filter(pk=version_id, lease_token=token).update(prepared=done)


@transaction.atomic
def finish(*, version_id: int, token: UUID, made: Made, now: datetime) -> bool:
    """Keep the file and what is in it; False when the row has passed to somebody else."""
    version = held(BundleVersion.objects.all(), version_id, token=token)
    if version is None:
        return False
    reference = reference_of(version.bundle.hearing.challenge).removeprefix("Our reference ")
    day = timezone.localdate(now)
    name = file_name(reference, version.bundle.number, day, is_draft=not version.is_final)
    file = keep_made(made.pdf, name, by=version.requested_by, now=now)
    version.move(
        "finish",
        by=None,
        now=now,
        contents=made.contents,
        left_out=made.left_out,
        pages=made.pages,
        file=file,
    )
    detail = {"pages": made.pages, "sha256": hashlib.sha256(made.pdf).hexdigest()}
    record(kind="bundle.finished", by=None, subject=version, now=now, detail=detail)
    return True


@transaction.atomic
def end(*, version_id: int, token: UUID, now: datetime, failure: str) -> None:
    """It was not made, and trying again would not help."""
    version = held(BundleVersion.objects.all(), version_id, token=token)
    if version is not None:
        version.move("fail", by=None, now=now, reason=failure, failure=failure)
        record(kind="bundle.failed", by=None, subject=version, now=now, detail={"problem": "refused"})


@transaction.atomic
def again(*, version_id: int, token: UUID, now: datetime, what: str) -> None:
    version = held(BundleVersion.objects.all(), version_id, token=token)
    if version is not None:
        give_up_or_wait(version, now=now, what=what)


def give_up_or_wait(version: BundleVersion, *, now: datetime, what: str) -> None:
    """Back to waiting, or failed with a sentence once the attempts are used up. Call with the row locked."""
    if version.attempts < ATTEMPTS:
        version.move("requeue", by=None, now=now, reason=what)
        record(kind="bundle.requeued", by=None, subject=version, now=now, detail={"problem": what})
        return
    words = f"Making it failed {version.attempts} times. Tell support “bundle {version.pk}: {what}”."
    version.move("fail", by=None, now=now, reason=what, failure=words)
    record(kind="bundle.failed", by=None, subject=version, now=now, detail={"problem": what})


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back rows whose lease is over, tell workers of every waiting row, and return how many wait."""
    versions = BundleVersion.objects.all()
    for version in abandoned(versions, now=now):
        give_up_or_wait(version, now=now, what=STALLED)
    found = list(available(versions).order_by("requested_at", "pk").values_list("pk", flat=True))
    ask_for_making(found)
    return len(found)

"""A Senior Caseworker approves a checked version; from then on its hash locks it.

"The Senior Caseworkers within the Nexus High Harm team lead on the application of Nexus material within
casework decisions" (p. 7)
"""

from datetime import datetime
from typing import cast

from django.db import transaction

from casework.material import rules, telling
from casework.material.actions.steps import lock, written
from casework.material.models import Approval, Check, Material, Version
from casework.material.queries import standing_check, statement_of
from nexus.accounts.models import User
from nexus.audit.recording import has_viewed
from nexus.documents.models import Scan
from nexus.refusals import refuse_if, wordless

CHANGED = "The text or its records have changed since they were sent. Do not rely on them, and tell an administrator."
UNREAD = "Open and read the statement before you approve it."


def reasons_not_to_approve(material: Material, by: User) -> list[str]:
    """Its state; whose hands it went through; what the check found; and whether it is as it was sent."""
    moved = material.reasons_not_to_move("approve")
    if moved:
        return moved
    version = statement_of(material)
    check = standing_check(version) if version else None
    if version is None or check is None:
        return ["This statement has not been checked."]
    return (
        _reasons_not_theirs_to_approve(material, check, by)
        or _reasons_not_fit(version, check)
        or _reasons_unread(version, by)
    )


def _reasons_unread(version: Version, by: User) -> list[str]:
    """The evidence page was opened."""
    return [] if has_viewed(by=by, subject=version, kind="material.version_viewed") else [UNREAD]


def _reasons_not_theirs_to_approve(material: Material, check: Check, by: User) -> list[str]:
    """Nobody approves their own: neither the check they made nor the statement they commissioned."""
    found = []
    if check.checked_by_id == by.pk:
        found.append("You checked this statement. Another Senior Caseworker must approve it.")
    if material.commissioned_by_id == by.pk:
        found.append("You commissioned this statement. Another Senior Caseworker must approve it.")
    return found


def _reasons_not_fit(version: Version, check: Check) -> list[str]:
    answers = dict(check.points.values_list("code", "met"))
    failed = rules.points_failed(answers)
    found = [f"{sentence} Reject it, and say what is wrong." for sentence in failed]
    if not check.paragraphs.exclude(disclosable=rules.Disclosable.NO).exists():
        found.append("No paragraph may be disclosed, so there is nothing to rely on.")
    if version.ask.records.exclude(file__scan=Scan.CLEAN).exists():
        found.append("A record has not passed the virus check. Wait until it has, or reject the statement.")
    return found + reasons_not_as_sent(version)


def reasons_not_as_sent(version: Version) -> list[str]:
    return [] if version.digest() == version.sha256 else [CHANGED]


@transaction.atomic
def approve(*, material_id: int, by: User, now: datetime, reasons: str) -> Approval:
    """Approve the checked version, and lock it. Raises Refused."""
    material = lock(material_id, by=by, verb="approve")
    refuse_if(reasons_not_to_approve(material, by))
    version = cast(Version, statement_of(material))  # the line above found one
    refuse_if(wordless(reasons, "Enter why you approve it."))
    check = version.checks.latest("pk")
    approval = Approval.objects.create(
        of_check=check,
        version=version,
        sha256=version.sha256,
        reasons=reasons,
        approved_by=by,
        approved_at=now,
        checked_by=check.checked_by,
        commissioned_by=material.commissioned_by,
    )
    material.changed_at = now
    material.move("approve", by=by, now=now, reason=reasons, approval=approval)
    detail = {"version": version.pk, "sha256": version.sha256}
    written(material, done="approved", by=by, now=now, detail=detail)
    telling.approved(approval, material, now=now)
    return approval

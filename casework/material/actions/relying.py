"""What becomes of approved material: relied on, reviewed by Specialist Appeals, served; or superseded.

"The Specialist Appeals team will review all Nexus material in cases where the enforcement decision is to be
challenged at appeal and will advise on potential issues of challenge or scrutiny." (p. 7)
"""

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils import timezone

from casework.material import telling
from casework.material.actions.approving import CHANGED, reasons_not_as_sent
from casework.material.actions.steps import close_ask, lock, reasons_not_to, written
from casework.material.models import AppealsReview, Approval, Material
from casework.material.permissions import ELSEWHERE, SENIOR
from casework.material.states import ENDED, LOCKED, State
from casework.states import State as CaseState
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if, wordless
from nexus.steps import lock_with_owners


def reasons_not_as_approved(material: Material) -> list[str]:
    """The hash is computed again from the rows in the database, and compared with the one that was approved."""
    approval = cast(Approval, material.approval)
    if approval.sha256 != approval.version.sha256:
        return [CHANGED]
    return reasons_not_as_sent(approval.version)


def reasons_not_to_rely_on(material: Material, by: User) -> list[str]:
    return reasons_not_to("rely_on", material, by) or reasons_not_as_approved(material)


@transaction.atomic
def rely_on(*, material_id: int, by: User, now: datetime, reason: str = "") -> Material:
    """A decision relies on the approved text, whose hash is verified again. Raises Refused.

    `reason` says in which decision; `casework.decisions` calls this when the decision is made, and Criminal Casework
    does it itself, of what was asked for it.
    """
    material = lock(material_id, by=by, verb="rely_on")
    refuse_if(reasons_not_to_rely_on(material, by))
    if by.role in ELSEWHERE:
        refuse_if(wordless(reason, "Enter in which decision you rely on it."))
    material.changed_at = now
    material.move("rely_on", by=by, now=now, reason=reason)
    sha256 = cast(Approval, material.approval).sha256
    written(material, done="relied_on", by=by, now=now, detail={"sha256": sha256})
    return material


@transaction.atomic
def ask_for_appeals_review(*, material_id: int, by: User, now: datetime, question: str) -> AppealsReview:
    """Ask Specialist Appeals about material that is relied on; they may take it up themselves. Raises Refused."""
    material = lock(material_id, by=by, verb="ask_for_appeals_review")
    refuse_if(
        reasons_not_to("ask_for_appeals_review", material, by)
        or reasons_not_as_approved(material)
        or blank(question, "Enter what Specialist Appeals should look at.")
    )
    approval = cast(Approval, material.approval)
    review = AppealsReview.objects.create(
        material=material, version=approval.version, question=question, asked_by=by, asked_at=now
    )
    material.changed_at = now
    material.move("ask_for_appeals_review", by=by, now=now, reason=question)
    written(material, done="sent_to_appeals", by=by, now=now, detail={"review": review.pk})
    telling.appeals_asked(review, by=by, now=now)
    return review


@transaction.atomic
def advise(*, material_id: int, by: User, now: datetime, issues: str, advice: str) -> AppealsReview:
    """Specialist Appeals say what may be challenged or scrutinised, and advise. They edit nothing. Raises Refused."""
    material = lock(material_id, by=by, verb="advise")
    refuse_if(
        reasons_not_to("advise", material, by)
        or blank(issues, "Enter the potential issues of challenge or scrutiny, or that there are none.")
        + blank(advice, "Enter your advice.")
    )
    review = material.appeals_reviews.get(advised_at=None)
    review.issues, review.advice = issues, advice
    review.advised_by, review.advised_at = by, now
    review.save(update_fields=["issues", "advice", "advised_by", "advised_at"])
    material.changed_at = now
    material.move("advise", by=by, now=now)
    written(material, done="advised_on", by=by, now=now, detail={"review": review.pk})
    telling.advised(review, now=now)
    return review


def reasons_not_to_serve(material: Material, by: User) -> list[str]:
    """In a case under challenge Specialist Appeals come first."""
    found = reasons_not_to("serve", material, by)
    if not found and material.case.state == CaseState.CHALLENGED and material.state != State.ADVISED:
        return [
            "This case is under challenge: Specialist Appeals must review the material before it is served."
        ]
    return found or reasons_not_as_approved(material)


@transaction.atomic
def serve(*, material_id: int, by: User, now: datetime, served_on: date, how: str) -> Material:
    """Record that the material was served, when and how. Raises Refused."""
    material = lock(material_id, by=by, verb="serve")
    refuse_if(
        reasons_not_to_serve(material, by)
        or blank(how, "Enter how and on whom it was served.")
        + _reasons_not_served_on(served_on, timezone.localdate(now))
    )
    material.changed_at = now
    material.move("serve", by=by, now=now, reason=how, served_on=served_on, how=how)
    written(material, done="served", by=by, now=now, detail={"served_on": served_on.isoformat()})
    return material


def _reasons_not_served_on(day: date, today: date) -> list[str]:
    return ["The date of service must be today or in the past."] if day > today else []


def reasons_not_to_supersede(material: Material, by: User) -> list[str]:
    found = reasons_not_to("supersede", material, by)
    if not found and material.state in LOCKED and by.role not in SENIOR:
        return ["This text is approved. Only a Senior Caseworker may set it aside."]
    return found


@transaction.atomic
def supersede(*, material_id: int, by: User, now: datetime, reason: str) -> Material:
    """Set the material aside for good: another replaces it, or it is not relied on any more. Raises Refused."""
    material = lock(material_id, by=by, verb="supersede")
    refuse_if(
        reasons_not_to_supersede(material, by) or wordless(reason, "Enter why the material is set aside.")
    )
    _set_aside(material, by, now, reason)
    return material


def _set_aside(material: Material, by: User, now: datetime, reason: str) -> None:
    if material.state in LOCKED:
        telling.no_longer_approved(material, now=now)
    request = close_ask(material, now)
    material.changed_at = now
    material.move("supersede", by=by, now=now, reason=reason)
    written(material, done="superseded", by=by, now=now)
    if request:
        telling.not_asked(request, now=now)


@transaction.atomic
def end_with_support(*, material: Material, by: User, now: datetime, reason: str) -> None:
    """The request behind it was cancelled, or declined after all: nothing more is asked. What is approved stays."""
    held = lock_with_owners(Material.objects.all(), material.pk)
    if held.state not in (*LOCKED, *ENDED):
        _set_aside(held, by, now, reason)

"""What the force is asked for: the summary, the statement, and a new version of either.

"Nexus High Harm will normally request a summary of the available material before commissioning
comprehensive statements to ensure that the material requested is relevant and applicable to the case." (p. 7)
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import reasons_not_theirs
from casework.material import telling
from casework.material.actions.steps import (
    ask,
    close_ask,
    lock,
    lock_case,
    reasons_case_ended,
    reasons_none_is_needed,
    reasons_not_fit_for_force,
    reasons_not_to,
    reasons_not_to_ask,
    reasons_not_worked,
    written,
)
from casework.material.models import Ask, Kind, Material, MaterialChange
from casework.material.permissions import SENIOR
from casework.material.states import LOCKED
from casework.models import Case
from casework.rules.planning import reasons_not_to_plan_for
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if, wordless

SUMMARY_FIRST = (
    "Review a summary first: a statement is commissioned on a summary found relevant and applicable. "
    "A Senior Caseworker may override this with a reason."
)
ONLY_SENIOR_OVERRIDES = "Only a Senior Caseworker may commission a statement without a reviewed summary."
ONLY_SENIOR_REOPENS = "This text is approved. Only a Senior Caseworker may ask for a new version of it."


def reasons_not_to_request(case: Case, by: User) -> list[str]:
    """Material is asked for while a named case-owner works the case, by them or a Senior Caseworker."""
    return reasons_not_worked(case) or reasons_not_theirs(case, by) or reasons_none_is_needed(case)


@transaction.atomic
def request_summary(
    *,
    case_id: int,
    by: User,
    now: datetime,
    title: str,
    what: str,
    why: str,
    due_on: date,
    fit_for_force: bool | None,
) -> Material:
    """Ask the force for a summary of the available material. Raises Refused."""
    case = lock_case(case_id, by=by, verb="request_summary")
    refuse_if(
        reasons_not_to_request(case, by)
        or blank(title, "Enter what the material is about.")
        + reasons_not_to_ask(
            what=what, why=why, due_on=due_on, fit_for_force=fit_for_force, noun="summary", now=now
        )
    )
    return _begin(case, title=title, asker=by, by=by, now=now, what=what, why=why, due_on=due_on)


@transaction.atomic
def begin_for_support(
    *, case: Case, asker: User, by: User, now: datetime, title: str, what: str, why: str, due_on: date
) -> Material:
    """The force has accepted a request for disclosable intelligence: it is asked for as material, in the asker's words.

    `by` accepted it. From here on it is material like any other: its format, its check, its redaction, and the
    approval of a Senior Caseworker. The caller has locked the request that is behind it.
    """
    return _begin(case, title=title, asker=asker, by=by, now=now, what=what, why=why, due_on=due_on)


def _begin(
    case: Case, *, title: str, asker: User, by: User, now: datetime, what: str, why: str, due_on: date
) -> Material:
    material = Material.objects.create(
        case=case, title=title, requested_by=asker, requested_at=now, changed_at=now
    )
    request = ask(material, kind=Kind.SUMMARY, by=asker, now=now, what=what, why=why, due_on=due_on)
    MaterialChange.objects.create(
        material=material, verb="request_summary", to_state=material.state, by=asker, at=now
    )
    force, detail = case.referral.force.name, {"ask": request.pk}
    written(material, done="summary_requested", by=by, now=now, recipient=force, detail=detail)
    telling.requested(request, now=now)
    return material


@transaction.atomic
def return_summary(
    *, material_id: int, by: User, now: datetime, what: str, due_on: date, fit_for_force: bool | None
) -> Material:
    """The summary is not enough to be reviewed: say what is missing and ask for a new version. Raises Refused."""
    material = lock(material_id, by=by, verb="return_summary")
    refuse_if(reasons_not_to_send_back("return_summary", material, by))
    refuse_if(_reasons_not_to_ask_again(what, due_on, fit_for_force, Kind.SUMMARY, now))
    request = _ask_again(material, Kind.SUMMARY, by, now, what, due_on)
    material.move("return_summary", by=by, now=now, reason=what)
    _sent_back(material, request, done="summary_returned", by=by, now=now)
    return material


@transaction.atomic
def reject(
    *, material_id: int, by: User, now: datetime, what: str, due_on: date, fit_for_force: bool | None
) -> Material:
    """Back to the force with what is wrong: a new version is asked for, which needs its own approval.

    Raises Refused. Of approved text only a Senior Caseworker may ask for a new version.
    """
    material = lock(material_id, by=by, verb="reject")
    refuse_if(reasons_not_to_send_back("reject", material, by))
    refuse_if(_reasons_not_to_ask_again(what, due_on, fit_for_force, Kind.STATEMENT, now))
    if material.state in LOCKED:
        telling.no_longer_approved(material, now=now)
    request = _ask_again(material, Kind.STATEMENT, by, now, what, due_on)
    material.move("reject", by=by, now=now, reason=what)
    _sent_back(material, request, done="rejected", by=by, now=now)
    return material


def _reasons_not_to_ask_again(
    what: str, due_on: date, fit_for_force: bool | None, kind: Kind, now: datetime
) -> list[str]:
    return (
        blank(what, "Enter what is wrong, and what the force should change.")
        + reasons_not_to_plan_for(due_on, today=timezone.localdate(now), what=kind.value)
        + reasons_not_fit_for_force(fit_for_force)
    )


def _ask_again(material: Material, kind: Kind, by: User, now: datetime, what: str, due_on: date) -> Ask:
    """The same is asked for the same reason, and now with what is wrong."""
    why = material.asks.filter(kind=kind).earliest("pk").why
    material.changed_at = now
    return ask(material, kind=kind, by=by, now=now, what=what, why=why, due_on=due_on, again=True)


def _sent_back(material: Material, request: Ask, *, done: str, by: User, now: datetime) -> None:
    force, detail = material.case.referral.force.name, {"ask": request.pk}
    written(material, done=done, by=by, now=now, recipient=force, detail=detail)
    telling.requested(request, now=now)


def reasons_not_to_send_back(verb: str, material: Material, by: User) -> list[str]:
    if material.state in LOCKED and by.role not in SENIOR:
        return reasons_not_to(verb, material, by) or [ONLY_SENIOR_REOPENS]
    return reasons_not_to(verb, material, by) or reasons_case_ended(material.case)


def summary_supports(material: Material) -> bool:
    """Whether a summary was reviewed and found relevant and applicable."""
    return bool(material.reviewed_at and material.relevant and material.applicable)


def reasons_against_statement(material: Material, by: User, override_reason: str) -> list[str]:
    """The summary comes first, unless a Senior Caseworker says why not."""
    if summary_supports(material):
        return []
    if by.role not in SENIOR:
        return [ONLY_SENIOR_OVERRIDES if override_reason.strip() else SUMMARY_FIRST]
    return wordless(override_reason, "Enter why the statement is commissioned without a reviewed summary.")


def reasons_not_to_begin_statement(material: Material, by: User) -> list[str]:
    return (
        reasons_not_to("commission", material, by)
        or reasons_case_ended(material.case)
        or reasons_none_is_needed(material.case)
    )


def reasons_not_to_commission(material: Material, by: User) -> list[str]:
    """What stands against it before anything is typed."""
    standing = reasons_not_to_begin_statement(material, by)
    if standing or by.role in SENIOR:
        return standing
    return reasons_against_statement(material, by, "")


@transaction.atomic
def commission(
    *,
    material_id: int,
    by: User,
    now: datetime,
    what: str,
    why: str,
    due_on: date,
    fit_for_force: bool | None,
    override_reason: str = "",
) -> Material:
    """Commission the statement. Raises Refused.

    Blocked until a summary was reviewed and found relevant and applicable; a Senior Caseworker may override
    that with a reason, and a summary still open is then not asked for any more.
    """
    material = lock(material_id, by=by, verb="commission")
    refuse_if(
        reasons_not_to_begin_statement(material, by)
        or reasons_against_statement(material, by, override_reason)
        + reasons_not_to_ask(
            what=what, why=why, due_on=due_on, fit_for_force=fit_for_force, noun="statement", now=now
        )
    )
    overridden = "" if summary_supports(material) else override_reason
    close_ask(material, now)
    request = ask(material, kind=Kind.STATEMENT, by=by, now=now, what=what, why=why, due_on=due_on)
    material.changed_at = now
    material.move("commission", by=by, now=now, reason=overridden, override_reason=overridden)
    written(
        material,
        done="commissioned",
        by=by,
        now=now,
        reason=overridden,  # why the rule was departed from is the auditor's business
        recipient=material.case.referral.force.name,
        detail={"ask": request.pk},
    )
    telling.requested(request, now=now)
    return material

"""The steps every action on Nexus material begins and ends with."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.actions.steps import reasons_not_theirs
from casework.material.models import Ask, Kind, Material
from casework.material.permissions import WHO_MAY
from casework.material.queries import no_statement_needed
from casework.models import Case
from casework.rules.planning import reasons_not_to_plan_for
from casework.states import WORKED
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.audit.recording import record
from nexus.refusals import blank, wordless
from nexus.steps import Lock

lock_case = Lock(Case, WHO_MAY, join=("referral__force",))
lock = Lock(Material, WHO_MAY, join=("case__referral__force",))


def reasons_not_to(verb: str, material: Material, by: User) -> list[str]:
    """Why `by` may not do this now, before anything is filled in: its state, then whose the case is."""
    moves = material.reasons_not_to_move(verb) if verb in material.MOVES else []
    return moves or reasons_not_theirs(material.case, by)


def reasons_case_ended(case: Case) -> list[str]:
    """Nothing is asked, sent or worked on once a case has an outcome."""
    if case.outcome:
        return ["This case has an outcome, so it no longer needs material."]
    return []


def reasons_not_worked(case: Case) -> list[str]:
    """What is asked of the force, or said not to be needed, is said while a named case-owner works the case."""
    if case.state in WORKED:
        return []
    return [f"This case is now “{case.get_state_display()}”, so you cannot ask for material."]


def reasons_none_is_needed(case: Case) -> list[str]:
    """Nothing is asked for while it stands recorded that no statement is needed."""
    if no_statement_needed(case):
        return ["It is recorded that this case needs no statement. Withdraw that first, with a reason."]
    return []


def reasons_not_to_ask(
    *, what: str, why: str, due_on: date, fit_for_force: bool | None, noun: str, now: datetime
) -> list[str]:
    """What the force is asked must say what, why and by when, and hold nothing the force may not read."""
    return (
        blank(what, f"Enter what the {noun} should cover.")
        + wordless(why, f"Enter why the {noun} is asked for.")
        + reasons_not_to_plan_for(due_on, today=timezone.localdate(now), what=noun)
        + reasons_not_fit_for_force(fit_for_force)
    )


def reasons_not_fit_for_force(fit_for_force: bool | None) -> list[str]:
    """Health and third-party detail and legal advice never go to the force; a person confirms it."""
    if fit_for_force:
        return []
    return ["Confirm that what the force reads holds no legal advice, health or other people’s details."]


def ask(
    material: Material,
    *,
    kind: Kind,
    by: User,
    now: datetime,
    what: str,
    why: str,
    due_on: date,
    again: bool = False,
) -> Ask:
    """Ask the force. A new version begins with the text and the records of the one before."""
    request = Ask.objects.create(
        material=material,
        kind=kind,
        what=what,
        why=why,
        due_on=due_on,
        again=again,
        asked_by=by,
        asked_at=now,
    )
    before = material.versions.filter(kind=kind).select_related("ask").first() if again else None
    if before:
        request.draft_author, request.draft_text = before.author, "\n\n".join(before.paragraphs)
        request.save()
        for attached in before.ask.records.all():
            request.records.create(file=attached.file, description=attached.description)
    return request


def close_ask(material: Material, now: datetime) -> Ask | None:
    """Nothing is asked any more: the ask that was open, if there was one."""
    request = material.asks.filter(closed_at=None).first()
    if request:
        request.closed_at = now
        request.save(update_fields=["closed_at"])
    return request


# What moves nothing yet: it does not keep a case from being called stalled.
NO_PROGRESS = (
    "draft_saved",
    "record_attached",
    "record_removed",
    "text_uploaded",
    "upload_removed",
    "more_time_given",
    "message_written",
)


def written(material: Material, *, done: str, by: User, now: datetime, **audit: Any) -> None:
    """Restart the case's stalled clock and write the audit entry `material.<done>`.

    What the police do names their force as the recipient.
    """
    if by.role in POLICE_ROLES:
        audit.setdefault("recipient", material.case.referral.force.name)
    if done not in NO_PROGRESS:
        Case.objects.filter(pk=material.case_id).update(last_progress_at=now)
    record(kind=f"material.{done}", by=by, subject=material, now=now, **audit)

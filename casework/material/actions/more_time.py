"""The force needs longer: the case-owner gives it a later day, and says so in the thread both sides read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import reasons_not_theirs
from casework.material import telling
from casework.material.actions.steps import written
from casework.material.actions.supplying import lock_asked, reasons_not_asked
from casework.material.models import Ask, Material
from casework.rules.words import written as day_in_words
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_to_give_more_time(material: Material, by: User) -> list[str]:
    """Something is asked of the force, and the case is theirs."""
    return reasons_not_asked(material) or reasons_not_theirs(material.case, by)


@transaction.atomic
def give_more_time(*, material_id: int, by: User, now: datetime, due_on: date, text: str) -> Ask:
    """Give the force a later day, with a message it reads. It is reminded again before that day. Raises Refused."""
    material, asked = lock_asked(material_id, by, "give_more_time")
    refuse_if(
        reasons_not_to_give_more_time(material, by)
        or _reasons_not_later(asked, due_on, timezone.localdate(now))
        + blank(text, "Enter what the force needs to know.")
    )
    before = asked.due_on
    asked.due_on, asked.reminded_at = due_on, None
    asked.save(update_fields=["due_on", "reminded_at"])
    message = material.messages.create(
        text=f"Now needed by {day_in_words(due_on)}.\n{text}", by=by, from_force=False, at=now
    )
    force = material.case.referral.force.name
    detail = {"ask": asked.pk, "from": before.isoformat(), "to": due_on.isoformat()}
    written(material, done="more_time_given", by=by, now=now, reason=text, recipient=force, detail=detail)
    telling.message_written(message, now=now)
    return asked


def _reasons_not_later(request: Ask, due_on: date, today: date) -> list[str]:
    latest = max(request.due_on, today)
    return [] if due_on > latest else [f"The new date must be after {day_in_words(latest)}."]

"""One-off bank holidays: add one that was announced, withdraw one that was added by mistake."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nexus import working_days
from nexus.accounts.models import BankHoliday, User
from nexus.accounts.permissions import WHO_MAY
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.ui.formatting import date as in_words


@transaction.atomic
def add_bank_holiday(*, by: User, now: datetime, day: date, reason: str) -> BankHoliday:
    """A day on which nobody works, and why. Whatever counts working days counts without it. Raises Refused."""
    WHO_MAY.permit("administer", by)
    refuse_if(
        reasons_not_a_bank_holiday(day, today=timezone.localdate(now))
        + blank(reason, "Enter what the bank holiday is for.")
    )
    holiday = BankHoliday.objects.create(day=day, reason=reason, added_by=by, added_at=now)
    record(
        kind="bank_holiday.added",
        by=by,
        subject=holiday,
        now=now,
        reason=reason,
        detail={"day": day.isoformat()},
    )
    transaction.on_commit(working_days.ADDED.read_again)
    return holiday


@transaction.atomic
def withdraw_bank_holiday(*, holiday_id: int, by: User, now: datetime, reason: str) -> BankHoliday:
    """Make a day that was added by mistake a working day again. Raises Refused."""
    WHO_MAY.permit("administer", by)
    holiday = BankHoliday.objects.select_for_update().get(pk=holiday_id)
    refuse_if(
        reasons_not_to_withdraw(holiday, today=timezone.localdate(now))
        + wordless(reason, "Enter why the bank holiday is withdrawn.")
    )
    holiday.withdrawn_by, holiday.withdrawn_at = by, now
    holiday.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(
        kind="bank_holiday.withdrawn",
        by=by,
        subject=holiday,
        now=now,
        reason=reason,
        detail={"day": holiday.day.isoformat()},
    )
    transaction.on_commit(working_days.ADDED.read_again)
    return holiday


def reasons_not_a_bank_holiday(day: date, *, today: date) -> list[str]:
    """Why this day cannot be added."""
    if day < today:
        return [f"{in_words(day)} has passed. You can add a bank holiday only before its date."]
    if day.weekday() >= working_days.SATURDAY:
        return [f"{in_words(day)} is at a weekend, so it is not a working day anyway."]
    if day in working_days.published():
        return [f"{in_words(day)} is already a bank holiday: {working_days.published()[day]}."]
    standing = BankHoliday.objects.filter(day=day, withdrawn_at=None).first()
    return [f"{in_words(day)} is already a bank holiday: {standing.reason}."] if standing else []


def reasons_not_to_withdraw(holiday: BankHoliday, *, today: date) -> list[str]:
    """Why this bank holiday stays as it is."""
    if holiday.withdrawn_at:
        return ["This bank holiday has already been withdrawn."]
    if holiday.day < today:
        return [f"{in_words(holiday.day)} has passed, and working days have been counted with it."]
    return []

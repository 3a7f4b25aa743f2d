"""Who is on duty when, and what is handed over."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import OFFICE_ONLY, open_to_all
from nexus.ui import formatting
from referrals.duty_desk.models.enquiries import written_once
from referrals.duty_desk.rules.rota import Duty, Span


def one_at_a_time(duty: Duty) -> ExclusionConstraint:
    """Nobody shares a duty. One constraint a duty: they need no extension of the database that way."""
    during = Func(F("starts_at"), F("ends_at"), function="TSTZRANGE", output_field=DateTimeRangeField())
    return ExclusionConstraint(
        name=f"one_at_a_time_{duty.value}",
        expressions=[(during, RangeOperators.OVERLAPS)],
        condition=Q(duty=duty, cancelled_at=None),
    )


class Shift(models.Model):
    """One person holds one duty from one moment to another. Cancelled shifts stay, and count for nothing."""

    duty = models.CharField(max_length=10, choices=Duty.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    SEEN_BY = open_to_all("Who of the office is on duty; forces read it too.")

    class Meta:
        ordering = ["starts_at", "duty"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="shift_when")]
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="a_duty_is_known"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="a_shift_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="a_cancelled_shift_says_by_whom_and_why",
            ),
            *(one_at_a_time(duty) for duty in Duty),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.person}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


class HandoverNote(models.Model):
    """What the next person on duty must know of a day."""

    day = models.DateField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    SEEN_BY = OFFICE_ONLY
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["day"], name="handover_day")]
        triggers = [written_once()]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_handover_says_something")]

    def __str__(self) -> str:
        return f"Handover of {self.day}"


class RotaAlert(models.Model):
    """A gap ahead of which people were told. `over_at`: since when nobody need look, as it is filled."""

    duty = models.CharField(max_length=10, choices=Duty.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    told_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    SEEN_BY = open_to_all("Days without anybody on duty.")

    class Meta:
        ordering = ["starts_at", "duty"]
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="an_alert_is_of_a_duty"),
            models.UniqueConstraint(
                fields=["duty", "starts_at"], condition=Q(over_at=None), name="one_alert_a_gap"
            ),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"

    @property
    def place(self) -> str:
        """CIO or HMI on call from 5pm on Friday 27 November 2026: what a message says of it."""
        since = formatting.time(self.starts_at)
        return f"{Duty(self.duty).noun} from {since} on {formatting.weekday(self.starts_at)}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

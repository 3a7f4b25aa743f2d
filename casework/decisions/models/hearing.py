"""A day in court: where, who comes as a witness with what, and what came of it."""

from django.db import models
from django.db.models import Q

from casework.decisions.models.challenge import Challenge
from casework.support.models import SupportRequest
from nexus.accounts.models import User
from nexus.row_security import with_its
from nexus.ui.formatting import time, weekday


class HearingResult(models.TextChoices):
    HEARD = "heard", "It was heard"
    ADJOURNED = "adjourned", "It was put off to another day"
    VACATED = "vacated", "It was taken out of the list"


class Hearing(models.Model):
    """A day in court, and which officers of the force are needed there.

    `attendance` is the request to the force, a commitment of its referral: "giving evidence in person at
    Immigration Tribunal appeal hearings" (p. 11).
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="hearings")
    on = models.DateField()
    at_time = models.TimeField(null=True, help_text="Empty: the court has not said yet")
    place = models.CharField(max_length=200)
    witnesses = models.TextField("officers needed as witnesses", blank=True)
    to_bring = models.TextField("what they bring", blank=True)
    attendance = models.OneToOneField(
        SupportRequest, on_delete=models.PROTECT, null=True, related_name="hearing"
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=HearingResult.choices, blank=True)
    result_words = models.TextField("what came of it", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("challenge")

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["on"], condition=Q(result=""), name="hearings_to_come")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", result_words="", recorded_by=None, recorded_at=None)
                | (
                    Q(result__in=HearingResult.values, recorded_by__isnull=False, recorded_at__isnull=False)
                    & ~Q(result_words="")
                ),
                name="the_result_of_a_hearing_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"Hearing {self.pk}"

    @property
    def when(self) -> str:
        """Thursday 26 November 2026, 10am"""
        return f"{weekday(self.on)}, {time(self.at_time)}" if self.at_time else weekday(self.on)

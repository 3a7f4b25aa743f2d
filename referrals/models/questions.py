"""What the Referrals Office asks of a force."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.row_security import with_its
from nexus.ui.formatting import date_and_time, weekday
from referrals.models.referral import Referral
from referrals.permissions import QuestionQuerySet
from referrals.rules.custody import answer_by


class InformationRequest(models.Model):
    """What the Referrals Office asks a force at one time: one question or several. The local target waits
    while it is open: from the asking until the last answer, or until nothing is waited for any more."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="information_requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(
        null=True, help_text="The last question was settled, or the referral was withdrawn or taken back"
    )

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(closed_at__isnull=True), name="one_open_request_a_referral"
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Question(models.Model):
    """One thing asked of the force, of one person there, by one day; answered or withdrawn by itself."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions_owned")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True, help_text="The force reads this")
    # When its owner was reminded, and when those concerned were told that the day has passed.
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    SEEN_BY = with_its("request")

    class Meta:
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_question_a_number"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="an_answer_has_text_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, answered_at__isnull=True)
                    & ~Q(withdrawn_reason="")
                ),
                name="a_withdrawn_question_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="question_unsettled",
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

    @property
    def due_at(self) -> datetime | None:
        """By which hour it is due, where it was asked while a custody clock ran: before that ends."""
        referral, asked_at = self.request.referral, self.request.asked_at
        ends_at = referral.custody_ends_at if referral.in_custody else None
        return answer_by(ends_at, asked_at) if ends_at and ends_at > asked_at else None

    @property
    def due_words(self) -> str:
        """Thursday 26 November 2026; while a custody clock runs the hour, and why."""
        if self.due_at is None:
            return weekday(self.due_on)
        return f"{date_and_time(self.due_at)}, before the custody clock ends"

    @property
    def is_open(self) -> bool:
        """Still waited for. Its request must be at hand."""
        return self.answered_at is None and self.withdrawn_at is None and self.request.closed_at is None

"""What is answered about an engagement: its risk assessment, the issues found, a trafficking indicator."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.engagement import guards
from casework.engagement.models.engagement import Engagement
from casework.engagement.models.people import person
from casework.engagement.rules.authorising import TraffickingOutcome
from casework.engagement.rules.risks import Question
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class RiskAnswer(models.Model):
    """One answer of the risk assessment. What nobody has answered has no row."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="risks")
    question = models.CharField(max_length=20, choices=Question.choices())
    answer = models.CharField(
        max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]
    )
    words = models.TextField(blank=True)
    answered_by = person()
    answered_at = models.DateTimeField()

    SEEN_BY = with_its("engagement")

    class Meta:
        ordering = ["pk"]
        triggers = [guards.risks_stay()]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "question"], name="one_answer_a_question"),
            models.CheckConstraint(condition=Q(question__in=Question.values()), name="a_known_question"),
            models.CheckConstraint(condition=Q(answer__in=["yes", "no", "not_known"]), name="a_known_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class Issue(models.Model):
    """Something a CIO or HMI found, and how the requester settled it."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="issues")
    text = models.TextField()
    raised_by = person()
    raised_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    settled_by = person(null=True)
    settled_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("engagement")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, reply="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(reply="")),
                name="a_settled_issue_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"Issue {self.pk}"


class TraffickingReview(models.Model):
    """What a Senior Caseworker recorded of a trafficking indicator. The latest stands."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="trafficking_reviews")
    outcome = models.CharField(max_length=15, choices=TraffickingOutcome.choices())
    reasons = models.TextField()
    by = person()
    at = models.DateTimeField()

    SEEN_BY = with_its("engagement")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_trafficking_outcome_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"Trafficking review {self.pk}"

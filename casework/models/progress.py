"""What happened to a case, and what of it moves the case."""

from django.db import models
from django.db.models import Q

from casework.models.case import Case
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class ProgressKind(models.TextChoices):
    """What can happen to a case. Those that move it are in `MOVED_BY`; people write only those in `WRITTEN`."""

    EVIDENCE = "evidence", "Evidence gathering began"
    DECISION = "decision", "A decision was made"
    SERVICE = "service", "The decision was served"
    CHALLENGE = "challenge", "An appeal or judicial review was lodged"
    DISMISSAL = "dismissal", "The challenge was dismissed and the decision stands"
    RECONSIDERATION = "reconsideration", "A new decision is to be made"
    CONTACT = "contact", "Contact with police or a partner"
    OTHER = "other", "Other progress"


# Kinds of progress that move the case, and the verb that moves it.
MOVED_BY: dict[str, str] = {
    ProgressKind.EVIDENCE: "gather_evidence",
    ProgressKind.DECISION: "decide",
    ProgressKind.SERVICE: "serve",
    ProgressKind.CHALLENGE: "challenge",
    ProgressKind.DISMISSAL: "uphold",
    ProgressKind.RECONSIDERATION: "reconsider",
}


# What people record by itself. The others come with what is done to a decision.
WRITTEN = (ProgressKind.EVIDENCE, ProgressKind.CONTACT, ProgressKind.OTHER)


class ProgressEvent(models.Model):
    """Something that happened, told to the force or not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="progress")
    kind = models.CharField(max_length=20, choices=ProgressKind.choices)
    happened_on = models.DateField()
    text = models.TextField("what happened")
    shared_with_force = models.BooleanField("the force may see this")
    asked_of_force = models.TextField("what is asked of the force", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_of_force="") | Q(shared_with_force=True),
                name="what_is_asked_of_the_force_is_shared",
            )
        ]

    def __str__(self) -> str:
        return f"Progress {self.pk}"

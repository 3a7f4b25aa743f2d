"""A protection or human rights claim the subject made: what an appeal can lie against once it is refused."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.decisions.permissions import ClaimQuerySet
from casework.decisions.rules.appeal_rights import ClaimKind
from casework.models import Case
from nexus.accounts.models import User
from nexus.privileges import only_changes
from nexus.row_security import with_its
from nexus.ui.formatting import date as day

CLAIM_KINDS = [
    (ClaimKind.PROTECTION.value, "Protection claim"),
    (ClaimKind.HUMAN_RIGHTS.value, "Human rights claim"),
]


class ClaimMade(models.TextChoices):
    IN_WRITING = "in_writing", "In writing, to the Home Office"
    REPRESENTATIVE = "representative", "By the representative"
    INTERVIEW = "interview", "At an interview"
    SECTION_120 = "section_120", "In answer to a one-stop notice (section 120)"
    REPRESENTATIONS = "representations", "In representations against removal or deportation"
    OTHER = "other", "Another way, as the grounds say"


class ClaimEnd(models.TextChoices):
    GRANTED = "granted", "Granted"
    WITHDRAWN = "withdrawn", "Withdrawn, or treated as withdrawn"
    REFUSED_BEFORE = "refused_before", "Refused by an earlier decision, not made here"
    NO_CLAIM = "no_claim", "Further submissions that are no fresh claim (paragraph 353)"
    MISTAKE = "mistake", "Recorded by mistake"


class Claim(models.Model):
    """Made when, how and on what grounds. It is refused by the decisions that name it (`Decision.claims`), or it ended
    another way."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=20, choices=CLAIM_KINDS)
    made_on = models.DateField("when it was made")
    how = models.CharField("how it was made", max_length=20, choices=ClaimMade.choices)
    grounds = models.TextField("on what grounds")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    end = models.CharField("how it ended", max_length=20, choices=ClaimEnd.choices, blank=True)
    ended_on = models.DateField("when it ended", null=True)
    end_words = models.TextField("what shows that it ended", blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ClaimQuerySet.as_manager()

    SEEN_BY = with_its("case")
    PRIVILEGES = only_changes("end", "ended_on", "end_words", "ended_by", "ended_at")

    class Meta:
        ordering = ["made_on", "pk"]
        triggers = [pgtrigger.Protect(name="claims_stay", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="a_claim_says_its_grounds"),
            models.CheckConstraint(
                condition=Q(end="", ended_on=None, ended_by=None, ended_at=None, end_words="")
                | (
                    Q(end__in=ClaimEnd.values)
                    & Q(ended_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False)
                    & ~Q(end_words="")
                ),
                name="the_end_of_a_claim_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {day(self.made_on)}"

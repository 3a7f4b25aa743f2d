"""What is pending elsewhere for a referral, and everything the desk wrote down of it."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its
from referrals.duty_desk.models.enquiries import written_once
from referrals.duty_desk.permissions import MatterQuerySet
from referrals.duty_desk.rules.pending import DOES_NOT, LITIGATION, SUSPENDS, Done, Ending, MatterKind, Team
from referrals.models import Referral

UNJUDGED = Q(suspends_removal=None, suspends_reason="", judged_by=None, judged_at=None)
JUDGED = Q(suspends_removal__isnull=False, judged_by__isnull=False, judged_at__isnull=False) & ~Q(
    suspends_reason=""
)


class PendingMatter(models.Model):
    """A hearing or a decision elsewhere that a referral waits for, and what was last found out.

    Criminal proceedings and immigration litigation are watched alike. `next_on` is the day to check again;
    empty: nobody knows. `looked_at` is the last check, or until the first one when it was listed. Of litigation
    only: `suspends_removal` is a person's judgement with its reason (None: nobody has judged it), `tasked_to`
    where the desk tasked it last. What was written before stands in `entries`.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pending_matters")
    kind = models.CharField(max_length=16, choices=MatterKind.choices)
    what = models.TextField()
    court = models.CharField("court or tribunal", max_length=120, blank=True)
    their_reference = models.CharField("reference of the court", max_length=60, blank=True)
    known_since = models.DateField("lodged, or known since", null=True)
    next_on = models.DateField("next check", null=True)
    hearing_on = models.DateField("next hearing", null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.TextField(blank=True)
    changes = models.TextField("what it changes", blank=True)
    suspends_removal = models.BooleanField(null=True)
    suspends_reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    tasked_to = models.CharField(max_length=20, choices=Team.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField("how it ended", max_length=12, choices=Ending.choices, blank=True)

    objects = MatterQuerySet.as_manager()

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["looked_at", "pk"]
        indexes = [
            models.Index(fields=["looked_at"], condition=Q(ended_at=None), name="matter_unchecked"),
            models.Index(fields=["next_on"], condition=Q(ended_at=None), name="matter_next"),
            models.Index(fields=["hearing_on"], condition=Q(ended_at=None), name="matter_hearing"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="a_matter_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(what=""), name="a_matter_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(checked_by=None, result="") | (Q(checked_by__isnull=False) & ~Q(result="")),
                name="a_check_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(
                    ended_at__isnull=False,
                    ending__in=Ending.values,
                    next_on=None,
                    hearing_on=None,
                    checked_by__isnull=False,
                ),
                name="a_matter_that_is_over_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=UNJUDGED | (JUDGED & Q(kind__in=LITIGATION)),
                name="who_says_what_suspends_removal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(tasked_to="") | Q(tasked_to__in=Team.values, kind__in=LITIGATION),
                name="only_litigation_is_tasked",
            ),
        ]

    def __str__(self) -> str:
        return f"Matter {self.pk}"

    @property
    def is_litigation(self) -> bool:
        return self.kind in LITIGATION

    @property
    def effect(self) -> str:
        """What was judged of its effect on removal, in words."""
        if self.suspends_removal is None:
            return "Not known whether it suspends removal"
        return SUSPENDS if self.suspends_removal else DOES_NOT


class MatterEntry(models.Model):
    """One thing the desk wrote down of a matter. `said` is how it ended, its effect on removal, or the team."""

    matter = models.ForeignKey(PendingMatter, on_delete=models.PROTECT, related_name="entries")
    done = models.CharField(max_length=12, choices=Done.choices)
    said = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    changes = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    hearing_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    SEEN_BY = with_its("matter")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        verbose_name_plural = "matter entries"
        ordering = ["at", "pk"]
        triggers = [written_once()]
        constraints = [
            models.CheckConstraint(condition=Q(done__in=Done.values), name="what_was_done_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="a_matter_entry_says_something"),
        ]

    def __str__(self) -> str:
        """Checked · Concluded: dismissed or refused · Tasked to Nexus Casework · Suspends removal"""
        match self.done:
            case Done.CONCLUDED:
                return f"Concluded: {self.said.lower()}"
            case Done.TASKED:
                return f"Tasked to {self.said}"
            case Done.JUDGED:
                return self.said
            case _:
                return self.get_done_display()

"""What has to be found out and given before the subject may be removed: acts of named people."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.models.case import Case
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class OpenQuestion(models.TextChoices):
    """What nobody may be removed without knowing. Each is asked so that “yes” is what has to be looked after."""

    UNDER_18 = "under_18", "Is the subject under 18?"
    TRAFFICKING = "trafficking", "Is there a trafficking indicator?"
    CLAIM = "claim", "Is there an asylum or human-rights claim that has not been answered?"
    CHILDREN = "children", "Does the subject have children in the UK?"
    HEALTH = "health", "Does the subject have a health condition?"
    MENTAL_HEALTH = "mental_health", "Is there an order under the Mental Health Act?"
    ADULT_AT_RISK = "adult_at_risk", "Is the subject an adult at risk?"
    JUDICIAL_REVIEW = "judicial_review", "Is a judicial review threatened or likely?"


# A child's and a victim's safety, and the way to a court, are never settled by the case-owner alone.
CLARIFIED_BY_A_SENIOR_CASEWORKER = frozenset(
    {OpenQuestion.UNDER_18, OpenQuestion.TRAFFICKING, OpenQuestion.JUDICIAL_REVIEW}
)


def written_once() -> pgtrigger.Trigger:
    """A later answer is a row of its own: what was found before stays."""
    return pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)


class Clarification(models.Model):
    """What somebody did to find out, and what they found. The latest of each question stands.

    `basis` is what the referral said at the time: where it says something else later, the question is open again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clarifications")
    about = models.CharField("the question", max_length=20, choices=OpenQuestion.choices)
    found = models.BooleanField("whether it is so")
    words = models.TextField("what was done to find out, and what was found")
    welfare = models.TextField("who looks after the subject, and what is arranged", blank=True)
    basis = models.CharField(max_length=60)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [written_once()]
        constraints = [
            models.CheckConstraint(
                condition=Q(about__in=OpenQuestion.values), name="a_known_question_is_clarified"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_clarification_says_what_was_found"),
            models.CheckConstraint(
                condition=~Q(about=OpenQuestion.UNDER_18, found=True) | ~Q(welfare=""),
                name="the_welfare_of_a_child_is_arranged",
            ),
        ]

    def __str__(self) -> str:
        return f"Clarification {self.pk}"


class NoticeKind(models.TextChoices):
    INTENTION = "intention", "Notice of intention to remove"
    DEPARTURE = "departure", "Notice of departure details"
    BOTH = "both", "Both in one notice"


WITH_INTENTION = (NoticeKind.INTENTION, NoticeKind.BOTH)
WITH_DEPARTURE = (NoticeKind.DEPARTURE, NoticeKind.BOTH)


class RemovalNotice(models.Model):
    """A notice of intention to remove, or of the details of the departure, as it was given to the subject.

    `period_ends_on` is the last day of the period that a notice of intention begins.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="removal_notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    given_on = models.DateField("when it was given")
    period_ends_on = models.DateField("last day of its period", null=True)
    how = models.CharField("how, and by whom", max_length=200)
    departure = models.TextField("details of the departure", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-given_on", "-pk"]
        triggers = [written_once()]
        constraints = [
            models.CheckConstraint(condition=~Q(how=""), name="a_removal_notice_says_how_it_was_given"),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_INTENTION, period_ends_on__isnull=False)
                | Q(kind=NoticeKind.DEPARTURE, period_ends_on=None),
                name="a_notice_of_intention_begins_a_period",
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.INTENTION) | ~Q(departure=""),
                name="a_notice_of_departure_says_its_details",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice of removal {self.pk}"

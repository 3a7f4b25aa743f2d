"""A month's draw, and what a reader found of each drawn decision. A finding changes no decision."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.privileges import NEVER_DELETED, WRITTEN_ONCE
from nexus.row_security import OFFICE_ONLY, open_to_all
from referrals.models import TriageDecision
from referrals.quality.permissions import ReadingQuerySet
from referrals.quality.rules import Answer, Overall, Question

NOT_ONES_OWN = """
    IF NEW.read_by_id IN (
        SELECT decided_by_id FROM referrals_triagedecision WHERE id = NEW.decision_id
        UNION SELECT second_reader_id FROM referrals_triagedecision WHERE id = NEW.decision_id
    ) THEN
        RAISE EXCEPTION 'Nobody reads a decision for quality that they made or agreed to';
    END IF;
    RETURN NEW;
"""


class Draw(models.Model):
    """So many of a hundred of a month's standing decisions, and how to draw the same again."""

    month = models.DateField(unique=True, help_text="Its first day")
    percentage = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    seed = models.CharField(max_length=64)
    method = models.CharField(max_length=40)
    decisions = models.PositiveIntegerField("decisions that stood when it was drawn")
    drawn_at = models.DateTimeField()

    SEEN_BY = open_to_all("Counts and a seed.")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_draw_is_of_a_month"),
            models.CheckConstraint(condition=Q(percentage__range=(1, 100)), name="a_draw_has_a_percentage"),
        ]
        triggers = [
            pgtrigger.Protect(name="drawn_once", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


def answer_field(question: Question) -> models.CharField:
    return models.CharField(question.label, max_length=15, choices=Answer.choices(), blank=True)


class Reading(models.Model):
    """One drawn decision; read once, by somebody who neither made it nor agreed to it."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="readings")
    decision = models.OneToOneField(TriageDecision, on_delete=models.PROTECT, related_name="quality_reading")
    place = models.PositiveIntegerField()
    evidence_read = answer_field(Question.EVIDENCE_READ)
    scope_confirmed = answer_field(Question.SCOPE_CONFIRMED)
    reasons_adequate = answer_field(Question.REASONS_ADEQUATE)
    balance_addressed = answer_field(Question.BALANCE_ADDRESSED)
    departure_explained = answer_field(Question.DEPARTURE_EXPLAINED)
    right_outcome = answer_field(Question.RIGHT_OUTCOME)
    overall = models.CharField(max_length=15, choices=Overall.choices(), blank=True)
    remarks = models.TextField(blank=True)
    to_do = models.TextField("what should be done", blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    SEEN_BY = OFFICE_ONLY
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["draw", "place"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="one_reading_a_place"),
            models.CheckConstraint(
                condition=Q(
                    read_at__isnull=True,
                    read_by__isnull=True,
                    overall="",
                    remarks="",
                    to_do="",
                    **dict.fromkeys(Question.values(), ""),
                )
                | Q(
                    read_at__isnull=False,
                    read_by__isnull=False,
                    overall__in=Overall.values(),
                    **{f"{question}__in": Answer.values() for question in Question.values()},
                ),
                name="a_finding_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(overall=Overall.UNSOUND) | ~Q(to_do=""), name="unsound_says_what_to_do"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_finding_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__read_at__isnull=False),
            ),
            pgtrigger.Protect(name="readings_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="what_was_drawn_stays", fields=["draw", "decision", "place"]),
            pgtrigger.Trigger(
                name="not_read_by_who_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOT_ONES_OWN,
            ),
        ]

    def __str__(self) -> str:
        return f"Quality reading {self.pk}"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The questions, each with its answer in words."""
        return [
            (question.label, Answer(given).label if given else "")
            for question, given in ((each, getattr(self, each)) for each in Question)
        ]

"""That a case needs no police statement, and why; it stands until it is withdrawn with a reason."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.material.models.fields import a_person
from casework.models import Case
from nexus.privileges import only_changes
from nexus.row_security import with_its
from referrals.rules.terms import StatementNeed


class NoStatement(models.Model):
    """The case-owner's judgement, with what the rules indicated when it was made."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="no_statements")
    because = models.TextField()
    indication = models.CharField(max_length=15, choices=StatementNeed.choices(), help_text="T4, that day")
    recorded_by = a_person()
    recorded_at = models.DateTimeField()
    withdrawn_because = models.TextField(blank=True)
    withdrawn_by = a_person(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("case")
    PRIVILEGES = only_changes("withdrawn_because", "withdrawn_by", "withdrawn_at")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_at=None), name="one_standing_no_statement_a_case"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="no_statement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="a_withdrawal_says_who_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="said_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("case", "because", "indication", "recorded_by", "recorded_at"),
            ),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="not_beside_a_statement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM material_material WHERE case_id = NEW.case_id AND state NOT IN (
                            'summary_requested', 'summary_received', 'summary_reviewed', 'not_needed', 'superseded'
                        )
                    ) THEN RAISE EXCEPTION 'A statement is asked for in this case.';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"No statement {self.pk}"

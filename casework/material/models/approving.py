"""The approval of one checked version."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casework.material.models.checking import Check
from casework.material.models.fields import WRITTEN_ONCE_GUARD, a_person
from casework.material.models.versions import Version
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class Approval(models.Model):
    """A Senior Caseworker's approval of one checked version, locked by its hash.

    The approver is neither who made the check nor who commissioned the statement: both are copied here so that
    a constraint can say so, and a trigger refuses copies that are not true.
    """

    of_check = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="approval")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    reasons = models.TextField()
    approved_by = a_person()
    approved_at = models.DateTimeField()
    checked_by = a_person()
    commissioned_by = a_person()

    SEEN_BY = with_its("version")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("checked_by")), name="nobody_approves_their_own_check"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("commissioned_by")), name="nobody_approves_what_they_commissioned"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="an_approval_has_reasons"),
        ]
        triggers = [
            WRITTEN_ONCE_GUARD,
            pgtrigger.Trigger(
                name="copies_are_true",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM material_check c
                        JOIN material_version v ON v.id = c.version_id
                        JOIN material_material m ON m.id = v.material_id
                        WHERE c.id = NEW.of_check_id AND v.id = NEW.version_id AND v.sha256 = NEW.sha256
                        AND c.checked_by_id = NEW.checked_by_id
                        AND m.commissioned_by_id = NEW.commissioned_by_id
                    ) THEN RAISE EXCEPTION 'An approval names its own version, check and commission.';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Approval {self.pk}"

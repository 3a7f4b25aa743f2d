"""What an officer asked the matrix, and what it said then."""

import pgtrigger
from django.db import models

from nexus.accounts.models import Force, User
from nexus.privileges import only_changes
from nexus.row_security import of_force
from referrals.datawash.models import WashRow
from referrals.duty_desk.models import Enquiry
from referrals.matrix.permissions import MatrixQuerySet
from referrals.models import Referral
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.policies import policy_of_version
from referrals.rules.policy import Policy


class MatrixAssessment(models.Model):
    """One run of the matrix: the answers as `manage.py assess` reads them, the result as it prints it.

    Neither changes afterwards; only where it led (referral, enquiry) is added. `besides` is what was
    answered that the rules do not read, by the names of the referral's columns: residence, vulnerability
    and the like (`referrals.matrix.answers`).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    own_reference = models.CharField("your own reference", max_length=60, blank=True)
    subject = models.JSONField(help_text="One subject as `manage.py assess` reads it")
    besides = models.JSONField(default=dict, help_text="Answers the rules do not read")
    policy_version = models.CharField(max_length=20)
    outcome = models.CharField(max_length=2, choices=MatrixOutcome.choices())
    found = models.JSONField(help_text="What `manage.py assess` prints of it")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    wash_row = models.ForeignKey(
        WashRow,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The match it was prefilled from",
    )
    referral = models.OneToOneField(
        Referral, on_delete=models.SET_NULL, null=True, related_name="matrix_assessment"
    )
    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.PROTECT, null=True, related_name="matrix_assessment"
    )

    objects = MatrixQuerySet.as_manager()

    SEEN_BY = of_force()
    PRIVILEGES = only_changes("wash_row", "referral", "enquiry")

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["force", "made_at"], name="matrix_force")]
        triggers = [
            pgtrigger.Protect(
                name="a_result_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["wash_row", "referral", "enquiry"]),
            )
        ]

    def __str__(self) -> str:
        return f"Matrix {self.pk}"

    @property
    def policy(self) -> Policy:
        """The policy it was assessed by, whatever is in force now."""
        return policy_of_version(self.policy_version)

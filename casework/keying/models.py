"""What has to be keyed on CID or Atlas, derived from what happened, and who keyed it when.

`Entry` is a view of the database over the flags and the allocations themselves (ADR 0025): what was set,
removed, made or ended is an entry from that moment, whoever did it by whatever way.
"""

from django.db import models
from django.db.models import Q

from casework.keying.permissions import EntryQuerySet
from casework.keying.rules import Instruction, What, instruction
from nexus.accounts.models import User
from nexus.row_security import with_its
from referrals.models import Allocation, Referral, SpecialConditionsFlag


class System(models.TextChoices):
    CID = "cid", "CID"
    ATLAS = "atlas", "Atlas"


class Keyed(models.Model):
    """A confirmation that an entry was keyed: by a person here, or by name in a file of confirmations."""

    key = models.CharField(max_length=40)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="keyed")
    system = models.CharField(max_length=5, choices=System.choices)
    words = models.CharField(max_length=200, help_text="What was keyed where, as it was asked for")
    keyed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    keyed_by_name = models.CharField(max_length=120, blank=True, help_text="As a file of confirmations says")
    keyed_at = models.DateTimeField()
    receipt = models.CharField(max_length=80, blank=True, help_text="What the other system calls the keying")
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True)
    corrected_because = models.TextField(blank=True)

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["-keyed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(system__in=System.values), name="keyed_system_is_known"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(corrected_at__isnull=True), name="one_standing_confirmation"
            ),
            models.CheckConstraint(
                condition=Q(keyed_by__isnull=False, keyed_by_name="")
                | (Q(keyed_by__isnull=True) & ~Q(keyed_by_name="")),
                name="keyed_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True, corrected_because="")
                | (Q(corrected_at__isnull=False, corrected_by__isnull=False) & ~Q(corrected_because="")),
                name="a_correction_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Keyed {self.pk}"

    @property
    def who(self) -> str:
        return str(self.keyed_by or self.keyed_by_name)


class Entry(models.Model):
    """One thing to mirror by hand. Read only: it is what happened."""

    key = models.CharField(max_length=40, primary_key=True)
    what = models.CharField(max_length=20, choices=What.choices())
    flag = models.ForeignKey(SpecialConditionsFlag, on_delete=models.DO_NOTHING, null=True, related_name="+")
    allocation = models.ForeignKey(Allocation, on_delete=models.DO_NOTHING, null=True, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.DO_NOTHING, related_name="+")
    happened_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.DO_NOTHING, related_name="+")
    keyed = models.ForeignKey(Keyed, on_delete=models.DO_NOTHING, null=True, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "keying_entry"

    def __str__(self) -> str:
        return self.key

    @property
    def instruction(self) -> Instruction:
        """What to do where."""
        text = self.flag.text if self.flag else self.allocation.team.name if self.allocation else ""
        return instruction(What(self.what), text)

    @property
    def done(self) -> str:
        """set · taken out"""
        return What(self.what).done

    @property
    def verb(self) -> str:
        """The verb of WHO_MAY for who confirms it."""
        return "confirm_flag" if What(self.what).is_flag else "confirm_allocation"

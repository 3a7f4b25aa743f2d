"""The append-only record of who saw and who did what, when, why and for whom, and the seals that hold it together."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from nexus.privileges import READ_ONLY, WRITTEN_ONCE
from nexus.row_security import open_to_all

# Kinds by which somebody was shown, sought or refused something: nothing was changed.
NO_CHANGE = r"(viewed|listed|exported|downloaded|searched|printed|read)$|^(refusal|search)\."


class AuditEvent(models.Model):
    """One entry. No foreign keys: the record outlives what it speaks of, and holds no personal
    data beyond ids and the names of the fields concerned.

    The database gives number, `at`, `recorded_at` and `transaction` (nexus/audit/sql.py); `at` is the caller's only
    where a demonstration is told.
    """

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, editable=False, help_text="By the database's own clock")
    transaction = models.BigIntegerField(null=True, editable=False, help_text="The database's own number")
    by_id = models.BigIntegerField(null=True, help_text="User id; empty for the system itself")
    by_role = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subjects = models.JSONField(default=list, help_text="Ids of the rows a list showed")
    reason = models.TextField(blank=True, help_text="As typed; goes when the record it speaks of is erased")
    reason_salt = models.CharField(max_length=36, blank=True, editable=False)
    reason_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What is sealed of it"
    )
    recipient = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict, help_text="Ids and field names, never values about a person")
    request_id = models.CharField(max_length=40, blank=True)
    is_change = models.GeneratedField(
        expression=models.ExpressionWrapper(~models.Q(kind__regex=NO_CHANGE), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    SEEN_BY = open_to_all("Ids and names of fields; written and asked in every scope.")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"),
            # The log's lists, each read in its order from the day that is asked for.
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["by_id", "-at", "-id"], name="audit_by_person"),
            models.Index(fields=["kind", "-at", "-id"], name="audit_by_kind"),
            models.Index(fields=["-at", "-id"], condition=models.Q(is_change=True), name="audit_changes"),
            models.Index(
                fields=["by_id", "-at", "-id"],
                condition=models.Q(is_change=True),
                name="audit_changes_by_person",
            ),
            # What a list showed and what an act was part of, by the number of the row.
            GinIndex(
                fields=["subjects"],
                opclasses=["jsonb_path_ops"],
                condition=~models.Q(subjects=[]),
                name="audit_by_row_shown",
            ),
            GinIndex(fields=["detail"], opclasses=["jsonb_path_ops"], name="audit_by_detail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}".strip()

    @property
    def reason_shown(self) -> str:
        """The reason as typed, a sentence where it has been erased, or nothing where none was given."""
        return self.reason or ("Erased with the record it speaks of" if self.reason_digest else "")


class ErasedReason(models.Model):
    """An entry whose typed reason went when the record it speaks of was erased. Only the path of erasure writes it
    (nexus/retention/erasing.py); the sealed entry of the erasure holds their number and the digest of their numbers."""

    entry_id = models.BigIntegerField(primary_key=True)
    review_id = models.BigIntegerField(
        db_index=True, help_text="The review by which two people erased the record"
    )

    SEEN_BY = open_to_all("Numbers of entries.")
    PRIVILEGES = READ_ONLY

    def __str__(self) -> str:
        return f"Reason of entry {self.entry_id}"


class Seal(models.Model):
    """One entry's place in the chain of its subject. The database writes it when the entry is committed; its hash
    covers the entry and the hash before it."""

    chain = models.CharField(max_length=120)
    number = models.BigIntegerField(help_text="Place in the chain, from 1")
    entry_id = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    SEEN_BY = open_to_all("Hashes.")
    PRIVILEGES = READ_ONLY

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="one_seal_a_place")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class ChainHead(models.Model):
    """The last link of a chain, locked while the next is made."""

    chain = models.CharField(max_length=120, primary_key=True)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    SEEN_BY = open_to_all("Hashes.")
    PRIVILEGES = READ_ONLY

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class StoryTime(models.Model):
    """A row stands here only in a database whose past is told: a demonstration's, a test's. Only the tables' owner
    can write it; where it stands, an entry keeps the time its caller gives."""

    SEEN_BY = open_to_all("Holds nothing.")
    PRIVILEGES = READ_ONLY

    class Meta:
        verbose_name = "told time"

    def __str__(self) -> str:
        return "Entries keep the time of their story"


class Verification(models.Model):
    """One reading of the whole record against its seals and heads."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True, help_text="User id; empty for the nightly one")
    entries = models.BigIntegerField()
    chains = models.BigIntegerField()
    heads = models.IntegerField(help_text="Exported heads it was compared with")
    faults = models.BigIntegerField()
    first_faults = models.JSONField(default=list, help_text="Sentences with the numbers of entries")

    SEEN_BY = open_to_all("Counts.")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(faults__gte=0), name="verification_counts_faults")
        ]

    def __str__(self) -> str:
        return "verified" if not self.faults else f"{self.faults} faults"

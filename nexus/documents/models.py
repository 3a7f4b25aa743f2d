"""Files people upload: kept under a random name, out of reach until scanned."""

import uuid

from django.db import models
from django.db.models import Q

from nexus.row_security import SeenBy


class Scan(models.TextChoices):
    QUARANTINED = "quarantined", "Being checked"
    CLEAN = "clean", "Checked"
    REFUSED = "refused", "Refused"


class Marking(models.TextChoices):
    OFFICIAL = "official", "OFFICIAL"
    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"


class StoredFile(models.Model):
    """One uploaded file. Its bytes are at `<data folder>/files/<id>`; its own name is only text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.QUARANTINED)
    scan_note = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(
        null=True, help_text="That can be printed; empty until looked at"
    )
    not_shown = models.CharField(max_length=200, blank=True, help_text="Why none can be printed: a clause")
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    SEEN_BY = SeenBy(maker="uploaded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="scan_is_known"),
            models.CheckConstraint(
                condition=Q(scan=Scan.QUARANTINED, scanned_at__isnull=True)
                | (~Q(scan=Scan.QUARANTINED) & Q(scanned_at__isnull=False)),
                name="scanned_files_say_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def may_be_served(self) -> bool:
        return self.scan == Scan.CLEAN

    @property
    def is_unchecked(self) -> bool:
        """Let pass by the demonstration's check, which is none; its note says so."""
        return self.scan == Scan.CLEAN and bool(self.scan_note)

    @property
    def scan_result(self) -> str:
        """The state of the check; "not_checked" where no scanner has seen the file."""
        return "not_checked" if self.is_unchecked else str(self.scan)

    @property
    def scan_words(self) -> str:
        return self.scan_note if self.is_unchecked else self.get_scan_display()

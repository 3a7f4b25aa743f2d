"""What one press of a button, or one call with a key, has led to."""

from django.conf import settings
from django.db import models

from nexus.row_security import its_own


class Press(models.Model):
    """Unique by who, which key and where. It is written before anything is done, in the same transaction: whoever
    presses again at the same moment waits until the first is through, and is given its answer."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    place = models.CharField(
        max_length=64, help_text="A hash of the address, and of a page also of what was sent"
    )
    body = models.CharField(max_length=64, help_text="A hash of what was sent")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True, help_text="The page it led to: names and ids")
    answer = models.JSONField(null=True, help_text="What a call was answered")

    SEEN_BY = its_own("by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key", "place"], name="one_effect_a_press")]
        indexes = [models.Index(fields=["at"], name="presses_by_age")]

    def __str__(self) -> str:
        return f"press {self.pk}"

"""A draft: what one person has typed into one page and not saved yet."""

from django.conf import settings
from django.db import models

from nexus.row_security import its_own

LONGEST_ADDRESS = 300


class Draft(models.Model):
    """Only its writer reads it. It goes with its page's saving, its discarding, its referral, or after some weeks."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(
        max_length=LONGEST_ADDRESS, help_text="The address of the page: names and ids, no personal data"
    )
    answers = models.JSONField(help_text="What the page would post: the values of each input, by its name")
    saved_at = models.DateTimeField()

    SEEN_BY = its_own("person")

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="one_draft_a_person_and_page")]
        indexes = [models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return f"Draft of {self.page}"

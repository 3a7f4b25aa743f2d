"""The day's work on a case: notes, who is to read them, tasks, and who is away."""

from django.db import models
from django.db.models import F, Q

from casework.models.case import Case
from casework.rules.mentions import Piece, pieces
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE, only_changes
from nexus.row_security import open_to_all, with_its


class CaseNote(models.Model):
    """A working note. Never shown to the force."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"

    def pieces(self) -> list[Piece]:
        """The text, cut where it names those it mentions."""
        return pieces(self.text, [mention.person.full_name for mention in self.mentions.all()])

    def told_besides(self) -> list[User]:
        """Those mentioned whose name does not stand in the text."""
        people = [mention.person for mention in self.mentions.all()]
        return [person for person in people if f"@{person.full_name}" not in self.text]


class Mention(models.Model):
    """A colleague whom the writer of a note wants to read it."""

    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mentions")
    seen_at = models.DateTimeField(null=True, help_text="When the person opened the notes of the case")

    SEEN_BY = with_its("note")
    PRIVILEGES = only_changes("seen_at")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="mentioned_once_a_note")]
        indexes = [models.Index(fields=["person"], condition=Q(seen_at__isnull=True), name="mention_unseen")]

    def __str__(self) -> str:
        return f"Mention {self.pk}"


class CaseTask(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_tasks")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    remind_on = models.DateField(null=True)
    # When its owner was reminded, and when they were told that the day has passed.
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("case")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(remind_on__isnull=True) | Q(remind_on__lte=F("due_on")),
                name="reminded_before_the_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.pk}"


class Absence(models.Model):
    """Days on which a case-owner or Senior Caseworker is away. Why, nobody is asked here."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    SEEN_BY = open_to_all("When somebody of the office is away; whoever tells them something asks.")

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="an_absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="an_absence_is_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence {self.pk}"

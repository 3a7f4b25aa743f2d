"""A bundle, what is chosen for it, and each version that was made of it."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.decisions.models import Hearing
from casework.tribunal.permissions import OfCase
from casework.tribunal.rules import SECTIONS
from casework.tribunal.states import MOVES, STATES, State
from nexus.accounts.models import User
from nexus.documents.models import StoredFile
from nexus.fsm import StateChange, state_check, state_field, state_guards
from nexus.leases import LeasedModel, lease_check
from nexus.privileges import NEVER_DELETED
from nexus.row_security import with_its


class Bundle(models.Model):
    """The papers chosen for one hearing: number 0 is the bundle, the others are supplementary and say why they are late."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="bundles")
    number = models.PositiveSmallIntegerField()
    late_because = models.TextField("why these documents are late", blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    objects = OfCase.as_manager()

    SEEN_BY = with_its("hearing")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "number"], name="bundles_of_a_hearing_are_numbered"),
            models.CheckConstraint(
                condition=Q(number=0) | ~Q(late_because=""), name="a_supplementary_bundle_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Supplementary bundle {self.number}" if self.number else "Respondent’s bundle"


class BundleEntry(models.Model):
    """One document of a bundle. `source` says what it is made of: “letter:12”, “record:5”, “chronology”.

    One that is not included is kept in its place; where `withheld_because` says why, the bundle's own list of what is
    withheld names it.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="entries")
    source = models.CharField(max_length=60)
    section = models.CharField(max_length=20, choices=[(code, each.title) for code, each in SECTIONS.items()])
    position = models.PositiveIntegerField()
    title = models.CharField("what it is", max_length=200)
    dated_on = models.DateField("date of the document", null=True)
    author = models.CharField("who made it", max_length=120, blank=True)
    included = models.BooleanField(default=True)
    withheld_because = models.CharField("why it is withheld", max_length=300, blank=True)

    SEEN_BY = with_its("bundle")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "source"], name="one_entry_a_source"),
            models.CheckConstraint(condition=Q(section__in=list(SECTIONS)), name="entry_section_is_known"),
            models.CheckConstraint(
                condition=Q(included=False) | Q(withheld_because=""), name="what_is_included_is_not_withheld"
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"


class BundleVersion(LeasedModel):
    """One making of a bundle: asked for, made by a worker, kept with the hash of the file.

    `contents` says of each entry what went in: {source, number, title, first, pages, sha256}, the hash being that of
    the redacted content. `left_out` names what is not in the file, with why.
    """

    STATES = STATES
    MOVES = MOVES
    NOUN = "bundle"
    WAITING, WORKING, WAITS_SINCE = State.WAITING, State.MAKING, "requested_at"

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = state_field(State, State.WAITING)
    is_final = models.BooleanField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    prepared = models.PositiveIntegerField(default=0, help_text="Entries that are ready to be bound")
    to_prepare = models.PositiveIntegerField(default=0)
    contents = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    pages = models.PositiveIntegerField(null=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="bundle_version"
    )
    failure = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(null=True)

    objects = OfCase.as_manager()

    SEEN_BY = with_its("bundle")

    class Meta:
        ordering = ["-number"]
        triggers = [
            *state_guards(MOVES.values(), initial=State.WAITING),
            pgtrigger.Protect(
                name="what_was_made_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="made"),
            ),
        ]
        constraints = [
            state_check(State, name="bundle_state_is_known"),
            lease_check(State.MAKING, name="making_has_a_lease"),
            models.UniqueConstraint(fields=["bundle", "number"], name="bundle_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["bundle"],
                condition=Q(state__in=[State.WAITING, State.MAKING]),
                name="one_bundle_is_made_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MADE)
                | Q(file__isnull=False, made_at__isnull=False, pages__isnull=False),
                name="a_made_bundle_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle}, version {self.number}"

    def finish(
        self,
        *,
        by: None,
        now: datetime,
        contents: list[dict[str, Any]],
        left_out: list[str],
        pages: int,
        file: StoredFile,
    ) -> None:
        self.contents, self.left_out, self.pages, self.file, self.made_at = (
            contents,
            left_out,
            pages,
            file,
            now,
        )

    def remake_bundle(self, *, by: User, now: datetime) -> None:
        """A person asks again, so the count of attempts starts anew."""
        self.attempts, self.failure, self.prepared = 0, "", 0

    def fail(self, *, by: None, now: datetime, failure: str) -> None:
        self.failure = failure


class BundleVersionChange(StateChange):
    bundle_version = models.ForeignKey(BundleVersion, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("bundle_version")

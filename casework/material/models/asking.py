"""What is asked of the force, what it has written so far, what it attaches, and from which file."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.material.models.fields import Kind, a_person
from casework.material.models.material import Material
from casework.material.permissions import AskQuerySet
from nexus.documents.models import Marking, StoredFile
from nexus.row_security import with_its
from nexus.soft_delete import Removable


class Ask(models.Model):
    """One thing asked of the force: a summary, a statement, or a new version of one. At most one is open.

    What the force has written and not yet sent is its draft, here.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="asks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.TextField("what is asked")
    why = models.TextField("why it is asked")
    due_on = models.DateField()
    again = models.BooleanField(
        default=False, help_text="What was sent before was not enough; `what` says why"
    )
    asked_by = a_person()
    asked_at = models.DateTimeField()
    draft_author = models.CharField(max_length=120, blank=True)
    draft_text = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="Supplied, or not asked any more")

    objects = AskQuerySet.as_manager()

    SEEN_BY = with_its("material")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at=None), name="open_asks")]
        constraints = [
            models.UniqueConstraint(
                fields=["material"], condition=Q(closed_at=None), name="one_open_ask_a_material"
            ),
        ]

    def __str__(self) -> str:
        return f"Ask {self.pk}"

    @property
    def noun(self) -> str:
        """What is asked for, in the middle of a sentence."""
        return self.get_kind_display().lower()


FIXED_ONCE_SENT = pgtrigger.Trigger(
    name="fixed_once_sent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("asked", "bigint")],
    func="""
        IF TG_OP = 'DELETE' THEN asked := OLD.ask_id; ELSE asked := NEW.ask_id; END IF;
        IF EXISTS (SELECT 1 FROM material_ask WHERE id = asked AND closed_at IS NOT NULL)
        THEN RAISE EXCEPTION 'What the force has sent stays as it is.';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class Record(Removable):
    """An underlying police record, attached to what is asked; fixed once that is sent."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="records")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="material_records")
    description = models.CharField(max_length=200)

    SEEN_BY = with_its("ask", shows=("file",))

    class Meta(Removable.Meta):
        ordering = ["pk"]
        triggers = [FIXED_ONCE_SENT]

    def __str__(self) -> str:
        return f"Record {self.pk}"


class Original(Removable):
    """The file whose text the force sends; fixed once that is sent. The text is what is checked and approved."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="originals")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="material_originals")
    marking = models.CharField(max_length=20, choices=Marking.choices)
    text_taken = models.BooleanField(help_text="The draft began as the file’s own text; else it was typed")

    SEEN_BY = with_its("ask", shows=("file",))

    class Meta(Removable.Meta):
        triggers = [FIXED_ONCE_SENT]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(fields=["ask"], condition=Q(removed_at=None), name="one_original_an_ask"),
            models.CheckConstraint(condition=Q(marking__in=Marking.values), name="original_marking_is_known"),
        ]

    def __str__(self) -> str:
        return f"Original {self.pk}"

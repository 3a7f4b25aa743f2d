"""What can be done with what somebody typed who came second: their dissent, or a note to the referral."""

from django.db.models import Model
from django.urls import reverse

from nexus.instead import Instead
from referrals.models import NoteKind, Referral, ReferralNote


def dissent_or_note(referral: Referral, row: Model, called: str, *, whole: str = "referral") -> Instead:
    """A dissent from `row`, which is called so (“the second reading”), or a note to the `whole`."""
    return Instead(
        address=reverse("referrals:add_note", args=[referral.reference]),
        row=row,
        called=called,
        buttons=(
            (NoteKind.DISSENT.value, "Record my dissent"),
            (NoteKind.NOTE.value, f"Add it as a note to the {whole}"),
        ),
    )


def notes_about(row: Model) -> list[ReferralNote]:
    """What was written about it by those who came second, newest first."""
    found = ReferralNote.objects.filter(row_model=row._meta.label_lower, row_id=row.pk)
    return list(found.select_related("by"))

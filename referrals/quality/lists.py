"""The decisions drawn to be read for quality, as people meet them. Reads only."""

from nexus.rows import Rows
from referrals.quality.models import Reading
from referrals.quality.permissions import WHO_MAY

READINGS = Rows(
    noun="quality",
    seen=lambda by: Reading.objects.visible_to(by).select_related(
        "draw",
        "read_by",
        "decision__referral__force",
        "decision__decided_by",
        "decision__second_reader",
        "decision__held_by",
    ),
    who_may=WHO_MAY,
)

"""What has to be keyed, as people meet it. What is read of an entry stands in the audit under its referral."""

from casework.keying.models import Entry
from casework.keying.permissions import WHO_MAY
from casework.keying.queries import entries
from nexus.rows import Rows

ENTRIES = Rows(
    noun="keying",
    seen=lambda by: entries(Entry.objects.visible_to(by)),
    who_may=WHO_MAY,
    subject=lambda entry: entry.referral,
)

"""Everything that is done about what is kept."""

from nexus.retention.actions.erase import erase, propose, send_back
from nexus.retention.actions.keep import hold, keep, lift
from nexus.retention.actions.queue import open_review, queue_due

__all__ = ["erase", "hold", "keep", "lift", "open_review", "propose", "queue_due", "send_back"]

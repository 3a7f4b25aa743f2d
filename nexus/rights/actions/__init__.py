"""Everything that is done about a person's request for access."""

from nexus.rights.actions.answering import add_record, answer, decide, export, refuse
from nexus.rights.actions.receiving import receive

__all__ = ["add_record", "answer", "decide", "export", "receive", "refuse"]

"""Everything that changes the register, an agreement or a data-wash. Rows are the truth, messages are hints."""

from referrals.datawash.actions.agree import agree, change_end
from referrals.datawash.actions.answer import answer
from referrals.datawash.actions.discard import discard
from referrals.datawash.actions.go_stale import go_stale
from referrals.datawash.actions.load import load
from referrals.datawash.actions.purge import purge
from referrals.datawash.actions.queue import queue
from referrals.datawash.actions.reading import read
from referrals.datawash.actions.refer import refer
from referrals.datawash.actions.review import review
from referrals.datawash.actions.sweep import sweep
from referrals.datawash.actions.upload import upload
from referrals.datawash.actions.washing import wash

__all__ = [
    "agree",
    "answer",
    "change_end",
    "discard",
    "go_stale",
    "load",
    "purge",
    "queue",
    "read",
    "refer",
    "review",
    "sweep",
    "upload",
    "wash",
]

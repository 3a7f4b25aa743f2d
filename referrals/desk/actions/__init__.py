"""Everything the desk changes: saved views, many referrals at once, claims that ended by themselves."""

from referrals.desk.actions.idle_claims import end_idle_claims, tell_of_ended_claims
from referrals.desk.actions.many import hand_over_many, release_many
from referrals.desk.actions.saved_views import change_view, delete_view, make_default, save_view

__all__ = [
    "change_view",
    "delete_view",
    "end_idle_claims",
    "hand_over_many",
    "make_default",
    "release_many",
    "save_view",
    "tell_of_ended_claims",
]

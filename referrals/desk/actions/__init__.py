"""Everything the desk changes: saved views, many at once, claims that ended by themselves, clocks told of."""

from referrals.desk.actions.alerts import set_alert, tell_of_views
from referrals.desk.actions.clocks import tell_of_clocks
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
    "set_alert",
    "tell_of_clocks",
    "tell_of_ended_claims",
    "tell_of_views",
]

"""Everything the desk changes: saved views, many referrals at once, claims that ended by themselves."""

from referrals.desk.actions.saved_views import change_view, delete_view, make_default, save_view

__all__ = [
    "change_view",
    "delete_view",
    "make_default",
    "save_view",
]

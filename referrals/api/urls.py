"""Addresses of the referrals' endpoints; names are within "api"."""

from django.urls import path

from referrals.api import draft, queue, referrals

ONE = "referrals/<slug:reference>/"
VERBS = {**draft.VERBS, **queue.VERBS}
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/take-next/", queue.take_next, name="queue_take_next"),
    path("referrals/", referrals.referrals, name="referrals"),
    path(ONE, referrals.referral, name="referral"),
    path(f"{ONE}sections/<slug:section>/", draft.section, name="referral_section"),
    path(f"{ONE}rows/<slug:kind>/", draft.rows, name="referral_rows"),
    path(f"{ONE}rows/<slug:kind>/<int:row_id>/", draft.row, name="referral_row"),
    *(path(f"{ONE}{verb.replace('_', '-')}/", view, name=f"referral_{verb}") for verb, view in VERBS.items()),
]

"""Addresses of the referrals' endpoints; names are within "api"."""

from django.urls import path

from referrals.api import queue, referrals

ONE = "referrals/<slug:reference>/"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("referrals/", referrals.referrals, name="referrals"),
    path(ONE, referrals.referral, name="referral"),
    *(
        path(f"{ONE}{verb.replace('_', '-')}/", view, name=f"referral_{verb}")
        for verb, view in queue.VERBS.items()
    ),
]

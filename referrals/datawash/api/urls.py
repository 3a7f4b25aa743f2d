"""Addresses of the data-wash's endpoints; names are within "api"."""

from django.urls import path

from referrals.datawash.api import washes

ONE = "data-washes/<int:wash_id>/"
urlpatterns = [
    path("data-washes/", washes.wash_list, name="washes"),
    path(ONE, washes.wash, name="wash"),
    path(f"{ONE}rows/", washes.rows, name="wash_rows"),
    path(f"{ONE}rows/<int:row_id>/refer/", washes.refer, name="wash_refer"),
    *(path(f"{ONE}{verb}/", view, name=f"wash_{verb}") for verb, view in washes.VERBS.items()),
]

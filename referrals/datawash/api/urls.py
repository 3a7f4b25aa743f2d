"""Addresses of the data-wash's endpoints; names are within "api"."""

from django.urls import path

from referrals.datawash.api.washes import refer, rows, washes

urlpatterns = [
    *washes.urls(),
    path(f"{washes.address}rows/", rows, name="wash_rows"),
    path(f"{washes.address}rows/<int:row_id>/refer/", refer, name="wash_refer"),
]

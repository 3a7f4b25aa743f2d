"""Addresses of the data-wash's endpoints; names are within "api"."""

from django.urls import path

from nexus.api.verbs import verb_paths
from referrals.datawash.api.serializers import Started
from referrals.datawash.api.washes import rows, washes
from referrals.datawash.lists import WASH_ROWS
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.verbs import ROW_VERBS

urlpatterns = [
    *washes.urls(),
    path(f"{washes.address}rows/", rows, name="wash_rows"),
    *verb_paths(
        ROW_VERBS,
        f"{washes.address}rows/<int:row_id>/",
        noun="wash",
        key="row_id",
        who_may=WHO_MAY,
        find=lambda request, **address: WASH_ROWS.find(request.user, **address),
        answer=lambda request, row: Started(row.referral).data,
        shape=Started,
    ),
]

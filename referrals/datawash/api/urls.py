"""Addresses of the data-wash's endpoints; names are within "api"."""

from django.urls import path

from nexus.api.files import file_path
from nexus.api.verbs import verb_paths
from referrals.datawash.api.serializers import Started
from referrals.datawash.api.washes import rows, washes
from referrals.datawash.lists import WASH_ROWS
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.verbs import ROW_VERBS
from referrals.datawash.views.report import download, rejected

urlpatterns = [
    *washes.urls(),
    path(f"{washes.address}rows/", rows, name="wash_rows"),
    file_path(
        f"{washes.address}report/<xlsx_or_csv:kind>/",
        download,
        name="wash_report_file",
        summary="The report of a data-wash as a spreadsheet",
        stored=False,
        roles=WHO_MAY["view"],
    ),
    file_path(
        f"{washes.address}rejected/<xlsx_or_csv:kind>/",
        rejected,
        name="wash_rejected_file",
        summary="The rejected rows as a list, to be mended and sent again",
        stored=False,
        roles=WHO_MAY["upload"],
    ),
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

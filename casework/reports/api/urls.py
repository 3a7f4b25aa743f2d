"""Addresses of the reports' endpoints; names are within "api"."""

from casework.reports.api.reports import reports
from casework.reports.permissions import WHO_MAY
from casework.reports.views.download import download
from nexus.api.files import file_path

urlpatterns = [
    *reports.urls(),
    file_path(
        "reports/<int:report_id>/files/<kind_of_file:kind>/",
        download,
        name="report_file",
        summary="A released report as a PDF or a spreadsheet",
        stored=False,
        roles=WHO_MAY["view"],
    ),
]

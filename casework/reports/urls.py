from datetime import date

from django.urls import path, register_converter

from casework.reports.exports import KINDS
from casework.reports.verbs import pages, request_pages
from casework.reports.views import dashboard, download, lists, report


class DayConverter:
    """2026-11-30"""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


class KindConverter:
    """pdf, xlsx, ods or csv"""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "day")
register_converter(KindConverter, "kind_of_file")

app_name = "reports"
urlpatterns = [
    path("", lists.report_list, name="list"),
    *request_pages.urls(""),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:number>/", dashboard.referrals_behind, name="referrals_behind"),
    path("<day:first>/<day:last>/", lists.period, name="period"),
    path("<int:report_id>/", report.detail, name="detail"),
    *pages.urls("<int:report_id>/"),
    path("<int:report_id>/download/<kind_of_file:kind>/", download.download, name="download"),
]

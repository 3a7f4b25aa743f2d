"""Addresses of the reports' endpoints; names are within "api"."""

from django.urls import path

from casework.reports.api import reports

ONE = "reports/<int:report_id>/"
urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path(ONE, reports.report, name="report"),
    *(path(f"{ONE}{verb}/", view, name=f"report_{verb}") for verb, view in reports.VERBS.items()),
]

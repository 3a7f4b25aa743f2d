"""Addresses of the reports' endpoints; names are within "api"."""

from casework.reports.api.reports import reports

urlpatterns = reports.urls()

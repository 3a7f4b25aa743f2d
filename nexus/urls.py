"""Every door of the service."""

from django.urls import include, path

urlpatterns = [
    path("referrals/", include("referrals.urls")),
    path("cases/", include("casework.urls")),
    path("reports/", include("casework.reports.urls")),
    path("audit/", include("nexus.audit.urls")),
]

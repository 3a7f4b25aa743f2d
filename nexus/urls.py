"""Every door of the service."""

from django.urls import include, path

from nexus.health import health

handler400 = "nexus.ui.views.bad_request"
handler403 = "nexus.ui.views.forbidden"
handler404 = "nexus.ui.views.not_found"
handler500 = "nexus.ui.views.server_error"

urlpatterns = [
    path("", include("nexus.ui.urls")),
    path("", include("nexus.accounts.urls")),
    path("referrals/", include("referrals.urls")),
    path("cases/", include("casework.urls")),
    path("reports/", include("casework.reports.urls")),
    path("administration/", include("nexus.accounts.administration.urls")),
    path("audit/", include("nexus.audit.urls")),
    path("health/", health, name="health"),
]

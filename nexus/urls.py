"""Every door of the service."""

from django.urls import URLPattern, URLResolver, include, path

from nexus.health import health
from nexus.metrics.exposition import metrics
from nexus.presses.guard import once_everywhere

handler400 = "nexus.api.handlers.bad_request"
handler403 = "nexus.api.handlers.forbidden"
handler404 = "nexus.api.handlers.not_found"
handler500 = "nexus.api.handlers.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nexus.ui.urls")),
    path("", include("nexus.notifications.urls")),
    path("", include("nexus.accounts.urls")),
    path("", include("nexus.drafts.urls")),
    path("referrals/queue/", include("referrals.desk.urls")),
    path("matrix/", include("referrals.matrix.urls")),
    path("referrals/", include("referrals.urls")),
    path("same-person/", include("referrals.duplicates.urls")),
    path("data-wash/", include("referrals.datawash.urls")),
    path("duty-desk/", include("referrals.duty_desk.urls")),
    path("quality/", include("referrals.quality.urls")),
    path("material/", include("casework.material.urls")),
    path("decisions/", include("casework.decisions.urls")),
    path("tribunal/", include("casework.tribunal.urls")),
    path("engagement/", include("casework.engagement.urls")),
    path("support/", include("casework.support.urls")),
    path("keying/", include("casework.keying.urls")),
    path("cases/", include("casework.urls")),
    path("reports/", include("casework.reports.urls")),
    path("disparity/", include("casework.disparity.urls")),
    path("administration/", include("nexus.accounts.administration.urls")),
    path("developers/", include("nexus.developers.urls")),
    path("api/", include("nexus.api.urls")),
    path("retention/", include("nexus.retention.urls")),
    path("access-requests/", include("nexus.rights.urls")),
    path("audit/", include("nexus.audit.urls")),
    path("health/", health, name="health"),
    path("metrics/", metrics, name="metrics"),
]
once_everywhere(urlpatterns)

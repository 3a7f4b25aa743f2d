"""Every endpoint. Each app brings its own."""

from django.urls import include, path

from nexus.api import reference
from nexus.api.programs import ProgramTokenView
from nexus.api.schema import SchemaView
from nexus.api.session import SessionView, TokenView

app_name = "api"
urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("v1/session/", SessionView.as_view(), name="session"),
    path("v1/token/", TokenView.as_view(), name="token"),
    path("v1/programs/token/", ProgramTokenView.as_view(), name="program_token"),
    path("v1/reference/", reference.lists, name="references"),
    path("v1/reference/<slug:name>/", reference.one, name="reference"),
    path("v1/", include("nexus.notifications.api.urls")),
    path("v1/", include("nexus.changes.api.urls")),
    path("v1/", include("referrals.api.urls")),
    path("v1/", include("referrals.duplicates.api.urls")),
    path("v1/", include("referrals.duty_desk.api.urls")),
    path("v1/", include("referrals.matrix.api.urls")),
    path("v1/", include("referrals.datawash.api.urls")),
    path("v1/", include("casework.api.urls")),
    path("v1/", include("casework.reports.api.urls")),
    path("v1/", include("casework.keying.api.urls")),
    path("v1/", include("casework.material.api.urls")),
    path("v1/", include("casework.engagement.api.urls")),
    path("v1/", include("casework.decisions.api.urls")),
    path("v1/", include("casework.tribunal.api.urls")),
    path("v1/", include("casework.support.api.urls")),
]

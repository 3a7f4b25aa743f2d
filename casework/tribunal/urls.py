"""Pages of the papers of a hearing. A case is known by its referral's reference."""

from django.urls import path

from casework.tribunal.verbs import bundle_pages, chronology_pages, hearing_pages, redaction_pages
from casework.tribunal.views import bundle, case, hearing

app_name = "tribunal"
urlpatterns = [
    path("<slug:reference>/hearings/<int:hearing_id>/", hearing.hearing, name="hearing"),
    *hearing_pages.urls("<slug:reference>/hearings/<int:hearing_id>/"),
    path("<slug:reference>/bundles/<int:bundle_id>/", bundle.bundle, name="bundle"),
    path(
        "<slug:reference>/bundles/<int:bundle_id>/versions/<int:version_id>/",
        bundle.download,
        name="version",
    ),
    *bundle_pages.urls("<slug:reference>/bundles/<int:bundle_id>/"),
    path("<slug:reference>/redactions/", case.redactions, name="redactions"),
    path("<slug:reference>/chronology/", case.chronology, name="chronology"),
    path("<slug:reference>/chronology/download/", case.chronology_file, name="chronology_file"),
    *redaction_pages.urls("<slug:reference>/"),
    *chronology_pages.urls("<slug:reference>/"),
]

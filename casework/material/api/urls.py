"""Addresses of the endpoints of Nexus material; names are within "api"."""

from django.urls import path

from casework.api.finding import find as find_case
from casework.material.api import statement
from casework.material.api.material import material, version
from casework.material.permissions import WHO_MAY
from casework.material.verbs.of_case import NO_STATEMENT
from casework.material.views.versions import original_file, record_file
from nexus.api.files import file_path
from nexus.api.verbs import verb_paths

CASE = "cases/<slug:reference>/"
urlpatterns = [
    *material.urls(),
    file_path(
        "material/<int:material_id>/records/<int:record_id>/file/",
        record_file,
        name="material_record_file",
        summary="A record attached to a statement or summary",
        roles=WHO_MAY["view"],
    ),
    path("material/<int:material_id>/versions/<int:version_id>/", version, name="material_version"),
    file_path(
        "material/<int:material_id>/originals/<int:original_id>/file/",
        original_file,
        name="material_original_file",
        summary="The file that a statement or summary was sent as",
        roles=WHO_MAY["view"],
    ),
    path(f"{CASE}statement/", statement.statement, name="case_statement"),
    *verb_paths(
        NO_STATEMENT,
        CASE,
        noun="case",
        key="case_id",
        who_may=WHO_MAY,
        find=find_case,
        answer=statement.shown,
        shape=statement.CaseStatementSerializer,
    ),
]

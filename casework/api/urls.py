"""Addresses of the cases' endpoints; names are within "api"."""

from django.urls import path

from casework.api import cases
from casework.api.finding import find, shown
from casework.api.serializers import CaseSerializer
from casework.permissions import WHO_MAY
from casework.verbs import VERBS
from casework.views import documents
from nexus.api.files import file_path
from nexus.api.verbs import verb_paths

ONE = "cases/<slug:reference>/"
urlpatterns = [
    path("cases/", cases.case_list, name="cases"),
    path("workload/", cases.workload, name="workload"),
    path(ONE, cases.case, name="case"),
    path(f"{ONE}progress/", cases.progress, name="case_progress"),
    path(f"{ONE}notes/", cases.notes, name="case_notes"),
    file_path(
        f"{ONE}documents/<int:document_id>/file/",
        documents.document,
        name="case_document_file",
        summary="A document of a case",
        roles=WHO_MAY["view"],
    ),
    file_path(
        f"{ONE}file/",
        documents.printed,
        name="case_file",
        summary="The whole case as a PDF",
        stored=False,
        roles=WHO_MAY["view_print"],
    ),
    *verb_paths(
        VERBS,
        ONE,
        noun="case",
        key="case_id",
        who_may=WHO_MAY,
        find=find,
        answer=shown,
        shape=CaseSerializer,
    ),
]

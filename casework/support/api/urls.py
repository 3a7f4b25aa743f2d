"""Addresses of the endpoints of police support; names are within "api"."""

from django.urls import path

from casework.support.api import ledgers
from casework.support.api.requests import support_requests
from casework.support.permissions import WHO_MAY
from casework.support.views.request import document
from nexus.api.files import file_path

urlpatterns = [
    *support_requests.urls(),
    file_path(
        "support-requests/<int:request_id>/messages/<int:message_id>/file/",
        document,
        name="support_message_file",
        summary="A document of the thread",
        roles=WHO_MAY["view"],
    ),
    path("support-ledgers/", ledgers.ledgers, name="support_ledgers"),
    path("support-ledgers/<slug:code>/", ledgers.of_force, name="support_ledger"),
    path("cases/<slug:reference>/support-ledger/", ledgers.of_case, name="case_support_ledger"),
]

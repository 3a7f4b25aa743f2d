"""Pages of police support."""

from django.urls import path

from casework.support.verbs import ask_pages, pages, value_added_pages
from casework.support.views import ledgers, lists, request

app_name = "support"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("case/<slug:reference>/", lists.of_case, name="case"),
    path("ask/value-added-activity/", value_added_pages.view("ask_value_added"), name="ask_value_added"),
    path("ask/<slug:reference>/", ask_pages.view("ask"), name="ask"),
    path("commitments/", ledgers.ledgers, name="ledger"),
    path("commitments/<slug:code>/", ledgers.of_force, name="force_ledger"),
    path("<int:request_id>/", request.detail, name="detail"),
    path("<int:request_id>/documents/<int:message_id>/", request.document, name="document"),
    *pages.urls("<int:request_id>/"),
]

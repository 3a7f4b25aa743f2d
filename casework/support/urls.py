"""Pages of police support."""

from django.urls import path

from casework.support.views import asking, ledgers, lists, request

app_name = "support"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("case/<slug:reference>/", lists.of_case, name="case"),
    path("ask/value-added-activity/", asking.ask_value_added, name="ask_value_added"),
    path("ask/<slug:reference>/", asking.ask, name="ask"),
    path("commitments/", ledgers.ledgers, name="ledger"),
    path("commitments/<slug:code>/", ledgers.of_force, name="force_ledger"),
    path("<int:request_id>/", request.detail, name="detail"),
    path("<int:request_id>/amend/", asking.amend, name="amend"),
    path("<int:request_id>/submit/", request.submit, name="submit"),
    path("<int:request_id>/pass-on/", request.pass_on, name="pass_on"),
    path("<int:request_id>/documents/<int:message_id>/", request.document, name="document"),
    *(path(f"<int:request_id>/{verb.replace('_', '-')}/", view, name=verb) for verb, view in request.VERBS),
]

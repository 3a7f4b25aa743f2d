"""Pages of referrals: the force's own, and the Referrals Office's. Those of the verbs are made from verbs.py."""

from django.urls import path

from referrals.verbs import correction_pages, police_pages, proposal_pages, start_pages, triage_pages
from referrals.views import (
    asking,
    corrections,
    decide,
    detail,
    documents,
    draft,
    find,
    flags,
    follow,
    pasting,
    rows,
    second_reading,
)

app_name = "referrals"
ONE = "<slug:reference>/"
PROPOSAL = f"{ONE}proposals/<int:proposal_id>/"

# The Referrals Office: the assessment and the decision (its queue is the desk's); and the flags for
# Criminal Casework.
TRIAGE = [
    path("find/", find.find, name="find"),
    path("flags/", flags.flags, name="flags"),
    path("second-readings/", second_reading.listed, name="second_readings"),
    path(PROPOSAL, second_reading.proposal, name="proposal"),
    path(f"{PROPOSAL}take-back/", proposal_pages.view("recall"), name="recall"),
    path(f"{ONE}assessment/", detail.assessment, name="assessment"),
    path(f"{ONE}timeline/", detail.timeline, name="timeline"),
    path(f"{ONE}request-information/", asking.request_information, name="request_information"),
    path(f"{ONE}decide/", decide.decide, name="decide"),
    path(f"{ONE}corrections/", corrections.corrections, name="corrections"),
    *correction_pages.urls(ONE),
    *triage_pages.urls(ONE),
]

# The force: its list, the draft and its pages, what follows after sending. "start", "asked" and "find" are no references.
POLICE = [
    path("", follow.listed, name="list"),
    path("start/", start_pages.view("start"), name="start"),
    path("asked/", asking.asked, name="asked"),
    path(f"{ONE}tasks/", draft.tasks, name="tasks"),
    path(f"{ONE}sections/<slug:section>/", draft.section, name="section"),
    path(f"{ONE}rows/<slug:kind>/add/", rows.row_add, name="row_add"),
    path(f"{ONE}rows/<slug:kind>/<int:row_id>/", rows.row_change, name="row_change"),
    path(f"{ONE}rows/conduct/<int:row_id>/line/", rows.row_change, {"asked_on": "line"}, name="event_line"),
    path(f"{ONE}rows/conduct/paste/", pasting.paste, name="paste_events"),
    path(f"{ONE}rows/<slug:kind>/<int:row_id>/remove/", rows.row_remove, name="row_remove"),
    path(f"{ONE}convictions/<int:row_id>/", rows.row_change, {"asked_on": "conviction"}, name="conviction"),
    path(f"{ONE}check/", draft.check, name="check"),
    path(f"{ONE}submitted/", draft.submitted, name="submitted"),
    path(f"{ONE}pdf/", documents.pdf, name="pdf"),
    path(f"{ONE}attachments/<int:row_id>/", documents.attachment, name="attachment"),
    *police_pages.urls(ONE),
]

urlpatterns = [*POLICE, *TRIAGE, path(ONE, detail.detail, name="detail")]

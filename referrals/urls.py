"""Pages of referrals: the force's own, and the Referrals Office's."""

from django.urls import path

from referrals.views import decide, detail, flags, queue, triage

app_name = "referrals"

# The Referrals Office: the queue, the assessment, the decision; and the flags for Criminal Casework.
TRIAGE = [
    path("queue/", queue.queue, name="queue"),
    path("flags/", flags.flags, name="flags"),
    path("<slug:reference>/assessment/", triage.assessment, name="assessment"),
    path("<slug:reference>/timeline/", triage.timeline, name="timeline"),
    path("<slug:reference>/claim/", triage.claim, name="claim"),
    path("<slug:reference>/release/", triage.release, name="release"),
    path("<slug:reference>/request-information/", triage.request_information, name="request_information"),
    path("<slug:reference>/decide/", decide.decide, name="decide"),
    path("<slug:reference>/accept/", decide.accept, name="accept"),
    path("<slug:reference>/not-accept/", decide.not_accept, name="not_accept"),
    path("<slug:reference>/redirect/", decide.redirect, name="redirect"),
    path("<slug:reference>/reopen/", decide.reopen, name="reopen"),
]

urlpatterns = [
    *TRIAGE,
    path("<slug:reference>/", detail.detail, name="detail"),
]

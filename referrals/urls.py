"""Pages of referrals: the force's own, and the Referrals Office's."""

from django.urls import path

from referrals.views import (
    asking,
    decide,
    detail,
    documents,
    draft,
    flags,
    follow,
    rows,
    second_reading,
    triage,
)

app_name = "referrals"

# The Referrals Office: the assessment and the decision (its queue is the desk's); and the flags for
# Criminal Casework.
TRIAGE = [
    path("flags/", flags.flags, name="flags"),
    path("second-readings/", second_reading.listed, name="second_readings"),
    path("<slug:reference>/proposals/<int:proposal_id>/", second_reading.proposal, name="proposal"),
    path("<slug:reference>/proposals/<int:proposal_id>/take-back/", second_reading.recall, name="recall"),
    path("<slug:reference>/assessment/", triage.assessment, name="assessment"),
    path("<slug:reference>/timeline/", triage.timeline, name="timeline"),
    path("<slug:reference>/claim/", triage.claim, name="claim"),
    path("<slug:reference>/release/", triage.release, name="release"),
    path("<slug:reference>/request-information/", asking.request_information, name="request_information"),
    path(
        "<slug:reference>/questions/<int:question_id>/withdraw/",
        asking.withdraw_question,
        name="withdraw_question",
    ),
    path("<slug:reference>/take-back/", asking.take_back, name="take_back"),
    path("<slug:reference>/decide/", decide.decide, name="decide"),
    path("<slug:reference>/accept/", decide.accept, name="accept"),
    path("<slug:reference>/not-accept/", decide.not_accept, name="not_accept"),
    path("<slug:reference>/redirect/", decide.redirect, name="redirect"),
    path("<slug:reference>/reopen/", decide.reopen, name="reopen"),
    path("<slug:reference>/remove-flag/", flags.remove_flag, name="remove_flag"),
    path("<slug:reference>/set-flag-again/", flags.set_flag_again, name="set_flag_again"),
]

# The force: its list, the draft and its pages, what follows after sending. "start" and "asked" are no references.
POLICE = [
    path("", follow.listed, name="list"),
    path("start/", draft.start, name="start"),
    path("asked/", asking.asked, name="asked"),
    path("<slug:reference>/tasks/", draft.tasks, name="tasks"),
    path("<slug:reference>/sections/<slug:section>/", draft.section, name="section"),
    path("<slug:reference>/rows/<slug:kind>/add/", rows.row_add, name="row_add"),
    path("<slug:reference>/rows/<slug:kind>/<int:row_id>/", rows.row_change, name="row_change"),
    path("<slug:reference>/rows/<slug:kind>/<int:row_id>/remove/", rows.row_remove, name="row_remove"),
    path("<slug:reference>/convictions/<int:row_id>/", rows.conviction, name="conviction"),
    path("<slug:reference>/check/", draft.check, name="check"),
    path("<slug:reference>/submitted/", draft.submitted, name="submitted"),
    path("<slug:reference>/questions/<int:question_id>/answer/", follow.answer, name="answer"),
    path(
        "<slug:reference>/questions/<int:question_id>/owner/",
        follow.reassign_question,
        name="reassign_question",
    ),
    path("<slug:reference>/withdraw/", follow.withdraw, name="withdraw"),
    path("<slug:reference>/pdf/", documents.pdf, name="pdf"),
    path("<slug:reference>/attachments/<int:row_id>/", documents.attachment, name="attachment"),
]

urlpatterns = [
    *POLICE,
    *TRIAGE,
    path("<slug:reference>/", detail.detail, name="detail"),
]

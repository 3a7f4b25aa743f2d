"""Pages of this part of casework. A case is known by its referral's reference."""

from django.urls import path

from casework.decisions.views import acts, challenges, decision, draft, letters

app_name = "decisions"
ONE = "<slug:reference>/<int:decision_id>/"
CHALLENGE = "<slug:reference>/challenges/<int:challenge_id>/"
urlpatterns = [
    path("", decision.reviews, name="reviews"),
    path("hearings/", challenges.hearings, name="hearings"),
    path("<slug:reference>/", decision.detail, name="detail"),
    path("<slug:reference>/draft/", draft.draft, name="draft"),
    path(ONE, decision.read, name="read"),
    path(f"{ONE}findings/", draft.findings, name="findings"),
    path(f"{ONE}findings/add/", draft.add_finding, name="add_finding"),
    path(f"{ONE}findings/<int:finding_id>/", draft.change_finding, name="change_finding"),
    path(f"{ONE}findings/<int:finding_id>/remove/", draft.remove_finding, name="remove_finding"),
    path(f"{ONE}sections/<slug:slug>/", draft.section, name="section"),
    path(f"{ONE}letters/<slug:template>/", letters.make_letter, name="make_letter"),
    path("<slug:reference>/letters/<int:letter_id>/<slug:kind>/", letters.download, name="letter"),
    path(f"{CHALLENGE}hearings/add/", challenges.add_hearing, name="add_hearing"),
    path(f"{CHALLENGE}hearings/<int:hearing_id>/", challenges.record_hearing, name="record_hearing"),
    path(f"{CHALLENGE}conclude/", challenges.conclude, name="conclude"),
    *(path(f"{ONE}{verb.replace('_', '-')}/", acts.page_for(verb), name=verb) for verb in acts.ACTS),
]

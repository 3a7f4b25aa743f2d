"""Pages of this part of casework. A case is known by its referral's reference."""

from django.urls import path

from casework.decisions.verbs import (
    begin_pages,
    challenge_pages,
    claim_pages,
    finding_pages,
    letter_pages,
    pages,
)
from casework.decisions.views import decision, draft, hearings, letters

app_name = "decisions"
ONE = "<slug:reference>/<int:decision_id>/"
urlpatterns = [
    path("", decision.reviews, name="reviews"),
    path("hearings/", hearings.hearings, name="hearings"),
    path("<slug:reference>/", decision.detail, name="detail"),
    path("<slug:reference>/letters/<int:letter_id>/<slug:kind>/", letters.download, name="letter"),
    path(ONE, decision.read, name="read"),
    path(f"{ONE}findings/", draft.findings, name="findings"),
    path(f"{ONE}sections/<slug:slug>/", draft.section, name="section"),
    *begin_pages.urls("<slug:reference>/"),
    *finding_pages.urls(ONE),
    *pages.urls(ONE),
    *letter_pages.urls(ONE),
    *claim_pages.urls("<slug:reference>/claims/<int:claim_id>/"),
    *challenge_pages.urls("<slug:reference>/challenges/<int:challenge_id>/"),
]

from django.urls import path

from referrals.duplicates.verbs import judgement_pages, merge_pages
from referrals.duplicates.views import pairs

app_name = "duplicates"
urlpatterns = [
    path("<int:pair_id>/", pairs.pair, name="pair"),
    *judgement_pages.urls("said/<int:judgement_id>/"),
    *merge_pages.urls("merges/<int:merge_id>/"),
]

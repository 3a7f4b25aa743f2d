from django.urls import path

from referrals.duplicates.views import merges, pairs

app_name = "duplicates"
urlpatterns = [
    path("<int:pair_id>/", pairs.pair, name="pair"),
    path("said/<int:judgement_id>/take-back/", pairs.take_back, name="take_back"),
    path("said/<int:judgement_id>/merge/", merges.merge, name="merge"),
    path("merges/<int:merge_id>/undo/", merges.undo_merge, name="undo_merge"),
]

from django.urls import path

from referrals.duplicates.views import pairs

app_name = "duplicates"
urlpatterns = [
    path("<int:pair_id>/", pairs.pair, name="pair"),
    path("said/<int:judgement_id>/take-back/", pairs.take_back, name="take_back"),
]

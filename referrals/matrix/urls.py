from django.urls import path

from referrals.matrix.views import agreement, assessing, onward

app_name = "matrix"
urlpatterns = [
    path("", assessing.listed, name="list"),
    path("start/", assessing.start, name="start"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("<int:assessment_id>/", assessing.result, name="result"),
    path("<int:assessment_id>/refer/", onward.refer, name="refer"),
    path("<int:assessment_id>/discuss/", onward.discuss, name="discuss"),
]

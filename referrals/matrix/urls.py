from django.urls import path

from referrals.matrix.verbs import pages
from referrals.matrix.views import agreement, assessing

app_name = "matrix"
urlpatterns = [
    path("", assessing.listed, name="list"),
    path("start/", assessing.start, name="start"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("<int:assessment_id>/", assessing.result, name="result"),
    *pages.urls("<int:assessment_id>/"),
]

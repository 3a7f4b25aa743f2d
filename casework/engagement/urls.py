"""The addresses of operational engagement."""

from django.urls import path

from casework.engagement.verbs import begin_pages, pages
from casework.engagement.views import begin, engagement, lists

app_name = "engagement"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("discussion/", lists.discussion, name="discussion"),
    path("verbal/", lists.verbal, name="verbal"),
    path("somebody-rings/", begin.rung, name="rung"),
    path("case/<slug:reference>/", engagement.operations, name="case"),
    *begin_pages.urls("case/<slug:reference>/"),
    path("<int:engagement_id>/", engagement.detail, name="detail"),
    *pages.urls("<int:engagement_id>/"),
]

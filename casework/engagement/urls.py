"""The addresses of operational engagement."""

from django.urls import path

from casework.engagement.views import begin, engagement, lists
from casework.engagement.views.acts import pages as acts

app_name = "engagement"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("discussion/", lists.discussion, name="discussion"),
    path("verbal/", lists.verbal, name="verbal"),
    path("somebody-rings/", begin.rung, name="rung"),
    path("case/<slug:reference>/", engagement.operations, name="case"),
    path("case/<slug:reference>/start/", begin.start, name="start"),
    path("case/<slug:reference>/log-verbal/", begin.log_verbal, name="log_verbal"),
    path("<int:engagement_id>/", engagement.detail, name="detail"),
    path("<int:engagement_id>/issues/<int:issue_id>/", acts.settle_issue, name="settle_issue"),
    *(
        path(f"<int:engagement_id>/{verb.replace('_', '-')}/", acts.page_for(verb), name=verb)
        for verb in acts.ACTS
    ),
]

"""Addresses of the endpoints of decisions and challenges; names are within "api"."""

from casework.decisions.api.decisions import CHALLENGE_VERBS, decisions, find_challenge, shown
from casework.decisions.api.serializers import ChallengeSerializer
from casework.decisions.permissions import WHO_MAY
from nexus.api.verbs import verb_paths

urlpatterns = [
    *decisions.urls(),
    *verb_paths(
        CHALLENGE_VERBS,
        "challenges/<int:challenge_id>/",
        noun="case_challenge",
        key="challenge_id",
        who_may=WHO_MAY,
        find=find_challenge,
        answer=shown,
        shape=ChallengeSerializer,
    ),
]

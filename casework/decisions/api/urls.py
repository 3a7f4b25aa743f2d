"""Addresses of the endpoints of decisions and challenges; names are within "api"."""

from casework.decisions.api.decisions import challenge_shown, claims, decisions, find_challenge
from casework.decisions.api.serializers import ChallengeSerializer
from casework.decisions.permissions import WHO_MAY
from casework.decisions.verbs import OF_CHALLENGE
from casework.decisions.views import letters
from nexus.api.files import file_path
from nexus.api.verbs import verb_paths

urlpatterns = [
    *decisions.urls(),
    *claims.urls(),
    file_path(
        "cases/<slug:reference>/letters/<int:letter_id>/<slug:kind>/",
        letters.download,
        name="case_letter_file",
        summary="A letter, as pdf or docx",
        roles=WHO_MAY["view"],
    ),
    *verb_paths(
        OF_CHALLENGE,
        "challenges/<int:challenge_id>/",
        noun="case_challenge",
        key="challenge_id",
        who_may=WHO_MAY,
        find=find_challenge,
        answer=challenge_shown,
        shape=ChallengeSerializer,
    ),
]

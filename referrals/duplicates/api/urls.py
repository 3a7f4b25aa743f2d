"""Addresses of the endpoints of duplicates; names are within "api"."""

from nexus.api.verbs import verb_paths
from referrals.duplicates.api.pairs import (
    ExplainedPairSerializer,
    MergeSerializer,
    as_merge,
    its_pair,
    pairs,
)
from referrals.duplicates.lists import JUDGEMENTS, MERGES
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.verbs import JUDGEMENT_VERBS, MERGE_VERBS

urlpatterns = [
    *pairs.urls(),
    *verb_paths(
        JUDGEMENT_VERBS,
        "judgements/<int:judgement_id>/",
        noun="judgement",
        key="judgement_id",
        who_may=WHO_MAY,
        find=lambda request, **address: JUDGEMENTS.find(request.user, **address),
        answer=its_pair,
        shape=ExplainedPairSerializer,
    ),
    *verb_paths(
        MERGE_VERBS,
        "merges/<int:merge_id>/",
        noun="merge",
        key="merge_id",
        who_may=WHO_MAY,
        find=lambda request, **address: MERGES.find(request.user, **address),
        answer=as_merge,
        shape=MergeSerializer,
    ),
]

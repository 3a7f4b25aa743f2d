"""Addresses of the endpoints of duplicates; names are within "api"."""

from nexus.api.verbs import verb_paths
from referrals.duplicates.api import pairs
from referrals.duplicates.permissions import WHO_MAY

urlpatterns = [
    *pairs.pairs.urls(),
    *verb_paths(
        pairs.JUDGEMENT_VERBS,
        "judgements/<int:judgement_id>/",
        noun="judgement",
        key="judgement_id",
        who_may=WHO_MAY,
        find=pairs.find_judgement,
        answer=pairs.its_pair,
        shape=pairs.ExplainedPairSerializer,
    ),
    *verb_paths(
        pairs.MERGE_VERBS,
        "merges/<int:merge_id>/",
        noun="merge",
        key="merge_id",
        who_may=WHO_MAY,
        find=pairs.find_merge,
        answer=pairs.as_merge,
        shape=pairs.MergeSerializer,
    ),
]

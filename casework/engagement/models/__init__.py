"""The tables of operational engagement: the request, its answers, its authorisation."""

from casework.engagement.models.answers import Issue, RiskAnswer, TraffickingReview
from casework.engagement.models.authorisation import Authorisation
from casework.engagement.models.engagement import DeclineKind, Engagement, EngagementChange

__all__ = [
    "Authorisation",
    "DeclineKind",
    "Engagement",
    "EngagementChange",
    "Issue",
    "RiskAnswer",
    "TraffickingReview",
]

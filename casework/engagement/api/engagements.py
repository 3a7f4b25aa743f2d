"""Operational engagement: list, ask, log what was said, read, and every verb of the requester, the CIO and the force.

Whoever authorises shows that it is them: a code of their app is part of the body, as it is of the page (ADR 0031).
"""

from casework.api.finding import find as find_case
from casework.engagement.api.serializers import (
    EngagementLineSerializer,
    EngagementSerializer,
    TaskedLineSerializer,
    TaskedSerializer,
)
from casework.engagement.lists import OPERATIONS
from casework.engagement.permissions import WHO_MAY, recipient_of
from casework.engagement.rules.powers import Kind
from casework.engagement.states import State
from casework.engagement.verbs import BEGIN, VERBS
from nexus.api.asking import force_codes
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start

engagements = Resource(
    noun="engagement",
    plural="engagements",
    address="engagements/<int:engagement_id>/",
    key="engagement_id",
    who_may=WHO_MAY,
    rows=OPERATIONS.seen,
    line=TaskedLineSerializer,
    shape=TaskedSerializer,
    inside_line=EngagementLineSerializer,
    inside=EngagementSerializer,
    filters={"kind": Filter("kind", Kind.values()), "case": Filter("case__referral__reference")},
    inside_filters={
        "state": Filter("state", State.values),
        "force": Filter("force__code", known=force_codes),
    },
    recipient=recipient_of,
    starts={
        "case_start_engagement": Start(
            permission="start",
            verb=BEGIN["start"],
            address="cases/<slug:reference>/start-engagement/",
            find=find_case,
            ids=lambda case: {"case_id": case.pk},
        ),
        "case_log_verbal": Start(
            permission="log_verbal",
            verb=BEGIN["log_verbal"],
            address="cases/<slug:reference>/log-verbal/",
            find=find_case,
            ids=lambda case: {"case_id": case.pk},
        ),
    },
    verbs=VERBS,
)

"""Operational engagement: list, ask, log what was said, read, and every verb of the requester, the CIO and the force.

Whoever authorises shows that it is them: their pass phrase is part of the body, as it is of the page (ADR 0031).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from casework.api.finding import find as find_case
from casework.engagement import actions, forms, lists
from casework.engagement.api.serializers import (
    EngagementLineSerializer,
    EngagementSerializer,
    TaskedLineSerializer,
    TaskedSerializer,
)
from casework.engagement.models import Engagement
from casework.engagement.permissions import WHO_MAY, recipient_of
from casework.engagement.rules.powers import Kind
from casework.engagement.rules.risks import AT_ONCE, Question
from casework.engagement.states import State
from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start, Verb


def visible(user: User) -> QuerySet[Engagement]:
    """The engagements that exist for this person."""
    found = lists.engagements(Engagement.objects.visible_to(user))
    return found.select_related(
        "case__referral__force", "case__case_owner", "force", "requested_by", "tasked_by", "answered_by"
    )


def confirmed(action: Callable[..., Any]) -> Callable[..., Any]:
    """Of a pass phrase the form has checked, the action is told the moment only."""

    @wraps(action)
    def act(*, now: Any, password: str, **values: Any) -> Any:
        return action(now=now, confirmed_at=now, **values)

    return act


def with_pass_phrase(request: Call) -> dict[str, Any]:
    """Wrong ones are counted like those of a sign-in."""
    return {"by": request.user, "counted": throttle.key(request._request, request.user.email)}


def risks(engagement: Engagement, request: Call) -> dict[str, Any]:
    return {"initial": forms.risk_initial(engagement)}


def details(engagement: Engagement, request: Call) -> dict[str, Any]:
    """Of a verbal authorisation what is asked was said, and is not asked again."""
    return {
        "initial": forms.detail_initial(engagement),
        "kind": engagement.kind,
        "was_said": engagement.to_write_up,
    }


def answers_to(questions: tuple[Question, ...]) -> dict[str, serializers.Field]:
    """Two fields a question, for the schema."""
    found: dict[str, serializers.Field] = {}
    for question in questions:
        found[question.value] = serializers.CharField(
            required=False, label=question.label, help_text="yes, no or not_known"
        )
        found[f"{question.value}_words"] = serializers.CharField(required=False)
    return found


RISKS = answers_to(tuple(Question))
PASS_PHRASE = {"password": serializers.CharField(help_text="Your pass phrase, again")}

engagements = Resource(
    noun="engagement",
    plural="engagements",
    address="engagements/<int:engagement_id>/",
    key="engagement_id",
    who_may=WHO_MAY,
    rows=visible,
    line=TaskedLineSerializer,
    shape=TaskedSerializer,
    inside_line=EngagementLineSerializer,
    inside=EngagementSerializer,
    filters={"kind": Filter("kind", Kind.values()), "case": Filter("case__referral__reference")},
    inside_filters={"state": Filter("state", State.values), "force": Filter("force__code")},
    recipient=recipient_of,
    starts={
        "case_start_engagement": Start(
            actions.start,
            verb="start",
            at="cases/<slug:reference>/start-engagement/",
            of=find_case,
            given=lambda case: {"case_id": case.pk},
            form=forms.StartForm,
        ),
        "case_log_verbal": Start(
            confirmed(actions.log_verbal),
            verb="log_verbal",
            at="cases/<slug:reference>/log-verbal/",
            of=find_case,
            given=lambda case: {"case_id": case.pk},
            form=forms.VerbalForm,
            wants=lambda case, request: {"case": case, **with_pass_phrase(request)},
            adds={**answers_to(AT_ONCE), **PASS_PHRASE},
        ),
    },
    verbs={
        "save_risks": Verb(actions.save_risks, forms.RisksForm, risks, partly=True, adds=RISKS),
        "save_details": Verb(actions.save_details, forms.DetailsForm, details, partly=True),
        "request": Verb(actions.request),
        "settle_issue": Verb(actions.settle_issue, forms.SettleForm, at="issues/<int:issue_id>/settle/"),
        "record_trafficking": Verb(actions.record_trafficking, forms.TraffickingForm),
        "quality_assure": Verb(actions.quality_assure, forms.QualityForm),
        "assess_risk": Verb(actions.assess_risk, forms.RiskLevelForm),
        "send_back": Verb(actions.send_back, forms.IssuesForm),
        "authorise": Verb(
            confirmed(actions.authorise),
            forms.AuthoriseForm,
            lambda engagement, request: with_pass_phrase(request),
            adds=PASS_PHRASE,
        ),
        "refuse": Verb(actions.refuse, forms.RefuseForm),
        "write_up": Verb(
            confirmed(actions.write_up),
            forms.WriteUpForm,
            lambda engagement, request: with_pass_phrase(request),
            adds=PASS_PHRASE,
        ),
        "task": Verb(actions.task),
        "reopen": Verb(actions.reopen, forms.ReopenForm),
        "withdraw": Verb(actions.withdraw, forms.WithdrawForm),
        "accept": Verb(actions.accept, forms.AcceptForm),
        "decline": Verb(actions.decline, forms.DeclineForm),
        "execute": Verb(actions.execute, forms.ExecuteForm),
        "abort": Verb(actions.abort, forms.AbortForm),
        "record_outcome": Verb(actions.record_outcome, forms.OutcomeForm),
    },
)

"""Support requests: list, ask, read, submit, pass on, answer, talk, cancel. Documents are sent on their page."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from casework.support import actions, forms, queries
from casework.support.api.serializers import SupportLineSerializer, SupportSerializer
from casework.support.models import SupportRequest
from casework.support.permissions import ELSEWHERE, WHO_MAY, recipient_of
from casework.support.rules import Kind
from casework.support.states import State
from nexus.accounts.models import User
from nexus.api.before import Start, Verb
from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource
from referrals.models import SpecialConditionsFlag


def visible(user: User) -> QuerySet[SupportRequest]:
    """The requests that exist for this person, what is open marked to come first."""
    seen = SupportRequest.objects.visible_to(user)
    return queries.requests().filter(pk__in=seen).annotate(over=queries.open_first())


def flag_of(request: Call, reference: str) -> SpecialConditionsFlag:
    """The flag that makes the subject eligible, or Http404 where this person may not look it up."""
    flags = SpecialConditionsFlag.objects.visible_to(request.user).latest_of_each().select_related("referral")
    return get_object_or_404(flags, referral__reference=reference)


def asking(flag: Any, request: Call) -> type[forms.SupportForm]:
    """Criminal Casework gives its own reference beside ours."""
    return forms.FlaggedForm if request.user.role in ELSEWHERE else forms.CommitmentForm


def amending(asked: SupportRequest, request: Call) -> type[forms.SupportForm]:
    """What the draft was written with."""
    if asked.is_value_added:
        return forms.ValueAddedForm
    return forms.FlaggedForm if asked.from_criminal_casework else forms.CommitmentForm


def now_said(asked: SupportRequest, request: Call) -> dict[str, Any]:
    """What the form begins with."""
    said = {name: getattr(asked, name) for name in amending(asked, request).base_fields}
    return {"initial": said | {"force": asked.force.code}}


support_requests = Resource(
    noun="support_request",
    plural="support_requests",
    address="support-requests/<int:request_id>/",
    key="request_id",
    who_may=WHO_MAY,
    rows=visible,
    line=SupportLineSerializer,
    shape=SupportSerializer,
    order=("over", "due_on"),
    filters={
        "state": Filter("state", State.values),
        "kind": Filter("kind", Kind.values()),
        "force": Filter("force__code"),
        "case": Filter("referral__reference"),
    },
    audit="support",
    recipient=recipient_of,
    starts={
        "support_ask": Start(
            actions.ask,
            verb="ask",
            at="flags/<slug:reference>/ask-for-support/",
            of=flag_of,
            given=lambda flag: {"reference": flag.referral.reference},
            form=forms.FlaggedForm,
            chosen=asking,
        ),
        "support_ask_value_added": Start(
            actions.ask_value_added,
            verb="ask_value_added",
            at="support-requests/ask-value-added/",
            of=lambda request: None,
            given=lambda nothing: {},
            form=forms.ValueAddedForm,
        ),
    },
    verbs={
        "amend": Verb(actions.amend, forms.ValueAddedForm, now_said, partly=True, chosen=amending),
        "submit": Verb(actions.submit),
        "pass_on": Verb(actions.pass_on),
        "send_back": Verb(actions.send_back, forms.SendBackForm),
        "accept": Verb(actions.accept, forms.AcceptForm),
        "decline": Verb(actions.decline, forms.DeclineForm),
        "fulfil": Verb(actions.fulfil, forms.FulfilForm, lambda asked, request: {"asked": asked}),
        "cancel": Verb(actions.cancel, forms.CancelForm),
        "add_message": Verb(actions.add_message, forms.MessageForm),
    },
)

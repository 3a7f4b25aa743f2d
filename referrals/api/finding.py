"""The referral behind an address, and what goes back about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from nexus.api.errors import InvalidBody
from nexus.api.requests import Call
from nexus.ui.forms import GovukForm
from referrals.api.serializers import serializer_for
from referrals.models import Referral

KEY_HEADER = "Idempotency-Key"


def visible(request: Call) -> QuerySet[Referral]:
    """The referrals that exist for this person."""
    seen = Referral.objects.visible_to(request.user).select_related("force", "claimed_by", "created_by")
    return seen.prefetch_related("flags")


def find(request: Call, reference: str, **_: Any) -> Referral:
    """The one referral, or Http404 outside what the person sees."""
    return get_object_or_404(visible(request), reference=reference)


def shown(request: Call, referral: Referral) -> dict[str, Any]:
    """The referral as this person may read it."""
    return dict(serializer_for(request.user)(referral).data)


class OneQuestionForm(GovukForm):
    """Which question is meant: its id, which may be left out while only one is open."""

    question_id = forms.IntegerField(
        label="The question’s id", required=False, min_value=1, max_value=2**63 - 1
    )


def idempotency_key(request: Call) -> UUID:
    """The key of the header. Raises InvalidBody."""
    try:
        return UUID(request.headers[KEY_HEADER])
    except (KeyError, ValueError):
        sentence = "Send a UUID of your own. The same key sent again gives the same referral back."
        raise InvalidBody({KEY_HEADER: [sentence]}) from None

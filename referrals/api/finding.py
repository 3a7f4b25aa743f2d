"""The referral behind an address, and what goes back about it."""

from typing import Any
from uuid import UUID

from nexus.api.errors import InvalidBody
from nexus.api.requests import Call
from referrals.api.serializers import serializer_for
from referrals.lists import REFERRALS
from referrals.models import Referral

KEY_HEADER = "Idempotency-Key"


def find(request: Call, reference: str, **_: Any) -> Referral:
    """The one referral, or Http404 outside what the person sees."""
    return REFERRALS.find(request.user, reference=reference)


def shown(request: Call, referral: Referral) -> dict[str, Any]:
    """The referral as this person may read it."""
    return dict(serializer_for(request.user)(referral).data)


def idempotency_key(request: Call) -> UUID:
    """The key of the header. Raises InvalidBody."""
    try:
        return UUID(request.headers[KEY_HEADER])
    except (KeyError, ValueError):
        sentence = "Send a UUID of your own. The same key sent again gives the same referral back."
        raise InvalidBody({KEY_HEADER: [sentence]}) from None

"""What a force said about a person in answering and giving support, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse

from casework.support.models import SupportMessage, SupportRequest
from casework.support.queries import RECORDED_AT
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from referrals.parts import ToldByForce


def told_by_forces(*, referrals: Collection[int], reader: User) -> Iterable[ToldByForce]:
    """Messages, answers, and what the force says it did. Two queries."""
    seen = SupportRequest.objects.visible_to(reader).filter(referral__in=referrals)
    return chain(_messages(seen), _answers(seen))


def _messages(seen: QuerySet[SupportRequest]) -> Iterator[ToldByForce]:
    said = SupportMessage.objects.filter(support_request__in=seen.values("pk"), by__role__in=POLICE_ROLES)
    for message in said.select_related("by"):
        yield _told(
            "Message about police support", message.text, message.at, message.by, message.support_request_id
        )


def _answers(seen: QuerySet[SupportRequest]) -> Iterator[ToldByForce]:
    for request in seen.annotate(recorded_at=RECORDED_AT).select_related("answered_by", "done_by"):
        if request.answer and request.answered_at:
            kind = "Answer to a request for police support"
            yield _told(kind, request.answer, request.answered_at, request.answered_by, request.pk)
        if request.done and request.recorded_at:
            yield _told(
                "Police support given", request.done, request.recorded_at, request.done_by, request.pk
            )


def _told(kind: str, words: str, at: datetime, by: User | None, request_id: int) -> ToldByForce:
    return ToldByForce(kind, words, at, str(by or "The force"), reverse("support:detail", args=[request_id]))

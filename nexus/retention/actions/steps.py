"""What every action on a review begins and ends with."""

from datetime import datetime
from typing import Any

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import wordless
from nexus.retention.models import Review
from nexus.retention.permissions import WHO_MAY
from nexus.retention.queries import kind_of, record_of
from nexus.steps import Lock

lock = Lock(Review, WHO_MAY)


def move(
    review: Review, verb: str, *, done: str, by: User, now: datetime, reason: str, **values: Any
) -> Review:
    """Make the move and write it down. Its words stand with the review; the entry names the act."""
    review.move(verb, by=by, now=now, reason=reason, **values)
    detail = {"kind": review.kind, "record": review.record_id}
    record(kind=f"retention.{done}", by=by, subject=review, now=now, detail=detail)
    return review


def unfit(review: Review, words: str, sentence: str) -> list[str]:
    """Why these words may not stand: they say nothing, or they name the person whose record may go."""
    return wordless(words, sentence) or naming(review, words)


def naming(review: Review, words: str) -> list[str]:
    """The words stay when the record is gone."""
    row = record_of(review)
    spoken = words.casefold()
    if row is not None and any(name and name.casefold() in spoken for name in kind_of(review).names(row)):
        return ["These words stay when the record is gone. Leave out the name of the person."]
    return []

"""A record is erased by two people: one proposes it with reasons, another confirms it.

The rows go through the one function of the database that may take them (nexus/retention/erasing.py); the bytes of the
files go when the transaction has ended, and by the sweep of nexus/documents/tasks.py where that was interrupted.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from nexus.accounts.models import User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.audit.recording import record
from nexus.documents.storing import remove_bytes
from nexus.parts import parts
from nexus.refusals import refuse_if
from nexus.retention.actions.steps import lock, move, unfit
from nexus.retention.erasing import erase_rows
from nexus.retention.models import Ground, Review, Tombstone
from nexus.retention.queries import kind_of, over_of, record_of

IN_USE = "The record is in use. Only what has ended can be erased."


def reasons_not_to_propose(review: Review) -> list[str]:
    """Its state, or that the record is in use."""
    return review.reasons_not_to_move("propose") or ([] if over_of(review) else [IN_USE])


@transaction.atomic
def propose(*, review_id: int, by: User, now: datetime, ground: str, because: str) -> Review:
    """Propose that the record is erased. A second person confirms it, or sends it back. Raises Refused."""
    review = lock(review_id, by=by, verb="propose")
    refuse_if(
        reasons_not_to_propose(review)
        or ([] if ground in Ground.values else ["Select why it is erased."])
        + unfit(review, because, "Enter what you looked at, and why nobody needs it.")
    )
    return move(
        review, "propose", done="proposed", by=by, now=now, reason=because, ground=ground, because=because
    )


@transaction.atomic
def send_back(*, review_id: int, by: User, now: datetime, reason: str) -> Review:
    """Do not erase it: it is to be reviewed again. Who proposed it may take it back as well. Raises Refused."""
    review = lock(review_id, by=by, verb="send_back")
    refuse_if(review.reasons_not_to_move("send_back") or unfit(review, reason, "Enter why it is not erased."))
    return move(review, "send_back", done="sent_back", by=by, now=now, reason=reason)


def reasons_not_to_erase(review: Review, by: User) -> list[str]:
    """Its state, that the record is in use again, or that one person would do both."""
    if reasons := review.reasons_not_to_move("erase"):
        return reasons
    if review.proposed_by_id == by.pk:
        return ["You proposed it, so a second person must confirm it."]
    return [] if over_of(review) else [IN_USE]


def codes_that_stay(review: Review) -> dict[str, Any]:
    """The codes and days of the record, and as `figures` what every part's figures count of it."""
    record = record_of(review)
    figures = [each for part in parts() if part.figures_of for each in part.figures_of(record=record)]
    return {**kind_of(review).codes(record), "figures": figures}


@transaction.atomic
def erase(*, review_id: int, by: User, now: datetime, confirmed_at: datetime | None) -> Review:
    """Erase the record for good: its rows, files, drafts and notifications. A tombstone stays.

    `confirmed_at` is when the person confirmed that it is they: just now, or it is refused. Raises Refused."""
    review = lock(review_id, by=by, verb="erase")
    refuse_if(reasons_not_to_erase(review, by) or reasons_not_confirmed(confirmed_at, now))
    codes = codes_that_stay(review)
    review.move("erase", by=by, now=now)
    rows, files, reasons = erase_rows(review.pk)
    Tombstone.objects.create(review=review, codes=codes, rows=rows, files=len(files), erased_at=now)
    detail = {
        "kind": review.kind,
        "record": review.record_id,
        "rows": sum(rows.values()),
        "files": len(files),
        **reasons,
    }
    record(kind="retention.erased", by=by, subject=review, now=now, detail=detail)
    remove_bytes(files)
    return review

"""The records of the person are found, each text is decided by somebody, and one export answers the request."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if, wordless
from nexus.retention.queries import find_record
from nexus.rights.exporting import Export, packed
from nexus.rights.items import disclosed, undecided
from nexus.rights.models import AccessDecision, AccessRecord, AccessRequest, Withheld
from nexus.rights.permissions import WHO_MAY
from nexus.rights.states import State
from nexus.steps import Lock

lock = Lock(AccessRequest, WHO_MAY)
OVER = "This request has ended. Write down a new one where the person asks again."
TO_THE_PERSON = "The person whose data they are"


def reasons_ended(request: AccessRequest) -> list[str]:
    return [] if request.state == State.RECEIVED else [OVER]


@transaction.atomic
def add_record(*, request_id: int, by: User, now: datetime, reference: str) -> AccessRecord:
    """Say that a record is of this person. Raises Refused."""
    request = lock(request_id, by=by, verb="add_record")
    found = find_record(reference)
    refuse_if(reasons_ended(request) or ([] if found else [f"There is no record “{reference}”."]))
    kind, row, _ = found  # type: ignore[misc]
    if request.records.filter(kind=kind.code, record_id=row.pk).exists():
        raise Refused("This record has been added already.")
    added = request.records.create(
        kind=kind.code, record_id=row.pk, reference=kind.reference(row), added_by=by, added_at=now
    )
    record(kind="access.record_added", by=by, subject=request, now=now, detail={"record": row.pk})
    return added


def reasons_not_to_decide(request: AccessRequest) -> list[str]:
    """It has ended, no record is found yet, or all is decided."""
    if reasons := reasons_ended(request):
        return reasons
    if not request.records.exists():
        return ["Add the records of the person first."]
    return [] if undecided(request) else ["Everything is decided. You can answer the request."]


@transaction.atomic
def decide(*, request_id: int, by: User, now: datetime, outcomes: Mapping[str, str]) -> AccessRequest:
    """Say of each text or file whether it is disclosed. Raises Refused."""
    request = lock(request_id, by=by, verb="decide")
    open_items = {item.key for item in undecided(request)}
    refuse_if(
        reasons_not_to_decide(request)
        or (
            []
            if outcomes.keys() <= open_items
            else ["Some of these have been decided meanwhile. Look again."]
        )
        or ([] if set(outcomes.values()) <= set(Withheld.values) else ["Select what is done with each."])
    )
    AccessDecision.objects.bulk_create(
        AccessDecision(access_request=request, item=key, outcome=outcome, decided_by=by, decided_at=now)
        for key, outcome in outcomes.items()
    )
    record(kind="access.decided", by=by, subject=request, now=now, detail={"items": len(outcomes)})
    return request


def reasons_not_to_answer(request: AccessRequest) -> list[str]:
    """It has ended, no record is found, or something is still to be decided."""
    if reasons := reasons_ended(request):
        return reasons
    if not request.records.exists():
        return [
            "Add the records of the person first. Where nothing is held, do not answer with an export: say so."
        ]
    left = len(undecided(request))
    return [f"{left} texts or files are still to be decided."] if left else []


@transaction.atomic
def answer(*, request_id: int, by: User, now: datetime) -> AccessRequest:
    """All is decided: the export may be made and given to the person. Raises Refused."""
    request = lock(request_id, by=by, verb="answer")
    refuse_if(reasons_not_to_answer(request))
    request.move("answer", by=by, now=now)
    record(kind="access.answered", by=by, subject=request, now=now)
    return request


@transaction.atomic
def refuse(*, request_id: int, by: User, now: datetime, reason: str) -> AccessRequest:
    """Say why it is not answered by an export: nothing is held, it is not known who asks, or the law excuses it."""
    request = lock(request_id, by=by, verb="refuse")
    refuse_if(reasons_ended(request) or wordless(reason, "Enter why it is not answered by an export."))
    request.move("refuse", by=by, now=now, reason=reason)
    record(kind="access.refused", by=by, subject=request, now=now)
    return request


@transaction.atomic
def export(*, request_id: int, by: User, now: datetime) -> Export:
    """The one file that answers the request, recorded as a disclosure to the person. Raises Refused."""
    request = lock(request_id, by=by, verb="export")
    if request.state != State.ANSWERED:
        raise Refused("Answer the request first. Until then nothing leaves.")
    items, withheld = disclosed(request)
    made = packed(request, items, withheld)
    detail = {
        "records": [each.record_id for each in request.records.all()],
        "items": len(items),
        "withheld": withheld,
    }
    record(kind="access.disclosed", by=by, subject=request, now=now, recipient=TO_THE_PERSON, detail=detail)
    return made

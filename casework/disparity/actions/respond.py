"""The response to a finding."""

from datetime import datetime

from django.db import transaction

from casework.disparity.models import Response
from casework.disparity.permissions import WHO_MAY
from casework.disparity.queries import findings, tables_of
from casework.disparity.rules import Quarter
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless

GONE = "There is no such finding in this quarter any more."


@transaction.atomic
def respond(*, quarter: str, finding: str, by: User, now: datetime, text: str) -> Response:
    """Write down why it may be so and what is done. Raises Refused."""
    WHO_MAY.permit("respond", by)
    of_quarter = Quarter.named(quarter)
    stands = {each.key: each.words for each in findings(of_quarter, tables_of(of_quarter))}
    refuse_if(
        ([] if finding in stands else [GONE]) + wordless(text, "Enter why it may be so, and what is done.")
    )
    response = Response.objects.create(
        quarter=quarter, finding=finding, figures=stands[finding], text=text.strip(), by=by, at=now
    )
    detail = {"quarter": quarter, "finding": finding}
    record(kind="disparity.answered", by=by, subject=response, now=now, detail=detail)
    return response

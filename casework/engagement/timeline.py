"""What a case's timeline tells of its engagements."""

from collections.abc import Iterator
from datetime import datetime

from casework.engagement.models import EngagementChange
from casework.engagement.states import State
from casework.models import Case
from casework.timeline import INTERNAL, SIZE, Entry

TITLES = {
    "request": "requested",
    "quality_assure": "quality-assured",
    "assess_risk": "risk-assessed",
    "send_back": "returned to the requester",
    "authorise": "authorised",
    "refuse": "refused",
    "log_verbal": "authorised verbally",
    "task": "tasked to the force",
    "accept": "accepted by the force",
    "decline": "declined by the force",
    "execute": "carried out",
    "abort": "aborted",
    "record_outcome": "outcome recorded by the force",
    "expire": "authorisation expired",
    "stop": "stopped, authorisation void",
    "look_again": "to be authorised again",
    "reopen": "reopened to be changed, authorisation void",
    "withdraw": "withdrawn",
}


def entries(*, case: Case, before: datetime | None) -> Iterator[Entry]:
    """The newest moves of the case's engagements; one query."""
    rows = EngagementChange.objects.filter(engagement__case=case).select_related("engagement__force", "by")
    if before:
        rows = rows.filter(at__lt=before)
    # Within one moment causes come before what follows: the timeline turns them round.
    for change in sorted(rows.order_by("-at", "-pk")[: SIZE + 1], key=lambda each: (each.at, each.pk)):
        yield Entry(title_of(change), change.at, change.by, change.reason, tag=INTERNAL)


def title_of(change: EngagementChange) -> str:
    """Arrest: carried out"""
    return f"{change.engagement.get_kind_display()}: {TITLES[change.verb]}"


def history(rows: list[EngagementChange]) -> list[dict[str, object]]:
    """The same for the engagement's own page, newest first."""
    return [
        {
            "title": TITLES[change.verb].capitalize(),
            "at": change.at,
            "by": change.by,
            "text": change.reason,
            "tag": State(change.to_state).label,
        }
        for change in rows
    ]

"""The CIO's or HMI's part: quality assurance, the risk, and the decision. Never by the requester.

"The HMI or CIO engage in regular tasking discussions … to ensure all requests for operational support … are
fully reviewed, quality assured and suitably risk-assessed" (guidance p. 8).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import bind, lock, reasons_not_to, recorded
from casework.engagement.actions.stop import stop_others
from casework.engagement.exact_text import exact_text, reasons_text_changed
from casework.engagement.models import Authorisation, Engagement, Issue
from casework.engagement.queries import reasons_barred_from_removal, reasons_trafficking_blocks
from casework.engagement.rules.authorising import (
    Check,
    reasons_not_until,
    reasons_outliving,
)
from casework.engagement.rules.risks import reasons_not_a_level
from nexus.accounts.models import User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.audit.recording import has_viewed
from nexus.refusals import refuse_if, wordless


def reasons_not_read(engagement: Engagement, by: User) -> list[str]:
    """Nobody decides on a page they have not opened since it was sent, or sent again after it was stopped."""
    again = engagement.changes.filter(verb="look_again").values_list("at", flat=True).last()
    since = again or engagement.requested_at
    read = has_viewed(by=by, subject=engagement, kind="engagement.viewed", since=since)
    return [] if read else ["Open and read the request before you decide on it."]


def reasons_not_checked(checked: Sequence[str]) -> list[str]:
    """Every point, or it goes back with the point as an issue."""
    return [f"Confirm, or return the request: {check.label}." for check in Check if check not in checked]


@transaction.atomic
def quality_assure(
    *, engagement_id: int, by: User, now: datetime, checked: Sequence[str], findings: str
) -> Engagement:
    """Confirm each point, and say what was found. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="quality_assure")
    refuse_if(
        reasons_not_to("quality_assure", engagement, by)
        or reasons_not_read(engagement, by)
        + reasons_not_checked(checked)
        + wordless(findings, "Enter what you checked and found.")
    )
    engagement.move("quality_assure", by=by, now=now, reason=findings)
    return recorded(engagement, done="quality_assured", by=by, now=now)


@transaction.atomic
def assess_risk(
    *, engagement_id: int, by: User, now: datetime, risk_level: str, risk_controls: str
) -> Engagement:
    """Say how high the risk is and what is done about it. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="assess_risk")
    refuse_if(
        reasons_not_to("assess_risk", engagement, by)
        or reasons_not_a_level(risk_level) + wordless(risk_controls, "Enter how the risk is controlled.")
    )
    engagement.move(
        "assess_risk",
        by=by,
        now=now,
        reason=risk_controls,
        risk_level=risk_level,
        risk_controls=risk_controls,
    )
    return recorded(engagement, done="risk_assessed", by=by, now=now, detail={"risk_level": risk_level})


@transaction.atomic
def send_back(*, engagement_id: int, by: User, now: datetime, issues: Sequence[str]) -> Engagement:
    """Return it with a list of issues, each to be settled before it is sent again. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="send_back")
    found = [issue.strip() for issue in issues if issue.strip()]
    refuse_if(reasons_not_to("send_back", engagement, by) or ([] if found else ["Enter at least one issue."]))
    engagement.move("send_back", by=by, now=now, reason="\n".join(found))
    Issue.objects.bulk_create(
        Issue(engagement=engagement, text=text, raised_by=by, raised_at=now) for text in found
    )
    recorded(engagement, done="returned", by=by, now=now, detail={"issues": len(found)})
    telling.returned(engagement, now=now)
    return engagement


def reasons_not_to_authorise(engagement: Engagement, by: User) -> list[str]:
    """What stands against it before anything is filled in."""
    return reasons_not_to("authorise", engagement, by) or (
        reasons_not_read(engagement, by)
        + reasons_trafficking_blocks(engagement)
        + reasons_barred_from_removal(engagement)
    )


@transaction.atomic
def authorise(
    *,
    engagement_id: int,
    by: User,
    now: datetime,
    reasons: str,
    conditions: str,
    expires_at: datetime,
    confirmed_at: datetime | None,
    sha256: str,
    shown_text: str = "",
    margin_reason: str = "",
) -> Authorisation:
    """Authorise exactly this text until a moment, on conditions, in one's own name. Raises Refused.

    `confirmed_at` is when the person confirmed that it is they: just now, or it is refused. `sha256` is the digest
    of the text that their own page showed, and `shown_text` that text, so that a refusal can say what differs. Every
    other live operation on the person stops.
    """
    engagement = lock(engagement_id, by=by, verb="authorise")
    refuse_if(
        reasons_not_to_authorise(engagement, by)
        or wordless(reasons, "Enter your reasons.")
        + reasons_not_until(expires_at, now=now, starts=engagement.window_starts_at)
        + reasons_outliving(expires_at, ends=engagement.window_ends_at, why=margin_reason)
        + reasons_text_changed(sha256, shown_text, exact_text(engagement))
        + reasons_not_confirmed(confirmed_at, now)
    )
    authorisation = bind(
        engagement,
        by=by,
        now=now,
        confirmed_at=confirmed_at or now,  # None was refused above
        reasons=reasons,
        conditions=conditions,
        expires_at=expires_at,
        margin_reason=margin_reason,
    )
    stop_others(engagement, by=by, now=now)
    engagement.move("authorise", by=by, now=now, reason=reasons)
    detail = {"authorisation": authorisation.pk, "sha256": authorisation.sha256}
    recorded(engagement, done="authorised", by=by, now=now, detail=detail)
    telling.decided(engagement, now=now, kind="engagement_authorised")
    return authorisation


@transaction.atomic
def refuse(*, engagement_id: int, by: User, now: datetime, reasons: str) -> Engagement:
    """Refuse it, with reasons. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="refuse")
    refuse_if(
        reasons_not_to("refuse", engagement, by)
        or reasons_not_read(engagement, by) + wordless(reasons, "Enter your reasons.")
    )
    engagement.move("refuse", by=by, now=now, reason=reasons)
    recorded(engagement, done="refused", by=by, now=now)
    telling.decided(engagement, now=now, kind="engagement_refused")
    return engagement

"""Out of hours: authorised in words, logged at once, written up in time.

"The Nexus High Harm CIO or HMI will also take calls on urgent cases, 'live-time' referrals for immediate
detention including out of hours and weekends." (guidance p. 8)
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import bind, lock, lock_case, reasons_not_to, recorded
from casework.engagement.actions.stop import stop_others
from casework.engagement.actions.write import (
    answer_risks,
    reasons_not_this_force,
    reasons_not_to_start,
)
from casework.engagement.exact_text import reasons_text_changed, text_to_sign
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.queries import gaps_of, reasons_trafficking_blocks
from casework.engagement.rules.authorising import (
    reasons_not_until,
    reasons_own_request,
)
from casework.engagement.rules.powers import Kind
from casework.engagement.rules.risks import AT_ONCE, Answered, reasons_not_a_level
from casework.models import Case
from casework.trafficking import reasons_trafficking_stops
from nexus.accounts.models import Force, User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.audit.recording import has_viewed, last_changed_by_others
from nexus.refusals import refuse_if, wordless

SECTIONS_WRITTEN = ("engagement.risks_answered", "engagement.details_saved")


def reasons_not_asked_at_once(risks: Mapping[str, Answered]) -> list[str]:
    """Adults at risk and trafficking are asked whatever the hour."""
    return [f"Answer: {question.label}" for question in AT_ONCE if question not in risks]


def reasons_not_to_log(case: Case, by: User) -> list[str]:
    """Nobody says yes on the telephone while a trafficking indicator stands."""
    return reasons_not_to_start(case, by) or reasons_trafficking_stops(case)


@transaction.atomic
def log_verbal(
    *,
    case_id: int,
    by: User,
    now: datetime,
    kind: str,
    force: Force | None,
    asked_by: User,
    asked_at: datetime,
    said: str,
    conditions: str,
    expires_at: datetime,
    risks: Mapping[str, Answered],
    confirmed_at: datetime | None,
) -> Engagement:
    """Log what was said, at once. It is live until its end or the time for writing it up. Raises Refused."""
    case = lock_case(case_id, by=by, verb="log_verbal")
    kinds = [] if kind in Kind.values() else ["Select what kind of operation it is."]
    reasons = ["The time it was asked for must be in the past."] if asked_at > now else []
    refuse_if(
        reasons_not_to_log(case, by)
        or kinds
        + reasons_not_this_force(force)
        + reasons_own_request(requested_by=asked_by.pk, by=by.pk)
        + reasons
        + wordless(said, "Enter what was said.")
        + reasons_not_asked_at_once(risks)
        + reasons_not_until(expires_at, now=now, starts=None)
        + reasons_not_confirmed(confirmed_at, now)
    )
    engagement = Engagement.objects.create(
        case=case,
        kind=kind,
        force=force,
        requested_by=asked_by,
        started_at=now,
        asked=said,
        verbal=True,
        write_up_due_at=now + timedelta(hours=settings.NEXUS_WRITE_UP_HOURS),
    )
    answer_risks(engagement, risks, by=by, now=now)
    refuse_if(reasons_trafficking_blocks(engagement))
    bind(
        engagement,
        by=by,
        now=now,
        confirmed_at=confirmed_at or now,  # None was refused above
        reasons=said,
        conditions=conditions,
        expires_at=expires_at,
        verbal=True,
        asked_at=asked_at,
    )
    stop_others(engagement, by=by, now=now)
    engagement.move("log_verbal", by=by, now=now, reason=said)
    recorded(engagement, done="verbally_authorised", by=by, now=now)
    telling.decided(engagement, now=now, kind="engagement_authorised")
    return engagement


def reasons_not_to_write_up(engagement: Engagement, by: User, *, now: datetime) -> list[str]:
    """The writing is as complete as a request that is sent, and read by whoever signs it."""
    return (
        reasons_not_to("write_up", engagement, by)
        or [gap.sentence for gap in gaps_of(engagement, now=now)]
        or reasons_not_read_as_written(engagement, by)
    )


def reasons_not_read_as_written(engagement: Engagement, by: User) -> list[str]:
    """Its sections may change until it is signed: nobody signs what another wrote and they have not opened."""
    written_at = last_changed_by_others(by=by, subject=engagement, kinds=SECTIONS_WRITTEN)
    if not written_at or has_viewed(by=by, subject=engagement, kind="engagement.viewed", since=written_at):
        return []
    return ["Its sections have changed. Open and read them before you sign."]


@transaction.atomic
def write_up(
    *,
    engagement_id: int,
    by: User,
    now: datetime,
    risk_level: str,
    risk_controls: str,
    reasons: str,
    confirmed_at: datetime | None,
    sha256: str,
    shown_text: str = "",
) -> Authorisation:
    """Sign what was written up, section by section, of a verbal authorisation. Raises Refused.

    Late is better than never. The written authorisation ends when the verbal one does. `sha256` is the digest of the
    sections that the signer's own page showed, and `shown_text` those sections.
    """
    engagement = lock(engagement_id, by=by, verb="write_up")
    refuse_if(
        reasons_not_to_write_up(engagement, by, now=now)
        or reasons_not_a_level(risk_level)
        + wordless(risk_controls, "Enter how the risk is controlled.")
        + wordless(reasons, "Enter your reasons.")
        + reasons_not_confirmed(confirmed_at, now)
        + reasons_text_changed(sha256, shown_text, text_to_sign(engagement))
    )
    engagement.risk_level, engagement.risk_controls = risk_level, risk_controls
    engagement.written_up_at = now
    engagement.save()
    authorisation = replace_verbal(
        engagement, by=by, now=now, reasons=reasons, confirmed_at=confirmed_at or now
    )
    recorded(engagement, done="written_up", by=by, now=now)
    return authorisation


def replace_verbal(engagement: Engagement, *, by: User, now: datetime, **written: Any) -> Authorisation:
    """The written authorisation in the place of the verbal one: same conditions, same end, void if that was."""
    verbal = engagement.authorisations.get(verbal=True)
    engagement.authorisations.filter(pk=verbal.pk).update(replaced_at=now)
    kept = ("conditions", "expires_at", "voided_at", "voided_by", "voided_because")
    return bind(engagement, by=by, now=now, **written, **{name: getattr(verbal, name) for name in kept})


def tell_of_overdue(*, now: datetime) -> int:
    """Tell once of each verbal authorisation that was not written up in time; how many."""
    late = Engagement.objects.filter(
        verbal=True, written_up_at=None, overdue_told_at=None, write_up_due_at__lte=now
    )
    return sum(tell_of_one(pk, now) for pk in late.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def tell_of_one(engagement_id: int, now: datetime) -> bool:
    locked = Engagement.objects.select_for_update(of=("self",), skip_locked=True)
    engagement = (
        locked.select_related("case__referral__force", "force")
        .filter(pk=engagement_id, written_up_at=None, overdue_told_at=None)
        .first()
    )
    if engagement is None:
        return False
    engagement.overdue_told_at = now
    engagement.save()
    recorded(engagement, done="write_up_overdue", by=None, now=now)
    telling.overdue(engagement, now=now)
    return True

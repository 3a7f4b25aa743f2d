"""Agreements with forces: made by a manager, and ended by setting their last day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if
from nexus.ui import formatting
from referrals.datawash.linkage.pots import POT_OF_STATUS, POTS
from referrals.datawash.models import Agreement
from referrals.datawash.permissions import WHO_MAY


@transaction.atomic
def agree(
    *,
    by: User,
    now: datetime,
    force: Force,
    title: str,
    starts_on: date,
    ends_on: date | None,
    stale_after_days: int,
    purge_after_days: int,
    pots: Mapping[str, str],
) -> Agreement:
    """Put down what was agreed with a force. `pots` maps statuses to pots; the rest is the standard table's.

    Raises Refused: two agreements of one force never run on one day, so that each list falls under one.
    """
    WHO_MAY.permit("agree", by)
    force = Force.objects.select_for_update().get(pk=force.pk)
    reasons = blank(title, "Enter what the agreement is called.") + reasons_not_to_agree(
        force, starts_on, ends_on
    )
    refuse_if(reasons + reasons_not_to_map(pots))
    agreement = Agreement.objects.create(
        force=force,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        stale_after_days=stale_after_days,
        purge_after_days=purge_after_days,
        pots={status: pot for status, pot in pots.items() if POT_OF_STATUS[status] != pot},
        made_by=by,
        made_at=now,
    )
    record(kind="agreement.made", by=by, subject=agreement, now=now, detail={"force": force.pk})
    return agreement


def reasons_not_to_agree(
    force: Force, starts_on: date, ends_on: date | None, *, but: Agreement | None = None
) -> list[str]:
    """Why the force cannot have an agreement of these days besides those it has."""
    if not force.engaged:
        return [f"{force} is not engaged with Nexus High Harm, so no data-wash can be agreed with it."]
    if ends_on and ends_on < starts_on:
        return ["The agreement cannot end before it starts."]
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    if ends_on:
        overlapping &= Q(starts_on__lte=ends_on)
    others = Agreement.objects.filter(overlapping, force=force)
    if but:
        others = others.exclude(pk=but.pk)
    return [
        f"“{other}” runs from {formatting.date(other.starts_on)}"
        f"{f' to {formatting.date(other.ends_on)}' if other.ends_on else ' with no last day'}: "
        f"two agreements with one force cannot overlap."
        for other in others
    ]


def reasons_not_to_map(pots: Mapping[str, str]) -> list[str]:
    """“No trace” and ambiguous are grades, no statuses: nobody can agree a pot for them."""
    return [
        f"“{status}” cannot be put in “{pot}”."
        for status, pot in pots.items()
        if status not in POT_OF_STATUS or pot not in POTS
    ]


@transaction.atomic
def change_end(*, agreement_id: int, by: User, now: datetime, ends_on: date | None) -> Agreement:
    """Set, move or take away the last day. What was washed under the agreement stays. Raises Refused."""
    WHO_MAY.permit("agree", by)
    agreement = Agreement.objects.select_related("force").get(pk=agreement_id)
    force = Force.objects.select_for_update().get(pk=agreement.force_id)
    refuse_if(reasons_not_to_agree(force, agreement.starts_on, ends_on, but=agreement))
    agreement.ends_on = ends_on
    agreement.save(update_fields=["ends_on"])
    record(
        kind="agreement.end_changed",
        by=by,
        subject=agreement,
        now=now,
        detail={"ends_on": ends_on.isoformat() if ends_on else None},
    )
    return agreement

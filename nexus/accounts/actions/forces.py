"""Forces: add one, and change what has been agreed with one."""

import re
from datetime import date, datetime

from django.db import transaction

from nexus.accounts.actions.steps import set_fields
from nexus.accounts.models import Force, User
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.regions import OF_FORCE
from nexus.audit.recording import record
from nexus.refusals import refuse_if

PNC_CODE = r"[0-9]{2}"
THE_METROPOLITANS_OTHER = "02"
ONS_CODE = r"[EWSNK][0-9]{8}"


@transaction.atomic
def change_force(
    *,
    force_id: int,
    by: User,
    now: datetime,
    engaged: bool,
    engaged_on: date | None,
    value_added_activity: bool = False,
    region: str | None = None,
) -> Force:
    """Engage a force or end its engagement, say whether it takes part in value added activity, and its region.

    None leaves the region as it is. Raises Refused.
    """
    WHO_MAY.permit("administer", by)
    force = Force.objects.select_for_update().get(pk=force_id)
    refuse_if(
        reasons_only_for_an_engaged_force(
            engaged=engaged, dated=engaged_on is not None, value_added_activity=value_added_activity
        )
        + reasons_without_region(force, engaged=engaged, region=force.region if region is None else region)
    )
    agreed = {"engaged": engaged, "engaged_on": engaged_on, "value_added_activity": value_added_activity}
    force.changed = set_fields(force, agreed if region is None else agreed | {"region": region})
    if force.changed:
        record(kind="force.changed", by=by, subject=force, now=now, detail={"fields": force.changed})
    return force


def reasons_only_for_an_engaged_force(*, engaged: bool, dated: bool, value_added_activity: bool) -> list[str]:
    """What cannot be said of a force that is not engaged."""
    if engaged:
        return []
    date_told = ["Only an engaged force has a date of engagement. Clear the date."] if dated else []
    part = ["Only an engaged force takes part in value added activity."] if value_added_activity else []
    return date_told + part


def reasons_without_region(force: Force, *, engaged: bool, region: str) -> list[str]:
    """A force of England or Wales is of a region; one that polices all of the country or another one is of none."""
    local = force.code in OF_FORCE or force.ons_code != ""
    if not engaged or region or not local:
        return []
    return [f"Select the region of {force.name}: the tasking discussion list groups engaged forces by it."]


@transaction.atomic
def add_force(
    *,
    by: User,
    now: datetime,
    code: str,
    name: str,
    ons_code: str = "",
    region: str = "",
    engaged: bool,
    engaged_on: date | None = None,
    value_added_activity: bool = False,
) -> Force:
    """A force that the service did not know. No other force changes by it. Raises Refused."""
    WHO_MAY.permit("administer", by)
    force = Force(
        code=code,
        name=name,
        ons_code=ons_code,
        region=region,
        engaged=engaged,
        engaged_on=engaged_on,
        value_added_activity=value_added_activity,
    )
    reasons = reasons_against_force(code=code, name=name, ons_code=ons_code)
    refuse_if(
        [sentence for _, sentence in reasons]
        + reasons_only_for_an_engaged_force(
            engaged=engaged, dated=engaged_on is not None, value_added_activity=value_added_activity
        )
        + reasons_without_region(force, engaged=engaged, region=region)
    )
    force.save()
    record(kind="force.added", by=by, subject=force, now=now)
    return force


def reasons_against_force(*, code: str, name: str, ons_code: str) -> list[tuple[str, str]]:
    """(field, sentence) for what another force has already, and for codes that are none."""
    found = []
    if not re.fullmatch(PNC_CODE, code):
        found.append(("code", "Enter the PNC force code as two digits, like 93."))
    elif code == THE_METROPOLITANS_OTHER:
        found.append(("code", "02 is the Metropolitan Police Service, which uses 01."))
    elif of_code := Force.objects.filter(code=code).first():
        found.append(("code", f"{of_code.name} already has the code {code}."))
    if Force.objects.filter(name__iexact=name).exists():
        found.append(("name", "There is already a force with this name."))
    if ons_code and not re.fullmatch(ONS_CODE, ons_code):
        found.append(("ons_code", "Enter the ONS code as a letter and eight digits, like E23000040."))
    elif of_ons_code := ons_code and Force.objects.filter(ons_code=ons_code).first():
        found.append(("ons_code", f"{of_ons_code.name} already has the ONS code {ons_code}."))
    return found

"""A subject with leave and one without, and convictions to give them."""

from dataclasses import replace
from datetime import date
from typing import Any

from referrals.rules.facts import Conduct, Facts, Material
from referrals.rules.terms import ConductKind, MaterialLevel, Part, SentenceType, Status

TODAY = date(2026, 11, 22)
THREAT = Material(MaterialLevel.SUMMARY, threat_current=True, threat_ongoing=True)
NO_MATERIAL = Material(MaterialLevel.NONE, threat_current=False, threat_ongoing=False)

WITH_LEAVE = Facts(
    reference_date=TODAY,
    metropolitan=False,
    immigration_status=Status.LIMITED_LEAVE,
    date_of_birth=date(1990, 1, 2),
    nationalities=("BRA",),
    active_police_interest=True,
    removal_priority=False,
    harms_wider_community=True,
    material=NO_MATERIAL,
)
NO_LEAVE = replace(WITH_LEAVE, immigration_status=Status.OVERSTAYER, removal_priority=True)


def conviction(convicted_on: date | None = date(2025, 6, 3), **values: Any) -> Conduct:
    """A standing non-custodial conviction in the UK, unless told otherwise."""
    plain = Conduct(
        ConductKind.CONVICTION,
        convicted_on=convicted_on,
        sentence_type=SentenceType.NON_CUSTODIAL,
        part=Part.CONVICTED,
    )
    return replace(plain, **values)


def convictions(count: int) -> tuple[Conduct, ...]:
    """So many, all inside the period, each on a day of its own."""
    return tuple(conviction(date(2025, 1, day)) for day in range(1, count + 1))

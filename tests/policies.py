"""A second, invented policy: six convictions within 18 months and 36 hours of detention,
from 1 April 2026. Its fixture is in conftest.py."""

from dataclasses import replace
from datetime import UTC, date, datetime

from referrals.rules.policies import FIRST
from referrals.rules.policy import Quotation, Topic, Unit

LIMB_WORDS = {limb: FIRST.quotation(limb).text for limb in ("1A", "1B", "2")}

# Noon on the last day of the first policy, and on the first day of the second.
BEFORE = datetime(2026, 3, 31, 11, 0, tzinfo=UTC)
AFTER = datetime(2026, 4, 1, 11, 0, tzinfo=UTC)


def _six(topic: Topic) -> Quotation:
    old = FIRST.quotation(topic)
    words = old.text.replace("5 or more", "6 or more").replace("3 years", "18 months")
    return Quotation(words, 10)


SECOND = replace(
    FIRST,
    version="2026-04-01",
    in_force_from=date(2026, 4, 1),
    title="Operation Nexus – High Harm, version 2.0",
    persistence_convictions=replace(FIRST.persistence_convictions, number=6),
    persistence_period=replace(FIRST.persistence_period, number=18, unit=Unit.MONTH),
    detention=replace(FIRST.detention, number=36),
    quotations={**FIRST.quotations, **{topic: _six(topic) for topic in (Topic.LIMB_1B, Topic.GUIDE)}},
)

"""Which policy is in force, and that each names what it counts with."""

import dataclasses
import inspect
import pkgutil
import re
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from referrals import rules
from referrals.rules import policies
from referrals.rules.policies import FIRST, POLICIES, NoPolicy, policy_of_version, policy_on
from referrals.rules.policy import Authority, Policy, Threshold, Topic, Unit
from tests.policies import SECOND

ROOT = Path(rules.__file__).parents[2]
EVERY = (*POLICIES, SECOND)


def test_the_day_chooses(second_policy: Policy) -> None:
    day = timedelta(days=1)
    assert policy_on(FIRST.in_force_from) is FIRST
    assert policy_on(SECOND.in_force_from - day) is FIRST
    assert policy_on(SECOND.in_force_from) is second_policy is SECOND
    assert policy_on(date(2099, 1, 1)) is SECOND
    with pytest.raises(NoPolicy, match="No policy was in force on 2017-03-14."):
        policy_on(FIRST.in_force_from - day)


def test_old_versions_stay_known(second_policy: Policy) -> None:
    assert [policy_of_version(each.version) for each in policies.POLICIES] == [FIRST, SECOND]
    with pytest.raises(KeyError):
        policy_of_version("1999-01-01")


def test_versions_and_days_are_each_the_only_one_and_in_order() -> None:
    assert len({each.version for each in POLICIES}) == len(POLICIES)
    days = [each.in_force_from for each in POLICIES]
    assert days == sorted(set(days))


@pytest.mark.parametrize("policy", EVERY, ids=lambda policy: policy.version)
def test_a_policy_counts_with_what_it_quotes(policy: Policy) -> None:
    assert set(policy.quotations) == set(Topic)
    wanted = f"{policy.persistence_convictions.number} or more convictions within the previous {policy.persistence_period.words}"
    assert wanted in policy.quotation("1B").text
    assert policy.quotation(Topic.GUIDE).text in policy.quotation("1B").text
    for threshold in policy.thresholds.values():
        assert threshold.number > 0 and threshold.source
    assert policy.thresholds["persistence_convictions"].authority is Authority.GUIDANCE
    assert policy.thresholds["adult_age"].authority is Authority.STATUTE


def test_the_thresholds_are_the_guidances_and_the_acts() -> None:
    said = {name: each.words for name, each in FIRST.thresholds.items()}
    assert said == {
        "persistence_convictions": "5 convictions",
        "persistence_period": "3 years",
        "adult_age": "18 years",
        "overseas_custody": "12 months",
        "detention": "24 hours",
    }
    assert FIRST.guide_is_no_rule == "A guide only: five alone decide nothing, four with reasons may pass."
    assert SECOND.guide_is_no_rule == "A guide only: six alone decide nothing, five with reasons may pass."
    assert FIRST.child == "under 18"


@pytest.mark.parametrize(
    ("number", "unit", "day", "since"),
    [
        (3, Unit.YEAR, date(2026, 11, 22), date(2023, 11, 22)),
        (1, Unit.YEAR, date(2024, 2, 29), date(2023, 2, 28)),
        (4, Unit.YEAR, date(2024, 2, 29), date(2020, 2, 29)),
        (18, Unit.MONTH, date(2026, 4, 1), date(2024, 10, 1)),
        (1, Unit.MONTH, date(2026, 3, 31), date(2026, 2, 28)),
        (12, Unit.MONTH, date(2026, 12, 31), date(2025, 12, 31)),
    ],
)
def test_a_period_is_counted_back_from_a_day(number: int, unit: Unit, day: date, since: date) -> None:
    assert Threshold(number, unit, Authority.LOCAL, "A test").before(day) == since


def test_only_hours_have_a_fixed_length() -> None:
    assert FIRST.detention.length == timedelta(hours=24)
    with pytest.raises(ValueError, match="3 years have no fixed length"):
        assert FIRST.persistence_period.length
    with pytest.raises(ValueError, match="24 hours are not counted back"):
        FIRST.detention.before(date(2026, 1, 1))


def test_no_rule_assumes_a_policy() -> None:
    """Who asks a rule says under which policy: none has a default."""
    found = []
    for module in pkgutil.iter_modules(rules.__path__):
        for name, function in inspect.getmembers(
            import_module(f"referrals.rules.{module.name}"), inspect.isfunction
        ):
            wanted = inspect.signature(function).parameters.get("policy")
            if wanted and wanted.default is not inspect.Parameter.empty:
                found.append(f"{module.name}.{name}")
    assert found == []


# A threshold written out where a policy should say it. What asks of another thing is not meant.
WRITTEN = re.compile(
    r"\b(?:5|five) or more\b|\bfive alone\b|\bfour with reasons\b|\b(?:previous )?(?:3|three) years\b"
    r"|\b24 hours\b|\btwelve months\b|\b12 months\b|\bat least 12\b",
    re.IGNORECASE,
)
PLACES = (
    "referrals/rules",
    "referrals/matrix",
    "referrals/forms",
    "referrals/triage",
    "referrals/views",
    "referrals/api",
    "casework/rules",
    "casework/decisions/rules",
    "templates",
)


def test_no_page_rule_or_form_writes_a_threshold_out() -> None:
    found = []
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix not in (".py", ".html", ".typ", ".txt") or path.name in (
                "policies.py",
                "policy.py",
            ):
                continue
            lines = path.read_text().splitlines()
            found += [f"{path.relative_to(ROOT)}: {line.strip()}" for line in lines if WRITTEN.search(line)]
    assert found == []


def test_a_policy_is_plain_data() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        FIRST.version = "other"

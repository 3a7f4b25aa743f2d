"""A second policy from 1 April that asks for six convictions within 18 months, where the first asked for five
within 3 years: what was referred before stays under the first, what is referred after is under the second."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.models import Case
from nexus.accounts.roles import Role
from referrals import actions
from referrals.desk.actions.clocks import come_to_a_threshold
from referrals.desk.models import Clock
from referrals.matrix.answers import Answers
from referrals.matrix.queries import reading_of
from referrals.models import Referral
from referrals.rules.policies import FIRST
from referrals.rules.policy import Policy
from referrals.subjects_json import assessed
from referrals.triage import identity_details
from tests.builders import ACCEPTANCE, a_complete_draft, a_submitted, a_user
from tests.nexus.api.calling import Caller
from tests.policies import AFTER, BEFORE, SECOND
from tests.referrals.croydon import as_role, page_of
from tests.referrals.matrix.sheets import COLUMNS, a_result, page, signed_in
from tests.referrals.station import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_policy")]

LAWFUL: dict[str, Any] = {
    "immigration_status": "limited_leave",
    "removal_priority": None,
    "material_level": "none",
    "threat_current": None,
    "threat_ongoing": None,
}
ONE_MORE = "1 more dated conviction would meet the guide. It is a guide only."
SEEN: list[tuple[datetime, Policy, bool, list[str], list[str]]] = [
    (
        BEFORE,
        FIRST,
        True,
        [
            "5 or more convictions within the previous 3 years",
            "5 convictions counted in the previous 3 years",
        ],
        ["6 or more", "18 months", ONE_MORE],
    ),
    (
        AFTER,
        SECOND,
        False,
        [
            "6 or more convictions within the previous 18 months",
            "5 convictions counted in the previous 18 months",
            ONE_MORE,
        ],
        ["5 or more", "3 years"],
    ),
]
BOTH_SIDES = pytest.mark.parametrize(
    ("day", "policy", "met", "said", "unsaid"), SEEN, ids=["before", "after"]
)


def submitted(day: datetime, count: int = 5) -> Referral:
    """A referral sent that day, of a subject with leave and so many convictions in January and February 2025."""
    draft = a_complete_draft(now=day, **LAWFUL)
    for number in range(count):
        actions.add_row(
            referral_id=draft.pk,
            by=draft.created_by,
            now=day,
            kind="conduct",
            values={
                "kind": "conviction",
                "part": "convicted",
                "offence": "Theft",
                "grounding": "fact",
                "convicted_on": date(2025, 1, 6) + timedelta(days=7 * number),
                "sentence_type": "non_custodial",
                "country": "GBR",
            },
        )
    return actions.submit(referral_id=draft.pk, by=draft.created_by, now=day)


def case_of(referral: Referral, day: datetime) -> Case:
    officer = a_user(Role.REFERRALS_OFFICER)
    actions.claim(referral_id=referral.pk, by=officer, now=day + timedelta(minutes=5))
    as_officer = signed_in(officer)
    assert as_officer.get(page_of("detail", referral)).status_code == 200
    said = {**ACCEPTANCE, "route": "conviction_led", "significant_conviction": True, "held_by": None}
    actions.accept(referral_id=referral.pk, by=officer, now=day + timedelta(minutes=30), **said)
    return Case.objects.get(referral=referral)


def told(said: list[str], unsaid: list[str], text: str) -> None:
    assert [each for each in said if each not in text] == []
    assert [each for each in unsaid if each in text] == []


@BOTH_SIDES
def test_the_triage_screen(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    referral = submitted(day)
    for name in ("detail", "assessment"):
        rules = as_role(Role.REFERRALS_OFFICER).get(page_of(name, referral)).text.partition('id="rules"')[2]
        told([*said, policy.title, policy.guide_is_no_rule], unsaid, rules)
        assert ("Guide met" in rules) is met


@BOTH_SIDES
def test_the_counterfactual_for_four(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    text = as_role(Role.REFERRALS_OFFICER).get(page_of("assessment", submitted(day, 4))).text
    wanted = "1 more dated conviction would meet" if met else "2 more dated convictions would meet"
    assert f"{wanted} this." in text and f"{wanted} the guide. It is a guide only." in text


@BOTH_SIDES
def test_each_event_is_counted_in_the_policys_own_period(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    """A conviction of 30 September 2024 lies within three years and outside eighteen months."""
    draft = a_complete_draft(now=day, **LAWFUL)
    values = {"kind": "conviction", "part": "convicted", "offence": "Theft", "grounding": "fact"}
    actions.add_row(
        referral_id=draft.pk, by=draft.created_by, now=day, kind="conduct",
        values={**values, "convicted_on": date(2024, 9, 30)},
    )  # fmt: skip
    referral = actions.submit(referral_id=draft.pk, by=draft.created_by, now=day)
    text = as_role(Role.REFERRALS_OFFICER).get(page_of("assessment", referral)).text
    assert (">Counted</strong>" in text) is met
    assert ("Not counted. Before the period." in text) is not met


@BOTH_SIDES
def test_the_frozen_assessment_and_the_page_after_it(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    """A decision made after the change on a referral sent before it is by the policy of the referral."""
    referral = submitted(day)
    case_of(referral, AFTER)
    decision = referral.decisions.get()
    assert decision.policy_version == decision.assessment["policy_version"] == policy.version
    persistence = decision.assessment["persistence"]
    assert (persistence["guide_met"], persistence["guide"], persistence["period"]) == (
        met,
        policy.persistence_convictions.number,
        policy.persistence_period.words,
    )
    told(said, unsaid, str(decision.assessment))
    rules = as_role(Role.REFERRALS_OFFICER).get(page_of("detail", referral)).text.partition('id="rules"')[2]
    told([*said, "as it stood at the decision"], unsaid, rules)


@BOTH_SIDES
def test_the_api(day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]) -> None:
    found = Caller(a_user(Role.REFERRALS_OFFICER)).get(f"referrals/{submitted(day).reference}/").json()
    assert found["assessment"]["policy_version"] == policy.version
    assert found["assessment"]["persistence"]["guide_met"] is met
    told(said, unsaid, str(found["assessment"]))


def matrix_answers() -> Answers:
    event = {
        "kind": "conviction",
        "part": "convicted",
        "offence": "Theft",
        "sentence_type": "non_custodial",
        "standing": "stands",
    }
    days = [date(2025, 1, 6) + timedelta(days=7 * number) for number in range(5)]
    return Answers({**COLUMNS, **LAWFUL}, ("BRA",), tuple({**event, "convicted_on": each} for each in days))


@BOTH_SIDES
def test_the_forces_matrix(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    result = a_result(now=day, answers=matrix_answers())
    assert (result.policy_version, result.outcome) == (policy.version, "M2" if met else "M5")
    text = words(signed_in(result.made_by).get(page("result", result.pk)))
    told([*said, f"in the {policy.persistence_period.words} up to", policy.title], unsaid, text)
    assert ("A person’s judgement whether 5 convictions" in text) is not met
    assert assessed(result.subject, result.policy) == result.found
    assert reading_of(result).outcome == result.outcome


def test_a_result_made_before_is_read_again_under_its_own_policy() -> None:
    before = a_result(now=BEFORE, answers=matrix_answers())
    after = a_result(now=AFTER, answers=matrix_answers())
    assert before.found["policy"]["thresholds"]["persistence_convictions"]["number"] == 5
    assert after.found["policy"]["thresholds"]["persistence_convictions"]["number"] == 6
    assert assessed(before.subject, before.policy) == before.found != assessed(before.subject, SECOND)


@pytest.mark.parametrize("path", ["/referrals/start/", "/matrix/start/"])
def test_what_the_force_reads_before_it_refers_is_todays(path: str) -> None:
    """The tests' clock stands after 1 April 2026, whatever it is."""
    text = signed_in(a_user(Role.POLICE_OFFICER)).get(path).text
    told(["6 or more convictions within the previous 18 months"], ["5 or more", "3 years"], text)


def test_the_drafts_page_quotes_todays() -> None:
    draft = a_complete_draft(now=BEFORE)
    response = signed_in(draft.created_by).get(
        reverse("referrals:section", args=[draft.reference, "conduct"])
    )
    told(["within the previous 18 months"], ["3 years"], response.text)


@BOTH_SIDES
def test_the_printed_case(
    day: datetime, policy: Policy, met: bool, said: list[str], unsaid: list[str]
) -> None:
    case = case_of(submitted(day), AFTER)
    answer = signed_in(a_user(Role.MANAGER)).get(reverse("casework:printed", args=[case.referral.reference]))
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    number, period = policy.persistence_convictions.number, policy.persistence_period.words
    # The quotation itself may be parted by the end of a page.
    wanted = [policy.title, f"{number} or more", f"counted in the previous {period}", policy.guide_is_no_rule]
    told(wanted, unsaid, text)
    assert (ONE_MORE in text) is not met


@pytest.mark.parametrize(("day", "hours"), [(BEFORE, 24), (AFTER, 36)])
def test_the_detention_clock(day: datetime, hours: int) -> None:
    custody = {"in_custody": True, "custody_reference": "1", "custody_clock_started_at": day}
    referral = a_submitted(now=day, **custody)
    assert referral.custody_ends_at == day + timedelta(hours=hours)
    passed = identity_details(referral, day + timedelta(hours=25), None)
    assert ("detention limit passed 1 hour ago" in str(passed)) is (hours == 24)
    assert referral.pk in come_to_a_threshold(Clock.CUSTODY, day + timedelta(hours=hours - 1))

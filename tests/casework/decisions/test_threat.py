"""An intelligence-led decision asks the guidance's own test, and the law stands where somebody decides."""

from datetime import date

import pytest
from django.urls import reverse

from casework.decisions.letters import content_of
from casework.decisions.rules import gaps as rules
from casework.decisions.rules.gaps import TEST, Facts, FindingFacts, gaps
from casework.decisions.rules.law import SECTIONS, THREAT, is_relevant, law_beside
from nexus.accounts.roles import Role
from nexus.law import law
from tests.builders import a_draft_decision, a_user, an_assigned_case, decision_answers
from tests.casework.decisions.test_two_people import LATER, LED, a_deportation, done
from tests.casework.desk import signed_in

DAY = date(2026, 11, 20)
PROVED = FindingFacts(1, "He struck him.", "A statement.", True, "Two saw it.", is_conviction=True)
BY_INTELLIGENCE = {"route": "intelligence_led", "legal_basis": "ia_1971_s3_5a", "material": "yes"}


def lacking(**choices: str) -> list[tuple[str, str]]:
    facts = Facts(decision_answers(**choices), (PROVED,), choices["route"], DAY, material=[True])
    return [(gap.field, gap.sentence) for gap in gaps(facts)]


def test_an_intelligence_led_decision_asks_the_guidances_own_test() -> None:
    assert lacking(**BY_INTELLIGENCE) == []
    for name in TEST:
        ((field, unanswered),) = lacking(**{**BY_INTELLIGENCE, name: ""})
        assert field == name and unanswered.startswith("Threat, harm and residence: answer “")
        ((field, failed),) = lacking(**{**BY_INTELLIGENCE, name: "no"})
        assert field == name and ("(page 7)" in failed or "(page 9)" in failed)


def test_status_and_residence_are_weighed_in_every_deportation_and_the_rest_where_intelligence_leads() -> (
    None
):
    one = {**LED, "material": "yes", "threat": "", "public_harm": ""}
    assert lacking(**one) == []
    ((field, _),) = lacking(**{**one, "residence": ""})
    assert field == "residence"
    assert lacking(route="administrative_removal", material="yes", residence="", threat="") == []
    assert not is_relevant(THREAT, decision_answers())


def test_without_the_guard_a_failed_test_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules.BESIDES, "threat", lambda facts: ())
    assert lacking(**{**BY_INTELLIGENCE, "threat": "no"}) == []


@pytest.mark.parametrize(
    "code",
    ["niaa_2002_s117b", "niaa_2002_s117c", "ukba_2007_s33", "bah_2012", "farquharson_2013", "bcia_2009_s55"],
)
def test_the_law_stands_where_somebody_decides(code: str) -> None:
    assert law(code) in law_beside(SECTIONS, DAY)
    assert law_beside(SECTIONS, date(1990, 1, 1)) == []


@pytest.mark.django_db
def test_the_referrals_own_answers_and_the_law_stand_beside() -> None:
    case = an_assigned_case(years_of_residence=7, age_at_arrival=22)
    decision = a_deportation(case)
    client, reference = signed_in(case.case_owner), case.referral.reference
    page = client.get(reverse("decisions:section", args=[reference, decision.pk, "threat"])).text
    for words in ("The threat is ongoing", "Yes, the force says", "A summary of four incidents.", "7 years"):
        assert words in page
    assert "current and ongoing threat to the public" in page and "[2012] UKUT 196 (IAC)" in page
    rights = client.get(reverse("decisions:section", args=[reference, decision.pk, "human-rights"])).text
    assert "section 117B" in rights and "section 117C" in rights and "Not read by a lawyer" in rights
    findings = client.get(reverse("decisions:findings", args=[reference, decision.pk])).text
    assert "[2013] UKUT 146 (IAC)" in findings


@pytest.mark.django_db
def test_who_reviews_and_who_decides_has_the_law_beside_the_text() -> None:
    decision = a_deportation()
    done(decision, "submit", decision.case.case_owner)
    address = reverse("decisions:approve", args=[decision.case.referral.reference, decision.pk])
    page = signed_in(a_user(Role.SENIOR_CASEWORKER)).get(address).text
    for words in ("section 117C", "section 33", "[2012] UKUT 196", "It is a deportation, which two people"):
        assert words in page


@pytest.mark.django_db
def test_a_removal_prints_no_question_that_was_not_asked() -> None:
    decision = a_draft_decision(an_assigned_case(), now=LATER)
    printed = str(content_of(decision, "reasons", now=LATER)["sections"])
    assert "Threat, harm and residence" not in printed and "Trafficking and health" in printed
    assert "Threat, harm and residence" in str(content_of(a_deportation(), "reasons", now=LATER)["sections"])

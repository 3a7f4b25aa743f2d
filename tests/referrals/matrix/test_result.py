"""The result: outcome, limbs, what is missing, and the five statements of what rejects."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals.matrix import reading
from referrals.matrix.answers import Answers
from referrals.matrix.models import MatrixAssessment
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.policies import FIRST
from referrals.subjects_json import assessed
from tests.builders import a_force, a_user
from tests.policies import LIMB_WORDS
from tests.referrals.matrix.sheets import ANSWERS, COLUMNS, EVENTS, a_result, page, signed_in, with_answers
from tests.referrals.station import audited, words

pytestmark = pytest.mark.django_db

LEAVE: dict[str, Any] = {"immigration_status": "limited_leave", "removal_priority": None}
NO_MATERIAL: dict[str, Any] = {"material_level": "none", "threat_current": None, "threat_ongoing": None}
FIVE = tuple(
    {**EVENTS[0], "kind": "conviction", "sentence_type": "non_custodial", "sentence_months": None}
    for _ in range(5)
)
# An outcome, and answers that lead to it.
REACHED: dict[str, Answers] = {
    "M0": with_answers(immigration_status="british"),
    "M1": with_answers(),
    "M2": Answers({**COLUMNS, **LEAVE}, ("BRA",), FIVE),
    "M3": with_answers(**LEAVE, threat_ongoing=True),
    "M4": Answers(COLUMNS, held_by="criminal_casework"),
    "M5": with_answers(immigration_status=""),
    "M6": with_answers(**LEAVE, **NO_MATERIAL),
}


def told(result: MatrixAssessment) -> str:
    return words(signed_in(result.made_by).get(page("result", result.pk)))


@pytest.mark.parametrize("outcome", MatrixOutcome)
def test_every_outcome_says_what_it_is_and_that_it_is_no_decision(outcome: MatrixOutcome) -> None:
    result = a_result(answers=REACHED[outcome])
    text = told(result)
    assert result.outcome == outcome
    assert f"{outcome} {outcome.label}</h1>" in text and reading.MEANS[outcome] in text
    assert "Provisional – not a decision" in text
    assert all(sentence in text for sentence in LIMB_WORDS.values())
    assert (
        "15 March 2017: Operation Nexus – High Harm, version 1.0" in text
        and "Nexus High Harm (Regional)" in text
    )
    assert "with these answers" in text and "Log a discussion with the Referrals Office" in text
    assert ('id="statements"' in text) is (outcome in reading.REJECTS)


@pytest.mark.parametrize(
    ("answers", "failed", "changes"),
    [
        (REACHED["M0"], "the immigration status is given as British citizen", "not British"),
        (Answers(COLUMNS, ("BRA", "GBR")), "British is among the nationalities given", "not British"),
        (with_answers(active_police_interest=False), "there is none", "Active police interest is needed."),
        (with_answers(removal_priority=False), "Limb 2 asks for a priority to remove", "Reasons why"),
        (REACHED["M6"], "Limb 1A asks for disclosable police material", "5 more dated convictions"),
        (with_answers(**LEAVE, threat_ongoing=False), "a threat that is current and ongoing", "is ongoing."),
        (with_answers(**LEAVE, **NO_MATERIAL, harm_to_community=False), "only individuals are harmed", "wider"),
        (Answers({**COLUMNS, **LEAVE, **NO_MATERIAL}, events=EVENTS[1:]), "of 1 event none is a conviction", "5 more"),
    ],
)  # fmt: skip
def test_what_rejects_says_all_five(answers: Answers, failed: str, changes: str) -> None:
    result = a_result(answers=answers)
    assert result.outcome in ("M0", "M6")
    five = told(result).partition('id="statements"')[2].partition("</ol>")[0]
    assert (
        reading.PROVISIONAL in five
        and failed in five
        and changes in five
        and FIRST.quotation("onus").text in five
    )
    assert "log a discussion" in five and "refer anyway" in five
    assert five.count("<li>") >= 7


def test_what_is_missing_is_only_what_bears_on_the_subject() -> None:
    nothing = told(a_result(answers=Answers()))
    for sentence in (
        "The date of birth:",
        "The immigration status.",
        "Who is harmed:",
        "priority to remove.",
    ):
        assert sentence in nothing
    assert "What is missing" not in told(
        a_result(answers=Answers({**COLUMNS, "right_of_abode": "no"}, ("BRA",), EVENTS))
    )
    without_leave = told(a_result(answers=with_answers(**NO_MATERIAL)))
    assert "What disclosable police material there is." not in without_leave
    undated = tuple({**event, "convicted_on": None} for event in FIVE[:2])
    assert "The dates of 2 convictions." in told(a_result(answers=Answers({**COLUMNS, **LEAVE}, (), undated)))
    assert "How the pending application" in told(
        a_result(answers=with_answers(immigration_status="appeal_pending"))
    )


def test_what_was_answered_is_told_in_the_referrals_words() -> None:
    text = told(a_result())
    for said in (
        "17 May 1988 (estimated)",
        "No leave: overstayer",
        "Brazil\nPortugal",
        "Physical\nFinancial",
        "Asylum casework",
        "Conviction overseas, convicted person: Burglary, 4 March 2025, Custodial, suspended, 8 months, Under appeal",
        "Arrest, no further action, suspect: offence not entered",
        "Trafficking indicator",
    ):
        assert said in text, said
    assert "Health condition" not in text


def test_what_a_person_has_to_judge_is_said() -> None:
    four = told(a_result(answers=Answers({**COLUMNS, **LEAVE}, ("BRA",), FIVE[:4])))
    assert "A person’s judgement whether 4 convictions in the period" in four
    assert "A legal check of the subject’s status" in told(a_result(answers=Answers(COLUMNS, ("IRL",))))


def test_under_18_changes_no_outcome_but_says_so() -> None:
    young = COLUMNS["date_of_birth"].replace(year=2012)
    by_date = a_result(answers=with_answers(date_of_birth=young))
    assert by_date.outcome == "M1" and by_date.found["scope"] == "senior_review"
    assert "changes no outcome" in told(by_date) and "a senior person must review" in told(by_date)
    said = a_result(answers=with_answers(under_18="yes"))
    assert said.outcome == "M1" and "You said that the subject is under 18" in told(said)


def test_a_stored_result_run_again_under_its_policy_is_the_same() -> None:
    for answers in (ANSWERS, *REACHED.values()):
        kept = MatrixAssessment.objects.get(pk=a_result(answers=answers).pk)
        assert assessed(kept.subject, kept.policy) == kept.found


def test_a_result_does_not_change() -> None:
    result = a_result()
    changes: tuple[dict[str, Any], ...] = (
        {"found": {}},
        {"outcome": "M6"},
        {"besides": {}},
        {"own_reference": ""},
    )
    for change in changes:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            MatrixAssessment.objects.filter(pk=result.pk).update(**change)


def test_another_force_finds_nothing_and_reading_is_recorded() -> None:
    result = a_result()
    for role, force in ((Role.POLICE_OFFICER, "06"), (Role.REFERRALS_OFFICER, None), (Role.CASE_OWNER, None)):
        stranger = a_user(role, force=a_force(force) if force else None)
        assert signed_in(stranger).get(page("result", result.pk)).status_code == 404
    told(result)
    assert audited("matrix.viewed", subject_id=str(result.pk), by_id=result.made_by.pk) == 1


def test_the_list_is_the_forces_own_and_costs_the_same_however_long() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client = signed_in(officer)
    theirs = a_result(by=a_user(Role.POLICE_OFFICER, force=a_force("06")), own_reference="THEIRS")
    a_result(by=officer)
    client.get(page("list"))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page("list")).status_code == 200
        return len(queries)

    few = cost()
    for outcome in ("M0", "M6"):
        a_result(by=a_user(Role.FORCE_LEAD), answers=REACHED[outcome], own_reference=f"ref {outcome}")
    assert cost() == few
    text = words(client.get(page("list")))
    assert "ref M0" in text and "Referral matrix (3)" in text and "THEIRS" not in text
    assert "ref M0" not in words(client.get(page("list"), {"outcome": "M6"}))
    assert client.get(page("result", theirs.pk)).status_code == 404


def test_the_office_lists_what_reached_it() -> None:
    a_result()
    text = words(signed_in(a_user(Role.REFERRALS_OFFICER)).get(page("list")))
    assert "Referral matrix (0)" in text and "Assess a subject" not in text
    for role in (Role.AUDITOR, Role.CASE_OWNER, Role.ADMINISTRATOR):
        assert signed_in(a_user(role)).get(page("list")).status_code == 403
        assert signed_in(a_user(role)).get(page("start")).status_code == 403


def test_the_matrix_runs_the_contradiction_checks_of_the_referral() -> None:
    """What may be so is named beside the result, as the referral names it before sending."""
    officer = a_user(Role.POLICE_OFFICER)
    said = with_answers(immigration_status="limited_leave", under_18="yes")
    result = a_result(by=officer, answers=said)
    text = words(signed_in(officer).get(page("result", result.pk)))
    assert "These answers do not agree" in text and "by the date of birth they are 3" in text
    agreed = words(signed_in(officer).get(page("result", a_result(by=officer).pk)))
    assert "These answers do not agree" not in agreed


def test_the_matrix_refuses_what_cannot_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """And, as sabotage, takes it with the checks away."""
    conviction = {**EVENTS[0], "convicted_on": date(1980, 3, 4)}  # before birth
    with pytest.raises(Refused, match="the date of conviction is before the date of birth. Correct one"):
        a_result(answers=Answers(COLUMNS, ("BRA",), (conviction,)))
    monkeypatch.setattr("referrals.matrix.queries.contradictions", lambda *answers: [])
    assert a_result(answers=Answers(COLUMNS, ("BRA",), (conviction,))).pk


def test_no_leave_points_to_removal_or_deportation() -> None:
    """ "administrative removal or deportation may be pursued" (page 9)"""
    assert MatrixOutcome.M1.label == "Indicative: removal or deportation"

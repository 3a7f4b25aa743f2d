""" "Not known" counts as not known: nobody is deported on it unless it is said what was done to find out."""

from datetime import date
from typing import Any

import pytest

from casework.decisions import actions, queries
from casework.decisions.letters import content_of
from casework.decisions.queries import gaps_of
from casework.decisions.rules.gaps import Facts, FindingFacts, gaps
from casework.decisions.wording import in_words
from nexus.refusals import Refused
from referrals.risks import risk_flags, unknown_risks
from tests.builders import an_assigned_case, decision_answers
from tests.casework.decisions.test_two_people import LATER, LED, a_deportation, done

FOUND = FindingFacts(1, "Robbery.", "The certificate of conviction.", True, "It stands on the register.")
UNASKED = {"enquiries": {"choice": "", "reasons": ""}}
WHERE = "What is not known: it is not known about children, health."


def lacking(unknown: tuple[str, ...], given: dict[str, Any], **choices: str) -> list[str]:
    answers = {**decision_answers(**choices), **given}
    facts = Facts(answers, (FOUND,), choices["route"], date(2026, 11, 20), unknown=unknown)
    return [gap.sentence for gap in gaps(facts)]


def test_a_deportation_waits_for_what_was_done_to_find_out() -> None:
    unknown, one = ("children", "health"), {**LED, "partner": "no"}
    assert lacking(unknown, UNASKED, **one) == [
        f"{WHERE} Say what was done to find out before a deportation is decided."
    ]
    wordless = {"enquiries": {"choice": "complete", "reasons": "n/a"}}
    assert lacking(unknown, wordless, **one) == [f"{WHERE} Enter whom was asked, when, and what they said."]
    still_open = {"enquiries": {"choice": "open", "reasons": "The school answers on Monday."}}
    assert lacking(unknown, still_open, **one) == [
        f"{WHERE} Finish the enquiries before a deportation is decided."
    ]
    assert lacking(unknown, {}, **one) == []  # they were made, and it is said which
    assert lacking((), UNASKED, **one) == []


def test_an_own_answer_not_known_counts_as_not_known() -> None:
    (sentence,) = lacking((), UNASKED, **{**LED, "partner": "not_known"})
    assert "it is not known about a partner or other family life" in sentence


@pytest.mark.parametrize(
    "about", ["has_children", "health_condition", "active_claim", "trafficking_indicator"]
)
@pytest.mark.django_db
def test_each_risk_nobody_knows_of_stops_a_deportation(about: str) -> None:
    known = {
        "has_children": "no",
        "health_condition": "no",
        "active_claim": "no",
        "trafficking_indicator": "no",
    }
    case = an_assigned_case(**{**known, about: "not_known"})
    (name,) = unknown_risks(case.referral)
    assert risk_flags(case.referral) == [f"{name}: not known"]
    decision = a_deportation(case)
    one: dict[str, Any] = {"decision_id": decision.pk, "by": case.case_owner, "now": LATER}
    actions.save_section(**one, answers=UNASKED)
    (gap,) = gaps_of(type(decision).objects.get(pk=decision.pk), now=LATER)
    assert (gap.section, gap.field) == ("enquiries", "enquiries") and name in gap.sentence
    for verb in ("submit", "decide"):
        with pytest.raises(Refused, match="Say what was done to find out"):
            done(decision, verb, case.case_owner, **DECIDED if verb == "decide" else {})


DECIDED = {"reasons": "The convictions outweigh the rest.", "shared_text": "A decision was made."}


@pytest.mark.django_db
def test_what_was_done_to_find_out_is_kept_and_printed() -> None:
    decision = a_deportation()
    asked = "The school and the health visitor were asked on 3 November; neither knew of a child."
    answers = {"enquiries": {"choice": "complete", "reasons": asked}}
    decision = actions.save_section(
        decision_id=decision.pk, by=decision.case.case_owner, now=LATER, answers=answers
    )
    (part,) = [part for part in in_words(decision) if part.slug == "enquiries"]
    assert part.answers[0].reasons == asked
    assert asked in str(content_of(decision, "reasons", now=LATER)["sections"])


@pytest.mark.django_db
def test_without_the_guard_what_nobody_knows_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    case = an_assigned_case(has_children="not_known")
    decision = a_deportation(case)
    one: dict[str, Any] = {"decision_id": decision.pk, "by": case.case_owner, "now": LATER}
    decision = actions.save_section(
        **one,
        answers={**UNASKED, "partner": {"choice": "no", "reasons": "None in the register of the force."}},
    )
    assert gaps_of(decision, now=LATER)
    monkeypatch.setattr(queries, "unknown_risks", lambda referral: [])
    assert gaps_of(decision, now=LATER) == []

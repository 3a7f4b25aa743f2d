"""What is missing from a draft, as one list; and that what the subject suffered or saw is never held against them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.decisions.rules.findings import reasons_not_to_find_on, weight_of
from casework.decisions.rules.gaps import Facts, FindingFacts, cautions, gaps
from casework.decisions.rules.law import LEGAL_BASES, QUESTIONS, SECTION, SECTIONS, is_asked
from casework.decisions.rules.recorded import DENIED_BY, contradictions
from casework.decisions.wording import next_open
from casework.engagement.queries import IN_HEADER
from referrals.risks import ANSWERS
from referrals.rules.terms import ConductKind, Part, Route, StatementNeed
from tests.builders import decision_answers

DAY = date(2026, 11, 16)
PROVED = FindingFacts(1, "He struck him.", "A statement.", True, "Two saw it.")


def sentences(
    *findings: FindingFacts,
    case_route: str = "administrative_removal",
    day: date = DAY,
    about: dict[str, Any] | None = None,
    **choices: str,
) -> list[str]:
    """`about` is what else the facts hold."""
    facts = Facts(decision_answers(**choices), findings, case_route, day, **(about or {}))
    return [gap.sentence for gap in gaps(facts)]


def test_nothing_is_lacking_when_all_is_answered() -> None:
    assert sentences(PROVED) == sentences() == []


def test_an_empty_draft_lacks_every_question_that_is_asked_at_first() -> None:
    found = gaps(Facts({}, (), "administrative_removal", DAY))
    first = [each for each in QUESTIONS.values() if each.asked_if is None and not each.optional]
    assert len(found) == len(first)
    assert {gap.section for gap in found} == {section.slug for section in SECTIONS} - {
        "findings",
        "threat",
        "seriousness",
        "enquiries",
    }


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if not question.optional])
def test_every_question_needs_its_answer_and_its_reasons(name: str) -> None:
    led = {"route": "intelligence_led", "legal_basis": "ia_1971_s3_5a"}
    if name == "exceptions_s33":
        led = {"route": "conviction_led", "legal_basis": "ukba_2007_s32"}
    asked = {
        "protection": "claimed",
        "foreign_criminal": "under_four",
        "children": "yes",
        "appealable": "refuses_claim",
    }
    answers: Any = decision_answers(eea_protected="yes", eea_level="threat", **asked, **led)
    for lacking in ({"choice": "", "reasons": "x"}, {"choice": answers[name]["choice"], "reasons": "x"}):
        found = gaps(Facts({**answers, name: lacking}, (PROVED,), "intelligence_led", DAY))
        assert any(QUESTIONS[name].words in gap.sentence for gap in found)


def test_each_gap_knows_the_field_and_the_finding_where_it_is_filled_in() -> None:
    finding = FindingFacts(1, "He struck him.", "", True, "Two saw it.", pk=7)
    answers = decision_answers(children="")
    found = gaps(Facts(answers, (finding,), "administrative_removal", DAY))
    places = [(gap.section, gap.field, gap.finding) for gap in found]
    assert places == [("findings", "evidence", 7), ("family", "children", 0)]
    assert next_open(found, after="findings") == SECTION["family"]
    assert next_open(found, after="safeguards") == SECTION["findings"]
    assert next_open(found[1:], after="family") is None


LED = {"route": "intelligence_led", "legal_basis": "ia_1971_s3_5a", "case_route": "intelligence_led"}
NEEDED = {"statement": StatementNeed.REQUIRED}
CONVICTIONS = {"route": "conviction_led", "legal_basis": "ia_1971_s3_5a", "case_route": "conviction_led"}


@pytest.mark.parametrize(
    ("changes", "findings", "sentence"),
    [
        (
            {"route": "conviction_led", "legal_basis": "ia_1971_s3_5a"},
            [PROVED],
            "The decision’s route is Conviction-led deportation, the case’s is",
        ),
        ({"legal_basis": "ukba_2007_s32"}, [], "is not a power for Administrative removal"),
        ({"day": date(2010, 1, 1)}, [], "could not be used on this date"),
        ({"legal_basis": "eea_2016_r23"}, [], "the subject is said not to be protected"),
        ({"material": "yes"}, [], "choose which approved material is relied on"),
        (LED, [PROVED], "rests on disclosable police material"),
        ({**LED, "about": NEEDED | {"none_needed": True}}, [PROVED], "rests on disclosable police material"),
        ({"about": NEEDED}, [], "so a police statement is required"),
        (CONVICTIONS, [], "add at least one allegation"),
        (
            CONVICTIONS,
            [FindingFacts(1, "a", "b", False, "Nobody saw it.")],
            "no allegation has been found proved",
        ),
        ({}, [FindingFacts(2, "a", "", True, "Two saw it.")], "Allegation 2: enter the evidence"),
        (
            {},
            [FindingFacts(2, "a", "b", None, "Two saw it.")],
            "Allegation 2: say whether it is proved on the balance",
        ),
        ({}, [FindingFacts(2, "a", "b", False, "")], "Allegation 2: give the reasons"),
    ],
)
def test_each_gap(changes: dict[str, Any], findings: list[FindingFacts], sentence: str) -> None:
    (found,) = sentences(*findings, **changes)
    assert sentence in found


def test_no_statement_is_missing_where_one_is_relied_on_or_recorded_as_not_needed() -> None:
    assert sentences(about=NEEDED | {"none_needed": True}) == []
    assert sentences(material="yes", about=NEEDED | {"material": [True]}) == []
    assert sentences(PROVED, **LED, material="yes", about={"material": [True]}) == []
    assert sentences(about={"statement": StatementNeed.UNDETERMINED}) == []


def test_the_questions_of_proportionality_come_with_article_8() -> None:
    assert not is_asked(QUESTIONS["proportionate"], decision_answers(article_8="no"))
    assert sentences(article_8="no", proportionate="") == []


def test_every_route_has_a_power_and_no_power_lacks_one() -> None:
    assert {route for basis in LEGAL_BASES for route in basis.routes} == set(Route)
    assert all(basis.routes for basis in LEGAL_BASES)


def test_what_must_not_be_overlooked_is_said() -> None:
    assert cautions(decision_answers()) == []
    (told,) = cautions(decision_answers(proportionate="no"))
    assert "not proportionate" in told


@given(part=st.sampled_from(list(Part)), kind=st.sampled_from(list(ConductKind)), stands=st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_the_event_a_victim_or_witness_is_never_found_against(
    part: Part, kind: ConductKind, stands: bool
) -> None:
    """And only what was convicted or cautioned and stands is ever a record."""
    assert bool(reasons_not_to_find_on(part)) == (part in (Part.VICTIM, Part.WITNESS))
    recorded = weight_of(kind, stands=stands).startswith("On record")
    assert recorded == (stands and kind in ("conviction", "overseas_conviction", "caution"))


def test_a_no_against_what_the_case_has_recorded_is_said_but_is_no_gap() -> None:
    risks = ["health condition", "adult at risk (level 2)", "trafficking indicator not known", "children"]
    found = contradictions(decision_answers(), risks)
    assert [sentence.partition(". The draft says")[0] for sentence in found] == [
        "The case has recorded: children",
        "The case has recorded: health condition, adult at risk (level 2)",
    ]
    assert contradictions(decision_answers(adult_at_risk="level_2", children="yes"), risks) == []
    assert contradictions({}, risks) == []
    words = ["appears to be under 18", *(words for *_, words in ANSWERS), *IN_HEADER.values()]
    for _, beginnings in DENIED_BY.values():
        assert all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


@pytest.mark.parametrize("name", ["trafficking", "adult_at_risk"])
def test_not_known_is_an_answer_on_safeguards_and_a_gap(name: str) -> None:
    assert any("Not known" in sentence for sentence in sentences(**{name: "not_known"}))

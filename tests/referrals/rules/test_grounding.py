"""A caution is no conviction, and an allegation nobody tried is never fact."""

import pytest

from casework.decisions.rules.findings import is_record, weight_of
from referrals.rules.grounding import grounding_in_words
from referrals.rules.terms import CONVICTIONS, ConductKind

FACT, ON_RECORD = "fact", "Fact, on record"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ConductKind.CONVICTION, ON_RECORD),
        (ConductKind.OVERSEAS_CONVICTION, ON_RECORD),
        (ConductKind.CIVIL_ORDER, ON_RECORD),
        (ConductKind.CAUTION, "Fact, on record: an admission, not a conviction"),
        (ConductKind.PENDING_CHARGE, "The charge is the fact; the allegation is untried"),
        (ConductKind.ARREST_NO_FURTHER_ACTION, "The arrest is the fact; the allegation is untried"),
        (ConductKind.WITHDRAWN, "That the charge was withdrawn is the fact; the allegation is untried"),
        (ConductKind.ACQUITTAL, "The acquittal is the fact; the allegation was not proved"),
        (ConductKind.INTELLIGENCE, "That it was reported is the fact; what was reported is untested"),
    ],
)
def test_an_untried_allegation_is_never_fact_on_record(kind: ConductKind, words: str) -> None:
    assert grounding_in_words(kind, FACT, ON_RECORD) == words
    assert grounding_in_words(kind, "assessment", "Assessment") == "Assessment"


def test_every_kind_but_what_a_court_found_or_ordered_says_what_its_fact_is() -> None:
    plain = {kind for kind in ConductKind if grounding_in_words(kind, FACT, ON_RECORD) == ON_RECORD}
    assert plain == CONVICTIONS | {ConductKind.CIVIL_ORDER}


def test_a_caution_is_no_conviction() -> None:
    assert ConductKind.CAUTION not in CONVICTIONS
    assert is_record(ConductKind.CAUTION, stands=True)
    assert (
        weight_of(ConductKind.CAUTION, stands=True)
        == "On record as a caution: an admission, not a conviction"
    )
    assert weight_of(ConductKind.CONVICTION, stands=True) == "On record"
    assert "Not a record" in weight_of(ConductKind.PENDING_CHARGE, stands=True)

"""T1: each limb met, not met or unknown, and what all of them together indicate."""

from dataclasses import replace
from datetime import date

import pytest

from referrals.rules.assessment import assess
from referrals.rules.facts import Facts, Material
from referrals.rules.policies import FIRST
from referrals.rules.terms import (
    CLASS_OF,
    ConductKind,
    MaterialLevel,
    Part,
    Result,
    Status,
    StatusClass,
    Suitability,
)
from tests.policies import LIMB_WORDS
from tests.referrals.rules.subjects import NO_LEAVE, NO_MATERIAL, THREAT, WITH_LEAVE, conviction, convictions

MET, NOT_MET, UNKNOWN = Result.MET, Result.NOT_MET, Result.UNKNOWN
THREATENS = replace(WITH_LEAVE, material=THREAT)
PERSISTS = replace(WITH_LEAVE, conduct=convictions(5))
NOTHING_SHOWN = tuple(
    conviction(None, kind=kind, part=Part.SUSPECT)
    for kind in (
        ConductKind.ARREST_NO_FURTHER_ACTION,
        ConductKind.ACQUITTAL,
        ConductKind.WITHDRAWN,
        ConductKind.INTELLIGENCE,
    )
)


def said(facts: Facts, **material: object) -> Facts:
    return replace(facts, material=replace(facts.material, **material))


LIMB_1A = [
    ("a current and ongoing threat", THREATENS, MET),
    ("a statement is as good as a summary", said(THREATENS, level=MaterialLevel.STATEMENT), MET),
    ("EEA, no scheme status: a legal check first", replace(THREATENS, immigration_status=Status.EEA_NO_SCHEME_STATUS), UNKNOWN),
    ("EEA, pre-settled", replace(THREATENS, immigration_status=Status.EEA_PRE_SETTLED), MET),
    ("no material", replace(THREATENS, material=NO_MATERIAL), NOT_MET),
    ("not current", said(THREATENS, threat_current=False), NOT_MET),
    ("not ongoing", said(THREATENS, threat_ongoing=False), NOT_MET),
    ("current not answered", said(THREATENS, threat_current=None), UNKNOWN),
    ("ongoing not answered", said(THREATENS, threat_ongoing=None), UNKNOWN),
    ("no material, threat not answered", replace(THREATENS, material=Material(MaterialLevel.NONE)), NOT_MET),
    ("no material, though the threat is said", said(THREATENS, level=MaterialLevel.NONE), NOT_MET),
    ("no material, status unknown", replace(THREATENS, material=NO_MATERIAL, immigration_status=Status.UNKNOWN), NOT_MET),
    ("not current, ongoing not answered", said(THREATENS, threat_current=False, threat_ongoing=None), UNKNOWN),
    ("level not answered, threat answered", said(THREATENS, level=None), UNKNOWN),
    ("appeal pending", replace(THREATENS, immigration_status=Status.APPEAL_PENDING), UNKNOWN),
    ("a child", replace(THREATENS, date_of_birth=date(2010, 1, 2)), MET),
    ("nothing answered", replace(THREATENS, material=Material()), UNKNOWN),
    ("no interest", replace(THREATENS, active_police_interest=False), NOT_MET),
    ("interest not answered", replace(THREATENS, active_police_interest=None), UNKNOWN),
    ("no leave: not this limb", replace(THREATENS, immigration_status=Status.OVERSTAYER), NOT_MET),
    ("status unknown", replace(THREATENS, immigration_status=Status.UNKNOWN), UNKNOWN),
    ("asylum pending", replace(THREATENS, immigration_status=Status.ASYLUM_PENDING), UNKNOWN),
    ("no interest and status unknown", replace(THREATENS, immigration_status=Status.UNKNOWN, active_police_interest=False), NOT_MET),
]  # fmt: skip

LIMB_1B = [
    ("five convictions harming the community", PERSISTS, MET),
    ("many", replace(PERSISTS, conduct=convictions(20)), MET),
    ("four: for a person to judge", replace(PERSISTS, conduct=convictions(4)), UNKNOWN),
    ("one: for a person to judge", replace(PERSISTS, conduct=convictions(1)), UNKNOWN),
    ("none", replace(PERSISTS, conduct=()), NOT_MET),
    ("harm to individuals only", replace(PERSISTS, harms_wider_community=False), NOT_MET),
    ("harm not answered", replace(PERSISTS, harms_wider_community=None), UNKNOWN),
    ("none, harm not answered", replace(PERSISTS, conduct=(), harms_wider_community=None), NOT_MET),
    ("four, harm to individuals only", replace(PERSISTS, conduct=convictions(4), harms_wider_community=False), NOT_MET),
    ("four, harm not answered", replace(PERSISTS, conduct=convictions(4), harms_wider_community=None), UNKNOWN),
    ("undated: for a person to judge", replace(PERSISTS, conduct=(conviction(None),) * 6), UNKNOWN),
    ("quashed: none counts", replace(PERSISTS, conduct=(conviction(quashed=True),) * 5), NOT_MET),
    ("before the period: for a person to judge", replace(PERSISTS, conduct=(conviction(date(2020, 1, 2)),) * 12), UNKNOWN),
    ("a day before the period: for a person to judge", replace(PERSISTS, conduct=(conviction(date(2023, 11, 21)),) * 12), UNKNOWN),
    ("as a child: for a person to judge", replace(PERSISTS, date_of_birth=date(2008, 1, 2)), UNKNOWN),
    ("as a child, older", replace(PERSISTS, date_of_birth=date(2004, 1, 2), conduct=(conviction(date(2020, 1, 2)),) * 5), UNKNOWN),
    ("cautions: for a person to judge", replace(PERSISTS, conduct=(conviction(None, kind=ConductKind.CAUTION, part=Part.SUSPECT),) * 6), UNKNOWN),
    ("a civil order: for a person to judge", replace(PERSISTS, conduct=(conviction(None, kind=ConductKind.CIVIL_ORDER, part=Part.SUSPECT),)), UNKNOWN),
    ("a pending charge: for a person to judge", replace(PERSISTS, conduct=(conviction(None, kind=ConductKind.PENDING_CHARGE, part=Part.SUSPECT),)), UNKNOWN),
    ("an arrest, an acquittal and intelligence", replace(PERSISTS, conduct=NOTHING_SHOWN), NOT_MET),
    ("a victim’s caution", replace(PERSISTS, conduct=(conviction(None, kind=ConductKind.CAUTION, part=Part.VICTIM),)), NOT_MET),
    ("cautions, harm to individuals only", replace(PERSISTS, harms_wider_community=False, conduct=(conviction(None, kind=ConductKind.CAUTION, part=Part.SUSPECT),) * 6), NOT_MET),
    ("five overseas", replace(PERSISTS, conduct=(conviction(kind=ConductKind.OVERSEAS_CONVICTION),) * 5), MET),
    ("interest not answered", replace(PERSISTS, active_police_interest=None), UNKNOWN),
    ("no interest", replace(PERSISTS, active_police_interest=False), NOT_MET),
    ("no leave: not this limb", replace(PERSISTS, immigration_status=Status.REFUSED), NOT_MET),
    ("appeal pending", replace(PERSISTS, immigration_status=Status.APPEAL_PENDING), UNKNOWN),
    ("Irish", replace(PERSISTS, immigration_status=Status.IRISH), MET),
]  # fmt: skip

LIMB_2 = [
    ("a priority to remove", NO_LEAVE, MET),
    ("illegal entrant", replace(NO_LEAVE, immigration_status=Status.ILLEGAL_ENTRANT), MET),
    ("refused", replace(NO_LEAVE, immigration_status=Status.REFUSED), MET),
    ("not a priority", replace(NO_LEAVE, removal_priority=False), NOT_MET),
    ("priority not answered", replace(NO_LEAVE, removal_priority=None), UNKNOWN),
    ("no interest", replace(NO_LEAVE, active_police_interest=False), NOT_MET),
    ("interest not answered", replace(NO_LEAVE, active_police_interest=None), UNKNOWN),
    ("priority and interest not answered", replace(NO_LEAVE, removal_priority=None, active_police_interest=None), UNKNOWN),
    ("no priority, interest not answered", replace(NO_LEAVE, removal_priority=False, active_police_interest=None), NOT_MET),
    ("asylum pending", replace(NO_LEAVE, immigration_status=Status.ASYLUM_PENDING), UNKNOWN),
    ("leave: not this limb", replace(NO_LEAVE, immigration_status=Status.INDEFINITE_LEAVE), NOT_MET),
    ("status unknown", replace(NO_LEAVE, immigration_status=Status.UNKNOWN), UNKNOWN),
]  # fmt: skip

ROWS = [(limb, *row) for limb, rows in (("1A", LIMB_1A), ("1B", LIMB_1B), ("2", LIMB_2)) for row in rows]


@pytest.mark.parametrize(
    ("limb", "facts", "expected"),
    [(limb, facts, expected) for limb, _, facts, expected in ROWS],
    ids=[f"{limb} {name}" for limb, name, *_ in ROWS],
)
def test_limb(limb: str, facts: Facts, expected: Result) -> None:
    found = assess(facts, FIRST).limb(limb)
    assert found.result is expected
    assert bool(found.would_change) or expected is MET


SUITABILITY = [
    ("1A alone", THREATENS, Suitability.MET),
    ("1B alone: they are alternatives", PERSISTS, Suitability.MET),
    ("2", NO_LEAVE, Suitability.MET),
    ("leave and neither", WITH_LEAVE, Suitability.NOT_MET),
    ("any status, no interest", replace(NO_LEAVE, active_police_interest=False), Suitability.NOT_MET),
    ("unknown status, no interest", replace(NO_LEAVE, immigration_status=Status.UNKNOWN, active_police_interest=False), Suitability.NOT_MET),
    ("unknown status", replace(NO_LEAVE, immigration_status=Status.UNKNOWN), Suitability.UNDETERMINED),
    ("application pending", replace(THREATENS, immigration_status=Status.APPLICATION_PENDING), Suitability.UNDETERMINED),
    ("interest not answered", replace(NO_LEAVE, active_police_interest=None), Suitability.UNDETERMINED),
    ("one unknown limb", replace(WITH_LEAVE, conduct=convictions(4)), Suitability.UNDETERMINED),
    ("British", replace(NO_LEAVE, immigration_status=Status.BRITISH), Suitability.NOT_MET),
    ("exempt", replace(NO_LEAVE, immigration_status=Status.EXEMPT), Suitability.UNDETERMINED),
    ("EEA, no scheme status", replace(THREATENS, immigration_status=Status.EEA_NO_SCHEME_STATUS), Suitability.UNDETERMINED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "expected"), [row[1:] for row in SUITABILITY], ids=[row[0] for row in SUITABILITY]
)
def test_suitability(facts: Facts, expected: Suitability) -> None:
    assert assess(facts, FIRST).suitability is expected


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_class_and_meets_only_its_own_limbs(status: Status) -> None:
    everything = replace(THREATENS, conduct=convictions(5), removal_priority=True, immigration_status=status)
    met = {limb.limb for limb in assess(everything, FIRST).limbs if limb.result is MET}
    wanted = {StatusClass.LEAVE_OR_EEA: {"1A", "1B"}, StatusClass.NO_LEAVE: {"2"}}
    assert met == wanted.get(CLASS_OF[status], set())


def test_what_is_missing_is_said() -> None:
    found = assess(replace(WITH_LEAVE, material=NO_MATERIAL, conduct=()), FIRST)
    assert "A summary or a statement of disclosable police material." in found.limb("1A").would_change
    assert (
        "5 more dated convictions would meet the guide. It is a guide only." in found.limb("1B").would_change
    )
    unknown = assess(replace(WITH_LEAVE, immigration_status=Status.UNKNOWN), FIRST)
    assert all("Establish the immigration status." in limb.would_change for limb in unknown.limbs)
    lawful = assess(NO_LEAVE, FIRST).limb("1A")
    assert "This limb is for a subject with: valid leave or EEA national." in lawful.would_change
    silent = assess(replace(NO_LEAVE, active_police_interest=None), FIRST)
    assert "Say whether there is active police interest." in silent.limb("2").would_change


def test_the_quotations_stand_in_the_guidance() -> None:
    """Word for word, its bold marks and line ends aside."""
    assert LIMB_WORDS == {
        "1A": "the provision of disclosable police material evidencing a current and ongoing threat to the public",
        "1B": "persistent criminal activity that causes harm to the wider community- as a guide, this could be "
        "evidenced by 5 or more convictions within the previous 3 years including non-custodial sentences",
        "2": "has no valid immigration leave and is subject to active police interest, which would make the "
        "subject a priority for immigration enforcement action to remove",
    }


def test_as_a_guide_could_be_evidenced_is_no_precondition() -> None:
    """Whatever criminal activity there is, the limb is never refused for want of convictions that count."""
    for conduct in ((conviction(None),), (conviction(date(2001, 1, 2)),), convictions(4)):
        limb = assess(replace(WITH_LEAVE, conduct=conduct), FIRST).limb("1B")
        assert limb.result is UNKNOWN
        assert "“As a guide” and “could be” set no condition." in limb.reading
    assert any(
        "for a person to judge: 1 conviction before the period." in each
        for each in assess(replace(WITH_LEAVE, conduct=(conviction(date(2001, 1, 2)),)), FIRST)
        .limb("1B")
        .evidence
    )


def test_sabotage_of_the_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were nothing left for a person, the guide would be a threshold again."""
    monkeypatch.setattr("referrals.rules.assessment.left_for_a_person", lambda facts, policy: ())
    with pytest.raises(AssertionError):
        test_as_a_guide_could_be_evidenced_is_no_precondition()


def test_limb_1a_without_disclosable_material_is_not_met_and_says_what_is_missing() -> None:
    """Also while the questions on the threat are blank."""
    for material in (Material(MaterialLevel.NONE), NO_MATERIAL):
        limb = assess(replace(WITH_LEAVE, material=material), FIRST).limb("1A")
        assert limb.result is NOT_MET
        assert "No disclosable police material is recorded." in limb.evidence
        assert "A summary or a statement of disclosable police material." in limb.would_change


def test_every_limb_carries_our_reading_apart_from_the_quotation() -> None:
    for limb in assess(WITH_LEAVE, FIRST).limbs:
        assert limb.reading.endswith("(Read so since 30 November 2026.)")
        assert limb.reading not in limb.quotation

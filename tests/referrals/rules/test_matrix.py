"""The matrix's order of outcomes, row by row."""

from dataclasses import replace
from datetime import date

import pytest

from nexus.law import law
from referrals.rules.assessment import assess
from referrals.rules.counting import SHOWS_NOTHING
from referrals.rules.facts import Conduct, Facts, Material
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.policies import FIRST
from referrals.rules.policy import Authority
from referrals.rules.terms import CONVICTIONS, ConductKind, MaterialLevel, Part, Result, SentenceType, Status

TODAY = date(2026, 11, 22)
THREAT = Material(MaterialLevel.SUMMARY, threat_current=True, threat_ongoing=True)
NO_MATERIAL = Material(MaterialLevel.NONE, threat_current=False, threat_ongoing=False)


def conviction(**values: object) -> Conduct:
    plain = Conduct(
        ConductKind.CONVICTION,
        convicted_on=date(2025, 6, 3),
        sentence_type=SentenceType.NON_CUSTODIAL,
        part=Part.CONVICTED,
    )
    return replace(plain, **values)


UK_CUSTODY = conviction(sentence_type=SentenceType.CUSTODIAL, sentence_months=6)
OVERSEAS_CUSTODY = conviction(
    kind=ConductKind.OVERSEAS_CONVICTION, sentence_type=SentenceType.CUSTODIAL, sentence_months=12
)
PERSISTENT = tuple(conviction(convicted_on=date(2025, month, 3)) for month in range(1, 6))

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

ROWS = [
    ("British status", replace(NO_LEAVE, immigration_status=Status.BRITISH), "M0"),
    ("British nationality among others", replace(NO_LEAVE, nationalities=("BRA", "GBR")), "M0"),
    ("British, even in Criminal Casework", replace(NO_LEAVE, nationalities=("GBR",), held_by="criminal_casework"), "M0"),
    ("British, even with UK custody", replace(NO_LEAVE, immigration_status=Status.BRITISH, conduct=(UK_CUSTODY,)), "M0"),
    ("British and no interest", replace(NO_LEAVE, nationalities=("GBR",), active_police_interest=False), "M0"),
    ("British and Irish", replace(NO_LEAVE, nationalities=("IRL", "GBR")), "M0"),
    ("Criminal Casework holds it", replace(NO_LEAVE, held_by="criminal_casework"), "M4"),
    ("UK immediate custody", replace(NO_LEAVE, conduct=(UK_CUSTODY,)), "M4"),
    ("in custody comes before the legal check", replace(NO_LEAVE, nationalities=("IRL",), conduct=(UK_CUSTODY,)), "M4"),
    ("custody comes before an unknown status", replace(NO_LEAVE, immigration_status=Status.UNKNOWN, conduct=(UK_CUSTODY,)), "M4"),
    ("custody comes before no interest", replace(NO_LEAVE, active_police_interest=False, conduct=(UK_CUSTODY,)), "M4"),
    ("custody comes before persistence", replace(WITH_LEAVE, conduct=(*PERSISTENT, UK_CUSTODY)), "M4"),
    ("custody of any age", replace(NO_LEAVE, conduct=(replace(UK_CUSTODY, convicted_on=date(1999, 1, 2)),)), "M4"),
    ("custody without a date", replace(NO_LEAVE, conduct=(replace(UK_CUSTODY, convicted_on=None),)), "M4"),
    ("overseas custody is not M4", replace(NO_LEAVE, conduct=(OVERSEAS_CUSTODY,)), "M1"),
    ("suspended custody is not M4", replace(NO_LEAVE, conduct=(conviction(sentence_type=SentenceType.SUSPENDED),)), "M1"),
    ("quashed custody is not M4", replace(NO_LEAVE, conduct=(replace(UK_CUSTODY, quashed=True),)), "M1"),
    ("a victim's record of custody is not M4", replace(NO_LEAVE, conduct=(replace(UK_CUSTODY, part=Part.VICTIM),)), "M1"),
    ("another team holding it is not M4", replace(NO_LEAVE, held_by="asylum_casework"), "M1"),
    ("Irish", replace(NO_LEAVE, nationalities=("IRL",)), "M5"),
    ("right of abode", replace(NO_LEAVE, right_of_abode=True), "M5"),
    ("exempt", replace(NO_LEAVE, immigration_status=Status.EXEMPT), "M5"),
    ("Irish comes before no interest", replace(NO_LEAVE, immigration_status=Status.IRISH, active_police_interest=False), "M5"),
    ("Irish comes before the limbs", replace(WITH_LEAVE, nationalities=("IRL",), conduct=PERSISTENT, material=THREAT), "M5"),
    ("a class of British nationality", replace(NO_LEAVE, nationalities=("GBO",)), "M5"),
    ("application pending", replace(NO_LEAVE, immigration_status=Status.APPLICATION_PENDING), "M5"),
    ("appeal pending", replace(WITH_LEAVE, immigration_status=Status.APPEAL_PENDING, material=THREAT), "M5"),
    ("status unknown", replace(NO_LEAVE, immigration_status=Status.UNKNOWN), "M5"),
    ("asylum pending", replace(NO_LEAVE, immigration_status=Status.ASYLUM_PENDING), "M5"),
    ("interest unanswered", replace(NO_LEAVE, active_police_interest=None), "M5"),
    ("priority unanswered", replace(NO_LEAVE, removal_priority=None), "M5"),
    ("threat unanswered", replace(WITH_LEAVE, material=replace(THREAT, threat_ongoing=None)), "M5"),
    ("nothing said of the material", replace(WITH_LEAVE, material=Material()), "M5"),
    ("no material, but the threat unanswered", replace(WITH_LEAVE, material=Material(MaterialLevel.NONE)), "M6"),
    ("six undated convictions", replace(WITH_LEAVE, conduct=(conviction(convicted_on=None),) * 6), "M5"),
    ("twelve convictions a day too old", replace(WITH_LEAVE, conduct=(conviction(convicted_on=date(2023, 11, 21)),) * 12), "M5"),
    ("five convictions as a child", replace(WITH_LEAVE, date_of_birth=date(2008, 1, 2), conduct=PERSISTENT), "M5"),
    ("six cautions", replace(WITH_LEAVE, conduct=(conviction(kind=ConductKind.CAUTION, part=Part.SUSPECT, convicted_on=None),) * 6), "M5"),
    ("some convictions, fewer than the guide", replace(WITH_LEAVE, conduct=PERSISTENT[:4]), "M5"),
    ("guide met, harm unanswered", replace(WITH_LEAVE, conduct=PERSISTENT, harms_wider_community=None), "M5"),
    ("no leave and a priority", NO_LEAVE, "M1"),
    ("no leave, persistent and a threat: limb 2 comes first", replace(NO_LEAVE, conduct=PERSISTENT, material=THREAT), "M1"),
    ("no leave and long overseas custody: limb 2 comes first", replace(NO_LEAVE, conduct=(OVERSEAS_CUSTODY,)), "M1"),
    ("a child without leave", replace(NO_LEAVE, date_of_birth=date(2010, 1, 2)), "M1"),
    ("leave and a priority is not limb 2", replace(WITH_LEAVE, removal_priority=True), "M6"),
    ("persistent", replace(WITH_LEAVE, conduct=PERSISTENT), "M2"),
    ("persistent and a threat", replace(WITH_LEAVE, conduct=PERSISTENT, material=THREAT), "M2"),
    ("persistent, though the threat is unanswered", replace(WITH_LEAVE, conduct=PERSISTENT, material=Material()), "M2"),
    ("persistent overseas", replace(WITH_LEAVE, conduct=tuple(replace(each, kind=ConductKind.OVERSEAS_CONVICTION) for each in PERSISTENT)), "M2"),
    ("threat and long overseas custody", replace(WITH_LEAVE, conduct=(OVERSEAS_CUSTODY,), material=THREAT), "M2"),
    ("threat and 11 months overseas", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, sentence_months=11),), material=THREAT), "M3"),
    ("threat and overseas custody of unknown length", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, sentence_months=None),), material=THREAT), "M3"),
    ("threat and 12 months overseas, suspended", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, sentence_type=SentenceType.SUSPENDED),), material=THREAT), "M3"),
    ("threat and 12 months overseas, quashed", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, quashed=True),), material=THREAT), "M3"),
    ("threat, fewer convictions than the guide", replace(WITH_LEAVE, conduct=PERSISTENT[:4], material=THREAT), "M3"),
    ("threat, harm unanswered", replace(WITH_LEAVE, harms_wider_community=None, material=THREAT), "M3"),
    ("threat in a statement", replace(WITH_LEAVE, material=replace(THREAT, level=MaterialLevel.STATEMENT)), "M3"),
    ("threat, no convictions", replace(WITH_LEAVE, material=THREAT), "M3"),
    ("threat, EEA without scheme status: a legal check", replace(WITH_LEAVE, immigration_status=Status.EEA_NO_SCHEME_STATUS, material=THREAT), "M5"),
    ("under 18 changes nothing", replace(WITH_LEAVE, date_of_birth=date(2010, 1, 2), material=THREAT), "M3"),
    ("no interest", replace(NO_LEAVE, active_police_interest=False), "M6"),
    ("no interest and status unknown", replace(NO_LEAVE, active_police_interest=False, immigration_status=Status.UNKNOWN), "M6"),
    ("no interest comes before persistence and threat", replace(WITH_LEAVE, active_police_interest=False, conduct=PERSISTENT, material=THREAT), "M6"),
    ("old long overseas custody alone", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, convicted_on=date(2015, 1, 2)),)), "M2"),
    ("old long overseas custody that harms nobody wider", replace(WITH_LEAVE, harms_wider_community=False, conduct=(replace(OVERSEAS_CUSTODY, convicted_on=date(2015, 1, 2), sentence_months=240),)), "M2"),
    ("long overseas custody without a date", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, convicted_on=None),)), "M2"),
    ("long overseas custody, no leave and no priority", replace(NO_LEAVE, removal_priority=False, conduct=(OVERSEAS_CUSTODY,)), "M2"),
    ("long overseas custody, no interest", replace(WITH_LEAVE, active_police_interest=False, conduct=(OVERSEAS_CUSTODY,)), "M6"),
    ("long overseas custody, interest unanswered", replace(WITH_LEAVE, active_police_interest=None, conduct=(OVERSEAS_CUSTODY,)), "M5"),
    ("long overseas custody, status unknown", replace(WITH_LEAVE, immigration_status=Status.UNKNOWN, conduct=(OVERSEAS_CUSTODY,)), "M5"),
    ("long overseas custody, EEA without scheme status", replace(WITH_LEAVE, immigration_status=Status.EEA_NO_SCHEME_STATUS, conduct=(OVERSEAS_CUSTODY,)), "M5"),
    ("11 months overseas alone", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, sentence_months=11),)), "M5"),
    ("long overseas custody of a victim’s record", replace(WITH_LEAVE, conduct=(replace(OVERSEAS_CUSTODY, part=Part.VICTIM),)), "M6"),
    ("a threat that is not ongoing", replace(WITH_LEAVE, material=replace(THREAT, threat_ongoing=False)), "M6"),
    ("five victims’ records", replace(WITH_LEAVE, conduct=tuple(replace(each, part=Part.VICTIM) for each in PERSISTENT)), "M6"),
    ("a child and nothing", replace(WITH_LEAVE, date_of_birth=date(2010, 1, 2)), "M6"),
    ("not a priority", replace(NO_LEAVE, removal_priority=False), "M6"),
    ("leave and nothing", WITH_LEAVE, "M6"),
    ("persistent, but harms nobody wider", replace(WITH_LEAVE, conduct=PERSISTENT, harms_wider_community=False), "M6"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_matrix(facts: Facts, expected: str) -> None:
    assert outcome_of(facts, assess(facts, FIRST), FIRST) == expected


OUTCOME_OF_STATUS = {
    Status.BRITISH: "M0",
    **dict.fromkeys((Status.EXEMPT, Status.IRISH, Status.EEA_NO_SCHEME_STATUS), "M5"),
    **dict.fromkeys((Status.APPLICATION_PENDING, Status.APPEAL_PENDING, Status.ASYLUM_PENDING, Status.UNKNOWN), "M5"),
    **dict.fromkeys((Status.EEA_SETTLED, Status.EEA_PRE_SETTLED), "M3"),
    **dict.fromkeys((Status.INDEFINITE_LEAVE, Status.LIMITED_LEAVE, Status.REFUGEE_OR_HUMANITARIAN), "M3"),
    **dict.fromkeys((Status.OVERSTAYER, Status.ILLEGAL_ENTRANT, Status.REFUSED), "M1"),
}  # fmt: skip


@pytest.mark.parametrize("status", Status)
def test_every_status(status: Status) -> None:
    """A priority to remove and a threat: which of them counts depends on the status alone."""
    facts = replace(NO_LEAVE, immigration_status=status, material=THREAT)
    assert outcome_of(facts, assess(facts, FIRST), FIRST) == OUTCOME_OF_STATUS[status]


def test_every_outcome_has_a_row() -> None:
    assert {row[2] for row in ROWS} == set(MatrixOutcome.values())


@pytest.mark.parametrize("kind", [kind for kind in ConductKind if kind not in CONVICTIONS])
@pytest.mark.parametrize("part", [Part.SUSPECT, Part.VICTIM, Part.WITNESS])
def test_arrests_acquittals_and_victims_alone_indicate_nothing(kind: ConductKind, part: Part) -> None:
    """ "Arrests, acquittals and victim records alone never give M1–M3"; what a court dealt with is for a person."""
    events = tuple(
        conviction(kind=kind, part=part, convicted_on=date(2025, month, 3)) for month in range(1, 8)
    )
    facts = replace(WITH_LEAVE, conduct=events)
    to_judge = part is Part.SUSPECT and kind not in SHOWS_NOTHING
    expected = MatrixOutcome.M5 if to_judge else MatrixOutcome.M6
    assert outcome_of(facts, assess(facts, FIRST), FIRST) == expected


def test_long_overseas_custody_is_looked_at_before_the_limbs_reject() -> None:
    """ "convictions (both in the UK and abroad)" (page 6): twenty years overseas, ten years ago, with leave."""
    long = replace(OVERSEAS_CUSTODY, convicted_on=date(2016, 1, 2), sentence_months=240)
    facts = replace(WITH_LEAVE, harms_wider_community=False, conduct=(long,))
    found = assess(facts, FIRST)
    assert {limb.result for limb in found.limbs} == {Result.NOT_MET}
    assert outcome_of(facts, found, FIRST) == MatrixOutcome.M2
    assert "whenever it was passed" in found.readings["overseas"]


def test_sabotage_of_overseas_custody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.rules.matrix.has_long_overseas_custody", lambda facts, policy: False)
    with pytest.raises(AssertionError):
        test_long_overseas_custody_is_looked_at_before_the_limbs_reject()


def test_the_length_of_overseas_custody_is_a_local_choice_and_no_words_of_section_32() -> None:
    threshold = FIRST.overseas_custody
    assert threshold.authority is Authority.LOCAL
    assert "Part 9, paragraph 9.4.1" in threshold.source and "section 32" not in threshold.source
    assert (law("rules_part_9_9_4_1").number, law("rules_part_9_9_4_1").unit) == (12, "months")


def test_how_a_suspended_sentence_is_read_is_said_and_dated() -> None:
    suspended = replace(WITH_LEAVE, conduct=(conviction(sentence_type=SentenceType.SUSPENDED),))
    words = assess(suspended, FIRST).readings["custody"]
    assert words.startswith("“Custodial sentence” is read as one that is served at once.")
    assert words.endswith("(Read so since 30 November 2026.)")
    assert "custody" not in assess(replace(WITH_LEAVE, conduct=PERSISTENT), FIRST).readings

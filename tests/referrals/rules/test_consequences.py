"""T4 and T6: is a police statement needed, which flag, who is allocated the case, whom to alert."""

from dataclasses import replace

import pytest

from referrals.rules.assessment import LIVERPOOL, UNCHANGED, allocation_for, assess, flag_for
from referrals.rules.facts import Facts
from referrals.rules.policies import FIRST, POLICIES, policy_of_version
from referrals.rules.terms import ConductKind, Flag, Part, SentenceType, StatementNeed, Status
from tests.referrals.rules.subjects import NO_LEAVE, WITH_LEAVE, conviction

REQUIRED, NOT_NECESSARILY, UNDETERMINED = StatementNeed
CONVICTED = replace(WITH_LEAVE, conduct=(conviction(),))

STATEMENT = [
    ("no status", NO_LEAVE, NOT_NECESSARILY),
    ("no status, with convictions", replace(NO_LEAVE, conduct=(conviction(),)), NOT_NECESSARILY),
    ("lawful, significant conviction", replace(CONVICTED, significant_conviction=True), NOT_NECESSARILY),
    ("lawful, convictions not significant", replace(CONVICTED, significant_conviction=False), REQUIRED),
    ("lawful, not judged yet", CONVICTED, UNDETERMINED),
    ("lawful, no convictions", WITH_LEAVE, REQUIRED),
    ("lawful, no convictions to be significant", replace(WITH_LEAVE, significant_conviction=True), REQUIRED),
    ("lawful, quashed only", replace(WITH_LEAVE, conduct=(conviction(quashed=True),)), REQUIRED),
    ("lawful, victim only", replace(WITH_LEAVE, conduct=(conviction(part=Part.VICTIM),)), REQUIRED),
    ("status unknown", replace(CONVICTED, immigration_status=Status.UNKNOWN), UNDETERMINED),
    ("British", replace(CONVICTED, immigration_status=Status.BRITISH), UNDETERMINED),
]


@pytest.mark.parametrize(
    ("facts", "expected"), [row[1:] for row in STATEMENT], ids=[row[0] for row in STATEMENT]
)
def test_is_a_police_statement_needed(facts: Facts, expected: StatementNeed) -> None:
    assert assess(facts, FIRST).police_statement is expected


def test_the_flag_goes_by_force_and_by_nothing_else() -> None:
    """City of London is not the Metropolitan Police: `metropolitan` is one force's alone."""
    assert flag_for(True) is Flag.NEXUS_HIGH_HARM == "Nexus High Harm"
    assert flag_for(False) is Flag.REGIONAL == "Nexus High Harm (Regional)"
    assert assess(replace(NO_LEAVE, metropolitan=True), FIRST).flag is Flag.NEXUS_HIGH_HARM


@pytest.mark.parametrize(
    ("held_by", "allocation"),
    [
        (None, LIVERPOOL),
        ("", LIVERPOOL),
        ("criminal_casework", UNCHANGED),
        ("asylum_casework", UNCHANGED),
    ],
)
def test_a_case_somebody_holds_is_never_moved(held_by: str | None, allocation: str) -> None:
    assert allocation_for(held_by) == allocation
    assert assess(replace(NO_LEAVE, held_by=held_by), FIRST).allocation == allocation


DUTY_DESK = "tell the Duty Desk."
CUSTODY = conviction(sentence_type=SentenceType.CUSTODIAL, sentence_months=8)


@pytest.mark.parametrize(
    ("facts", "alerted"),
    [
        (replace(NO_LEAVE, conduct=(CUSTODY,)), True),
        (replace(NO_LEAVE, conduct=(CUSTODY,), held_by="asylum_casework"), True),
        (replace(NO_LEAVE, conduct=(CUSTODY,), held_by="criminal_casework"), False),
        (replace(NO_LEAVE, conduct=(replace(CUSTODY, sentence_type=SentenceType.SUSPENDED),)), False),
        (replace(NO_LEAVE, conduct=(replace(CUSTODY, quashed=True),)), False),
        (replace(NO_LEAVE, conduct=(replace(CUSTODY, kind=ConductKind.OVERSEAS_CONVICTION),)), False),
        (replace(NO_LEAVE, conduct=(replace(CUSTODY, part=Part.VICTIM),)), False),
        (NO_LEAVE, False),
    ],
)
def test_custody_outside_criminal_casework_goes_to_the_duty_desk(facts: Facts, alerted: bool) -> None:
    """T5: "Custodial sentence and not in Criminal Casework: alert the Duty Desk"."""
    assert any(alert.endswith(DUTY_DESK) for alert in assess(facts, FIRST).alerts) is alerted


@pytest.mark.parametrize("part", [Part.VICTIM, Part.WITNESS])
def test_victims_and_witnesses_are_pointed_out(part: Part) -> None:
    alerts = assess(replace(NO_LEAVE, conduct=(conviction(part=part),)), FIRST).alerts
    assert "Events in which the subject was a victim or witness are not counted as offending." in alerts


def test_the_assessment_names_its_policy_and_old_ones_stay_known() -> None:
    assert assess(NO_LEAVE, FIRST).policy_version == FIRST.version
    assert [policy_of_version(each.version) for each in POLICIES] == list(POLICIES)
    with pytest.raises(KeyError):
        policy_of_version("1999-01-01")

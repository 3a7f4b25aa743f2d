"""Every status in its pot, and no trace never no leave."""

import pytest

from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import NO_LEAVE, POT_OF_STATUS, POTS, THRESHOLD_OF_POT, UNDETERMINED, pot
from referrals.rules.terms import Status

EXPECTED = {
    "british": "not liable", "exempt": "not liable", "irish": "EEA", "eea_settled": "EEA",
    "eea_pre_settled": "EEA", "eea_no_scheme_status": "EEA", "indefinite_leave": "leave", "limited_leave": "leave",
    "refugee_or_humanitarian": "leave", "application_pending": "undetermined", "appeal_pending": "undetermined",
    "asylum_pending": "undetermined", "unknown": "undetermined", "overstayer": "no leave",
    "illegal_entrant": "no leave", "refused": "no leave", "criminal_casework": "in process",
    "nexus_high_harm": "in process", "deportation_order": "in process", "removal_in_progress": "in process",
}  # fmt: skip


@pytest.mark.parametrize(("status", "name"), EXPECTED.items())
@pytest.mark.parametrize("grade", [Grade.EXACT, Grade.PROBABLE, Grade.POSSIBLE])
def test_a_named_person_is_in_the_pot_of_the_status(status: str, name: str, grade: Grade) -> None:
    assert pot(grade, status).name == name


@pytest.mark.parametrize("status", [*EXPECTED, None, "", "not a status"])
@pytest.mark.parametrize("grade", [Grade.NO_TRACE, Grade.AMBIGUOUS])
def test_no_trace_never_becomes_no_leave(status: str | None, grade: Grade) -> None:
    assert pot(grade, status).name == UNDETERMINED
    assert pot(grade, status, agreed={str(status): NO_LEAVE}).name == UNDETERMINED


def test_an_unheard_of_status_is_undetermined() -> None:
    assert pot(Grade.EXACT, "on holiday").name == UNDETERMINED
    assert pot(Grade.EXACT, None).name == UNDETERMINED


def test_every_status_and_every_pot_has_its_row() -> None:
    assert {each.value for each in Status} <= set(POT_OF_STATUS) == set(EXPECTED)
    assert set(POT_OF_STATUS.values()) == set(POTS) == set(THRESHOLD_OF_POT)


def test_an_agreement_may_put_a_status_elsewhere() -> None:
    assert pot(Grade.PROBABLE, "refused", agreed={"refused": "in process"}).name == "in process"


def test_an_eea_national_without_scheme_status_points_to_no_limb_before_a_legal_check() -> None:
    assert (
        pot(Grade.EXACT, "eea_no_scheme_status").name,
        pot(Grade.EXACT, "eea_no_scheme_status").threshold,
    ) == (
        "EEA",
        "undetermined",
    )
    assert pot(Grade.EXACT, "eea_settled").threshold == "1A or 1B"

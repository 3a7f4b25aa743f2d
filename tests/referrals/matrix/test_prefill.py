"""From a data-wash row: what is known begins the form, the names wait for the draft."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.datawash import actions as datawash
from referrals.datawash.models import Wash, WashRow
from referrals.matrix import actions
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.queries import known_from
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import a_register, a_washed_list
from tests.referrals.matrix.sheets import POSTED, a_result, page, signed_in
from tests.referrals.station import audited, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER)


@pytest.fixture
def wash(officer: User, settings: Any, tmp_path: Path) -> Wash:
    """R1 exact, R2 probable, R3 no trace."""
    settings.NEXUS_DATA_DIR = tmp_path
    a_register()
    return a_washed_list(by=officer)


def row_of(wash: Wash, ref: str) -> WashRow:
    return WashRow.objects.select_related("wash", "person").get(wash=wash, force_row_ref=ref)


def assess_from(client: Client, row: WashRow, **changes: Any) -> MatrixAssessment:
    client.post(f"{page('start')}?row={row.pk}", {**POSTED, **changes})
    return MatrixAssessment.objects.latest("pk")


def test_an_exact_match_prefills_the_status_and_names_nobody(wash: Wash, officer: User) -> None:
    row = row_of(wash, "R1")
    text = words(signed_in(officer).get(page("start"), {"row": row.pk}))
    for known in ('value="1985"', '<option value="ALB" selected>', '<option value="overstayer" selected>'):
        assert known in text
    assert "row R1 of your data-wash" in text and "Gurishti" not in text and "1999/0123456X" not in text
    assert audited("matrix.prefilled", subject_id=str(row.pk), recipient=str(officer.force)) == 1


def test_what_is_not_sure_prefills_no_status(wash: Wash) -> None:
    probable, nobody = row_of(wash, "R2"), row_of(wash, "R3")
    assert probable.grade == "probable" and probable.person is not None
    for row in (probable, nobody):
        assert "immigration_status" not in known_from(row).columns
    probable.confirmed = True
    assert known_from(probable).columns["immigration_status"] == "eea_settled"
    exact = row_of(wash, "R1")
    exact.confirmed = False
    assert "immigration_status" not in known_from(exact).columns


def test_a_wash_out_of_date_prefills_no_status(wash: Wash) -> None:
    wash.move("go_stale", by=None, now=NOON + timedelta(days=60))
    columns = known_from(row_of(wash, "R1")).columns
    assert "immigration_status" not in columns and columns["date_of_birth"]


def test_criminal_casework_in_the_register_says_who_has_the_case(wash: Wash) -> None:
    row = row_of(wash, "R1")
    row.person.immigration_status = "criminal_casework"
    assert known_from(row).held_by == "criminal_casework"
    assert "immigration_status" not in known_from(row).columns


def test_the_draft_has_names_and_identifiers_and_the_row_its_referral(wash: Wash, officer: User) -> None:
    row = row_of(wash, "R1")
    result = assess_from(signed_in(officer), row)
    assert result.wash_row == row
    draft = actions.refer(assessment_id=result.pk, by=officer, now=NOON + timedelta(hours=1))
    assert (draft.surname, draft.forenames, draft.sex) == ("Gurishti", "Ardit", "male")
    assert (draft.pnc_id, draft.place_of_birth) == ("1999/0123456X", "Port Selby")
    assert draft.status_source.startswith("Data-wash of") and draft.status_as_at is not None
    assert [alias.name for alias in draft.aliases.all()] == ["Gurisht Ardi", "Ardit G"]
    # What the officer answered goes before what the row says.
    assert draft.date_of_birth.year == 1988
    row.refresh_from_db()
    assert row.referral == draft


def test_a_row_referred_already_keeps_its_referral_and_the_result_says_so(wash: Wash, officer: User) -> None:
    row = row_of(wash, "R1")
    first = datawash.refer(row_id=row.pk, by=officer, now=NOON + timedelta(hours=1))
    result = assess_from(signed_in(officer), row)
    told = words(signed_in(officer).get(page("result", result.pk)))
    assert "has already been started from your data-wash" in told and first.reference in told
    draft = actions.refer(assessment_id=result.pk, by=officer, now=NOON + timedelta(hours=2))
    row.refresh_from_db()
    assert (row.referral, draft.surname) == (first, "Gurishti") and draft != first


def test_a_status_of_the_officers_own_has_not_come_from_the_wash(wash: Wash, officer: User) -> None:
    result = assess_from(signed_in(officer), row_of(wash, "R1"), immigration_status="refused")
    draft = actions.refer(assessment_id=result.pk, by=officer, now=NOON + timedelta(hours=1))
    assert (draft.immigration_status, draft.status_source) == ("refused", "")


def test_a_purged_row_gives_no_names(wash: Wash, officer: User) -> None:
    row = row_of(wash, "R1")
    result = assess_from(signed_in(officer), row)
    WashRow.objects.filter(pk=row.pk).update(
        surname="", forenames="", dob="", person=None, purged_at=NOON + timedelta(days=20)
    )
    draft = actions.refer(assessment_id=result.pk, by=officer, now=NOON + timedelta(days=21))
    assert draft.surname == "" and draft.immigration_status == "overstayer"


def test_another_forces_row_does_not_exist(wash: Wash) -> None:
    row = row_of(wash, "R1")
    stranger = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    for address in (row.pk, "x", "9" * 40):
        assert signed_in(stranger).get(page("start"), {"row": address}).status_code == 404
    with pytest.raises(WashRow.DoesNotExist):
        a_result(by=stranger, wash_row=row)
    assert signed_in(a_user(Role.IMMIGRATION_OFFICER)).get(page("start"), {"row": row.pk}).status_code == 404

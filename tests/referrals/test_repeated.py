"""Before a draft is sent its force reads which of its own referrals are of the same person, and no other's."""

from datetime import date
from typing import Any

import pytest

from nexus.accounts.roles import Role
from tests.builders import a_complete_draft, a_force, a_user
from tests.referrals.croydon import page_of, sent, signed_in

pytestmark = pytest.mark.django_db
HEADING = "This person may have been referred before"
MINE: dict[str, Any] = {
    "surname": "Thistlewood",
    "date_of_birth": date(1990, 6, 28),
    "pnc_id": "",
    "cro_number": "",
    "home_office_reference": "",
    "no_identifiers_known": True,
}


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ({}, "the same family name and date of birth"),
        ({"surname": "THISTLEWOOD"}, "the same family name and date of birth"),
        ({"surname": "Marlow", "home_office_reference": "t1234567"}, "the same Home Office reference"),
        ({"surname": "Marlow"}, ""),
        ({"date_of_birth": date(1990, 6, 29)}, ""),
    ],
)
def test_its_own_referrals_are_named_with_why(earlier: dict[str, Any], said: str) -> None:
    by = a_user(Role.POLICE_OFFICER)
    before = sent(by=a_user(Role.POLICE_OFFICER), **{**MINE, **earlier})
    draft = a_complete_draft(by=by, **{**MINE, "home_office_reference": "T1234567"})
    page = signed_in(by).get(page_of("check", draft)).text
    assert (HEADING in page, str(before) in page) == (bool(said), bool(said))
    assert said in page


def test_year_only_dates_agree_on_nothing_and_another_forces_is_never_named() -> None:
    by = a_user(Role.POLICE_OFFICER)
    sent(by=a_user(Role.POLICE_OFFICER, force=a_force("05")), **MINE)
    draft = a_complete_draft(by=by, **MINE)
    assert HEADING not in signed_in(by).get(page_of("check", draft)).text
    sent(by=by, **MINE)
    vague = a_complete_draft(by=by, **{**MINE, "date_of_birth_precision": "year_only"})
    assert HEADING not in signed_in(by).get(page_of("check", vague)).text

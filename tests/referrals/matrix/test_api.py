"""The interface: the same JSON as `manage.py assess`, the same actions as the pages."""

from typing import Any

import pytest

from nexus.accounts.roles import Role
from referrals.matrix.models import MatrixAssessment
from referrals.rules.policies import FIRST
from referrals.subjects_json import assessed
from tests.builders import a_force, a_user
from tests.nexus.api.calling import Caller, errors_of
from tests.referrals.matrix.sheets import a_result
from tests.referrals.station import audited
from tests.referrals.test_assess import SUBJECT as MET_SUBJECT

pytestmark = pytest.mark.django_db
SUBJECT: dict[str, Any] = {**MET_SUBJECT, "force": "20"}


@pytest.fixture
def officer() -> Caller:
    return Caller(a_user(Role.POLICE_OFFICER))


def test_a_subject_is_assessed_and_kept(officer: Caller) -> None:
    response = officer.post("matrix/", SUBJECT)
    made = MatrixAssessment.objects.get()
    assert response.status_code == 201
    told = response.json()
    assert (told["id"], told["outcome"], told["own_reference"]) == (made.pk, "M1", "subject-1")
    assert told["provisional"] is True and told["found"] == assessed(SUBJECT, FIRST)
    assert officer.get(f"matrix/{made.pk}/").json() == told
    assert officer.get("matrix/").json()["results"][0]["id"] == made.pk
    assert officer.get("matrix/", outcome="M6").json()["count"] == 0
    assert audited("matrix.assessed") == 1 and audited("matrix.viewed") == 1


def test_every_fault_is_named_with_its_path(officer: Caller) -> None:
    response = officer.post("matrix/", {**SUBJECT, "nationalities": ["GB"], "active_police_interest": "yes"})
    assert response.status_code == 400
    assert set(errors_of(response)) == {"$.nationalities[0]", "$.active_police_interest"}
    assert officer.post("matrix/", {}).status_code == 400
    assert not MatrixAssessment.objects.exists()


@pytest.mark.parametrize("changes", [{"id": "a\x00"}, {"held_by": "\ud800"}, {"id": "ab\u202ec"}])
def test_what_no_page_shows_and_no_table_keeps_is_refused(officer: Caller, changes: dict[str, Any]) -> None:
    response = officer.post("matrix/", {**SUBJECT, **changes})
    assert response.status_code == 400
    assert errors_of(response) == {
        f"$.{next(iter(changes))}": ["Send text without hidden control characters."]
    }


def test_a_length_no_referral_takes_is_left_out_of_it(officer: Caller) -> None:
    (event,) = SUBJECT["conduct"]
    made = officer.post("matrix/", {**SUBJECT, "conduct": [{**event, "sentence_months": 10**9}]}).json()["id"]
    reference = officer.post(f"matrix/{made}/refer/").json()["referral"]
    assert officer.get(f"referrals/{reference}/").json()["conduct"][0]["sentence_months"] is None


def test_police_ask_for_their_own_force_only(officer: Caller) -> None:
    assert errors_of(officer.post("matrix/", {**SUBJECT, "force": "06"})) == {
        "$.force": ["Send the code of your own force."]
    }
    met = Caller(a_user(Role.POLICE_OFFICER, force=a_force("01")))
    assert met.post("matrix/", {**SUBJECT, "force": "02"}).json()["found"]["flag"] == "Nexus High Harm"


def test_an_unengaged_force_is_refused() -> None:
    response = Caller(a_user(Role.IMMIGRATION_OFFICER)).post("matrix/", {**SUBJECT, "force": "98"})
    assert response.status_code == 409 and "not engaged" in response.json()["reasons"][0]


def test_refer_and_discuss(officer: Caller) -> None:
    made = officer.post("matrix/", SUBJECT).json()["id"]
    told = officer.post(f"matrix/{made}/refer/").json()
    assert told["referral"].startswith("NHH-")
    assert officer.post(f"matrix/{made}/refer/").json() == told
    assert officer.get(f"referrals/{told['referral']}/").json()["conduct"][0]["convicted_on"] == "2023-11-22"
    asked = {"caller": "DS Ansa Okonedo", "contact": "ansa@wmp.example", "question": "May we talk?"}
    assert officer.post(f"matrix/{made}/discuss/", asked).json()["enquiry"] > 0


def test_another_forces_result_does_not_exist() -> None:
    stranger = Caller(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    result = a_result()
    for path in ("", "refer/", "discuss/"):
        answer = stranger.post(f"matrix/{result.pk}/{path}") if path else stranger.get(f"matrix/{result.pk}/")
        assert answer.status_code == 404
    assert stranger.get("matrix/").json()["count"] == 0

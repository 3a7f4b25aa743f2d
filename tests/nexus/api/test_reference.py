"""Lists of codes: what another system needs to fill in the rest."""

import pytest

from nexus.accounts.roles import Role
from tests.builders import a_force, a_user
from tests.nexus.api.calling import Caller

pytestmark = pytest.mark.django_db


def test_every_list_is_named_and_has_codes_with_words() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    named = [each["name"] for each in caller.get("reference/").json()["results"]]
    assert len(named) == len(set(named)) and {
        "forces",
        "people",
        "countries",
        "offences",
        "powers",
        "letters",
    } <= {*named}
    for name in named:
        found = caller.get(f"reference/{name}/").json()["results"]
        assert found and all(each["code"] and each["words"] for each in found), name
        assert len({each["code"] for each in found}) == len(found), name


def test_a_list_that_has_not_changed_is_not_sent_again() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    first = caller.get("reference/countries/")
    caller.headers["If-None-Match"] = first["ETag"]
    again = caller.get("reference/countries/")
    assert (again.status_code, again.content) == (304, b"")


def test_the_people_are_those_of_the_same_force_who_are_there() -> None:
    here, elsewhere = a_force("20"), a_force("01")
    asks = a_user(Role.POLICE_OFFICER, force=here)
    lead, gone = a_user(Role.FORCE_LEAD, force=here), a_user(Role.POLICE_OFFICER, force=here, is_active=False)
    stranger, office = a_user(Role.POLICE_OFFICER, force=elsewhere), a_user(Role.REFERRALS_OFFICER)
    found = {each["code"] for each in Caller(asks).get("reference/people/").json()["results"]}
    assert {asks.email, lead.email} <= found and not found & {gone.email, stranger.email, office.email}


def test_what_is_not_a_list_is_not_there_and_what_is_no_parameter_is_said() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    assert caller.get("reference/subjects/").status_code == 404
    assert caller.get("reference/forces/", q="x").status_code == 400


def test_a_new_force_is_in_the_list_at_once() -> None:
    caller = Caller(a_user(Role.MANAGER))
    before = caller.get("reference/forces/").json()["results"]
    force = a_force("20")
    force.pk, force.code, force.name, force.ons_code = None, "zz", "Newtown Constabulary", "E99000001"
    force.save()
    after = caller.get("reference/forces/").json()["results"]
    assert [each for each in after if each not in before] == [{"code": "zz", "words": "Newtown Constabulary"}]

"""Flags: what Criminal Casework learns, and nothing more."""

import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import Team
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import SpecialConditionsFlag
from tests.builders import COMPLETE, a_force, a_user, an_acceptance, in_triage
from tests.referrals.croydon import as_role, page_of, signed_in

pytestmark = pytest.mark.django_db
FLAGS = "/referrals/flags/"
MAY = {
    Role.CRIMINAL_CASEWORK,
    Role.REFERRALS_OFFICER,
    Role.CASE_OWNER,
    Role.SENIOR_CASEWORKER,
    Role.CIO_HMI,
    Role.SPECIALIST_APPEALS,
    Role.MANAGER,
}


def found_by(client: Client, words: str) -> str:
    response = client.post(FLAGS, {"words": words}, follow=True)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(
    "words",
    [
        "NHH-2026-",
        "HO/778899",
        "ho/77 8899",
        "CID-4455",
        "quintanilha",
        "Élodie QUINTANILHA",
        "elodie",
        "99/123456X",
    ],
)
def test_it_is_found_by_reference_identifier_or_name(words: str) -> None:
    an_acceptance(
        surname="Quintanilha", forenames="Elodie", home_office_reference="HO/778899", cid_person_id="CID-4455"
    )
    page = found_by(as_role(Role.CRIMINAL_CASEWORK), words)
    assert "QUINTANILHA, Elodie" in page
    assert "Nexus High Harm flags (1)" in page


def test_it_shows_flag_date_force_holder_and_what_it_signifies() -> None:
    an_acceptance(by=a_user(Role.POLICE_OFFICER, force=a_force("01")))
    page = found_by(as_role(Role.CRIMINAL_CASEWORK), "Zelmanov")
    for words in (
        "Nexus High Harm",
        "16 November 2026",
        "Metropolitan Police Service",
        "Nexus High Harm, Liverpool",
    ):
        assert words in page
    assert "does not, in itself, render the case subject to allocation" in page
    assert "police colleagues are willing to support immigration enforcement activity" in page


def test_a_case_that_stays_with_its_team_says_so() -> None:
    a_force()
    an_acceptance(held_by=Team.objects.get(code="criminal_casework"))
    page = found_by(as_role(Role.CRIMINAL_CASEWORK), "Zelmanov")
    assert "Criminal Casework" in page.split("Allocated to")[1]
    table = found_by(as_role(Role.REFERRALS_OFFICER), "Zelmanov")
    assert 'Allocated to">Criminal Casework<' in table and "Ask for police support" not in table


def test_nothing_else_of_the_referral_is_shown() -> None:
    decision = an_acceptance()
    page = found_by(as_role(Role.CRIMINAL_CASEWORK), "Zelmanov")
    told = {COMPLETE["surname"], COMPLETE["forenames"]}
    hidden = {value for value in COMPLETE.values() if isinstance(value, str) and len(value) > 8} - told
    assert len(hidden) > 10
    assert [value for value in (*hidden, decision.reasons, decision.balance) if value in page] == []
    assert as_role(Role.CRIMINAL_CASEWORK).get(page_of("detail", decision.referral)).status_code == 404


def test_without_a_search_nobody_is_listed() -> None:
    an_acceptance()
    assert "ZELMANOV" not in as_role(Role.CRIMINAL_CASEWORK).get(FLAGS).text


def test_a_referral_without_a_flag_is_not_found() -> None:
    in_triage()
    page = found_by(as_role(Role.CRIMINAL_CASEWORK), "Zelmanov")
    assert "No flag found" in page and "/support/ask/value-added-activity/" in page
    assert "ZELMANOV" not in page


def test_the_words_never_stand_in_the_address_and_belong_to_the_session() -> None:
    an_acceptance()
    response = as_role(Role.CRIMINAL_CASEWORK).post(FLAGS, {"words": "Zelmanov"})
    assert "elmanov" not in response.url.lower()
    page = as_role(Role.CRIMINAL_CASEWORK).get(response.url).text
    assert "Your search has expired. Search again." in page
    assert "ZELMANOV" not in page


def test_an_empty_search_says_what_to_enter() -> None:
    page = as_role(Role.CRIMINAL_CASEWORK).post(FLAGS, {"words": " "})
    assert "Enter a reference, an identifier or a name" in page.text


@pytest.mark.parametrize("role", Role)
def test_who_may(role: Role) -> None:
    decision, user = an_acceptance(), a_user(role)
    assert signed_in(user).get(reverse("referrals:flags")).status_code == (200 if role in MAY else 403)
    seen = SpecialConditionsFlag.objects.visible_to(user)
    assert list(seen) == ([decision.flags.get()] if role in MAY else [])


def test_what_was_shown_is_recorded() -> None:
    decision, user = an_acceptance(), a_user(Role.CRIMINAL_CASEWORK)
    found_by(signed_in(user), "Zelmanov")
    entry = AuditEvent.objects.get(kind="flag.listed")
    assert (entry.by_id, entry.subjects) == (user.pk, [decision.flags.get().pk])
    assert entry.request_id

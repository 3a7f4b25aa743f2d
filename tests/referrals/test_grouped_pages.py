"""The way through a draft: a few pages, each with what an officer knows at once, and nothing asked twice."""

from datetime import date

import pytest

from nexus.audit.models import AuditEvent
from referrals.forms.pages import PAGE, PAGES, ROUTE, page_after
from referrals.models import Alias, Nationality, Referral
from referrals.rules.sections import SECTIONS
from tests.builders import a_complete_draft, a_draft, explained
from tests.referrals.station import again, path, signed_in, words

pytestmark = pytest.mark.django_db

SUBJECT = {
    "surname": "Zelmanov",
    "other_names": "Teo Zelman\n\n Teodor  Z \nTeo Zelman",
    "nationality_1": "ukrainian",
    "nationality_1_source": "claimed",
    "may_be_british": "no",
    "pnc_id": "20/9N",
}


def test_the_way_asks_every_column_of_every_section_once() -> None:
    asked = [column for page in ROUTE for column in page.columns]
    assert len(asked) == len(set(asked))
    assert set(asked) == {column for page in PAGES for column in page.columns}
    assert {key for page in ROUTE for key in page.sections} == {section.key for section in SECTIONS}


def test_a_page_of_several_sections_saves_each_with_its_rows() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(path("section", referral, "subject"), SUBJECT)
    assert response.headers["Location"] == path("section", referral, "status")
    saved = again(referral)
    assert (saved.surname, saved.may_be_british, saved.pnc_id) == ("Zelmanov", "no", "2020/0000009N")
    assert [each.name for each in saved.aliases.all()] == ["Teo Zelman", "Teodor Z"]
    assert [(each.code, each.source) for each in saved.nationalities.all()] == [("UKR", "claimed")]
    changed = [each.detail["section"] for each in AuditEvent.objects.filter(kind="referral.changed")]
    assert set(changed[-3:]) == {"identity", "scope", "identifiers"}


def test_what_the_page_no_longer_lists_is_removed_and_a_fourth_nationality_stays() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("section", referral, "subject"), SUBJECT)
    for code in ("FRA", "DEU", "ITA"):
        Nationality.objects.create(referral=referral, code=code, source="document")
    sent = {
        **SUBJECT,
        "other_names": "Teodor Z\nZel",
        "nationality_1": "Ukraine",
        "nationality_1_source": "document",
        "nationality_2": "Germany",
        "nationality_2_source": "document",
    }
    client.post(path("section", referral, "subject"), sent)
    assert {each.name for each in Alias.objects.filter(referral=referral)} == {"Teodor Z", "Zel"}
    found = set(Nationality.objects.filter(referral=referral).values_list("code", "source"))
    assert found == {("UKR", "document"), ("DEU", "document"), ("ITA", "document")}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"nationality_1": "Ruritanian"}, "“Ruritanian” is not a nationality in the list"),
        ({"nationality_1_source": ""}, "Select how the nationality is known"),
        ({"nationality_2": "Ukraine", "nationality_2_source": "document"}, "already been added"),
    ],
)
def test_a_nationality_that_is_not_understood_stays_on_the_page(sent: dict[str, str], sentence: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("section", referral, "subject"), {**SUBJECT, **sent}))
    assert sentence in page and again(referral).surname == "Zelmanov"
    assert not again(referral).nationalities.exists() and again(referral).aliases.count() == 2


def test_what_follows_an_open_question_is_kept_and_after_a_no_it_is_not() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at, typed = path("section", referral, "grounds"), {"interest_what": "Managed by the unit"}
    client.post(at, typed)
    assert again(referral).interest_what == "Managed by the unit"
    client.post(at, {**typed, "active_police_interest": "no"})
    assert again(referral).interest_what == ""


def test_what_can_be_worked_out_is_not_asked() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    at = path("section", referral, "status")
    assert "Length of residence in the UK" in words(client.get(at))
    Referral.objects.filter(pk=referral.pk).update(
        arrived_on=date(2011, 3, 27),
        arrived_on_precision="exact",
        years_of_residence=None,
        age_at_arrival=None,
    )
    page = words(client.get(at))
    assert 'name="years_of_residence"' not in page and 'name="age_at_arrival"' not in page


def test_the_way_ends_at_check_your_answers() -> None:
    client, officer = signed_in()
    referral = explained(a_complete_draft(by=officer))
    seen, page = ["referrer"], PAGE["referrer"]
    while following := page_after(page, referral):
        seen.append(following.key)
        page = following
    asked = [
        "referrer",
        "subject",
        "status",
        "grounds",
        "conduct",
        "circumstances",
        "attachments",
        "commitment",
    ]
    assert [key for key in seen if key != "differences"] == asked
    last = client.post(path("section", referral, page.key), {})
    assert last.headers["Location"] == path("check", referral)

"""Finding a person from the head of any page, over everything that somebody may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals import actions
from referrals.finding import best_of
from referrals.finding.searching import alike, exact
from referrals.finding.words import understood
from referrals.models import Referral
from tests.builders import a_complete_draft, a_force, a_submitted, a_user, an_acceptance
from tests.referrals.croydon import as_role, sent, signed_in

pytestmark = pytest.mark.django_db
FIND = "/referrals/find/"


def found(words: str) -> dict[str, str]:
    """What the search finds among everything: the reference, and by what."""
    best = best_of(Referral.objects.all(), words, now=timezone.now(), most=25)
    return {each.referral.reference: each.how for each in best}


@pytest.mark.parametrize(
    ("typed", "surname", "forenames"),
    [
        ("ONeill", "O’Neill", "Sinéad"),
        ("O'Neill sinead", "ONeill", "Sinead"),
        ("DSouza", "D’Souza", "Anil"),
        ("al wadiawi", "Al-Wadiawi", "Tariq"),
        ("tariq alwadiawi", "Al Wadiawi", "Tariq"),
        ("Gwiazdinsky", "Gwiazdziński", "Tomasz"),
        ("Demirohlu", "Demiroğlu", "Şükrü"),
        ("sukru demirohlu", "Demiroğlu", "Şükrü"),
        ("kadalveran", "Kadalveeran", "Kathiravan"),
        ("ＺＨＵＲＡＶ", "Zhuravlytska", "Liudmyla"),
        ("小龙", "李", "小龙"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, surname: str, forenames: str) -> None:
    wanted = sent(surname=surname, forenames=forenames)
    sent(surname="Brathwaite", forenames="Colin")
    assert list(found(typed)) == [wanted.reference]


def test_it_says_by_what_and_the_closest_stand_first() -> None:
    by = a_user(Role.POLICE_OFFICER)
    other_name = a_complete_draft(surname="Brathwaite", forenames="Colin", by=by)
    actions.add_row(
        referral_id=other_name.pk, by=by, now=timezone.now(), kind="alias", values={"name": "Kathiravan"}
    )
    nearly = sent(surname="Kathirawan", forenames="Anil")
    named = sent(surname="Kathiravan", forenames="Selvan")
    assert list(found("kathiravan").items()) == [
        (named.reference, "Name"),
        (other_name.reference, "Other name"),
        (nearly.reference, "Written alike"),
    ]


@pytest.mark.parametrize(
    "typed", ["12/9/1974", "12.09.1974", "12 Sep 1974", "12 september 1974", "1974-09-12"]
)
def test_a_day_of_birth_is_found_in_every_spelling(typed: str) -> None:
    wanted = sent(date_of_birth=date(1974, 9, 12))
    sent(date_of_birth=date(1974, 12, 9))
    assert found(typed) == {wanted.reference: "Date of birth"}


@pytest.mark.parametrize("typed", ["{reference}", "{bare}", "{lower}", "{end}"])
def test_a_reference_is_found_without_its_hyphens(typed: str) -> None:
    wanted, _ = sent(), sent()
    reference = wanted.reference
    typed = typed.format(
        reference=reference, bare=reference.replace("-", ""), lower=reference.lower(), end=reference[-6:]
    )
    assert found(typed) == {reference: "Number"}


@pytest.mark.parametrize(
    "typed", ["31/2/1974", "%", "_", "\\", "''", "-", "a%b", "%s", "(", "", "' OR 1=1 --"]
)
def test_what_means_nothing_finds_nobody(typed: str) -> None:
    sent()
    assert found(typed) == {}


def test_a_word_with_a_digit_is_a_number_and_a_name() -> None:
    words = understood("99/123456X", this_year=2026)
    assert "19990123456X" in words.numbers and words.born is None


def test_parts_of_a_number_are_looked_for_in_no_name() -> None:
    """They would find thousands, to keep none: NHH is in every reference, 2026 in a tenth of them."""
    whole = understood("nhh 2026 000123", this_year=2026)
    assert (whole.names, whole.reference, whole.part_of_reference) == ((), "NHH-2026-000123", "")
    assert understood("2026-000123", this_year=2026).reference == "NHH-2026-000123"
    part = understood("000123", this_year=2026)
    assert (part.names, part.reference, part.part_of_reference) == ((), "", "000123")
    assert understood("99/123456X", this_year=2026).part_of_reference == ""
    assert understood("Okafor 2nd", this_year=2026).names == ("Okafor", "2nd")
    assert understood("محمد 2", this_year=2026).names == ("محمد", "2")


def test_everybody_finds_whom_they_may_see_and_nobody_else() -> None:
    """Police: their own force's, drafts too. Croydon: what was sent, decided or not. Liverpool: what was accepted."""
    here, elsewhere = a_force("20"), a_force("01")
    draft = a_complete_draft(surname="Quennebert", by=a_user(Role.POLICE_OFFICER, force=here))
    open_ = sent(surname="Quennebert", by=a_user(Role.POLICE_OFFICER, force=elsewhere))
    accepted = an_acceptance().referral
    Referral.objects.filter(pk=accepted.pk).update(surname="Quennebert")

    def shown_to(client: Client) -> set[str]:
        page = client.get(client.post(FIND, {"person": "quennebert"}).headers["Location"]).text
        return {each.reference for each in (draft, open_, accepted) if each.reference in page}

    assert shown_to(signed_in(a_user(Role.POLICE_OFFICER, force=elsewhere))) == {open_.reference}
    assert draft.reference in shown_to(signed_in(a_user(Role.POLICE_OFFICER, force=here)))
    assert shown_to(as_role(Role.REFERRALS_OFFICER)) == {open_.reference, accepted.reference}
    assert shown_to(as_role(Role.CASE_OWNER)) == {accepted.reference}
    assert as_role(Role.AUDITOR).get(FIND).status_code == 403
    assert "nexus-finder" not in as_role(Role.AUDITOR).get("/audit/").text


def test_the_words_stay_out_of_the_address_and_the_record() -> None:
    wanted = sent(surname="Quennebert")
    client = as_role(Role.REFERRALS_OFFICER)
    address = client.post(FIND, {"person": "Quennebert"}).headers["Location"]
    assert "uennebert" not in address
    assert wanted.reference in client.get(address).text
    made = AuditEvent.objects.filter(kind="search.made").latest("pk")
    assert "uennebert" not in str(made.detail).lower()
    listed = AuditEvent.objects.filter(kind="referral.listed").latest("pk")
    assert listed.subjects == [wanted.pk], listed.subjects


def test_nobody_found_says_what_to_try_and_an_empty_search_what_to_enter() -> None:
    client = as_role(Role.REFERRALS_OFFICER)
    assert (
        "Nobody is found" in client.get(client.post(FIND, {"person": "Xyloquent"}).headers["Location"]).text
    )
    assert "Enter a name, a date of birth" in client.post(FIND, {"person": " "}).text


def test_a_search_costs_the_same_for_one_and_for_many() -> None:
    client = as_role(Role.REFERRALS_OFFICER)

    def cost() -> int:
        address = client.post(FIND, {"person": "quennebert"}).headers["Location"]
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    a_submitted(surname="Quennebert")
    cost()
    few = cost()
    for hours in range(5):
        sent(surname="Quennebert", now=timezone.now() - timedelta(hours=hours))
    assert cost() == few


@pytest.mark.parametrize(
    ("words", "index"),
    [
        ("quennebert", "found_by_name"),
        ("quennebert", "found_by_other_name"),
        ("12/9/1974", "found_by_birth"),
        ("99/123456X", "found_by_pnc_id"),
        ("000001", "found_by_reference"),
        ("NHH-2026-000001", "referrals_referral_reference"),
        ("P778899", "found_by_passport_number"),
    ],
)
def test_a_search_asks_an_index_for_each_of_its_ways(words: str, index: str) -> None:
    """A plan that may only use the conditions of an index uses it: one in other words than the statement's is not used."""
    wanted = understood(words, this_year=2026)
    with connection.cursor() as cursor:
        for kind in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        plans = []
        for sql, asked in (exact(wanted), alike(wanted)):
            cursor.execute("EXPLAIN " + sql, asked)
            plans += [line for (line,) in cursor.fetchall()]
    assert any(index in line for line in plans), plans

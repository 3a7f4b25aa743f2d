"""What the triage page says of the same person, to whom, and what it never says."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.datawash.linkage.beside import Line, Mark
from referrals.datawash.models import Person
from referrals.duplicates.models import Judgement, Pair, Search
from referrals.duplicates.searching import details_of, digest_of
from referrals.duplicates.views.pairs import as_written
from referrals.models import Referral
from referrals.queue import queue
from tests.builders import NOON, a_user, an_acceptance
from tests.referrals.croydon import page_of, signed_in
from tests.referrals.duplicates.pairs import a_referral, judged

pytestmark = pytest.mark.django_db
STEPS = [
    {"field": "starting point", "words": "how rare a second referral is", "weight": -12.0},
    {"field": "names", "words": "the same names, in any order", "weight": 15.2},
    {"field": "date of birth", "words": "the same date of birth", "weight": 13.0},
    {"field": "postcode", "words": "no answer was given", "weight": 0.0},
]


def looked_for(referral: Referral) -> None:
    Search.objects.create(
        referral=referral,
        details=digest_of(details_of(referral)),
        model_version="x",
        searched_at=timezone.now(),
    )


@pytest.fixture
def pair() -> Pair:
    one, other = a_referral("20"), a_referral("06", surname="Zqforeigncanary")
    looked_for(one)
    return Pair.objects.create(referral=one, other=other, probability=0.97, steps=STEPS, found_at=NOON)


@pytest.fixture
def office() -> Client:
    return signed_in(a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))


def a_person(referral: Referral, probability: float = 0.9, status: str = "criminal_casework") -> Pair:
    number = Person.objects.count() + 1
    person = Person.objects.create(
        person_id=f"CC{number}", surname="Thistlewood", immigration_status=status, changed_at=NOON
    )
    return Pair.objects.create(
        referral=referral, person=person, probability=probability, steps=STEPS, found_at=NOON
    )


def test_the_page_shows_who_why_and_where_it_is(pair: Pair, office: Client) -> None:
    assert pair.other
    page = office.get(page_of("detail", pair.referral)).text
    assert pair.other.reference in page and "ZQFOREIGNCANARY, Cornelius Ambrose" in page
    assert "97 in 100" in page and "Greater Manchester" in page and "Held by Nobody" in page
    assert "Names: the same names, in any order – strongly for the same person." in page
    assert "Postcode" not in page.split("Possibly the same person")[1].split("</section>")[0]
    assert "A search is running" not in page
    entry = AuditEvent.objects.get(kind="duplicates.viewed")
    assert entry.detail == {"pairs": [pair.pk]} and entry.subject_id == str(pair.referral_id)


def test_the_other_sees_it_too_and_is_being_looked_for(pair: Pair, office: Client) -> None:
    page = office.get(page_of("detail", pair.other)).text
    assert pair.referral.reference in page and "A search is running" in page


def test_a_changed_subject_is_looked_for_again(pair: Pair, office: Client) -> None:
    Referral.objects.filter(pk=pair.referral_id).update(forenames="Somebody")
    assert "A search is running" in office.get(page_of("detail", pair.referral)).text


def test_nobody_found_is_said(office: Client) -> None:
    one = a_referral()
    looked_for(one)
    assert "No referral and no person of the register comes close." in office.get(page_of("detail", one)).text


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.9, "The register has this subject"), (0.1, "The register may have this subject")],
)
def test_a_subject_in_criminal_casework_shows_at_once(office: Client, probability: float, said: str) -> None:
    one = a_referral()
    a_person(one, probability)
    page = office.get(page_of("detail", one)).text
    assert f"{said}: Held by Criminal Casework (person CC1)" in page


def test_no_alert_for_another_status_or_once_told_apart(office: Client) -> None:
    one, other = a_referral(), a_referral()
    apart = a_person(one)
    judged(apart, "not_same")
    assert "The register has" not in office.get(page_of("detail", one)).text
    Person.objects.update(immigration_status="limited_leave")
    Pair.objects.create(referral=other, person=apart.person, probability=1, steps=STEPS, found_at=NOON)
    assert "The register has" not in office.get(page_of("detail", other)).text


def test_link_and_take_back(pair: Pair, office: Client) -> None:
    address = reverse("duplicates:pair", args=[pair.pk])
    assert "Is this the same person?" in office.get(address).text
    assert "Enter the reasons for your answer" in office.post(address, {"verdict": "same"}).text
    answer = office.post(address, {"verdict": "same", "reason": "The passport was seen."}, follow=True)
    assert "Both references stay as they are" in answer.text and "The same person" in answer.text
    assert "The passport was seen." in office.get(page_of("detail", pair.other)).text
    again = office.post(address, {"verdict": "not_same", "reason": "No, the papers differ."})
    assert again.status_code == 409 and "has already recorded" in again.text
    back = reverse("duplicates:take_back", args=[Judgement.objects.get().pk])
    answer = office.post(back, {"reason": "Two brothers."}, follow=True)
    assert "Officers will be asked about the pair again" in answer.text and "Two brothers." in answer.text
    assert office.post(back, {"reason": "Again, after a new call."}).status_code == 409


def test_not_the_same_is_not_asked_again(pair: Pair, office: Client) -> None:
    office.post(
        reverse("duplicates:pair", args=[pair.pk]),
        {"verdict": "not_same", "reason": "They are brothers, by the passport."},
    )
    page = office.get(page_of("detail", pair.referral)).text
    assert "Not the same person (1)" in page and "97 in 100" not in page


def test_one_comes_back_to_where_one_was_and_reads_what_differs(pair: Pair, office: Client) -> None:
    assert pair.other
    address, said = (
        reverse("duplicates:pair", args=[pair.pk]),
        {"verdict": "same", "reason": "Seen and read through."},
    )
    came_from = f"{address}?from={pair.other.reference}"
    assert came_from in office.get(page_of("detail", pair.other)).text
    page = office.get(came_from).text
    assert "What counts against it" in page and "Differs: Surname." in page
    assert f'href="{page_of("detail", pair.other)}" class="govuk-back-link"' in page
    assert office.post(came_from, said).headers["Location"] == page_of("detail", pair.other)


def test_nowhere_else_is_one_sent(pair: Pair, office: Client) -> None:
    address, said = (
        reverse("duplicates:pair", args=[pair.pk]),
        {"verdict": "same", "reason": "Seen and read through."},
    )
    went = office.post(f"{address}?from=NHH-2026-999999", said).headers["Location"]
    assert went == page_of("detail", pair.referral)


def test_each_look_at_a_pair_is_recorded(pair: Pair, office: Client) -> None:
    office.get(reverse("duplicates:pair", args=[pair.pk]))
    assert AuditEvent.objects.get(kind="duplicates.pair_viewed").detail == {"pair": pair.pk}


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.IMMIGRATION_OFFICER])
def test_no_force_learns_of_another_through_it(pair: Pair, role: Role) -> None:
    said = judged(pair, reason="Zqreasoncanary is why the team waits.")
    client = signed_in(a_user(role))
    for address in (
        reverse("duplicates:pair", args=[pair.pk]),
        reverse("duplicates:take_back", args=[said.pk]),
    ):
        assert client.get(address).status_code == client.post(address).status_code == 404
    own = signed_in(pair.referral.created_by).get(page_of("detail", pair.referral)).text
    assert pair.referral.reference in own and pair.other
    for canary in (
        "Zqforeigncanary",
        "ZQFOREIGNCANARY",
        "Zqreasoncanary",
        pair.other.reference,
        "same person",
    ):
        assert canary not in own


def test_liverpool_sees_a_link_only_to_what_exists_for_it(pair: Pair) -> None:
    accepted = an_acceptance().referral
    other = pair.other
    assert other
    linked = Pair.objects.create(
        referral=min(accepted, other, key=lambda each: each.pk), other=max(accepted, other, key=lambda each: each.pk),
        probability=1, steps=STEPS, found_at=NOON,
    )  # fmt: skip
    judged(linked)
    owner = signed_in(a_user(Role.CASE_OWNER))
    page = owner.get(page_of("detail", accepted))
    assert page.status_code == 200 and other.reference not in page.text
    assert "Possibly the same person" not in page.text


def test_the_page_takes_the_same_queries_for_many(
    pair: Pair, office: Client, django_assert_max_num_queries: Any
) -> None:
    for at in range(6):
        other = a_referral("06", forenames=f"Cornelius {at}")
        Pair.objects.create(referral=pair.referral, other=other, probability=0.5, steps=STEPS, found_at=NOON)
    officer = User.objects.get(full_name="Ottoline Brandt")
    judged(Pair.objects.latest("pk"), by=officer)
    office.get(page_of("detail", pair.referral))
    with django_assert_max_num_queries(50):
        page = office.get(page_of("detail", pair.referral)).text
    assert page.count("Compare and decide") == 6


@pytest.mark.parametrize(
    ("label", "code", "words"),
    [
        ("Date of birth", "1990-06-28", "28 June 1990"),
        ("Date of birth", "1990", "1990"),
        ("Date of birth", "", ""),
        ("Nationality", "ALB", "Albania"),
        ("Nationality", "not a code", "not a code"),
        ("Sex", "male", "Male"),
        ("Surname", "de la Cruz", "de la Cruz"),
    ],
)
def test_what_was_compared_is_shown_as_people_write_it(label: str, code: str, words: str) -> None:
    line = as_written(Line(label, code, code, Mark.AGREES))
    assert (line.force, line.register) == (words, words)


def test_only_what_must_be_looked_at_is_counted_and_the_kinds_stand_apart(office: Client) -> None:
    one, other = a_referral("20"), a_referral("06", forenames="Kestutis")

    def counted() -> list[int]:
        queue_of = {row.pk: row for row in queue(Referral.objects.all())}
        return [queue_of[each.pk].pairs_to_judge for each in (one, other)]

    pair = Pair.objects.create(referral=one, other=other, probability=0.3, found_at=NOON)
    a_person(one, 0.9, "limited_leave")
    a_person(one, 0.2, "criminal_casework")
    assert counted() == [0, 0]
    page = office.get(page_of("detail", one)).text
    assert "In the register (1)" in page and "Less likely (2)" in page and "Another referral" not in page
    Pair.objects.filter(pk=pair.pk).update(probability=0.8)
    a_person(one, 0.9, "criminal_casework")
    assert counted() == [2, 1]
    page = office.get(page_of("detail", one)).text
    assert "Another referral (1)" in page and "In the register (2)" in page and "Less likely (1)" in page

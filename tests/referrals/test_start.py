"""Starting a referral, and the force's list of them."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit import refused
from nexus.audit.models import AuditEvent
from nexus.log_lines import named_by
from referrals import actions
from referrals.models import ReferenceCounter, Referral
from referrals.states import State
from tests.builders import NOON, a_complete_draft, a_draft, a_force, a_submitted, a_user, with_a_question
from tests.referrals.station import audited, signed_in, words

pytestmark = pytest.mark.django_db
START, LIST = "/referrals/start/", "/referrals/"


def test_an_officer_starts_a_draft_of_their_own_force() -> None:
    client, officer = signed_in()
    response = client.post(START, {"key": str(uuid4())})
    referral = Referral.objects.get()
    assert response.headers["Location"] == reverse("referrals:tasks", args=[referral.reference])
    assert (referral.state, referral.force, referral.created_by) == (State.DRAFT, officer.force, officer)
    assert referral.reference.startswith("NHH-") and referral.reference.endswith("000001")
    assert (referral.officer, referral.officer_contact) == (officer.full_name, officer.email)
    assert audited("referral.started", subject_id=str(referral.pk), by_id=officer.pk) == 1


def test_the_page_says_what_high_harm_is_and_who_may_be_referred() -> None:
    client, _ = signed_in()
    page = words(client.get(START))
    for sentence in (
        "where their conduct incurs significant adverse impact, whether physical, emotional or financial, "
        "upon individuals or the wider community",
        "current and ongoing threat to the public",
        "5 or more convictions within the previous 3 years including non-custodial sentences",
        "has no valid immigration leave and is subject to active police interest",
        "each referral is recognised as a commitment",
    ):
        assert sentence in page


def test_the_same_key_twice_is_one_referral() -> None:
    client, _ = signed_in()
    key = str(uuid4())
    first, second = client.post(START, {"key": key}), client.post(START, {"key": key})
    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.count() == 1


def test_each_page_has_a_key_of_its_own() -> None:
    client, _ = signed_in()
    keys = [words(client.get(START)).split('name="key" value="')[1][:36] for _ in range(2)]
    assert keys[0] != keys[1]
    assert all(UUID(key) for key in keys)


def test_a_broken_key_is_an_error_not_a_failure() -> None:
    client, _ = signed_in()
    assert client.post(START, {"key": "x\x00"}).status_code == 200
    assert client.post(START, {}).status_code == 200
    assert not Referral.objects.exists()


def test_a_force_that_is_not_engaged_cannot_refer() -> None:
    client, _ = signed_in(a_user(Role.POLICE_OFFICER, force=a_force("93")))
    response = client.post(START, {"key": str(uuid4())})
    assert "is not engaged with Nexus High Harm" in words(response)
    assert not Referral.objects.exists()


def test_an_immigration_officer_names_the_force() -> None:
    client, officer = signed_in(a_user(Role.IMMIGRATION_OFFICER))
    assert "Select the force" in words(client.post(START, {"key": str(uuid4())}))
    assert "Select the force" in words(client.post(START, {"key": str(uuid4()), "force": "93"}))
    client.post(START, {"key": str(uuid4()), "force": "20"})
    assert Referral.objects.get().force.code == "20"
    assert Referral.objects.get().created_by == officer


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in (Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.IMMIGRATION_OFFICER)],
)
def test_others_may_not(role: Role) -> None:
    client, _ = signed_in(a_user(role))
    assert client.get(START).status_code == 403
    assert client.post(START, {"key": str(uuid4())}).status_code == 403
    assert client.get(LIST).status_code == 403


def test_the_list_shows_the_force_its_own_newest_first_and_is_recorded() -> None:
    client, officer = signed_in()
    old = a_complete_draft(by=officer, surname="Ondráček")
    new = a_submitted(by=a_user(Role.FORCE_LEAD), surname="Mbeki", now=NOON + timedelta(days=1))
    foreign = a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")), surname="Foreignname")
    page = words(client.get(LIST))
    assert page.index(new.reference) < page.index(old.reference)
    assert foreign.reference not in page and "FOREIGNNAME" not in page
    assert "(2)" in page
    assert AuditEvent.objects.get(kind="referral.listed").subjects == [new.pk, old.pk]


def test_an_immigration_officer_lists_what_they_raised() -> None:
    client, officer = signed_in(a_user(Role.IMMIGRATION_OFFICER))
    mine, other = a_draft(by=officer), a_draft(by=a_user(Role.IMMIGRATION_OFFICER))
    page = words(client.get(LIST))
    assert mine.reference in page and other.reference not in page


def test_what_is_asked_of_the_force_waits_on_its_first_page_and_is_counted_nowhere_else() -> None:
    client, officer = signed_in()
    asked = with_a_question(by=officer, due_on=date(2026, 11, 18))
    with_a_question(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        page, first = words(client.get(LIST)), words(client.get(reverse("waiting")))
    assert "Questions to answer" not in page
    assert f"{asked.reference}" in first and "Overdue since 18 November" in first and "(1)" in first


def test_the_list_is_filtered_by_state() -> None:
    client, officer = signed_in()
    draft, sent = a_draft(by=officer), a_submitted(by=officer)
    page = words(client.get(LIST, {"state": "submitted"}))
    assert sent.reference in page and draft.reference not in page
    assert words(client.get(LIST, {"state": "nonsense"})).count(draft.reference)


@pytest.mark.parametrize("typed", ["ondracek", "Ondráček", "ONDRÁČEK, jan", "{reference}"])
def test_the_list_is_searched_and_the_address_holds_no_name(typed: str) -> None:
    client, officer = signed_in()
    wanted = a_complete_draft(by=officer, surname="Ondráček", forenames="Jan")
    other = a_complete_draft(by=officer, surname="Mbeki")
    response = client.post(LIST, {"words": typed.format(reference=wanted.reference)})
    assert "ndr" not in response.headers["Location"]
    page = words(client.get(response.headers["Location"]))
    assert wanted.reference in page and other.reference not in page


def test_the_list_costs_the_same_for_one_and_for_many() -> None:
    client, officer = signed_in()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    a_draft(by=officer)
    cost()
    few = cost()
    for minute in range(30):
        actions.start(by=officer, now=NOON + timedelta(minutes=minute), idempotency_key=uuid4())
    assert cost() <= few + 1  # the second page is looked for
    second = client.get(LIST, {"after": Referral.objects.order_by("-created_at", "-pk")[24].pk})
    assert "Showing 26 to 31 of 31" in words(second)


@pytest.mark.parametrize("after", ["x", "9999999999999999999999", "-1", "1\x00"])
def test_a_broken_place_in_the_list_is_its_first_page(after: str) -> None:
    client, officer = signed_in()
    a_draft(by=officer)
    assert "Showing 1 to 1 of 1" in words(client.get(LIST, {"after": after}))


@pytest.mark.parametrize("number", [999_999, 1_000_000, 12_345_678])
def test_a_year_may_have_more_than_a_million_references(number: int) -> None:
    ReferenceCounter.objects.update_or_create(year=NOON.year, defaults={"last": number - 1})
    referral = a_draft()
    assert referral.reference == f"NHH-{NOON.year}-{number}"
    client, _ = signed_in(referral.created_by)
    assert client.get(f"/referrals/{referral.reference}/", follow=True).status_code == 200
    assert named_by([referral.reference]) == {"id": referral.reference}
    assert refused.AN_ID.fullmatch(referral.reference)

"""Many at once: a preview of what will and will not change and why, then each on its own; and handing over."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals import actions, queue
from referrals.desk.actions import hand_over_many, release_many
from referrals.desk.actions.many import Chosen
from referrals.models import Referral
from referrals.states import State
from tests.builders import a_proposal, a_user, an_acceptance, in_triage, with_a_question
from tests.referrals.croydon import as_role, fresh, kinds, sent, signed_in

pytestmark = pytest.mark.django_db
MANY = "/referrals/queue/many/"


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")


@pytest.fixture
def other() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo")


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def ticks(*referrals: Referral) -> list[str]:
    return [f"{each.pk}:{queue.stamp(fresh(each))}" for each in referrals]


def chosen(*referrals: Referral) -> list[Chosen]:
    return [Chosen(each.pk, queue.stamp(fresh(each))) for each in referrals]


def confirm(client: Client, rows: list[str], verb: str = "release", **more: Any) -> str:
    return client.post(MANY, {"verb": verb, "chosen": rows, "confirm": "1", **more}, follow=True).text


def section(page: str, heading: str) -> str:
    """What stands under a heading."""
    return (
        page.partition(f'<h2 class="govuk-heading-m">{heading}')[2].partition("<h2")[0].partition("<form")[0]
    )


class TestPreview:
    def test_it_says_what_will_change_and_what_not_and_why(
        self, desk: Client, officer: User, other: User
    ) -> None:
        mine, theirs, waiting = in_triage(officer=officer), in_triage(officer=other), sent()
        page = desk.post(MANY, {"verb": "release", "chosen": ticks(mine, theirs, waiting)}).text
        assert '<h1 class="govuk-heading-l">Release 1 referral?</h1>' in page
        assert mine.reference in section(page, "These will change (1)")
        stays = section(page, "These stay as they are (2)")
        assert f"{theirs.reference}</a>" in stays and "Piers Okonjo holds this referral." in stays
        assert "so it cannot be released." in stays and waiting.reference in stays
        assert fresh(mine).state == State.IN_TRIAGE

    def test_none_selected_is_an_error_on_the_queue(self, desk: Client) -> None:
        referral = sent()
        for rows in ([], ["x:y"], ["999999:abc"], ["²:abc"]):
            response = desk.post(f"{MANY}?state=submitted", {"verb": "release", "chosen": rows})
            assert response.status_code == 400
            assert "<title>Error: Triage queue (1)" in response.text
            assert '<a href="#rows">Select at least one referral</a>' in response.text
            assert referral.reference in response.text

    def test_read_again_it_leads_back_with_the_filters(self, desk: Client) -> None:
        assert desk.get(f"{MANY}?state=submitted").url == "/referrals/queue/?state=submitted"

    def test_nobody_decides_many_at_once(self, desk: Client, officer: User) -> None:
        rows = ticks(in_triage(officer=officer))
        for verb in ("accept", "not_accept", "redirect", "claim"):
            assert desk.post(MANY, {"verb": verb, "chosen": rows}).status_code == 404

    def test_those_shown_are_recorded(self, desk: Client, officer: User) -> None:
        mine = in_triage(officer=officer)
        desk.post(MANY, {"verb": "release", "chosen": ticks(mine)})
        assert AuditEvent.objects.get(kind="referral.listed").subjects == [mine.pk]


class TestRelease:
    def test_each_is_released_and_written_down(self, desk: Client, officer: User) -> None:
        mine = [in_triage(officer=officer) for _ in range(3)]
        page = confirm(desk, ticks(*mine))
        assert "3 referrals released" in page
        for each in mine:
            assert fresh(each).state == State.SUBMITTED
            assert kinds(each)[-1] == "referral.released"

    def test_what_changed_since_it_was_shown_is_skipped_and_listed(
        self, desk: Client, officer: User, other: User
    ) -> None:
        mine, given = in_triage(officer=officer), in_triage(officer=officer)
        rows = ticks(mine, given)
        actions.hand_over(referral_id=given.pk, by=officer, now=timezone.now(), to=other)
        page = confirm(desk, rows)
        assert mine.reference in section(page, "Released (1)")
        left = section(page, "Left as they were (1)")
        assert given.reference in left
        assert "It has changed since you saw it: now “In triage”, held by Piers Okonjo." in left
        assert fresh(given).claimed_by == other

    def test_even_when_it_looks_the_same_again(self, desk: Client, officer: User) -> None:
        mine = in_triage(officer=officer)
        rows, one = ticks(mine), {"referral_id": mine.pk, "by": officer}
        actions.release(**one, now=timezone.now())
        actions.claim(**one, now=timezone.now() + timedelta(seconds=1))
        assert "Left as they were (1)" in confirm(desk, rows)
        assert fresh(mine).claimed_by == officer

    def test_how_many_proposed_decisions_become_void_is_said_first(
        self, desk: Client, officer: User, second_reading: None
    ) -> None:
        mine, proposed = in_triage(officer=officer), in_triage(officer=officer)
        a_proposal(referral=proposed)
        page = desk.post(MANY, {"verb": "release", "chosen": ticks(mine, proposed)}).text
        assert "1 proposed decision becomes void" in page
        assert "become void" not in desk.post(MANY, {"verb": "release", "chosen": ticks(mine)}).text

    def test_a_manager_says_why(self, officer: User) -> None:
        held, manager = in_triage(officer=officer), as_role(Role.MANAGER)
        response = manager.post(MANY, {"verb": "release", "chosen": ticks(held), "confirm": "1"})
        assert response.status_code == 400 and "Enter why" in response.text
        assert "1 referral released" in confirm(manager, ticks(held), reason="On leave until January.")
        assert AuditEvent.objects.get(kind="referral.released").reason == "On leave until January."

    def test_pressed_twice_it_is_done_once(self, desk: Client, officer: User) -> None:
        mine = in_triage(officer=officer)
        rows = ticks(mine)
        assert "1 referral released" in confirm(desk, rows)
        assert "0 referrals released" in confirm(desk, rows)
        assert kinds(mine).count("referral.released") == 1

    def test_what_is_not_seen_is_not_there(self, officer: User) -> None:
        unsent = in_triage(officer=officer)
        police = unsent.created_by
        assert release_many(chosen=[Chosen(10**9, "x")], by=officer, now=timezone.now()) == []
        assert signed_in(police).post(MANY, {"verb": "release", "chosen": ticks(unsent)}).status_code == 403


def test_the_result_is_a_page_of_its_own(desk: Client, officer: User) -> None:
    rows, done = ticks(in_triage(officer=officer)), f"{MANY}done/?force=20"
    assert desk.get(done).url == "/referrals/queue/?force=20"
    response = desk.post(f"{MANY}?force=20", {"verb": "release", "chosen": rows, "confirm": "1"})
    assert response.url == done
    for _ in range(2):
        page = desk.get(done).text
        assert "1 referral released" in page and 'href="/referrals/queue/?force=20">Back to the queue' in page


class TestHandOver:
    def test_an_officer_gives_on_what_they_hold(self, desk: Client, officer: User, other: User) -> None:
        mine, theirs = in_triage(officer=officer), in_triage(officer=other)
        assert "Piers Okonjo holds" in desk.post(MANY, {"verb": "hand_over", "chosen": ticks(theirs)}).text
        page = confirm(desk, ticks(mine), "hand_over", to=other.pk)
        assert "1 referral handed over" in page and "held by <bdi>Piers Okonjo</bdi>" in page
        assert (fresh(mine).state, fresh(mine).claimed_by) == (State.IN_TRIAGE, other)
        entry = AuditEvent.objects.get(kind="referral.handed_over")
        assert entry.detail == {"held_by": officer.pk, "to": other.pk}
        assert "Handed over" in desk.get(f"/referrals/{mine.reference}/timeline/").text

    def test_from_the_page_of_the_referral(self, desk: Client, officer: User) -> None:
        mine, theirs = in_triage(officer=officer), in_triage()
        page = desk.get(f"/referrals/{mine.reference}/").text
        (tick,) = re.findall(r'name="chosen" value="([^"]+)"', page)
        assert tick == ticks(mine)[0]
        assert "Hand over 1 referral?" in desk.post(MANY, {"verb": "hand_over", "chosen": tick}).text
        assert 'name="chosen"' not in desk.get(f"/referrals/{theirs.reference}/").text

    def test_a_manager_gives_out_what_waits(self, officer: User, other: User) -> None:
        manager, waiting, held = a_user(Role.MANAGER), sent(), in_triage(officer=officer)
        asked = {"by": manager, "now": timezone.now(), "to": other}
        with pytest.raises(Refused, match="Enter why"):
            actions.hand_over(referral_id=waiting.pk, **asked)
        done = hand_over_many(chosen=chosen(waiting, held), **asked, reason="Sickness cover.")
        assert [each.why_not for each in done] == [[], []]
        assert {fresh(each).claimed_by for each in (waiting, held)} == {other}

    def test_with_questions_open_but_not_once_decided(self, officer: User, other: User) -> None:
        asked, decided = with_a_question(officer=officer), an_acceptance(officer=officer).referral
        actions.hand_over(referral_id=asked.pk, by=officer, now=timezone.now(), to=other)
        with pytest.raises(Refused, match="so it cannot be handed over"):
            actions.hand_over(referral_id=decided.pk, by=officer, now=timezone.now(), to=other)

    def test_not_to_just_anybody(self, officer: User) -> None:
        mine = in_triage(officer=officer)
        gone = a_user(Role.REFERRALS_OFFICER, is_active=False, full_name="Gone Away")
        for to, why in (
            (officer, "already holds"),
            (a_user(Role.MANAGER), "is not a current referrals officer"),
            (gone, "Gone Away is not a current referrals officer"),
        ):
            with pytest.raises(Refused, match=why):
                actions.hand_over(referral_id=mine.pk, by=officer, now=timezone.now(), to=to)

    def test_the_officer_is_chosen(self, desk: Client, officer: User) -> None:
        rows = ticks(in_triage(officer=officer))
        assert "Select an officer" in confirm(desk, rows, "hand_over", to="")
        assert "Select an officer" in confirm(desk, rows, "hand_over", to="77777")


def test_who_may() -> None:
    for role in set(Role) - {Role.REFERRALS_OFFICER, Role.MANAGER}:
        assert as_role(role).post(MANY, {"verb": "hand_over"}).status_code == 403


def test_handing_over_by_the_api(desk: Client, officer: User, other: User) -> None:
    mine = in_triage(officer=officer)
    address = reverse("api:referral_hand_over", args=[mine.reference])
    answer = desk.post(address, {"to": str(other.pk)}, content_type="application/json")
    assert answer.status_code == 200 and fresh(mine).claimed_by == other
    again = desk.post(address, {"to": str(officer.pk)}, content_type="application/json")
    assert again.status_code == 409 and "Piers Okonjo holds this referral." in again.json()["reasons"][0]

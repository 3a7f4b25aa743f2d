"""One referral leads, the other follows, and back: what may, who may, what changes and what never does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.desk.actions import end_idle_claims, tell_of_clocks
from referrals.duplicates import actions
from referrals.duplicates.models import Judgement, Merge, Pair
from referrals.models import Referral
from referrals.queue import filtered, line, queue
from tests.builders import ACCEPTANCE, NOON, a_user
from tests.referrals.croydon import fresh, kinds, page_of, sent, signed_in
from tests.referrals.duplicates.pairs import a_referral, judged

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")


@pytest.fixture
def said(officer: User) -> Judgement:
    """Two forces' referrals, linked as the same person."""
    one, other = a_referral("20"), a_referral("06", surname="Zqforeigncanary")
    return judged(Pair.objects.create(referral=one, other=other, probability=0.97, found_at=NOON), by=officer)


def merged(said: Judgement, *, by: User | None = None, leading: Referral | None = None, **more: Any) -> Merge:
    leads = str(leading or said.pair.referral)
    values = {"now": NOON, "leading": leads, "reason": "The same passport was shown.", **more}
    return actions.merge(judgement_id=said.pk, by=by or said.by, **values)


def held(referral: Referral, by: User, *, read: bool = True) -> Referral:
    found = referral_actions.claim(referral_id=referral.pk, by=by, now=NOON)
    if read:
        record(kind="referral.viewed", by=by, subject=found, now=NOON)
    return found


def rows() -> list[dict[str, Any]]:
    return list(Referral.objects.order_by("pk").values())


def waiting(by: User, **wanted: Any) -> list[Referral]:
    everything = queue(Referral.objects.visible_to(by))
    return list(filtered(everything, wanted, by=by, now=NOON).order_by("pk"))


class TestMerging:
    def test_one_follows_and_nothing_else_changes(self, said: Judgement, officer: User) -> None:
        before = rows()
        made = merged(said)
        after = rows()
        assert after[1].pop("follows_id") == made.leading_id and before[1].pop("follows_id") is None
        assert after == before
        for referral in (made.leading, made.follower):
            assert kinds(referral)[-1] == "duplicates.merged"
        detail = AuditEvent.objects.filter(kind="duplicates.merged").values_list("detail", flat=True)
        assert "passport" not in str(list(detail))

    def test_undone_it_is_exactly_as_before(self, said: Judgement, officer: User) -> None:
        held(said.pair.other, officer)
        before = rows()
        made = merged(said)
        actions.undo_merge(merge_id=made.pk, by=officer, now=LATER, reason="Two brothers.")
        assert rows() == before
        with pytest.raises(Refused, match="Ottoline Brandt has already undone this merge: Two brothers"):
            actions.undo_merge(merge_id=made.pk, by=officer, now=LATER, reason="Again, after a new call.")
        assert merged(said, leading=said.pair.other).follower == said.pair.referral  # and the other way round

    def test_the_link_stays_while_it_is_merged(self, said: Judgement, officer: User) -> None:
        merged(said)
        with pytest.raises(Refused, match="Undo that merge first."):
            actions.take_back(judgement_id=said.pk, by=officer, now=LATER, reason="No, the papers differ.")

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.REFERRALS_OFFICER}))
    def test_nobody_else_may(self, said: Judgement, role: Role) -> None:
        made, manager = merged(said), role == Role.MANAGER
        with pytest.raises(PermissionDenied if manager else Judgement.DoesNotExist):
            merged(said, by=a_user(role))
        with pytest.raises(PermissionDenied if manager else Merge.DoesNotExist):
            actions.undo_merge(merge_id=made.pk, by=a_user(role), now=LATER, reason="No, the papers differ.")

    def test_the_database_keeps_it(self, said: Judgement) -> None:
        made = merged(said)
        for broken in (
            lambda: Merge.objects.update(reason="Something else"),
            lambda: Referral.objects.filter(pk=made.leading_id).update(follows=made.leading_id),
            lambda: Merge.objects.create(
                judgement=said,
                leading=made.leading,
                follower=made.follower,
                reason="The force has no such day",
                by=said.by,
                at=NOON,
            ),
        ):
            with pytest.raises(Error), transaction.atomic():
                broken()


def leading_refused(said: Judgement, officer: User) -> None:
    held(said.pair.referral, officer)
    one = {"referral_id": said.pair.referral.pk, "by": officer, "now": NOON}
    referral_actions.redirect(
        **one, destination="criminal_casework", reasons="The team at Leeds has the case."
    )


def follower_withdrawn(said: Judgement, officer: User) -> None:
    other = said.pair.other
    assert other
    referral_actions.withdraw(
        referral_id=other.pk, by=other.created_by, now=NOON, reason="An error of the register."
    )


def held_by_another(said: Judgement, officer: User) -> None:
    held(said.pair.other, a_user(Role.REFERRALS_OFFICER, full_name="Ivo Marlow"))


def not_linked(said: Judgement, officer: User) -> None:
    actions.take_back(
        judgement_id=said.pk, by=officer, now=NOON, reason="Their birthplaces differ after all."
    )


def merged_already(said: Judgement, officer: User) -> None:
    merged(said)


def leads_others(said: Judgement, officer: User) -> None:
    third = a_referral("20", forenames="Cornel")
    pair = Pair.objects.create(referral=said.pair.other, other=third, probability=0.9, found_at=NOON)
    merged(judged(pair, by=officer))


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (leading_refused, "is now “Redirected”, so nothing can follow it."),
        (follower_withdrawn, "is now “Withdrawn”, so it cannot follow another."),
        (held_by_another, "Ivo Marlow holds NHH-2026-00000.. Ask them to merge, or to hand it over to you."),
        (not_linked, "Ottoline Brandt has taken back that this is the same person."),
        (merged_already, "already follows NHH-2026-00000.. Undo that merge first."),
        (leads_others, "leads others. Undo those merges first, or let it lead."),
    ],
)
def test_what_cannot_be_merged(
    said: Judgement, officer: User, before: Callable[[Judgement, User], None], sentence: str
) -> None:
    before(said, officer)
    with pytest.raises(Refused, match=sentence):
        merged(said)


def test_a_reason_and_one_of_the_two_are_needed(said: Judgement) -> None:
    with pytest.raises(Refused, match="Enter why you merge them."):
        merged(said, reason=" ")
    with pytest.raises(Refused, match="Select which of the two referrals leads."):
        merged(said, leading=a_referral("20"))


class TestTheFollower:
    def test_it_is_not_triaged_on_its_own(self, said: Judgement, officer: User) -> None:
        other = said.pair.other
        assert other
        held(other, officer)
        made = merged(said)
        one: dict[str, Any] = {"referral_id": made.follower_id, "by": officer, "now": NOON}
        sentence = "is of the same person, so it is not triaged on its own."
        for refused in (
            lambda: referral_actions.release(**one),
            lambda: referral_actions.hand_over(**one, to=a_user(Role.REFERRALS_OFFICER)),
            lambda: referral_actions.accept(**one, **ACCEPTANCE),
            lambda: referral_actions.not_accept(
                **one, balance="Little weighs against it.", reasons="Little weighs against it."
            ),
            lambda: referral_actions.request_information(**one, questions=[]),
        ):
            with pytest.raises(Refused, match=sentence):
                refused()
        assert end_idle_claims(now=NOON + timedelta(days=60)) == 0
        actions.undo_merge(merge_id=made.pk, by=officer, now=NOON, reason="Two brothers.")
        referral_actions.release(**one)

    def test_it_is_nobodys_next_and_no_clock_calls(self, said: Judgement, officer: User) -> None:
        made = merged(said)
        assert waiting(officer) == [made.leading]
        assert waiting(officer, same_person="leads") == [made.leading]
        assert waiting(officer, same_person="follows") == [made.follower]
        assert referral_actions.take_next(by=officer, now=NOON) == made.leading
        with pytest.raises(Refused, match="There is nothing to take"):
            referral_actions.take_next(by=officer, now=NOON)
        with pytest.raises(Refused, match="not triaged on its own"):
            referral_actions.claim(referral_id=made.follower_id, by=officer, now=NOON)
        assert tell_of_clocks(now=NOON + timedelta(days=30)) == 1  # of the leading one

    def test_its_force_answers_and_withdraws_as_ever(self, said: Judgement, officer: User) -> None:
        made = merged(said)
        follower = made.follower
        referral_actions.withdraw(
            referral_id=follower.pk, by=follower.created_by, now=LATER, reason="An error of the register."
        )
        made.refresh_from_db()
        assert (made.undone_by, made.undone_reason) == (None, f"The force withdrew {follower}.")
        assert fresh(follower).follows is None
        with pytest.raises(Refused, match="The service has already undone this merge"):
            actions.undo_merge(merge_id=made.pk, by=officer, now=LATER, reason="No, the papers differ.")

    def test_it_goes_on_without_a_leading_one_that_was_withdrawn(self, said: Judgement) -> None:
        made = merged(said)
        leading = made.leading
        referral_actions.withdraw(
            referral_id=leading.pk, by=leading.created_by, now=LATER, reason="An error in the entry."
        )
        assert fresh(made.follower).follows is None and not Merge.objects.standing().exists()


class TestDeciding:
    def test_an_acceptance_rests_on_both_and_tells_both_forces(self, said: Judgement, officer: User) -> None:
        held(said.pair.referral, officer)
        made = merged(said)
        one: dict[str, Any] = {"referral_id": made.leading_id, "by": officer, "now": LATER}
        with pytest.raises(Refused, match=f"Open and read {made.follower}, which follows this referral"):
            referral_actions.accept(**one, **ACCEPTANCE)
        record(kind="referral.viewed", by=officer, subject=made.follower, now=NOON)
        referral_actions.accept(**one, **ACCEPTANCE)
        told = Notification.objects.filter(kind="referral_decided").values_list("person", "reference")
        assert set(told) == {
            (made.leading.created_by_id, str(made.leading)),
            (made.follower.created_by_id, str(made.follower)),
        }
        own = signed_in(made.follower.created_by).get(page_of("detail", made.follower)).text
        assert "accepted as Nexus High Harm. What you sent goes with it." in own
        assert str(made.leading) not in own
        undone = actions.undo_merge(merge_id=made.pk, by=officer, now=LATER, reason="Two brothers.")
        assert referral_actions.take_next(by=officer, now=LATER) == undone.follower

    def test_a_refusal_is_each_forces_own(self, said: Judgement, officer: User) -> None:
        held(said.pair.referral, officer)
        made = merged(said)
        with pytest.raises(Refused, match=f"{made.follower} follows this referral. Undo the merge first"):
            referral_actions.not_accept(
                referral_id=made.leading_id,
                by=officer,
                now=LATER,
                balance="Little weighs against it.",
                reasons="Little weighs against it.",
            )

    def test_into_an_accepted_one_its_force_is_told_at_once(self, said: Judgement, officer: User) -> None:
        leading = held(said.pair.referral, officer)
        referral_actions.accept(referral_id=leading.pk, by=officer, now=NOON, **ACCEPTANCE)
        follower = merged(said).follower
        told = Notification.objects.filter(kind="referral_decided", person=follower.created_by)
        assert [each.reference for each in told] == [str(follower)]
        liverpool = signed_in(a_user(Role.CASE_OWNER))
        assert liverpool.get(page_of("detail", follower)).status_code == 200
        assert f"{follower} follows this referral" in liverpool.get(page_of("detail", leading)).text


class TestPages:
    @pytest.fixture
    def office(self, officer: User) -> Client:
        return signed_in(officer)

    def test_merge_look_at_both_and_undo(self, said: Judgement, office: Client) -> None:
        one, other = said.pair.referral, said.pair.other
        address = reverse("duplicates:merge", args=[said.pk])
        assert address in office.get(page_of("detail", one)).text
        assert address in office.get(reverse("duplicates:pair", args=[said.pair_id])).text
        page = office.get(address).text
        assert "checked" not in page and "Greater Manchester Police: submitted" in page
        assert (
            "Select which referral leads"
            in office.post(address, {"reason": "The same person, by the passport."}).text
        )
        answer = office.post(
            address, {"leading": str(one), "reason": "The same passport was shown."}, follow=True
        )
        assert (
            f"{other} now follows {one}" in answer.text and f"{other} follows this referral." in answer.text
        )
        assert f"This referral follows {one}: continue there." in office.get(page_of("detail", other)).text
        assert "You cannot do this now" in office.get(address).text
        assert (
            office.post(address, {"leading": str(one), "reason": "Again, after a new call."}).status_code
            == 409
        )
        undo = reverse("duplicates:undo_merge", args=[Merge.objects.get().pk])
        assert "comes back as it was: “Submitted”" in office.get(undo).text
        answer = office.post(undo, {"reason": "Two brothers."}, follow=True)
        assert f"{other} is triaged on its own again" in answer.text
        assert office.post(undo, {"reason": "Again, after a new call."}).status_code == 409

    def test_no_force_learns_of_the_other(self, said: Judgement) -> None:
        made = merged(said, reason="Zqreasoncanary is why the team waits")
        for mine, canary in ((made.follower, str(made.leading)), (made.leading, str(made.follower))):
            client = signed_in(mine.created_by)
            own = client.get(page_of("detail", mine)).text
            own += client.get(reverse("referrals:list")).text
            own += client.get(f"/api/v1/referrals/{mine}/").text
            assert str(mine) in own
            for secret in (canary, "Zqreasoncanary", "follows", "erged"):
                assert secret not in own
            for address in (
                reverse("duplicates:merge", args=[said.pk]),
                reverse("duplicates:undo_merge", args=[made.pk]),
            ):
                assert client.get(address).status_code == client.post(address).status_code == 404

    def test_the_queue_says_so(self, said: Judgement, office: Client, officer: User) -> None:
        made = merged(said)
        third = a_referral("20", forenames="Cornel")
        Pair.objects.create(referral=made.leading, other=third, probability=0.9, found_at=NOON)
        page = office.get("/referrals/queue/").text
        assert (
            page.count("Same person?</strong>") == 2 and "Leads 1" in page and str(made.follower) not in page
        )
        assert waiting(officer, same_person="to_judge") == [made.leading, third]
        found = {each: line(each, by=officer, now=NOON).same_person for each in waiting(officer)}
        assert found == {made.leading: "1 to judge; leads 1", third: "1 to judge"}
        assert f"Follows {made.leading}" in office.get("/referrals/queue/?same_person=follows").text

    def test_the_queue_takes_the_same_queries_for_two_and_for_twelve(
        self, said: Judgement, office: Client
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                page = office.get("/referrals/queue/?view=all")
            assert page.status_code == 200
            return len(asked)

        office.get("/referrals/queue/?view=all")
        two = queries()
        for at in range(5):
            one, other = sent(), sent()
            pair = Pair.objects.create(referral=one, other=other, probability=0.5 + at / 20, found_at=NOON)
            if at:
                merged(judged(pair, by=said.by), leading=one)
        assert queries() == two

"""Two at the same moment: one outcome. Real threads, real connections, really committed.

The row lock makes the second wait and then read what the first has done, so it is refused in words.
The sabotage tests take the lock away and show what is left: the second is still stopped, by the state
it started from or by the database's own constraints, but in no words a person could act on.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, models
from django.utils import timezone
from django_fsm import ConcurrentTransition, ConcurrentTransitionMixin

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.refusals import Refused
from referrals import actions
from referrals.actions import decide, triage
from referrals.actions.asking import NewQuestion
from referrals.models import (
    Allocation,
    Question,
    Referral,
    ReferralChange,
    SpecialConditionsFlag,
    TriageDecision,
)
from referrals.states import State
from tests.builders import ACCEPTANCE, NOON, a_proposal, a_submitted, a_user, in_triage, with_a_question
from tests.referrals.croydon import read_by

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 200
PATIENCE = 20  # seconds until a thread that never comes is a failure

Deed = Callable[[], Any]


class Pair:
    """Two threads with a connection each, started together again and again."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(2)
        self.line = Barrier(2, timeout=PATIENCE)

    def race(self, *deeds: Deed) -> list[Any]:
        """What each of two deeds, begun together, gave or raised."""

        def run(deed: Deed) -> Any:
            self.line.wait()
            try:
                return deed()
            except Exception as trouble:
                return trouble

        return list(self.threads.map(run, deeds, timeout=PATIENCE))

    def close(self) -> None:
        def leave(_: int) -> None:
            self.line.wait()
            connections.close_all()

        list(self.threads.map(leave, range(2), timeout=PATIENCE))
        self.threads.shutdown()


@pytest.fixture
def pair() -> Iterator[Pair]:
    pair = Pair()
    yield pair
    pair.close()


def claiming(referral: Referral, by: User) -> Deed:
    return lambda: actions.claim(referral_id=referral.pk, by=by, now=timezone.now())


def accepting(referral: Referral, by: User) -> Deed:
    return lambda: actions.accept(referral_id=referral.pk, by=by, now=timezone.now(), **ACCEPTANCE)


def refusing(referral: Referral, by: User) -> Deed:
    return lambda: actions.not_accept(
        referral_id=referral.pk,
        by=by,
        now=timezone.now(),
        reasons="Too little in the summary.",
        balance="Long residence.",
    )


def winner_and_loser(results: list[Any]) -> tuple[Any, Any]:
    """The one that went through and the one that did not; exactly one of each."""
    went = [result for result in results if not isinstance(result, Exception)]
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(went) == len(lost) == 1, results
    return went[0], lost[0]


def test_two_claim_one_holds_it_and_the_other_is_told_who(pair: Pair) -> None:
    referral = a_submitted()
    officers = [
        a_user(Role.REFERRALS_OFFICER, full_name=name) for name in ("Ottoline Brandt", "Piers Okonjo")
    ]
    for _ in range(TRIES):
        claimed, refused = winner_and_loser(pair.race(*(claiming(referral, by) for by in officers)))
        assert isinstance(refused, Refused)
        (sentence,) = refused.reasons
        assert sentence.startswith(f"{claimed.claimed_by} already holds this referral, since ")
        held = Referral.objects.get(pk=referral.pk)
        assert (held.state, held.claimed_by) == (State.IN_TRIAGE, claimed.claimed_by)
        actions.release(referral_id=referral.pk, by=claimed.claimed_by, now=timezone.now())
    assert ReferralChange.objects.filter(referral=referral, verb="claim").count() == TRIES
    assert AuditEvent.objects.filter(kind="referral.claimed").count() == TRIES


def test_two_accept_one_decision_one_flag_one_allocation_one_case(pair: Pair) -> None:
    officer, police = a_user(Role.REFERRALS_OFFICER), a_user(Role.POLICE_OFFICER)
    for number in range(TRIES):
        referral = read_by(officer, by=police)
        # the same officer in two windows: accept twice, or accept in one and refuse in the other
        other = accepting if number % 2 else refusing
        decision, refused = winner_and_loser(
            pair.race(accepting(referral, officer), other(referral, officer))
        )
        assert isinstance(refused, Refused)
        (sentence,) = refused.reasons
        assert sentence.startswith(
            f"This referral is now “{decision.get_outcome_display()}”, so it cannot be "
        )
        accepted = int(decision.outcome == "accepted")
        assert TriageDecision.objects.filter(referral=referral).count() == 1
        for follows in (SpecialConditionsFlag, Allocation, Case):
            assert follows.objects.filter(referral=referral).count() == accepted, follows
        assert Referral.objects.get(pk=referral.pk).state == decision.outcome


def test_two_officers_accept_at_once_only_the_holder_decides(pair: Pair) -> None:
    holder, other = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER)
    for _ in range(10):
        referral = in_triage(officer=holder)
        record(kind="referral.viewed", by=other, subject=referral, now=NOON)
        decision, refused = winner_and_loser(
            pair.race(accepting(referral, holder), accepting(referral, other))
        )
        assert decision.decided_by == holder
        assert isinstance(refused, Refused)


def test_a_release_and_an_acceptance_leave_one_of_the_two(pair: Pair) -> None:
    officer, manager = a_user(Role.REFERRALS_OFFICER), a_user(Role.MANAGER)
    for _ in range(10):
        referral = in_triage(officer=officer)
        results = pair.race(
            accepting(referral, officer),
            lambda referral=referral: actions.release(
                referral_id=referral.pk, by=manager, now=timezone.now(), reason="On leave until Monday."
            ),
        )
        _, refused = winner_and_loser(results)
        assert isinstance(refused, Refused)
        state = Referral.objects.get(pk=referral.pk).state
        assert TriageDecision.objects.filter(referral=referral).count() == int(state == State.ACCEPTED)


def test_two_answer_the_last_two_questions_and_it_returns_to_triage_once(pair: Pair) -> None:
    officer, police = a_user(Role.REFERRALS_OFFICER), a_user(Role.POLICE_OFFICER)
    colleague = a_user(Role.POLICE_OFFICER)
    for _ in range(20):
        referral = with_a_question(officer=officer, by=police, more=[NewQuestion("And when?", NOON.date())])
        first, second = Question.objects.filter(request__referral=referral).order_by("number")

        def answering(question: Question, by: User, referral: Referral = referral) -> Deed:
            return lambda: actions.answer_information(
                referral_id=referral.pk, question_id=question.pk, by=by, now=timezone.now(), answer="Two."
            )

        answers = pair.race(answering(first, police), answering(second, colleague))
        assert all(isinstance(each, Question) for each in answers), answers
        assert Referral.objects.get(pk=referral.pk).state == State.IN_TRIAGE
        assert ReferralChange.objects.filter(referral=referral, verb="answer_information").count() == 1
        assert referral.information_requests.get().closed_at is not None


def test_two_answer_the_same_question_and_one_is_told(pair: Pair) -> None:
    officer, police = a_user(Role.REFERRALS_OFFICER), a_user(Role.POLICE_OFFICER)
    for _ in range(10):
        referral = with_a_question(officer=officer, by=police)
        question = Question.objects.get(request__referral=referral)

        def answering(text: str, referral: Referral = referral, question: Question = question) -> Deed:
            return lambda: actions.answer_information(
                referral_id=referral.pk, question_id=question.pk, by=police, now=timezone.now(), answer=text
            )

        answered, refused = winner_and_loser(pair.race(answering("Two."), answering("Three.")))
        assert isinstance(refused, Refused)
        assert refused.reasons == [f"{police} has already answered this question."]
        assert Question.objects.get(pk=question.pk).answer == answered.answer


def test_two_readers_agree_at_once_and_one_decision_is_made(pair: Pair, second_reading: None) -> None:
    readers = [a_user(Role.REFERRALS_OFFICER) for _ in range(2)]
    officer, police = a_user(Role.REFERRALS_OFFICER), a_user(Role.POLICE_OFFICER)
    for _ in range(20):
        proposal = a_proposal(referral=read_by(officer, by=police), now=timezone.now())
        for reader in readers:
            record(kind="referral.viewed", by=reader, subject=proposal.referral, now=timezone.now())
        decision, refused = winner_and_loser(
            pair.race(
                *(
                    lambda reader=reader, proposal=proposal: actions.agree(
                        proposal_id=proposal.pk, by=reader, now=timezone.now()
                    )
                    for reader in readers
                )
            )
        )
        assert refused.reasons == ["This proposal is now “Agreed”, so it cannot be agreed to."]
        assert TriageDecision.objects.get(referral=proposal.referral) == decision
        assert decision.decided_by == officer and decision.second_reader in readers


@contextmanager
def no_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`lock` only reads, and both have read before either goes on: what the row lock exists to prevent."""
    both_have_read = Barrier(2, timeout=PATIENCE)

    def only_read(referral_id: int, *, by: User, verb: str) -> Referral:
        referral = Referral.objects.select_related("force", "claimed_by").get(pk=referral_id)
        both_have_read.wait()
        return referral

    with monkeypatch.context() as patched:
        patched.setattr(triage, "lock", only_read)
        patched.setattr(decide, "lock", only_read)
        yield


def test_without_the_lock_the_loser_of_a_claim_is_not_told_who_holds_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = a_submitted()
    officers = [a_user(Role.REFERRALS_OFFICER) for _ in range(2)]
    with no_lock(monkeypatch):
        _, lost = winner_and_loser(pair.race(*(claiming(referral, by) for by in officers)))
    assert isinstance(lost, ConcurrentTransition)  # no Refused: the race tests above would fail


def test_without_the_lock_the_loser_of_an_acceptance_gets_no_reason(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = in_triage(officer=officer)
    with no_lock(monkeypatch):
        _, lost = winner_and_loser(pair.race(*(accepting(referral, officer) for _ in range(2))))
    assert isinstance(lost, ConcurrentTransition)


def without_the_state_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save as Django saves, not only where the row is still in the state that was read."""
    monkeypatch.setattr(ConcurrentTransitionMixin, "_do_update", models.Model._do_update)


def test_without_lock_and_state_check_the_database_still_allows_one_decision(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = in_triage(officer=officer)
    without_the_state_check(monkeypatch)
    with no_lock(monkeypatch):
        _, lost = winner_and_loser(pair.race(*(accepting(referral, officer) for _ in range(2))))
    assert isinstance(lost, IntegrityError)
    assert "one_standing_decision" in str(lost)
    for once in (TriageDecision, SpecialConditionsFlag, Allocation, Case):
        assert once.objects.filter(referral=referral).count() == 1, once


def test_without_lock_and_state_check_two_claims_both_go_through(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else stands in the way of a second claim: the later silently takes it from the earlier."""
    referral = a_submitted()
    officers = [a_user(Role.REFERRALS_OFFICER) for _ in range(2)]
    without_the_state_check(monkeypatch)
    with no_lock(monkeypatch):
        results = pair.race(*(claiming(referral, by) for by in officers))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert ReferralChange.objects.filter(referral=referral, verb="claim").count() == 2

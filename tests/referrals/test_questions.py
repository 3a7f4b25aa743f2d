"""Several questions in one request: answered one by one, withdrawn, taken back, all on the force's one page."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.drafts import middleware
from nexus.drafts.models import Draft
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions
from referrals.actions.asking import MOST, NewQuestion
from referrals.models import Question, Referral, ReferralChange
from referrals.queue import queue, waiting_for
from referrals.states import State
from tests.builders import NOON, a_force, a_user, in_triage, with_a_question
from tests.referrals.croydon import as_role, fresh, kinds, page_of, signed_in
from tests.referrals.station import path

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 23)
LATER = NOON + timedelta(hours=2)
MOST_QUERIES = 20  # of the force's page, however many questions there are, with what waits in other parts


def asked(*due: date, **kwargs: Any) -> tuple[Referral, list[Question]]:
    """A referral with one question a day given; all of whom raised it."""
    more = [NewQuestion(f"Question {number}?", day) for number, day in enumerate(due[1:], start=2)]
    referral = with_a_question(due_on=due[0], more=more, **kwargs)
    return referral, list(Question.objects.filter(request__referral=referral).order_by("number"))


def answer(question: Question, by: User | None = None, text: str = "Two of them.") -> Question:
    referral = question.request.referral
    return actions.answer_information(
        referral_id=referral.pk,
        question_id=question.pk,
        by=by or referral.created_by,
        now=LATER,
        answer=text,
    )


def test_it_goes_back_to_triage_with_the_last_answer_only() -> None:
    referral, (first, second, third) = asked(DUE, DUE, DUE)
    colleague = a_user(Role.POLICE_OFFICER)
    answer(second)
    answer(first, by=colleague)
    assert fresh(referral).state == State.INFORMATION_REQUESTED
    assert referral.information_requests.get().closed_at is None
    assert not Notification.objects.filter(kind="information_answered").exists()
    answer(third)
    assert fresh(referral).state == State.IN_TRIAGE
    assert referral.information_requests.get().closed_at == LATER
    assert Notification.objects.get(kind="information_answered").person == referral.claimed_by
    assert ReferralChange.objects.filter(referral=referral, verb="answer_information").count() == 1
    assert kinds(referral)[-3:] == ["referral.answered"] * 3


def test_which_question_must_be_said_while_several_are_open() -> None:
    referral, (first, second) = asked(DUE, DUE)
    said: dict[str, Any] = {"referral_id": referral.pk, "by": referral.created_by, "now": LATER}
    with pytest.raises(Refused, match="2 questions are open"):
        actions.answer_information(**said, answer="Two.")
    answer(first)
    actions.answer_information(**said, answer="Three.")
    second.refresh_from_db()
    assert second.answer == "Three."


def test_an_answered_question_is_not_answered_again_nor_withdrawn() -> None:
    referral, (first, _) = asked(DUE, DUE)
    answer(first)
    with pytest.raises(Refused, match="has already answered this question"):
        answer(first)
    said: dict[str, Any] = {"referral_id": referral.pk, "by": referral.claimed_by, "now": LATER}
    with pytest.raises(Refused, match="has already answered this question"):
        actions.withdraw_question(**said, question_id=first.pk, reason="Known from another file.")
    other, (foreign,) = asked(DUE)
    with pytest.raises(Refused, match="no such question"):
        actions.withdraw_question(**said, question_id=foreign.pk, reason="Known from another file.")
    assert fresh(other).state == State.INFORMATION_REQUESTED


def test_a_question_is_withdrawn_with_a_reason_and_its_owner_told() -> None:
    referral, (first, second) = asked(DUE, DUE)
    client = signed_in(referral.claimed_by)
    address = reverse("referrals:withdraw_question", args=[referral.reference, first.pk])
    assert "Which of the incidents were witnessed?" in client.get(address).text
    assert "Enter why the question is withdrawn" in client.post(address, {"reason": " "}).text
    page = client.post(address, {"reason": "The court told us."}, follow=True).text
    assert "The question has been withdrawn" in page and "The court told us." in page
    assert fresh(referral).state == State.INFORMATION_REQUESTED
    assert Notification.objects.get(kind="question_withdrawn").person == first.owner
    follows = signed_in(referral.created_by).get(path("detail", referral)).text
    assert "The court told us." in follows and referral.claimed_by.full_name not in follows
    answer(second)
    assert fresh(referral).state == State.IN_TRIAGE


def test_with_the_last_question_withdrawn_it_is_back_in_triage() -> None:
    referral, (first, second) = asked(DUE, DUE)
    answer(first)
    said: dict[str, Any] = {"referral_id": referral.pk, "by": referral.claimed_by, "now": LATER}
    actions.withdraw_question(**said, question_id=second.pk, reason="Known from another file.")
    assert fresh(referral).state == State.IN_TRIAGE
    assert referral.information_requests.get().closed_at == LATER
    assert referral.changes.latest("pk").verb == "take_back"


def test_it_is_taken_back_unanswered_and_the_clock_goes_on() -> None:
    referral, (first, second) = asked(DUE, DUE)
    answer(first)
    client = signed_in(referral.claimed_by)
    assert "Question 2?" in client.get(page_of("take_back", referral)).text
    assert (
        "Enter why you are continuing without the answers"
        in client.post(page_of("take_back", referral), {}).text
    )
    page = client.post(page_of("take_back", referral), {"reason": "Enough is known."}, follow=True).text
    assert "is back in triage" in page and "stopped waiting" in page
    assert (fresh(referral).state, referral.information_requests.get().closed_at is not None) == (
        State.IN_TRIAGE,
        True,
    )
    assert client.get(page_of("take_back", referral)).text.count("so it cannot be taken back") == 1
    with pytest.raises(Refused, match="no longer needs this answer"):
        answer(second)
    assert kinds(referral).count("referral.taken_back") == 1


def test_only_who_holds_it_withdraws_or_takes_back() -> None:
    referral, (first, _) = asked(DUE, DUE)
    other = as_role(Role.REFERRALS_OFFICER)
    address = reverse("referrals:withdraw_question", args=[referral.reference, first.pk])
    assert other.post(page_of("take_back", referral), {"reason": "Enough is known now."}).status_code == 409
    assert other.post(address, {"reason": "Enough is known now."}).status_code == 409
    assert as_role(Role.MANAGER).post(address, {"reason": "Enough is known now."}).status_code == 403
    assert fresh(referral).state == State.INFORMATION_REQUESTED


# Asking


def fields(number: int, day: date, **said: str) -> dict[str, str]:
    prefix = f"{number}-" if number > 1 else ""
    told = {"question": f"Which {number}?", "due_on-day": str(day.day), "due_on-month": str(day.month)}
    told |= {"due_on-year": str(day.year), **said}
    return {prefix + name: value for name, value in told.items()}


def test_several_are_asked_on_one_page_each_with_its_own_owner() -> None:
    referral = in_triage()
    colleague = a_user(Role.POLICE_OFFICER, full_name="Odalys Merrin")
    client, day = signed_in(referral.claimed_by), timezone.localdate() + timedelta(days=5)
    page = client.post(page_of("request_information", referral), {**fields(1, day), "another": "1"}).text
    assert "Which 1?" in page and 'name="2-question"' in page and "There is a problem" not in page
    assert fresh(referral).state == State.IN_TRIAGE
    later = day + timedelta(days=2)
    said = {**fields(1, day), **fields(2, later, owner=str(colleague.pk)), **fields(3, day, question=" ")}
    page = client.post(page_of("request_information", referral), {**said, "count": "3"}, follow=True).text
    assert "Waiting for the force’s answers: 0 of 2 answered" in page
    questions = Question.objects.filter(request__referral=referral).order_by("number")
    assert [(each.text, each.due_on, each.owner) for each in questions] == [
        ("Which 1?", day, referral.created_by),
        ("Which 2?", later, colleague),
    ]


def test_a_mistake_in_the_second_question_keeps_both() -> None:
    referral = in_triage()
    day = timezone.localdate()
    said = {**fields(1, day), **fields(2, day - timedelta(days=3)), "count": "2"}
    page = signed_in(referral.claimed_by).post(page_of("request_information", referral), said).text
    assert "The date to answer by must be today or later." in page
    assert "Which 1?" in page and "Which 2?" in page
    assert not Question.objects.exists()


def hidden_in(page: str) -> dict[str, str]:
    """What the page says that it showed, as its form posts it."""
    return {"page_showed": unescape(page.split('name="page_showed" value="')[1].split('"')[0])}


def test_the_form_of_several_questions_keeps_all_of_them_and_says_what_it_showed() -> None:
    """Somebody adds a question, leaves by a link, and finds every text again."""
    referral = in_triage()
    at, day = page_of("request_information", referral), timezone.localdate() + timedelta(days=5)
    client = signed_in(referral.claimed_by)
    fresh_page = client.get(at).text
    assert "data-nexus-draft" in fresh_page and 'value="1"' in fresh_page
    said = {**fields(1, day), **fields(3, day), "count": "3", **hidden_in(fresh_page)}
    more = client.post(at, {**said, "another": "1"}).text
    assert 'name="4-question"' in more and "Which 3?" in more  # the second was left empty
    again = client.get(at).text
    assert "Which 1?" in again and "Which 3?" in again and "Discard the draft" in again
    assert client.post(at, {**said, **hidden_in(again)}).status_code == 302
    assert [each.text for each in Question.objects.order_by("number")] == ["Which 1?", "Which 3?"]
    assert not Draft.objects.exists()


def test_without_keeping_what_came_back_the_questions_would_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage of the test above."""
    monkeypatch.setattr(middleware, "came_back", lambda request, response: False)
    referral = in_triage()
    at, day = page_of("request_information", referral), timezone.localdate() + timedelta(days=5)
    client = signed_in(referral.claimed_by)
    said = {**fields(1, day), "another": "1", **hidden_in(client.get(at).text)}
    assert "Which 1?" in client.post(at, said).text
    assert "Which 1?" not in client.get(at).text


def test_nobody_of_another_force_is_asked_nor_too_much() -> None:
    referral = in_triage()
    stranger = a_user(Role.POLICE_OFFICER, force=a_force("05"))
    said: dict[str, Any] = {"referral_id": referral.pk, "by": referral.claimed_by, "now": LATER}
    for questions in ([NewQuestion("Which?", DUE, stranger)], [], [NewQuestion("Which?", DUE)] * (MOST + 1)):
        with pytest.raises(Refused):
            actions.request_information(**said, questions=questions)
    assert fresh(referral).state == State.IN_TRIAGE


# The queue


@pytest.mark.parametrize(
    ("due", "answered", "today", "words"),
    [
        ([23], 0, 17, "waiting: answer from the force, due 23 November"),
        ([23, 25], 0, 18, "waiting: answers from the force, 0 of 2, due 23 November"),
        ([23, 25], 0, 19, "soon: answers from the force, 0 of 2, due 23 November"),
        ([23, 25], 0, 23, "soon: answers from the force, 0 of 2, due 23 November"),
        ([23, 25], 0, 24, "overdue: answers from the force, 0 of 2, was due 23 November"),
        ([23, 30], 1, 24, "waiting: answers from the force, 1 of 2, due 30 November"),
    ],
)
def test_the_worst_is_shown(due: list[int], answered: int, today: int, words: str) -> None:
    referral, questions = asked(*(date(2026, 11, day) for day in due))
    for question in questions[:answered]:
        answer(question)
    found = queue(Referral.objects.filter(pk=referral.pk)).get()
    waiting = waiting_for(found, date(2026, 11, today))
    assert waiting and f"{waiting.standing.value}: {waiting.words}" == words


def test_the_queue_shows_it_and_nothing_once_answered() -> None:
    referral, (first, second) = asked(DUE, DUE)
    client = as_role(Role.REFERRALS_OFFICER)
    answer(first)
    assert "answers from the force, 1 of 2" in client.get(reverse("desk:queue")).text
    answer(second)
    assert "from the force, " not in client.get(reverse("desk:queue")).text


# What is asked of the force


def on_the_page(client: Client) -> list[int]:
    """The questions that the page offers to answer, by id, in their order."""
    page = client.get(reverse("referrals:asked")).text
    return [int(found) for found in re.findall(r"/questions/(\d+)/answer/", page)]


def test_the_force_has_one_page_the_earliest_day_first() -> None:
    officer, colleague = a_user(Role.POLICE_OFFICER), a_user(Role.POLICE_OFFICER)
    today = timezone.localdate()
    _, (mine,) = asked(today + timedelta(days=9), by=officer, now=timezone.now() - timedelta(days=5))
    _, (late, later) = asked(
        today - timedelta(days=3), today + timedelta(days=1), by=colleague,
        now=timezone.now() - timedelta(days=5),
    )  # fmt: skip
    asked(today, by=a_user(Role.POLICE_OFFICER, force=a_force("05")), now=timezone.now() - timedelta(days=5))
    client = signed_in(officer)
    assert on_the_page(client) == [late.pk, later.pk, mine.pk]
    page = client.get(reverse("referrals:asked")).text
    assert "Overdue" in page and "Due soon" in page and "(you)" in page
    assert "3 days late" in page
    actions.answer_information(
        referral_id=later.request.referral_id, question_id=later.pk, by=officer, now=timezone.now(),
        answer="Three.",
    )  # fmt: skip
    assert len(on_the_page(client)) == 2


def test_the_page_takes_as_many_queries_however_much_is_asked(django_assert_max_num_queries: Any) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client = signed_in(officer)
    for number in (2, MOST):
        asked(*[DUE + timedelta(days=each) for each in range(number)], by=officer)
        with django_assert_max_num_queries(MOST_QUERIES):
            shown = on_the_page(client)
    assert len(shown) == 2 + MOST


def test_who_is_asked_nothing() -> None:
    assert "You have no requests" in as_role(Role.FORCE_LEAD).get(reverse("referrals:asked")).text
    assert as_role(Role.REFERRALS_OFFICER).get(reverse("referrals:asked")).status_code == 403


class TestGivenToSomebodyElse:
    """The force settles among itself who answers."""

    def test_its_new_owner_is_told_and_reminded_the_day_stays(self) -> None:
        referral, (question,) = asked(DUE)
        colleague, lead = a_user(Role.POLICE_OFFICER), a_user(Role.FORCE_LEAD)
        one: dict[str, Any] = {"referral_id": referral.pk, "question_id": question.pk, "now": LATER}
        actions.reassign_question(**one, by=lead, to=colleague)
        question.refresh_from_db()
        assert (question.owner, question.due_on) == (colleague, DUE)
        told = Notification.objects.filter(kind="question_reassigned").values_list("person", flat=True)
        assert set(told) == {colleague.pk, referral.created_by_id}
        assert kinds(referral)[-1] == "referral.question_reassigned"
        actions.chase(now=NOON + timedelta(days=5))
        assert Notification.objects.get(kind="question_due_soon").person == colleague

    def test_who_may_and_to_whom(self) -> None:
        referral, (question,) = asked(DUE)
        one: dict[str, Any] = {"referral_id": referral.pk, "question_id": question.pk, "now": LATER}
        stranger, mine = a_user(Role.POLICE_OFFICER, force=a_force("05")), referral.created_by
        with pytest.raises(Refused, match="cannot answer for West Midlands Police. Choose somebody else."):
            actions.reassign_question(**one, by=mine, to=stranger)
        with pytest.raises(Refused, match="already has this question."):
            actions.reassign_question(**one, by=mine, to=mine)
        with pytest.raises(Referral.DoesNotExist):
            actions.reassign_question(**one, by=stranger, to=stranger)
        answer(question)
        with pytest.raises(Refused, match="has already answered this question."):
            actions.reassign_question(**one, by=mine, to=a_user(Role.POLICE_OFFICER))

    def test_the_page(self) -> None:
        referral, (question,) = asked(DUE)
        colleague, desk = a_user(Role.POLICE_OFFICER), signed_in(referral.created_by)
        address = reverse("referrals:reassign_question", args=[referral.reference, question.pk])
        assert address in desk.get(reverse("referrals:answer", args=[referral.reference, question.pk])).text
        assert "Select who should answer it" in desk.post(address, {}).text
        page = desk.post(address, {"to": colleague.pk}, follow=True).text
        assert f"{colleague.full_name} will answer the question" in page
        answer(question, by=colleague)
        assert desk.get(address).status_code == 409


def test_with_questions_open_it_is_handed_over_and_stays_with_the_force() -> None:
    referral, (question,) = asked(DUE)
    other = a_user(Role.REFERRALS_OFFICER)
    actions.hand_over(referral_id=referral.pk, by=referral.claimed_by, now=LATER, to=other)
    handed = fresh(referral)
    assert (handed.state, handed.claimed_by) == (State.INFORMATION_REQUESTED, other)
    assert ReferralChange.objects.filter(referral=referral, verb="hand_over_asked").count() == 1
    answer(question)
    assert Notification.objects.get(kind="information_answered").person == other
    assert fresh(referral).state == State.IN_TRIAGE

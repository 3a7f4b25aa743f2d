"""Open questions are chased before their day and when it has passed: once each, whenever the job runs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Question, Referral
from tests.builders import a_user, with_a_question
from tests.referrals.croydon import kinds

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def told(kind: str) -> list[User]:
    return [each.person for each in Notification.objects.filter(kind=kind).order_by("person_id")]


@pytest.fixture
def referral() -> Referral:
    """One question due on Monday 23 November 2026."""
    return with_a_question(due_on=MONDAY)


@pytest.mark.parametrize(
    ("day", "chased"),
    [
        (18, []),
        (19, ["question_due_soon"]),  # two working days before, over a weekend
        (23, ["question_due_soon"]),
        (24, ["question_overdue"]),
    ],
)
def test_when_it_is_chased(referral: Referral, day: int, chased: list[str]) -> None:
    for _ in range(2):
        actions.chase(now=on(day))
    found = Notification.objects.filter(kind__in=["question_due_soon", "question_overdue"])
    assert list(found.values_list("kind", flat=True)) == chased[:1] * found.count()
    assert bool(found) == bool(chased)
    assert kinds(referral).count("referral.chased") == len(chased)


def test_the_owner_is_reminded_and_then_lead_and_holder_hear_too(referral: Referral) -> None:
    lead = a_user(Role.FORCE_LEAD)
    assert [actions.chase(now=on(day)) for day in (18, 19, 20, 24, 25)] == [0, 1, 0, 1, 0]
    assert told("question_due_soon") == [referral.created_by]
    assert set(told("question_overdue")) == {referral.created_by, lead, referral.claimed_by}


def test_where_the_owner_has_left_the_lead_is_reminded(referral: Referral) -> None:
    lead = a_user(Role.FORCE_LEAD)
    User.objects.filter(pk=referral.created_by_id).update(is_active=False)
    actions.chase(now=on(20))
    assert told("question_due_soon") == [lead]


def test_each_question_by_itself_and_none_that_is_settled() -> None:
    colleague = a_user(Role.POLICE_OFFICER)
    more = [
        NewQuestion("And who?", MONDAY + timedelta(days=1), colleague),
        NewQuestion("And where?", MONDAY, colleague),
    ]
    referral = with_a_question(due_on=MONDAY, more=more)
    first, second, third = Question.objects.filter(request__referral=referral).order_by("number")
    said = {"referral_id": referral.pk, "now": on(17)}
    actions.answer_information(**said, by=colleague, question_id=first.pk, answer="Two.")
    actions.withdraw_question(
        **said, by=referral.claimed_by, question_id=third.pk, reason="Known from another file."
    )
    assert actions.chase(now=on(20)) == 1
    assert told("question_due_soon") == [colleague]
    second.refresh_from_db()
    assert second.reminded_at == on(20)
    actions.take_back(**said, by=referral.claimed_by, reason="Enough is known now.")
    assert actions.chase(now=on(26)) == 0

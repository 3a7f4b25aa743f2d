"""Waiting for you: one list of a person's day, by what comes first, of everything the parts know."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.decisions.actions import return_draft
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.parts import Urgency
from nexus.waiting import items_for, place_of, words_of
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Question, Referral
from tests.builders import (
    NOON,
    REFUSAL,
    a_draft,
    a_proposal,
    a_submitted_decision,
    a_user,
    an_assigned_case,
    in_triage,
    read_by,
    read_in_full,
    with_a_question,
)
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def urgencies(user: User, now: datetime = NOON + HOUR) -> list[tuple[str, Urgency]]:
    return [(item.reference, item.urgency) for item in items_for(user, now)]


def answered(officer: User, **kwargs: Any) -> Referral:
    """Held by the officer, asked, and answered by the force at 11:38pm that day."""
    referral = with_a_question(officer=officer, **kwargs)
    question = Question.objects.get(request__referral=referral)
    at = datetime(2026, 11, 16, 23, 38, tzinfo=UTC)
    actions.answer_information(
        referral_id=referral.pk, question_id=question.pk, by=referral.created_by, now=at, answer="All four."
    )
    return Referral.objects.get(pk=referral.pk)


def returned(officer: User) -> Referral:
    """Held by the officer, whose decision a second reader returned."""
    proposal = a_proposal(referral=in_triage(officer=officer), **REFUSAL)
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    at = NOON + timedelta(minutes=50)
    actions.send_back(proposal_id=proposal.pk, by=reader, now=at, reasons="Say what is known of the family.")
    return Referral.objects.get(pk=proposal.referral_id)


def link_in(page: str, name: str) -> str:
    """The key that a link to the next or the previous page carries."""
    return unquote(re.findall(rf'href="\?{name}=([^"]+)"', page)[0])


@pytest.mark.usefixtures("second_reading")
def test_one_list_of_the_day_has_what_came_back_above_what_is_only_held() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    held = in_triage(officer=officer)
    back, news = returned(officer), answered(officer)
    late = with_a_question(officer=officer)
    assert urgencies(officer, NOON + timedelta(days=30)) == [
        (late.reference, Urgency.OVERDUE),
        (back.reference, Urgency.RETURNED),
        (news.reference, Urgency.ANSWERED),
        (held.reference, Urgency.HELD),
    ]


def test_each_line_is_a_person_a_thing_to_do_and_a_time() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = answered(officer, surname="Quill", forenames="Ada")
    page = signed_in(officer).get("/", follow=True)
    assert page.redirect_chain == [("/waiting/", 302)]
    assert "QUILL, Ada" in page.text and "born 17 May 1988" in page.text and "(claimed)" in page.text
    assert "Read the force’s answer and decide" in page.text
    assert "Answered 16 November" in page.text
    assert f'href="{reverse("referrals:detail", args=[referral.reference])}"' in page.text
    told = AuditEvent.objects.get(kind="waiting.listed")
    assert told.detail == {"referrals.referral": [referral.pk]}


def test_the_queue_says_when_the_force_answered_and_what_was_returned() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    answered(officer)
    assert "Answered 16 November" in signed_in(officer).get(reverse("desk:queue")).text
    assert words_of(Urgency.ANSWERED, NOON.replace(hour=2, minute=38), NOON) == "Answered 2:38am"


@pytest.mark.usefixtures("second_reading")
def test_the_queue_says_what_was_returned() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    returned(officer)
    assert "Returned 16 November" in signed_in(officer).get(reverse("desk:queue")).text


def test_an_old_answer_is_no_news_once_more_was_asked() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = answered(officer)
    again = datetime(2026, 11, 17, 9, tzinfo=UTC)
    asked = NewQuestion("And the fifth?", again.date() + timedelta(days=4))
    actions.request_information(referral_id=referral.pk, by=officer, now=again, questions=[asked])
    assert urgencies(officer, again) == [(referral.reference, Urgency.WAITING)]


def test_a_case_owner_reads_that_a_draft_decision_came_back() -> None:
    case = an_assigned_case()
    decision = a_submitted_decision(case)
    senior = a_user(Role.SENIOR_CASEWORKER)
    assert (case.referral.reference, Urgency.DUE) in urgencies(senior, NOON)
    read_in_full(decision, senior, now=NOON + 4 * HOUR)
    from_senior = {"decision_id": decision.pk, "by": senior, "now": NOON + 4 * HOUR}
    return_draft(**from_senior, reasons="Say what the children need.")
    assert (case.referral.reference, Urgency.RETURNED) in urgencies(case.case_owner, NOON + 5 * HOUR)


def test_a_force_has_its_drafts_and_what_is_asked_of_it() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    draft = a_draft(by=officer)
    asked = with_a_question(by=officer)
    assert urgencies(officer) == [(draft.reference, Urgency.HELD), (asked.reference, Urgency.DUE)]
    assert urgencies(a_user(Role.POLICE_OFFICER)) == [(asked.reference, Urgency.DUE)]


def test_what_nobody_opened_in_the_last_hour_is_one_line_a_referral() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    in_triage(), in_triage()
    found = [item for item in items_for(officer, NOON + HOUR) if item.urgency is Urgency.UNREAD]
    assert len(found) <= 1, "arrivals are one line"
    assert not [item for item in items_for(officer, NOON + 3 * HOUR) if item.urgency is Urgency.UNREAD]


def test_a_page_is_reached_by_key_and_takes_as_many_queries_however_much_waits() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    client = signed_in(officer)
    in_triage(officer=officer)
    client.get(reverse("waiting"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("waiting"))
    for _ in range(27):
        in_triage(officer=officer)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("waiting"))
    assert len(many) == len(few)
    assert "Showing 1 to 25 of 28" in page.text
    after = link_in(page.text, "after")
    second = client.get(reverse("waiting"), {"after": after})
    assert "Showing 26 to 28 of 28" in second.text
    shown = [re.findall(r"<br>(NHH-2026-\d{6}), ", each.text) for each in (page, second)]
    assert len(set(shown[0] + shown[1])) == 28
    back = client.get(reverse("waiting"), {"before": link_in(second.text, "before")})
    assert "Showing 1 to 25 of 28" in back.text
    assert "Showing 1 to 25 of 28" in client.get(reverse("waiting"), {"after": "gone-1-held"}).text


def test_of_each_kind_no_more_is_read_than_comes_first_and_the_list_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And, as sabotage, everything is read where nothing bounds it."""
    monkeypatch.setattr("nexus.waiting.MOST", 3)
    officer = a_user(Role.REFERRALS_OFFICER)
    held = [in_triage(officer=officer).reference for _ in range(5)]
    own = [each for each in urgencies(officer) if each[1] is Urgency.HELD]
    assert [reference for reference, _ in own] == held[:3]
    assert "of 3 or more" in signed_in(officer).get(reverse("waiting")).text
    monkeypatch.setattr("referrals.waiting.foremost", lambda rows, *order: rows)
    assert len([each for each in urgencies(officer) if each[1] is Urgency.HELD]) == 5


@pytest.mark.parametrize("role", Role)
def test_every_role_has_the_page(role: Role) -> None:
    page = signed_in(a_user(role)).get("/", follow=True)
    assert page.status_code == 200 and "Nothing is waiting for you" in page.text


ONCE = (
    (Role.CASE_OWNER, "casework:mine"),
    (Role.MANAGER, "casework:workload"),
    (Role.CIO_HMI, "engagement:list"),
    (Role.POLICE_OFFICER, "referrals:asked"),
    (Role.FORCE_LEAD, "referrals:list"),
    (Role.ADMINISTRATOR, "administration:users"),
)


@pytest.mark.parametrize(("role", "name"), ONCE)
def test_what_waits_is_counted_on_one_page_only(role: Role, name: str) -> None:
    with_a_question(), an_assigned_case()
    text = signed_in(a_user(role)).get(reverse(name)).text
    assert 'id="waiting"' not in text and "Waiting for you</h2>" not in text


def test_without_the_order_the_list_would_not_begin_with_what_is_late(monkeypatch: Any) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    in_triage(officer=officer)
    with_a_question(officer=officer)
    now = NOON + timedelta(days=30)
    assert urgencies(officer, now)[0][1] is Urgency.OVERDUE
    monkeypatch.setattr("nexus.waiting.place_of", lambda item: -place_of(item)[0])
    assert urgencies(officer, now)[0][1] is not Urgency.OVERDUE

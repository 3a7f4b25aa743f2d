"""The inbox, the choices, and the e-mails that failed: whose they are, what they say, what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.leases import take
from nexus.notifications import actions
from nexus.notifications.kinds import Delivery, groups_of
from nexus.notifications.models import Mail, Notification, Preference
from nexus.notifications.queries import choices_of
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.models import Question
from tests.builders import NOON, a_user, with_a_question

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tell(person: User, number: int = 1, **given: Any) -> Notification:
    given = {"url_name": "accounts:account", "now": NOON + timedelta(minutes=number)} | given
    actions.notify(event_key=f"decision:{number}", kind="referral_decided", to=[person], **given)
    return Notification.objects.get(person=person, event_key=f"decision:{number}")


def page(client: Client, name: str = "notifications:list", **query: Any) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_newest_first_and_unread_marked() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    old, new = tell(officer, 1), tell(officer, 2)
    actions.mark_read(notification_id=old.pk, by=officer, now=NOON)
    shown = page(signed_in(officer))
    assert shown.index(f"/notifications/{new.pk}/") < shown.index(f"/notifications/{old.pk}/")
    assert shown.count("Unread</strong>") == 1
    assert "Notifications (1 unread)</a>" in shown


def test_opening_is_reading_and_leads_on() -> None:
    referral = with_a_question()
    officer = referral.created_by
    told = Notification.objects.get(person=officer, kind="information_requested")
    answer = signed_in(officer).get(reverse("notifications:open", args=[told.pk]))
    assert (answer.status_code, answer.url) == (302, f"/referrals/{referral.reference}/")
    told.refresh_from_db()
    assert told.read_at
    first = told.read_at
    signed_in(officer).get(reverse("notifications:open", args=[told.pk]))
    told.refresh_from_db()
    assert told.read_at == first


def test_who_may_no_longer_see_it_reads_no_more_than_the_reference() -> None:
    referral = with_a_question()
    officer = a_user(Role.REFERRALS_OFFICER)
    told = tell(officer, subject=referral, url_name="referrals:detail", url_args=[referral.reference])
    User.objects.filter(pk=officer.pk).update(role=Role.AUDITOR, team=None)
    client = signed_in(User.objects.get(pk=officer.pk))
    assert client.get(reverse("notifications:open", args=[told.pk]), follow=True).status_code == 404


def test_nobody_opens_anothers() -> None:
    told = tell(a_user(Role.POLICE_OFFICER))
    client = signed_in(a_user(Role.POLICE_OFFICER))
    assert client.get(reverse("notifications:open", args=[told.pk])).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_all_are_marked_read_and_only_ones_own() -> None:
    officer, other = a_user(Role.POLICE_OFFICER), a_user(Role.POLICE_OFFICER)
    for number in range(3):
        tell(officer, number)
    tell(other, 9)
    client = signed_in(officer)
    answer = client.post(reverse("notifications:mark_all_read"), follow=True).content.decode()
    assert "3 notifications marked as read" in answer and "Mark all as read" not in answer
    assert "Notifications</a>" in answer
    assert Notification.objects.filter(read_at=None).count() == 1


def test_pages_by_key_at_a_constant_cost() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client = signed_in(officer)
    tell(officer, 0)

    def cost(**query: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, **query)
        return len(asked)

    few = cost()
    for number in range(1, 60):
        tell(officer, number)
    assert cost() == few < 12
    assert "Showing 1 to 25 of 60" in page(client)
    last = Notification.objects.filter(person=officer).order_by("-made_at")[24]
    assert "Showing 26 to 50 of 60" in page(client, after=last.pk)
    assert cost(after=last.pk) <= few + 2


def test_the_header_counts_with_one_query_by_index_and_never_beyond_99() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client = signed_in(officer)
    for number in range(103):
        tell(officer, number)
    with CaptureQueriesContext(connection) as asked:
        shown = page(client, "accounts:account")
    assert "Notifications (99+ unread)</a>" in shown
    counts = [query["sql"] for query in asked if "notifications_notification" in query["sql"]]
    assert len(counts) == 1 and "LIMIT 100" in counts[0]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {counts[0]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index" in plan and "Index Cond: (person_id" in plan and "Seq Scan" not in plan


def test_a_page_without_a_header_of_ones_own_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(reverse("accounts:sign_in")).status_code == 200
    assert not [query for query in asked if "notification" in query["sql"]]


def test_an_empty_inbox_says_so() -> None:
    assert "You have no notifications" in page(signed_in(a_user(Role.AUDITOR)))


@pytest.mark.parametrize("role", Role)
def test_each_role_chooses_for_what_comes_to_it(role: Role) -> None:
    person = a_user(role)
    client = signed_in(person)
    shown = page(client, "notifications:preferences")
    groups = groups_of(role)
    for group in groups.values():
        assert group.title in shown
    assert ("Save your choices" in shown) == bool(groups)
    if not groups:
        return
    answer = client.post(reverse("notifications:preferences"), dict.fromkeys(groups, "weekly"), follow=True)
    assert "Your choices have been saved" in answer.content.decode()
    assert set(choices_of(person).values()) == {Delivery.WEEKLY}
    entry = AuditEvent.objects.get(kind="user.notifications_chosen")
    assert entry.detail == dict.fromkeys(groups, "weekly")


def test_without_a_choice_the_page_says_what_to_select() -> None:
    client = signed_in(a_user(Role.CASE_OWNER))
    answer = client.post(reverse("notifications:preferences"), {})
    assert "Select how you want to be notified about your cases" in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_same_choice_again_writes_nothing() -> None:
    person = a_user(Role.CASE_OWNER)
    actions.choose(by=person, now=NOON, choices={"cases": Delivery.INSTANT})
    assert not Preference.objects.exists() and not AuditEvent.objects.filter(by_id=person.pk).exists()


@pytest.mark.parametrize("choices", [{"reports": "daily"}, {"nothing": "daily"}, {"cases": "hourly"}])
def test_only_what_is_offered_can_be_chosen(choices: dict[str, str]) -> None:
    with pytest.raises(Refused):
        actions.choose(by=a_user(Role.CASE_OWNER), now=NOON, choices=choices)


def parked(person: User, **given: Any) -> Mail:
    told = tell(person, Mail.objects.count())
    assert told.mail
    values: dict[str, Any] = {
        "failure": "The mail server did not take it.",
        "may_have_arrived": False,
    } | given
    mail = take(Mail.objects.all(), told.mail.pk, now=NOON, lasting=timedelta(1))
    assert mail
    mail.move("park", by=None, now=NOON, **values)
    return mail


def test_the_failed_e_mails_are_listed_at_a_constant_cost() -> None:
    officer, client = a_user(Role.POLICE_OFFICER), signed_in(a_user(Role.ADMINISTRATOR))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, "notifications:parked")
        return len(asked)

    for _ in range(2):
        parked(officer)
    few = cost()
    for _ in range(10):
        parked(officer)
    assert cost() == few < 12


def test_an_administrator_sees_what_failed_and_sends_it_again() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    refused, doubtful = (
        parked(officer),
        parked(officer, failure="It may have arrived.", may_have_arrived=True),
    )
    client = signed_in(a_user(Role.ADMINISTRATOR))
    shown = page(client, "notifications:parked")
    assert "The mail server did not take it." in shown and "It may have arrived." in shown
    assert shown.count("Send again") == 1
    answer = client.post(reverse("notifications:retry", args=[refused.pk]), follow=True)
    assert "The e-mail will be sent again" in answer.content.decode()
    refused.refresh_from_db()
    assert refused.state == "waiting"
    assert AuditEvent.objects.filter(kind="mail.retried", subject_id=str(refused.pk)).count() == 1
    no = client.post(reverse("notifications:retry", args=[doubtful.pk]))
    assert no.status_code == 409 and "may have arrived" in no.content.decode()


def test_nobody_else_does() -> None:
    refused = parked(a_user(Role.POLICE_OFFICER))
    client = signed_in(a_user(Role.MANAGER))
    assert client.get(reverse("notifications:parked")).status_code == 403
    assert client.post(reverse("notifications:retry", args=[refused.pk])).status_code == 403


def test_the_api_lists_and_marks() -> None:
    referral = with_a_question()
    officer = referral.created_by
    tell(officer, 2)
    client = signed_in(officer)
    listed = client.get("/api/v1/notifications/?unread=true").json()
    asked = next(row for row in listed["results"] if row["kind"] == "information_requested")
    assert listed["count"] == 2 and asked["path"] == f"/referrals/{referral.reference}/"
    assert asked["words"] == f"The Referrals Office has a question about {referral.reference}"
    marked = client.post(f"/api/v1/notifications/{asked['id']}/mark_read/")
    assert marked.status_code == 200 and marked.json()["read_at"]
    assert client.get("/api/v1/notifications/?unread=true").json()["count"] == 1
    assert client.post("/api/v1/notifications/mark_all_read/").json() == {"marked": 1}
    stranger = signed_in(a_user(Role.POLICE_OFFICER))
    assert stranger.post(f"/api/v1/notifications/{asked['id']}/mark_read/").status_code == 404


def test_an_answer_in_the_pages_tells_in_the_same_request() -> None:
    """The message stands and falls with the act: the door's own transaction."""
    referral = with_a_question()
    officer = referral.claimed_by
    client = signed_in(referral.created_by)
    question = Question.objects.get(request__referral=referral)
    page = reverse("referrals:answer", args=[referral.reference, question.pk])
    client.post(page, {"answer": ""})
    assert not Notification.objects.filter(person=officer, kind="information_answered").exists()
    client.post(page, {"answer": "Two of them."})
    assert Notification.objects.filter(person=officer, kind="information_answered").count() == 1
    with pytest.raises(Refused):
        referral_actions.answer_information(
            referral_id=referral.pk, by=referral.created_by, now=NOON, answer="Again."
        )
    assert Notification.objects.filter(person=officer, kind="information_answered").count() == 1


@pytest.mark.parametrize("number", [0, 9**9, 10**40])
def test_an_address_nobody_was_given_is_not_there(number: int) -> None:
    client = signed_in(a_user(Role.POLICE_OFFICER))
    assert client.get(f"/notifications/{number}/").status_code == 404
    assert client.post(f"/api/v1/notifications/{number}/mark_read/").status_code == 404
    assert client.get("/notifications/", {"after": number}).status_code == 200

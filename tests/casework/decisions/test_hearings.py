"""Days in court: on the case-owner's first page, their witnesses asked of the force, and what came of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.decisions import actions
from casework.decisions.models import Challenge, Decision, Hearing
from casework.decisions.queries import hearings_to_come, work_waiting
from casework.models import ProgressEvent
from casework.support.models import SupportRequest
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals.actions import remove_flag
from tests.builders import NOON, a_challenge, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)
THURSDAY = date(2026, 11, 26)
TOLD = {"shared_text": "The appeal is listed."}


def listed(challenge: Challenge, **changes: Any) -> Hearing:
    values: dict[str, Any] = {
        "on": THURSDAY,
        "place": "Birmingham",
        "witnesses": "PC Ashdown, on 4 March",
        "to_bring": "Pocket notebook",
        "by": challenge.decision.case.case_owner,
        "now": LATER,
        **TOLD,
        **changes,
    }
    return actions.add_hearing(challenge_id=challenge.pk, **values)


def recorded(hearing: Hearing, result: str = "vacated", **changes: Any) -> Hearing:
    by = hearing.challenge.decision.case.case_owner
    values = {
        "by": by,
        "now": LATER,
        "result": result,
        "words": "By consent of both sides.",
        **TOLD,
        **changes,
    }
    one = {"challenge_id": hearing.challenge_id, "hearing_id": hearing.pk}
    return actions.record_hearing(**one, **values)


def test_its_witnesses_are_asked_of_the_force_which_is_told() -> None:
    challenge = a_challenge(an_assigned_case())
    force = challenge.decision.case.referral.force
    lead = a_user(Role.FORCE_LEAD, force=force)
    request = listed(challenge).attendance
    assert isinstance(request, SupportRequest)
    assert (request.kind, request.state, request.force, request.due_on) == (
        "tribunal",
        "with_force",
        force,
        THURSDAY,
    )
    for words in ("PC Ashdown, on 4 March", "Pocket notebook", "Thursday 26 November 2026, Birmingham"):
        assert words in request.asked
    assert Notification.objects.filter(person=lead, kind="support_asked").count() == 1
    event = ProgressEvent.objects.latest("pk")
    assert (event.asked_of_force, event.shared_with_force) == (request.asked, True)
    assert AuditEvent.objects.filter(kind="case.hearing_added", recipient=force.name).count() == 1


def test_a_hearing_without_witnesses_leaves_what_was_asked_of_the_force() -> None:
    challenge = a_challenge(an_assigned_case())
    listed(challenge)
    asked = ProgressEvent.objects.latest("pk").asked_of_force
    assert listed(challenge, witnesses="", to_bring="").attendance is None
    assert ProgressEvent.objects.latest("pk").asked_of_force == asked


def test_where_the_flag_is_removed_the_force_reads_it_with_its_progress_only() -> None:
    challenge = a_challenge(an_assigned_case())
    referral = challenge.decision.case.referral
    remove_flag(
        referral_id=referral.pk,
        by=a_user(Role.REFERRALS_OFFICER),
        now=LATER,
        reason="Not he: the photograph shows another man.",
    )
    assert listed(challenge).attendance is None
    assert "PC Ashdown" in ProgressEvent.objects.latest("pk").asked_of_force


@pytest.mark.parametrize("result", ["adjourned", "vacated", "heard"])
def test_what_came_of_it_and_of_its_witnesses(result: str) -> None:
    hearing = recorded(listed(a_challenge(an_assigned_case()), on=LATER.date()), result)
    request = SupportRequest.objects.get()
    assert request.state == ("with_force" if result == "heard" else "cancelled")
    assert (hearing.result, hearing.result_words) == (result, "By consent of both sides.")
    assert not ProgressEvent.objects.filter(text__contains="By consent").exists()
    with pytest.raises(Refused, match="The result of this hearing is already recorded"):
        recorded(hearing)
    with pytest.raises(DatabaseError, match="result_of_a_hearing_is_complete"), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(recorded_by=None)


def test_the_end_of_a_challenge_ends_its_hearings() -> None:
    challenge = a_challenge(an_assigned_case())
    past, ahead = listed(challenge, on=LATER.date(), witnesses="", to_bring=""), listed(challenge)
    owner = challenge.decision.case.case_owner
    ended: dict[str, Any] = {
        "outcome": "withdrawn",
        "outcome_on": LATER.date(),
        "reasons": "Withdrawn in writing.",
        "shared_text": "The appeal was withdrawn.",
    }
    with pytest.raises(Refused, match="First record the result of the hearing on"):
        actions.conclude(challenge_id=challenge.pk, by=owner, now=LATER, **ended)
    came = {
        "result": "adjourned",
        "words": "The interpreter was ill.",
        "shared_text": "It was put off by the court.",
    }
    actions.record_hearing(challenge_id=challenge.pk, hearing_id=past.pk, by=owner, now=LATER, **came)
    actions.conclude(challenge_id=challenge.pk, by=owner, now=LATER, **ended)
    results = dict(Hearing.objects.values_list("pk", "result"))
    assert results == {past.pk: "adjourned", ahead.pk: "vacated"}
    assert SupportRequest.objects.get().state == "cancelled"
    with pytest.raises(Refused, match="This challenge is now"):
        listed(challenge)


def test_each_reason_and_who_may_not() -> None:
    challenge = a_challenge(an_assigned_case())
    for changes, sentence in (
        ({"place": " "}, "Enter the court or tribunal"),
        ({"witnesses": ""}, "Enter which officers will bring it"),
        ({"shared_text": ""}, "Enter what the force may read"),
        ({"by": a_user(Role.CASE_OWNER)}, "is the case-owner"),
    ):
        with pytest.raises(Refused, match=sentence):
            listed(challenge, **changes)
    hearing = listed(challenge)
    for changes, sentence in (
        ({"result": "heard"}, "The hearing has not taken place yet"),
        ({"result": "lost"}, "Select the result of the hearing"),
        ({"words": ""}, "Enter the details of the result"),
        ({"shared_text": ""}, "Enter what the force may read"),
    ):
        with pytest.raises(Refused, match=sentence):
            recorded(hearing, **changes)
    with pytest.raises(PermissionDenied):
        recorded(hearing, by=a_user(Role.MANAGER))
    with pytest.raises(Challenge.DoesNotExist):
        recorded(hearing, by=a_user(Role.POLICE_OFFICER))


def test_thursdays_hearing_waits_for_its_case_owner() -> None:
    owner = a_user(Role.CASE_OWNER)
    listed(a_challenge(an_assigned_case(case_owner=owner)))
    listed(a_challenge(an_assigned_case(case_owner=owner)), on=THURSDAY + timedelta(days=60))
    listed(a_challenge(an_assigned_case()))
    (line,) = work_waiting(user=owner, now=LATER)
    assert (line.words, line.count, line.overdue) == (
        "Hearings, the next on Thursday 26 November 2026; 2 with no answer about witnesses",
        2,
        0,
    )
    assert list(work_waiting(user=owner, now=LATER - timedelta(days=20))) == []
    (near,) = work_waiting(user=owner, now=LATER + timedelta(days=4))
    assert (near.count, near.overdue) == (2, 1)
    (late,) = work_waiting(user=owner, now=LATER + timedelta(days=20))
    assert (late.count, late.overdue) == (2, 1)
    mine, senior = page_of(owner), page_of(a_user(Role.SENIOR_CASEWORKER))
    assert "Upcoming hearings (2)" in mine and "Upcoming hearings (3)" in senior
    for words in (
        "Thursday 26 November 2026",
        "PC Ashdown, on 4 March",
        "Pocket notebook",
        "With the force",
        "No answer yet",
    ):
        assert words in mine


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("decisions:hearings")).content.decode()


def test_the_list_asks_the_database_as_often_for_two_as_for_twelve() -> None:
    owner = a_user(Role.CASE_OWNER)
    challenge = a_challenge(an_assigned_case(case_owner=owner))

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            page_of(owner)
        return len(caught)

    listed(challenge), listed(challenge)
    with_two = queries()
    for day in range(10):
        listed(challenge, on=THURSDAY + timedelta(days=day))
    assert queries() == with_two
    assert hearings_to_come(owner).count() == 12


def test_its_pages_lead_from_the_case_to_the_result() -> None:
    challenge = a_challenge(an_assigned_case())
    decision: Decision = challenge.decision
    reference, client = decision.case.referral.reference, Client()
    client.force_login(decision.case.case_owner)
    hearing = listed(challenge)
    page = reverse("decisions:record_hearing", args=[reference, challenge.pk, hearing.pk])
    assert page in client.get(reverse("decisions:detail", args=[reference])).content.decode()
    form = client.get(page).content.decode()
    assert "Thursday 26 November 2026" in form and " checked" not in form.replace("Not checked", "")
    client.post(page, {"result": "adjourned", "words": "The judge was ill.", **TOLD})
    text = client.get(reverse("casework:timeline", args=[reference])).content.decode()
    assert "Hearing listed" in text and "The judge was ill." in text


def test_hearings_stand_by_week_and_two_of_one_case_owner_on_one_day_clash() -> None:
    first = a_challenge(an_assigned_case())
    owner = first.decision.case.case_owner
    second = a_challenge(an_assigned_case(case_owner=owner))
    listed(first, witnesses="", to_bring="")
    listed(second, witnesses="", to_bring="")
    listed(second, witnesses="", to_bring="", on=THURSDAY + timedelta(days=7))
    page = " ".join(page_of(owner).split())
    assert page.count("On the same day for the same case-owner") == 2
    assert page.index("Week of 23 November 2026") < page.index("Week of 30 November 2026")

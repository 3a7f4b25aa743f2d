"""A trafficking indicator blocks until a Senior Caseworker records its outcome, and stops what was authorised before."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from casework import actions as casework_actions
from casework.engagement import actions
from casework.engagement.lists import blocked
from casework.engagement.models import Engagement, TraffickingReview
from casework.engagement.rules.risks import Answered
from casework.engagement.states import State
from casework.models import Barrier, Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Mail, Notification
from nexus.waiting import waiting_for
from referrals.models import Referral
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.engagement.builders import (
    NO,
    a_draft,
    a_verbal_one,
    accepted,
    assessed,
    at,
    authorised,
    authorising,
    filled,
    read,
    refusal,
    requested,
    sections_written,
    standing,
    tasked,
)
from tests.casework.engagement.test_pages import client_of
from tests.referrals.duty_desk.desk import a_shift

pytestmark = pytest.mark.django_db


def people_told(engagement: Engagement, kind: str) -> set[User]:
    rows = Notification.objects.filter(kind=kind, subject_id=str(engagement.pk))
    return {row.person for row in rows}


def a_barrier(case: Case, *, now: datetime, kind: str = "trafficking") -> Barrier:
    about = {"kind": kind, "since": NOON.date(), "details": "Pending."}
    return casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=now, **about)


def ended(barrier: Barrier, *, now: datetime, outcome: str = "conclusive_negative") -> None:
    casework_actions.lift_barrier(
        case_id=barrier.case_id,
        barrier_id=barrier.pk,
        by=a_user(Role.SENIOR_CASEWORKER),
        now=now,
        reason="It was decided on the papers.",
        outcome=outcome,
        ended_on=NOON.date(),
        ended_reference="NRM-1",
    )


@pytest.mark.parametrize("where", ["request", "another operation", "referral", "barrier", "later barrier"])
def test_a_trafficking_indicator_blocks_until_its_outcome_is_recorded(cio: User, where: str) -> None:
    case = an_assigned_case(
        **({"trafficking_indicator": "yes", "vulnerability_details": "Seen."} if where == "referral" else {})
    )
    barrier = a_barrier(case, now=at(3)) if where == "barrier" else None
    senior = a_user(Role.SENIOR_CASEWORKER)
    yes = {"trafficking": Answered("yes", "NRM pending.")}
    if where == "another operation":
        filled(a_draft(case=case), risks=yes)
    engagement = assessed(cio=cio, case=case, risks=yes if where == "request" else {})
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    record = {**one, "by": senior, "now": at(7)}
    if where == "later barrier":
        assert "There is no trafficking indicator" in refusal(
            actions.record_trafficking,
            **record,
            outcome="safeguarded",
            reasons="It is safe with two officers.",
        )
        barrier = a_barrier(case, now=at(7))
    assert "A Senior Caseworker must record" in refusal(
        actions.authorise, **one, by=cio, **authorising(engagement)
    )
    assert "your reasons" in refusal(actions.record_trafficking, **record, outcome="stops", reasons="")
    actions.record_trafficking(**record, outcome="stops", reasons="Positive decision.")
    assert "stops this operation" in refusal(actions.authorise, **one, by=cio, **authorising(engagement))
    ended(barrier or a_barrier(case, now=at(7.2)), now=at(7.5))
    actions.authorise(**one, by=cio, **authorising(engagement))
    assert actions.task(**one, by=cio, now=at(9)).state == State.TASKED


def test_an_operation_may_go_ahead_with_safeguards_while_the_indicator_stands(case: Case, cio: User) -> None:
    a_barrier(case, now=at(3))
    engagement = assessed(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    record = {**one, "by": a_user(Role.SENIOR_CASEWORKER), "now": at(7)}
    actions.record_trafficking(**record, outcome="safeguarded", reasons="Support is there from the team.")
    actions.authorise(**one, by=cio, **authorising(engagement))
    assert actions.task(**one, by=cio, now=at(9)).state == State.TASKED


def test_a_new_authorisation_is_offered_once_nothing_stands_against_it(case: Case, cio: User) -> None:
    """A button never leads to a refusal that is known already; the page says why there is none."""
    engagement = authorised(cio=cio, case=case)
    barrier = a_barrier(engagement.case, now=at(8.5))
    page, button = (reverse(f"engagement:{name}", args=[engagement.pk]) for name in ("detail", "look_again"))

    def shown(now: datetime) -> tuple[bool, bool]:
        """Whether it says why not, and whether there is the button."""
        with time_machine.travel(now, tick=False):
            text = client_of(case.case_owner).get(page).text
        return "No new authorisation can be asked for" in text, button in text

    assert shown(at(9)) == (True, False)
    ended(barrier, now=at(9.1))
    assert shown(at(9.2)) == (False, True)
    assert engagement.window_ends_at
    assert shown(engagement.window_ends_at) == (True, False)


def test_a_barrier_recorded_after_the_authorisation_makes_it_void_until_it_is_looked_at_again(
    case: Case, cio: User
) -> None:
    engagement = authorised(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    barrier = a_barrier(engagement.case, now=at(8.5))
    was = engagement.authorisations.get()
    assert (was.voided_at, was.voided_because) == (at(8.5), "Barrier: Trafficking referral.")
    assert "now “Stopped”" in refusal(actions.task, **one, by=cio, now=at(9))
    again = {**one, "by": case.case_owner, "now": at(9.2), "reason": "The trial is over since Monday."}
    assert "record its outcome first" in refusal(actions.look_again, **again)
    ended(barrier, now=at(9.1))
    assert actions.look_again(**again).state == State.RISK_ASSESSED
    assert "Open and read" in refusal(
        actions.authorise, **one, by=cio, **authorising(engagement, now=at(9.3))
    )
    read(engagement, cio, at(9.3))
    actions.authorise(**one, by=cio, **authorising(engagement, now=at(9.3)))
    assert actions.task(**one, by=cio, now=at(9.5)).state == State.TASKED
    assert engagement.authorisations.count() == 2


def test_the_database_refuses_to_task_while_an_indicator_stands(case: Case, cio: User) -> None:
    """Of an indicator that came without anybody being stopped: the referral's, say, of another import."""
    engagement = authorised(cio=cio, case=case)
    Referral.objects.filter(pk=case.referral_id).update(trafficking_indicator="yes")
    Case.objects.filter(pk=case.pk).update(opened_at=at(8.5))
    assert "the referral says so" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(DatabaseError, match="trafficking indicator blocks"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=at(9), tasked_by=cio, tasked_sha256=standing(engagement).sha256
        )


def test_what_comes_to_light_after_the_force_accepted_stops_it_at_once(
    case: Case, cio: User, officer: User
) -> None:
    """The force reads on top of its page whom to ring, and not why; officers, authoriser and case-owner are told."""
    lead = a_user(Role.FORCE_LEAD)
    engagement = accepted(cio=cio, officer=officer, case=case)
    User.objects.filter(pk=cio.pk).update(telephone="0151 496 0111")
    a_shift(at(9), at(16), person=cio)
    a_barrier(case, now=at(10.5))
    engagement.refresh_from_db()
    assert engagement.state == State.STOPPED
    assert {lead, officer} <= people_told(engagement, "engagement_stop_now")
    assert {cio, case.case_owner} <= people_told(engagement, "engagement_stopped")
    mails = Mail.objects.filter(person__in=[officer, cio, case.case_owner], made_at=at(10.5))
    assert mails.count() >= 3, "an e-mail at once, whatever they have chosen"
    with time_machine.travel(at(10.6)):
        text = client_of(officer).get(reverse("engagement:detail", args=[engagement.pk])).content.decode()
        told = client_of(officer).get(f"/api/v1/engagements/{engagement.pk}/").json()
    assert text.index("Stop: do not carry this out.") < text.index("<h1")
    assert "0151 496 0111" in text and "trafficking" not in text.lower()
    assert told["told"]["live"] is False


def test_the_force_does_not_accept_what_is_stopped(case: Case, cio: User, officer: User) -> None:
    engagement = tasked(cio=cio, case=case)
    a_barrier(case, now=at(9.5))
    said = refusal(actions.accept, engagement_id=engagement.pk, by=officer, now=at(10))
    assert "Stop: do not carry this out" in said and "trafficking" not in said.lower()
    lines = {line.words: line.count for line in waiting_for(cio, at(10))}
    assert lines["Operations that are stopped"] == 1
    senior = a_user(Role.SENIOR_CASEWORKER)
    TraffickingReview.objects.create(
        engagement=engagement,
        outcome="safeguarded",
        reasons="It is safe with two officers.",
        by=senior,
        at=at(11),
    )
    assert blocked(Engagement.objects.all()).count() == 0


def test_what_was_answered_yes_is_not_taken_back_by_a_word(case: Case) -> None:
    engagement = requested(case=case, risks={"trafficking": Answered("yes", "NRM pending.")})
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": case.case_owner}
    actions.reopen(**one, now=at(6), reason="He moved to Leeds.")
    answers = {"risks": NO, "at_risk_level": "", "safety_note": ""}
    assert "record its outcome first" in refusal(actions.save_risks, **one, now=at(7), **answers)
    ended(a_barrier(case, now=at(7.1)), now=at(7.2))
    assert actions.save_risks(**one, now=at(8), **answers).risks.get(question="trafficking").answer == "no"


def test_what_comes_to_light_before_the_signing_is_shown_and_stops_it(
    case: Case, cio: User, officer: User
) -> None:
    """A verbal one cannot be reopened before it is in writing: whoever signs sees it, and nothing is done on it."""
    engagement = a_verbal_one(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    actions.task(**one, by=cio, now=at(10.1))
    a_barrier(case, now=at(10.2))
    sections_written(engagement, by=cio, now=at(10.3))
    with time_machine.travel(at(10.4)):
        client = client_of(cio)
        signing_page = client.get(reverse("engagement:write_up", args=[engagement.pk])).content.decode()
        points = client.get(f"/api/v1/engagements/{engagement.pk}/").json()["points"]
    assert "A Senior Caseworker must record its outcome first" in signing_page
    assert any("A Senior Caseworker must record its outcome first" in point for point in points)
    assert "Stop: do not carry this out" in refusal(actions.accept, **one, by=officer, now=at(10.5))
    senior = a_user(Role.SENIOR_CASEWORKER)
    actions.record_trafficking(
        **one, by=senior, now=at(10.6), outcome="safeguarded", reasons="Support is there from the team."
    )
    again = {**one, "by": cio, "now": at(10.8), "reason": "Support is there from the team."}
    assert "Write up" in refusal(actions.look_again, **again)


def test_a_verbal_write_up_that_answers_yes_stops_the_operation(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case)
    sections_written(
        engagement,
        by=cio,
        now=at(10.3),
        risks={**NO, "trafficking": Answered("yes", "He said so at interview.")},
    )
    assert Engagement.objects.get(pk=engagement.pk).state == State.STOPPED

"""A trafficking indicator blocks until a Senior Caseworker records its outcome."""

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
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.waiting import waiting_for
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.engagement.builders import (
    a_verbal_one,
    assessed,
    at,
    authorised,
    authorising,
    refusal,
    sections_written,
    standing,
    tasked,
)
from tests.casework.engagement.test_pages import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["request", "referral", "barrier", "later barrier"])
def test_a_trafficking_indicator_blocks_until_a_senior_caseworker_records_it(cio: User, where: str) -> None:
    case = an_assigned_case(
        **({"trafficking_indicator": "yes", "vulnerability_details": "Seen."} if where == "referral" else {})
    )
    barrier = {
        "case_id": case.pk,
        "by": case.case_owner,
        "kind": "trafficking",
        "since": NOON.date(),
        "details": "Pending.",
    }
    if where == "barrier":
        casework_actions.record_barrier(**barrier, now=at(3))
    senior = a_user(Role.SENIOR_CASEWORKER)
    risks = {"trafficking": Answered("yes", "NRM pending.")} if where == "request" else {}
    engagement = assessed(cio=cio, case=case, risks=risks)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    record = {**one, "by": senior}
    if where == "later barrier":
        assert "There is no trafficking indicator" in refusal(
            actions.record_trafficking, **record, now=at(7), outcome="negative", reasons="x"
        )
        casework_actions.record_barrier(**barrier, now=at(7))
    assert "A Senior Caseworker must record" in refusal(actions.authorise, **one, by=cio, **authorising())
    assert "your reasons" in refusal(
        actions.record_trafficking, **record, now=at(7), outcome="negative", reasons=""
    )
    actions.record_trafficking(**record, now=at(7), outcome="stops", reasons="Positive decision.")
    assert "stops this operation" in refusal(actions.authorise, **one, by=cio, **authorising())
    actions.record_trafficking(**record, now=at(7.5), outcome="negative", reasons="It was withdrawn.")
    actions.authorise(**one, by=cio, **authorising())
    assert actions.task(**one, by=cio, now=at(9)).state == State.TASKED


def test_a_barrier_recorded_after_the_authorisation_stops_the_tasking(case: Case, cio: User) -> None:
    engagement = authorised(cio=cio, case=case)
    case = engagement.case
    casework_actions.record_barrier(
        case_id=case.pk,
        by=case.case_owner,
        now=at(8.5),
        kind="trafficking",
        since=NOON.date(),
        details="Pending.",
    )
    assert "has an open barrier" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(DatabaseError, match="trafficking indicator blocks"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=at(9), tasked_by=cio, tasked_sha256=standing(engagement).sha256
        )


def test_what_comes_to_light_after_the_tasking_stops_the_force_and_is_called_back(
    case: Case, cio: User, officer: User
) -> None:
    """The force is told to wait, not why; the CIO sees what to call back; a review made before does not count."""
    engagement = tasked(cio=cio, case=case)
    casework_actions.record_barrier(
        case_id=case.pk,
        by=case.case_owner,
        now=at(9.5),
        kind="trafficking",
        since=NOON.date(),
        details="Pending.",
    )
    said = refusal(actions.accept, engagement_id=engagement.pk, by=officer, now=at(10))
    assert "must review it first" in said and "trafficking" not in said.lower()
    lines = {line.words: line.count for line in waiting_for(cio, at(10))}
    assert lines["Operations to call back: a trafficking indicator"] == 1
    TraffickingReview.objects.create(
        engagement=engagement,
        outcome="negative",
        reasons="None known to the force.",
        by=a_user(Role.SENIOR_CASEWORKER),
        at=at(11),
    )
    assert blocked(Engagement.objects.all()).count() == 0


def test_what_comes_to_light_before_the_signing_is_shown_and_recorded(
    case: Case, cio: User, officer: User
) -> None:
    """A verbal one cannot be reopened before it is in writing: whoever signs sees it, the outcome is recorded."""
    engagement = a_verbal_one(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    actions.task(**one, by=cio, now=at(10.1))
    barrier = {"kind": "trafficking", "since": NOON.date(), "details": "Pending."}
    casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=at(10.2), **barrier)
    sections_written(engagement, by=cio, now=at(10.3))
    with time_machine.travel(at(10.4)):
        client = client_of(cio)
        signing_page = client.get(reverse("engagement:write_up", args=[engagement.pk])).content.decode()
        points = client.get(f"/api/v1/engagements/{engagement.pk}/").json()["points"]
    assert "A Senior Caseworker must record the outcome first" in signing_page
    assert any("A Senior Caseworker must record the outcome first" in point for point in points)
    assert "must review it first" in refusal(actions.accept, **one, by=officer, now=at(10.5))
    senior = a_user(Role.SENIOR_CASEWORKER)
    actions.record_trafficking(
        **one, by=senior, now=at(10.6), outcome="negative", reasons="It was withdrawn."
    )
    assert actions.accept(**one, by=officer, now=at(10.7)).state == State.ACCEPTED

"""The force's part: accept or decline, carry out or break off, and what came of it."""

from datetime import timedelta
from typing import Any

import pytest

from casework.engagement import actions
from casework.engagement.actions.expire import expire_one
from casework.engagement.actions.force import reasons_not_then
from casework.engagement.models import Engagement
from casework.engagement.permissions import WHO_MAY
from casework.engagement.requests_to_force import requests_to_force
from casework.engagement.states import MOVES, State
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.waiting import waiting_for
from tests.builders import NOON, a_force, a_user
from tests.casework.engagement.builders import (
    DAWN,
    a_verbal_one,
    accepted,
    at,
    authorised,
    executed,
    refusal,
    sections_written,
    signing,
    tasked,
    told,
)

pytestmark = pytest.mark.django_db


def test_from_request_to_outcome(case: Case, cio: User, officer: User) -> None:
    lead = a_user(Role.FORCE_LEAD)
    engagement = executed(cio=cio, officer=officer, case=case)
    one = {"engagement_id": engagement.pk, "by": officer}
    actions.record_outcome(
        **one, now=DAWN + timedelta(hours=4), what_happened="Arrested.", custody_reference="BX/44"
    )
    engagement.refresh_from_db()
    assert (engagement.state, engagement.what_happened) == ("concluded", "Arrested.")
    verbs = "request quality_assure assess_risk authorise task accept execute record_outcome".split()
    assert [change.verb for change in engagement.changes.order_by("pk")] == verbs
    kinds = AuditEvent.objects.filter(subject_type="engagement.engagement").values_list("kind", flat=True)
    assert {f"engagement.{MOVES[verb].done}" for verb in verbs} <= set(kinds)
    assert told(engagement, "engagement_requested") == {Role.CIO_HMI}
    assert told(engagement, "engagement_authorised") == {Role.CASE_OWNER}
    assert lead.pk in Notification.objects.filter(kind="engagement_tasked").values_list("person", flat=True)
    assert told(engagement, "engagement_ended") == {Role.CASE_OWNER, Role.CIO_HMI}


def test_the_force_declines_with_a_reason(case: Case, cio: User, officer: User) -> None:
    engagement = tasked(cio=cio, case=case)
    one = {"engagement_id": engagement.pk, "by": officer, "now": at(10)}
    assert "why the force declines" in refusal(actions.decline, **one, kind="busy", words="")
    declined = actions.decline(**one, kind="resource", words="No van before Friday.")
    assert (declined.state, declined.decline_kind) == ("declined", "resource")
    assert told(engagement, "engagement_answered") == {Role.CASE_OWNER, Role.CIO_HMI}
    assert "did not accept" not in refusal(actions.execute, **one, happened_at=at(10), officers="x")


def test_another_force_sees_nothing_and_nobody_before_it_is_tasked(
    case: Case, cio: User, officer: User
) -> None:
    engagement = authorised(cio=cio, case=case)
    foreign = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    for by in (officer, foreign):
        with pytest.raises(Engagement.DoesNotExist):
            actions.accept(engagement_id=engagement.pk, by=by, now=at(10))
    actions.task(engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(Engagement.DoesNotExist):
        actions.accept(engagement_id=engagement.pk, by=foreign, now=at(10))
    assert actions.accept(engagement_id=engagement.pk, by=officer, now=at(10)).state == State.ACCEPTED
    for role in set(Role) - POLICE_ROLES - WHO_MAY["view_inside"]:
        assert not Engagement.objects.visible_to(a_user(role)).exists()


def test_carrying_out_and_breaking_off(case: Case, cio: User, officer: User) -> None:
    engagement = accepted(cio=cio, officer=officer, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": officer, "now": DAWN}
    assert "in the past" in refusal(actions.execute, **one, happened_at=DAWN + timedelta(1), officers="x")
    assert "after the force was tasked" in refusal(actions.execute, **one, happened_at=NOON, officers="x")
    assert "who was there" in refusal(actions.execute, **one, happened_at=DAWN, officers="")
    assert "why it was aborted" in refusal(actions.abort, **one, happened_at=DAWN, officers="Two", reason="")
    aborted = actions.abort(**one, happened_at=DAWN, officers="Two", reason="Nobody in the house.")
    assert aborted.state == State.ABORTED
    assert [each.act for each in requests_to_force(user=officer)] == ["Record the outcome of the operation"]
    lines = {line.words: line.count for line in waiting_for(officer, DAWN)}
    assert lines["Operations that need an outcome"] == 1
    assert "what happened" in refusal(actions.record_outcome, **one, what_happened="", custody_reference="")


def test_what_expired_before_it_was_accepted_was_not_carried_out(
    case: Case, cio: User, officer: User
) -> None:
    engagement = tasked(cio=cio, case=case)
    over = DAWN + timedelta(hours=8)
    assert "has expired" in refusal(actions.accept, engagement_id=engagement.pk, by=officer, now=over)
    assert not expire_one(engagement.pk, over - timedelta(minutes=1))  # authorised anew meanwhile, say
    actions.expire(now=over)
    assert "did not accept" in refusal(
        actions.execute, engagement_id=engagement.pk, by=officer, now=over, happened_at=over, officers="x"
    )


def test_a_call_that_was_reopened_since_counts_no_longer(case: Case, cio: User, officer: User) -> None:
    """Before it, what happened on the telephone's word may have been done before it was tasked here."""
    engagement = a_verbal_one(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    sections_written(engagement, by=cio, now=at(10.1))
    signed = {"now": at(10.2), "confirmed_at": at(10.2), **signing(engagement)}
    actions.write_up(**one, by=cio, **signed)
    engagement.tasked_at = at(11)
    assert not reasons_not_then(engagement, at(10.05), now=at(12))
    actions.reopen(**one, by=case.case_owner, now=at(11), reason="He has moved to Leeds.")
    assert "after the force was tasked" in " ".join(reasons_not_then(engagement, at(10.05), now=at(12)))

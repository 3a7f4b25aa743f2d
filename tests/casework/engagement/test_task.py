"""Tasking only on a live authorisation of exactly this text; a change or an end voids it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.states import State
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import a_user
from tests.casework.engagement.builders import (
    DAWN,
    accepted,
    assessed,
    at,
    authorised,
    details,
    refusal,
    standing,
    tasked,
    told,
)

pytestmark = pytest.mark.django_db


def test_no_tasking_before_an_authorisation(case: Case, cio: User) -> None:
    engagement = assessed(cio=cio, case=case)
    assert "cannot be tasked" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(DatabaseError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(state="authorised")
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=at(9), tasked_by=cio, tasked_sha256=sha256_of(exact_text(engagement))
        )


def test_the_database_tasks_only_what_was_authorised(case: Case, cio: User) -> None:
    """Round the action: with another text, after its end, and before it was given."""
    engagement = authorised(cio=cio, case=case)
    bound = standing(engagement).sha256
    for hour, sha256 in ((9, "0" * 64), (90, bound), (7.5, bound)):
        with pytest.raises(DatabaseError, match="live authorisation"), transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(
                state="tasked", tasked_at=at(hour), tasked_by=cio, tasked_sha256=sha256
            )


def test_an_expired_authorisation_tasks_nothing(case: Case, cio: User) -> None:
    engagement = authorised(cio=cio, case=case)
    late = DAWN + timedelta(hours=8)
    assert "has expired" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=late)


def test_a_tampered_text_is_found_when_it_is_tasked(
    case: Case, cio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had gone round the database's guard."""
    engagement = authorised(cio=cio, case=case)
    monkeypatch.setattr("casework.engagement.queries.exact_text", lambda found: "something else")
    assert "has changed since it was authorised" in refusal(
        actions.task, engagement_id=engagement.pk, by=cio, now=at(9)
    )


def test_a_material_change_voids_it_visibly_and_tells_the_force(case: Case, cio: User, officer: User) -> None:
    lead = a_user(Role.FORCE_LEAD)
    engagement = accepted(cio=cio, officer=officer, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": engagement.requested_by, "now": at(11)}
    assert "what changes" in refusal(actions.reopen, **one, reason="")
    reopened = actions.reopen(**one, reason="He has moved to Leeds.")
    row = Authorisation.objects.get(engagement=engagement)
    assert (row.voided_because, row.voided_by) == ("He has moved to Leeds.", engagement.requested_by)
    assert (reopened.state, reopened.is_with_force, reopened.risk_level) == ("returned", False, "")
    called = Notification.objects.filter(kind="engagement_called_back").values_list("person", flat=True)
    assert lead.pk in called
    with pytest.raises(DatabaseError), transaction.atomic():
        Authorisation.objects.filter(pk=row.pk).update(voided_at=None, voided_by=None, voided_because="")
    actions.save_details(**one, **details(address="2 Sorrel Lane"))
    actions.request(**one)
    with pytest.raises(Refused, match="cannot be tasked"):
        actions.task(engagement_id=engagement.pk, by=cio, now=at(11))


def test_withdrawn_it_is_void(case: Case, cio: User, officer: User) -> None:
    engagement = tasked(cio=cio, case=case)
    one = {"engagement_id": engagement.pk, "by": engagement.requested_by, "now": at(11)}
    assert "why it is no longer needed" in refusal(actions.withdraw, **one, reason="")
    assert actions.withdraw(**one, reason="He left the country.").state == State.WITHDRAWN
    assert Authorisation.objects.get(engagement=engagement).voided_because == "He left the country."
    assert Engagement.objects.visible_to(officer).get(pk=engagement.pk).is_with_force is False


def test_it_expires_by_itself_once(case: Case, cio: User, officer: User) -> None:
    engagement = accepted(cio=cio, officer=officer, case=case)
    over = DAWN + timedelta(hours=8)
    assert actions.expire(now=over - timedelta(minutes=1)) == 0
    assert actions.expire(now=over) == 1
    assert actions.expire(now=over + timedelta(hours=1)) == 0
    engagement.refresh_from_db()
    assert engagement.state == State.EXPIRED
    assert told(engagement, "engagement_expired") >= {Role.CASE_OWNER, Role.CIO_HMI}
    late = {"engagement_id": engagement.pk, "by": officer, "now": over + timedelta(hours=2)}
    done = actions.execute(**late, happened_at=DAWN + timedelta(hours=1), officers="Two")
    assert done.state == State.EXECUTED

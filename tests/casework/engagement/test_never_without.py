"""Property: whatever people do, in whatever order and whenever, nothing is tasked without a live authorisation."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions as casework_actions
from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.risks import Answered
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import a_user
from tests.casework.engagement.builders import (
    NO,
    a_draft,
    a_verbal_one,
    at,
    details,
    filled,
    read,
    sections_written,
    signing,
)

pytestmark = pytest.mark.django_db

YES = {**NO, "trafficking": Answered("yes", "A referral is pending.")}
Deed = Callable[[Engagement, "Cast", datetime], Any]


class Cast:
    """Who acts."""

    def __init__(self, owner: User) -> None:
        self.owner, self.cio = owner, a_user(Role.CIO_HMI)
        self.senior, self.officer = a_user(Role.SENIOR_CASEWORKER), a_user(Role.POLICE_OFFICER)


def verb(name: str, who: str, **answers: Any) -> Deed:
    def deed(engagement: Engagement, cast: Cast, now: datetime) -> Any:
        by = getattr(cast, who)
        read(engagement, by, now)
        return getattr(actions, name)(engagement_id=engagement.pk, by=by, now=now, **answers)

    return deed


def authorise(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    read(engagement, cast.cio, now)
    said = {
        "reasons": "Yes, the office agreed.",
        "conditions": "",
        "confirmed_at": now,
    }
    engagement = Engagement.objects.get(pk=engagement.pk)
    until = {"expires_at": engagement.window_ends_at, "sha256": sha256_of(exact_text(engagement))}
    return actions.authorise(engagement_id=engagement.pk, by=cast.cio, now=now, **said, **until)


def write_up(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    times = {"window_ends_at": now + timedelta(hours=9), "window_starts_at": now}
    sections_written(engagement, by=cast.cio, now=now, **times)
    read(engagement, cast.cio, now)
    return actions.write_up(
        engagement_id=engagement.pk, by=cast.cio, now=now, confirmed_at=now, **signing(engagement)
    )


def save(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    said = details(window_starts_at=now, window_ends_at=now + timedelta(hours=9))
    return actions.save_details(engagement_id=engagement.pk, by=cast.owner, now=now, **said)


def behind_the_back(**columns: Any) -> Deed:
    """A write that goes round the actions."""
    return lambda engagement, cast, now: Engagement.objects.filter(pk=engagement.pk).update(**columns)


def raw_tasking(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    sha256 = sha256_of(exact_text(engagement))
    values = {"state": "tasked", "tasked_at": now, "tasked_by": cast.cio, "tasked_sha256": sha256}
    return Engagement.objects.filter(pk=engagement.pk).update(**values)


def schedule(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    return actions.expire(now=now) + actions.tell_of_overdue(now=now)


def bar(engagement: Engagement, cast: Cast, now: datetime) -> Any:
    """A barrier, lifted again: what was authorised before it stays stopped."""
    case = {"case_id": engagement.case_id, "by": cast.owner, "now": now}
    barrier = casework_actions.record_barrier(**case, kind="claim", since=now.date(), details="Made.")
    return casework_actions.lift_barrier(
        **case, barrier_id=barrier.pk, reason="It was refused on the papers."
    )


ONWARD: tuple[Deed, ...] = (
    verb("request", "owner"),
    verb("quality_assure", "cio", checked=Check.values(), findings="Seen and read through."),
    verb("assess_risk", "cio", risk_level="low", risk_controls="None needed for this removal."),
    authorise,
    verb("task", "cio"),
)
DEEDS: tuple[Deed, ...] = (
    *ONWARD * 2,
    save,
    write_up,
    schedule,
    raw_tasking,
    bar,
    verb("task", "owner"),
    verb("save_risks", "owner", risks=YES, at_risk_level="", safety_note=""),
    verb("record_trafficking", "senior", outcome="safeguarded", reasons="It is safe with two officers."),
    verb("look_again", "owner", reason="It is safe with two officers."),
    verb("send_back", "cio", issues=["Why?"]),
    verb("reopen", "owner", reason="He moved to Leeds."),
    verb("withdraw", "owner", reason="Not needed after the interview."),
    verb("accept", "officer"),
    verb("decline", "officer", kind="resource", words="No van before Monday."),
    behind_the_back(address="Elsewhere"),
    behind_the_back(state="authorised"),
    behind_the_back(state="tasked"),
)


def is_live(engagement: Engagement, at_moment: datetime) -> bool:
    """Judged from the rows, not by the rules under test."""
    rows = Authorisation.objects.filter(
        engagement=engagement,
        voided_at=None,
        replaced_at=None,
        authorised_at__lte=at_moment,
        expires_at__gt=at_moment,
        sha256=sha256_of(exact_text(engagement)),
    )
    unwritten = engagement.to_write_up and engagement.write_up_due_at <= at_moment
    return rows.exists() and not unwritten


def attempt(deed: Deed, engagement: Engagement, cast: Cast, now: datetime) -> None:
    """Whatever it says: refused, not permitted or stopped by the database, it changes nothing."""
    try:
        with transaction.atomic():
            deed(engagement, cast, now)
    except (Refused, PermissionDenied, DatabaseError, Engagement.DoesNotExist):
        pass


@settings(
    max_examples=10,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    verbal=st.booleans(),
    ready=st.integers(0, 5),
    sequence=st.lists(
        st.tuples(st.sampled_from(DEEDS), st.sampled_from((0.1, 2, 30))), min_size=3, max_size=12
    ),
)
def test_nothing_is_tasked_without_a_live_authorisation(
    case: Case, verbal: bool, ready: int, sequence: list[tuple[Deed, float]]
) -> None:
    with transaction.atomic():
        cast, now, was = Cast(case.case_owner), at(12), ""
        engagement = a_verbal_one(cio=cast.cio, case=case) if verbal else filled(a_draft(case=case))
        steps = [(deed, 0.1) for deed in ONWARD[:ready]] + sequence
        for deed, hours in steps:
            now += timedelta(hours=hours)
            attempt(deed, engagement, cast, now)
            engagement.refresh_from_db()
            if engagement.state == "tasked" and was != "tasked":
                assert is_live(engagement, now), (deed, now)
            was = engagement.state
        transaction.set_rollback(True)


def test_the_property_would_find_it(case: Case) -> None:
    """Sabotage: on the way to the end the force is tasked, and what it stands on is live until it is void."""
    cast, now = Cast(case.case_owner), at(12)
    engagement = filled(a_draft(case=case))
    for deed in ONWARD:
        attempt(deed, engagement, cast, now)
    engagement.refresh_from_db()
    assert engagement.state == "tasked" and is_live(engagement, now)
    assert not is_live(engagement, now + timedelta(hours=60))

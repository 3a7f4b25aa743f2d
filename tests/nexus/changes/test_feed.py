"""The feed of changes: complete, in one order, ids and kinds only, and of nothing that is not theirs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from casework import actions as casework_actions
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.changes import feed
from nexus.changes.models import Change
from nexus.scope import SYSTEM, scope
from referrals import actions
from referrals.models import Referral
from referrals.permissions import ReferralQuerySet
from tests.builders import NOON, a_draft, a_force, a_submitted, a_user, an_assigned_case
from tests.databases import as_owner
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


def told(caller: Caller, after: str = "") -> dict[str, Any]:
    answer = caller.get("changes/", **({"after": after} if after else {}))
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def happened(caller: Caller, after: str = "") -> list[str]:
    return [change["happened"] for change in told(caller, after)["changes"]]


def test_a_force_follows_what_changed_by_ids_and_kinds_only() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    referral = a_submitted(by=officer)
    caller = Caller(officer)
    first = told(caller)
    assert {tuple(change) for change in first["changes"]} == {("kind", "id", "happened", "at")}
    assert {(each["kind"], each["id"]) for each in first["changes"]} == {("referral", referral.reference)}
    assert first["changes"][-1]["happened"] == "referral.submitted"
    assert told(caller, first["next"])["changes"] == []
    actions.claim(referral_id=referral.pk, by=a_user(Role.REFERRALS_OFFICER), now=NOON)
    assert happened(caller, first["next"]) == ["referral.claimed"]


def test_another_force_s_change_is_in_nobody_else_s_feed_whichever_wall_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_submitted()
    caller = Caller(a_user(Role.POLICE_OFFICER, force=a_force("46")))
    assert happened(caller) == []
    monkeypatch.setattr(ReferralQuerySet, "visible_to", lambda rows, user: rows.all())
    assert happened(caller) == []  # PostgreSQL holds it alone
    monkeypatch.setattr(feed, "seen", past_the_policies(feed.seen))
    assert "referral.submitted" in happened(caller)  # and without either it would be there


def past_the_policies(seen: Callable[..., Any]) -> Callable[..., Any]:
    """Names of rows as if no policy stood."""

    def everything(*asked: Any) -> Any:
        with scope(SYSTEM):
            return list(seen(*asked))

    return everything


def test_a_force_is_told_no_inside_act_and_what_is_shared_with_it() -> None:
    case = an_assigned_case()
    caller = Caller(case.referral.created_by)
    after = told(caller)["next"]
    note = {"case_id": case.pk, "by": case.case_owner, "now": NOON + timedelta(days=2)}
    casework_actions.add_note(**note, text="For us alone.")
    assert happened(caller, after) == []
    progress = {**note, "kind": "contact", "happened_on": NOON.date(), "text": "They were told."}
    casework_actions.record_progress(**progress, shared_with_force=False)
    assert happened(caller, after) == []
    casework_actions.record_progress(**progress, shared_with_force=True)
    assert happened(caller, after) == ["referral.progress_shared"]
    assert "case.progress_recorded" in happened(Caller(case.case_owner))


def test_a_page_of_the_feed_leaves_one_audit_entry_and_is_no_reading() -> None:
    referral = a_submitted()
    caller, before = Caller(referral.created_by), AuditEvent.objects.count()
    found = told(caller)["changes"]
    (entry,) = AuditEvent.objects.order_by("pk")[before:]
    assert (entry.kind, len(entry.subjects)) == ("change.listed", len(found))
    assert entry.recipient == referral.force.name
    assert not AuditEvent.objects.filter(kind="referral.viewed").exists()


def test_a_page_ends_where_the_next_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    referral = a_submitted()
    caller = Caller(referral.created_by)
    whole = happened(caller)
    monkeypatch.setattr(feed, "PAGE", 2)
    monkeypatch.setattr(feed, "AT_ONCE", 3)
    pieces, after, more = [], "", True
    while more:
        page = told(caller, after)
        pieces += [each["happened"] for each in page["changes"]]
        after, more = page["next"], page["more"]
    assert pieces == whole and len(whole) > 2


def test_a_cursor_that_is_none_of_ours_is_named() -> None:
    answer = Caller(a_user(Role.POLICE_OFFICER)).get("changes/", after="1")
    assert answer.status_code == 400 and list(errors_of(answer)) == ["after"]


def one_begins_before_and_ends_after_another(referral: Referral, reader: Caller) -> list[str]:
    """Of two transactions the second commits first; what a reader finds who asks between the two and afterwards."""
    written, go_on = Event(), Event()

    def slow() -> None:
        with scope(SYSTEM), transaction.atomic():
            record(kind="referral.withdrawn", by=None, subject=referral, now=NOON)
            written.set()
            assert go_on.wait(20)
        connection.close()

    after = told(reader)["next"]
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(slow)
        assert written.wait(20)
        with scope(SYSTEM):
            record(kind="referral.reopened", by=None, subject=referral, now=NOON)
        between = told(reader, after)
        go_on.set()
        waiting.result(20)
    return [each["happened"] for each in between["changes"]] + happened(reader, between["next"])


BY_SEQUENCE = """
CREATE OR REPLACE FUNCTION changes_number() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS 'UPDATE changes_change SET number = id WHERE number IS NULL'
"""


@pytest.mark.django_db(transaction=True)
def test_the_feed_has_no_gap_by_transactions_that_end_in_another_order() -> None:
    referral = a_submitted()
    reader = Caller(referral.created_by)
    assert one_begins_before_and_ends_after_another(referral, reader) == [
        "referral.reopened",
        "referral.withdrawn",
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('changes_number'::regproc)")
        (ours,) = cursor.fetchone()
    with as_owner(BY_SEQUENCE, ours):  # numbered as they were written, one would be missed
        assert one_begins_before_and_ends_after_another(referral, reader) == ["referral.reopened"]


def test_a_draft_of_another_officer_of_the_force_is_the_force_s() -> None:
    draft = a_draft()
    assert "referral.started" in happened(Caller(a_user(Role.FORCE_LEAD, force=draft.force)))
    assert Change.objects.filter(number=None).count() == 0

"""Erasing a record: two people, nothing of the person left, a tombstone and the audit stay."""

import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import InternalError, connection, transaction

from casework.models import Case, CaseNote
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.audit.verifying import verify
from nexus.drafts.actions import save_draft
from nexus.drafts.models import Draft
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from nexus.retention import actions
from nexus.retention.erasing import erase_rows
from nexus.retention.models import Review, Tombstone
from nexus.retention.states import State
from referrals.models import Referral
from tests.builders import NOON, a_case_in, a_user
from tests.nexus.retention.builders import LATER, LOOKED, a_due_review, a_proposed_erasure, places_of

pytestmark = pytest.mark.django_db


def erased(review: Review) -> Review:
    return actions.erase(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, confirmed_at=LATER)


def test_after_an_erasure_nothing_of_the_person_is_left_and_a_tombstone_stays() -> None:
    case = a_case_in("closed", surname="Zqcanaryqz")
    referral = case.referral
    assert set(places_of("Zqcanaryqz")) >= {"referrals_referral"}
    entries = AuditEvent.objects.count()
    review = erased(a_proposed_erasure(referral))
    assert list(places_of("Zqcanaryqz")) == []
    assert not Referral.objects.filter(pk=referral.pk).exists()
    assert not Case.objects.filter(pk=case.pk).exists()
    stone = Tombstone.objects.get(review=review)
    assert stone.codes["outcome"] == "not_pursued" and stone.codes["force"] == "20"
    assert stone.rows["casework.Case"] == 1
    assert review.reference == referral.reference and review.because == LOOKED
    assert AuditEvent.objects.count() > entries


WHY = "Zqcanaryqz agreed to go, so the next step can wait."


def reasons_of(case: Case) -> list[tuple[str, str]]:
    """The typed reason and its digest in each entry about the case that has one."""
    about = AuditEvent.objects.filter(subject_type="casework.case", subject_id=str(case.pk))
    return list(about.exclude(reason_digest="").values_list("reason", "reason_digest"))


def findings() -> int:
    """What a reading of the whole record finds wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return verify(cursor).faults


def test_typed_reasons_in_the_audit_go_with_the_record_and_the_record_verifies() -> None:
    case = a_case_in("closed")
    record(kind="case.reassigned", by=case.case_owner, now=NOON, subject=case, reason=WHY)
    before = reasons_of(case)
    assert (WHY in dict(before)) and findings() == 0
    review = erased(a_proposed_erasure(case.referral))
    assert list(places_of("Zqcanaryqz")) == []
    assert [reason for reason, _ in reasons_of(case)] == [""] * len(before)
    assert [digest for _, digest in reasons_of(case)] == [digest for _, digest in before]
    told = AuditEvent.objects.get(kind="retention.erased", subject_id=str(review.pk)).detail
    assert told["reasons"] >= len(before)
    assert findings() == 0


def test_a_reason_that_goes_without_an_erasure_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: the sealed entry of the erasure says nothing of the reasons that went."""
    case = a_case_in("closed")
    record(kind="case.reassigned", by=case.case_owner, now=NOON, subject=case, reason=WHY)

    def in_silence(review_id: int) -> tuple[dict[str, int], list[UUID], dict[str, Any]]:
        return (*erase_rows(review_id)[:2], {})

    monkeypatch.setattr(sys.modules[actions.erase.__module__], "erase_rows", in_silence)
    erased(a_proposed_erasure(case.referral))
    assert findings() == 1


def test_the_proposer_cannot_confirm() -> None:
    manager = a_user(Role.MANAGER)
    review = a_proposed_erasure(a_case_in("closed").referral, by=manager)
    with pytest.raises(Refused, match="second person"):
        actions.erase(review_id=review.pk, by=manager, now=LATER, confirmed_at=LATER)


def test_who_erases_has_confirmed_minutes_ago_that_it_is_they() -> None:
    review = a_proposed_erasure(a_case_in("closed").referral)
    for confirmed_at in (None, LATER - timedelta(hours=1)):
        with pytest.raises(Refused):
            actions.erase(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, confirmed_at=confirmed_at)


def test_the_database_erases_nothing_that_two_people_have_not_decided() -> None:
    """As the runtime role, by hand: the function refuses every review but a decided one."""
    review = a_proposed_erasure(a_case_in("closed").referral)
    for asked in (review.pk, 0):
        with pytest.raises(InternalError, match="Two people have not decided"), transaction.atomic():
            ask(f"SELECT nexus_erase_record({asked})")


def test_the_path_of_erasure_opens_no_guard_for_the_runtime_role() -> None:
    """The setting by which the guards know the path is of no use to whoever is not the owner."""
    a_case_in("closed")
    acts = (
        "DELETE FROM referrals_triagedecision",
        "UPDATE audit_auditevent SET kind = ''",
        "UPDATE audit_auditevent SET reason = '', reason_salt = ''",
        "INSERT INTO audit_erasedreason VALUES (1, 1)",
    )
    for act in acts:
        with pytest.raises(Exception, match="annot|denied"), transaction.atomic():
            ask("SET LOCAL nexus.erasing = 'on'")
            ask(act)


def ask(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_legal_hold_is_honoured_until_it_is_lifted() -> None:
    manager, referral = a_user(Role.MANAGER), a_case_in("closed").referral
    review = a_proposed_erasure(referral)
    why = "The Upper Tribunal needs it in JR/2033/000123."
    actions.hold(review_id=review.pk, by=manager, now=LATER, reason=why)
    with pytest.raises(Refused):
        erased(review)
    with pytest.raises(Refused):
        actions.propose(review_id=review.pk, by=manager, now=LATER, ground="period", because=LOOKED)
    lifted = actions.lift(review_id=review.pk, by=manager, now=LATER, reason="The judicial review has ended.")
    assert lifted.state == State.DUE
    told = [
        (change.verb, change.by, change.reason) for change in review.changes.filter(verb__in=["hold", "lift"])
    ]
    assert told == [("hold", manager, why), ("lift", manager, "The judicial review has ended.")]


def test_drafts_and_notifications_go_with_the_record() -> None:
    case = a_case_in("closed")
    reference, owner = case.referral.reference, case.case_owner
    assert owner is not None
    CaseNote.objects.create(case=case, text="Zqcanaryqz", written_by=owner, written_at=NOON)
    save_draft(by=owner, now=NOON, page=f"/cases/{reference}/notes/", answers={"text": ["Zqcanaryqz"]})
    assert Notification.objects.filter(reference=reference).exists()
    review = a_proposed_erasure(case.referral)
    erased(review)
    assert list(places_of("Zqcanaryqz")) == []
    assert not Draft.objects.exists() and not Notification.objects.filter(reference=reference).exists()


def test_what_is_in_use_is_not_erased() -> None:
    case = a_case_in("assigned")
    manager = a_user(Role.MANAGER)
    why = "The person asked for it to be erased."
    review = actions.open_review(by=manager, now=NOON, reference=case.referral.reference, reason=why)
    with pytest.raises(Refused, match="in use"):
        actions.propose(review_id=review.pk, by=manager, now=NOON, ground="request", because=LOOKED)


def test_reasons_that_stay_do_not_name_the_person() -> None:
    review = a_due_review(a_case_in("closed", surname="Zelmanov").referral)
    with pytest.raises(Refused, match="Leave out the name"):
        because = "Zelmanov left years ago, and nobody asks."
        actions.propose(
            review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, ground="period", because=because
        )


def test_nothing_falls_due_before_its_period_or_twice() -> None:
    referral = a_case_in("closed").referral
    assert actions.queue_due(now=LATER - timedelta(days=3 * 366)) == 0
    assert actions.queue_due(now=LATER) == 1
    assert actions.queue_due(now=LATER) == 0
    assert Review.objects.get().reference == referral.reference


def test_what_is_kept_longer_is_due_again_on_its_day() -> None:
    review = a_due_review(a_case_in("closed").referral)
    until = LATER.date() + timedelta(days=30)
    why = "A related case is still open."
    actions.keep(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, until=until, reason=why)
    actions.queue_due(now=LATER + timedelta(days=29))
    assert Review.objects.get(pk=review.pk).state == State.KEPT
    actions.queue_due(now=LATER + timedelta(days=31))
    assert Review.objects.get(pk=review.pk).state == State.DUE

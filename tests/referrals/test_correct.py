"""A recorded fact was wrong: the original stays, what rests on it is stale, and who had been given it is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions
from referrals.corrections import recipients_of, stale_of, untold_of
from referrals.models import Correction, CorrectionRecipient, Referral
from tests.builders import (
    NOON,
    a_complete_draft,
    a_draft_decision,
    a_force,
    a_proposal,
    a_served_decision,
    a_submitted,
    a_user,
    an_acceptance,
    an_assigned_case,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)
WHY = "The passport shows 1 August, and the person asked for it by letter."
BORN = {"date_of_birth": date(1985, 8, 1), "date_of_birth_precision": "exact"}


def corrected(referral: Referral, *, by: User | None = None, **values: Any) -> Correction:
    return actions.correct(
        referral_id=referral.pk,
        by=by or a_user(Role.REFERRALS_OFFICER),
        now=LATER,
        page="identity",
        values=values or BORN,
        because=WHY,
    )


def test_a_correction_keeps_the_original_and_cannot_be_changed_itself() -> None:
    referral = a_submitted()
    before = referral.date_of_birth
    made = corrected(referral)
    referral.refresh_from_db()
    assert referral.date_of_birth == date(1985, 8, 1) != before
    ((label, was, is_now),) = made.lines
    assert (label, is_now) == ("Date of birth", "1 August 1985") and str(before.year) in was
    assert (made.because, made.corrected_at) == (WHY, LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(because="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
    entry = AuditEvent.objects.get(kind="referral.corrected")
    assert entry.detail["correction"] == made.pk and entry.detail["fields"][0] == "date_of_birth"
    assert WHY not in str((entry.reason, entry.detail))  # the record names the act, never the words


def test_what_rests_on_the_fact_is_stale_wherever_somebody_acts() -> None:
    case = an_assigned_case()
    decision = a_draft_decision(case)
    made = corrected(case.referral)
    assert {each.row_model for each in made.stale.all()} == {"referrals.triagedecision", "decisions.decision"}
    reference = case.referral.reference
    owner = a_client(case.case_owner)
    for name, args in (
        ("casework:detail", [reference]),
        ("decisions:detail", [reference]),
        ("referrals:assessment", [reference]),
    ):
        page = owner.get(reverse(name, args=args)).content.decode()
        assert "rests on a fact that was corrected" in page and "Decision on the case: draft" in page
        assert "is <bdi>1 August 1985</bdi>" in page
    officer = a_client(a_user(Role.REFERRALS_OFFICER))
    page = officer.get(reverse("referrals:decide", args=[reference])).content.decode()
    assert "Triage decision: accepted" in page
    assert reverse("decisions:read", args=[reference, decision.pk]) in page


def a_client(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def test_it_is_stale_until_somebody_says_what_follows() -> None:
    case = an_assigned_case()
    made = corrected(case.referral)
    (stale,) = made.stale.all()
    owner = case.case_owner
    with pytest.raises(Refused, match="what follows"):
        actions.reconsider(referral_id=case.referral_id, stale_id=stale.pk, by=owner, now=LATER, finding=".")
    client = a_client(owner)
    address = reverse("referrals:reconsider", args=[case.referral.reference, stale.pk])
    assert "Date of birth was" in client.get(address).content.decode()
    answer = client.post(address, {"finding": "It stands: no threshold turns on the day of birth."})
    assert answer.status_code == 302 and not stale_of(case.referral).exists()
    page = client.get(reverse("referrals:corrections", args=[case.referral.reference])).content.decode()
    assert "no threshold turns on the day of birth" in page
    assert client.get(address).status_code == 409
    assert (
        "rests on a fact"
        not in client.get(reverse("casework:detail", args=[case.referral.reference])).content.decode()
    )


def test_without_the_mark_nothing_would_say_that_a_decision_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: the test above sees the mark, and not the correction."""
    monkeypatch.setattr("referrals.actions.correcting.mark_stale", lambda made: 0)
    case = an_assigned_case()
    corrected(case.referral)
    page = a_client(case.case_owner).get(reverse("casework:detail", args=[case.referral.reference]))
    assert "rests on a fact" not in page.content.decode()


def test_who_had_been_given_it_is_told() -> None:
    case = an_assigned_case()
    a_served_decision(case)
    referral = case.referral
    record(kind="material.bundled", by=case.case_owner, subject=case, now=NOON)
    record(kind="engagement.tasked", by=case.case_owner, subject=case, now=NOON, recipient="Kent Police")
    record(kind="engagement.tasked", by=None, subject=a_submitted(), now=NOON, recipient="Essex Police")
    named = set(recipients_of(referral))
    assert {"the subject", "Whoever was given the bundle", "Kent Police"} <= named
    assert "Essex Police" not in named
    lead = a_user(Role.FORCE_LEAD)
    made = corrected(referral)
    told = {each.recipient: each for each in made.recipients.all()}
    assert told[referral.force.name].told_at == LATER and told["Kent Police"].told_at is None
    heard = Notification.objects.filter(kind="referral_corrected")
    assert {lead.pk, case.case_owner_id} <= set(heard.values_list("person_id", flat=True))
    assert untold_of(referral).count() == len(told) - 1


def test_whoever_is_to_be_told_stays_in_sight_until_it_is_recorded_how() -> None:
    case = an_assigned_case()
    record(kind="case.printed", by=case.case_owner, subject=case, now=NOON)
    made = corrected(case.referral)
    (open_one,) = made.recipients.filter(told_at=None)
    client = a_client(case.case_owner)
    summary = reverse("casework:detail", args=[case.referral.reference])
    assert "To be told of a correction" in client.get(summary).content.decode()
    address = reverse("referrals:tell_recipient", args=[case.referral.reference, open_one.pk])
    assert client.post(address, {"how": "By letter of 24 November, sent to counsel."}).status_code == 302
    assert "To be told of a correction" not in client.get(summary).content.decode()
    assert CorrectionRecipient.objects.get(pk=open_one.pk).how.startswith("By letter")
    entry = AuditEvent.objects.get(kind="referral.correction_told")
    assert entry.recipient == "Whoever was given the print"


def test_a_correction_is_made_on_the_forms_own_page() -> None:
    referral = a_submitted()
    client = a_client(a_user(Role.REFERRALS_OFFICER))
    page = client.get(reverse("referrals:corrections", args=[referral.reference])).content.decode()
    address = reverse("referrals:correct", args=[referral.reference, "identity"])
    assert address in page and "/correct/commitment/" not in page
    form = client.get(address).content.decode()
    assert f'value="{referral.surname}"' in form and "Why is it corrected?" in form
    answers = {"surname": "Anders", "forenames": referral.forenames, "sex": referral.sex, "because": WHY,
               "place_of_birth": referral.place_of_birth, "description": referral.description,
               "date_of_birth-day": "1", "date_of_birth-month": "8", "date_of_birth-year": "1985", "date_of_birth-precision": "exact"}  # fmt: skip
    assert client.post(address, answers).status_code == 302
    page = client.get(reverse("referrals:corrections", args=[referral.reference])).content.decode()
    assert "Anders" in page and referral.surname in page and WHY in page
    missing = client.post(address, {**answers, "because": ""})
    assert "Enter why it is corrected" in missing.content.decode()
    assert (
        client.get(reverse("referrals:correct", args=[referral.reference, "commitment"])).status_code == 404
    )


def test_each_reason_against_a_correction() -> None:
    referral = a_submitted()
    with pytest.raises(Refused, match="Nothing is different"):
        corrected(referral, surname=referral.surname)
    with pytest.raises(Refused, match="No fact can be corrected there"):
        actions.correct(
            referral_id=referral.pk, by=a_user(Role.REFERRALS_OFFICER), now=LATER,
            page="commitment", values={"signatory": "x"}, because=WHY,
        )  # fmt: skip
    with pytest.raises(Refused, match="what shows it"):
        actions.correct(
            referral_id=referral.pk, by=a_user(Role.REFERRALS_OFFICER), now=LATER,
            page="identity", values=BORN, because="",
        )  # fmt: skip
    actions.withdraw(
        referral_id=referral.pk, by=referral.created_by, now=LATER, reason="Sent in error to us."
    )
    with pytest.raises(Refused, match="withdrawn"):
        corrected(referral)
    assert not Correction.objects.exists()


def test_a_proposed_decision_is_void_when_a_fact_is_corrected(second_reading: None) -> None:
    proposal = a_proposal()
    corrected(proposal.referral)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.because) == ("void", "A recorded fact was corrected.")


def test_who_may_not_correct() -> None:
    referral = an_acceptance().referral
    draft = a_complete_draft()
    for role in (Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.MANAGER, Role.CIO_HMI):
        with pytest.raises(PermissionDenied):
            corrected(referral, by=a_user(role))
    with pytest.raises(Referral.DoesNotExist):
        corrected(referral, by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    with pytest.raises(Referral.DoesNotExist):
        corrected(draft)

"""Linking two referrals, telling them apart, and taking either back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.duplicates import actions
from referrals.duplicates.models import Judgement, Pair
from referrals.models import Referral, ReferralChange
from tests.builders import NOON, a_user
from tests.referrals.duplicates.pairs import a_referral, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    """As a search leaves it; finding it is test_search's."""
    one, other = a_referral("20"), a_referral("06")
    return Pair.objects.create(referral=one, other=other, probability=0.97, found_at=NOON)


def kinds() -> list[str]:
    return list(
        AuditEvent.objects.filter(kind__startswith="duplicates.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_a_link_is_kept_with_who_and_why_and_moves_nothing(pair: Pair) -> None:
    before = list(Referral.objects.order_by("pk").values())
    changes = ReferralChange.objects.count()
    said = judged(pair)
    assert (said.verdict, said.reason, said.taken_back_at) == ("same", "The passport was seen.", None)
    assert list(Referral.objects.order_by("pk").values()) == before
    assert ReferralChange.objects.count() == changes
    assert kinds() == ["duplicates.linked"] * 2
    entries = AuditEvent.objects.filter(kind="duplicates.linked").values_list("subject_id", flat=True)
    assert set(entries) == {str(pair.referral_id), str(pair.other_id)}


def test_a_link_is_taken_back_with_a_reason_and_may_be_made_again(pair: Pair) -> None:
    said, officer = judged(pair), a_user(Role.REFERRALS_OFFICER)
    one: dict[str, Any] = {"judgement_id": said.pk, "by": officer, "now": NOON + timedelta(hours=1)}
    with pytest.raises(Refused, match="Enter why it is taken back."):
        actions.take_back(**one, reason=" ")
    actions.take_back(**one, reason="Two brothers.")
    with pytest.raises(Refused, match="has already taken this back"):
        actions.take_back(**one, reason="Two brothers.")
    assert kinds()[2:] == ["duplicates.unlinked"] * 2
    judged(pair, "not_same", reason="Two brothers.")
    assert Judgement.objects.count() == 2


def test_not_the_same_is_said_once_and_recorded(pair: Pair) -> None:
    judged(pair, "not_same")
    with pytest.raises(Refused, match="has already recorded that this is not the same person"):
        judged(pair, "same")
    assert kinds() == ["duplicates.told_apart"] * 2


def test_a_reason_is_needed(pair: Pair) -> None:
    with pytest.raises(Refused, match="Enter the reasons for your answer."):
        judged(pair, reason="  ")
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REFERRALS_OFFICER}))
def test_nobody_else_may_say_it(pair: Pair, role: Role) -> None:
    """A manager sees the pair and may not; for everybody else it does not exist."""
    refusal = PermissionDenied if role == Role.MANAGER else Pair.DoesNotExist
    with pytest.raises(refusal):
        judged(pair, by=a_user(role))
    assert not Judgement.objects.exists()


def test_the_database_keeps_what_was_said(pair: Pair) -> None:
    said = judged(pair)
    with pytest.raises(Error), transaction.atomic():
        Judgement.objects.filter(pk=said.pk).update(reason="Something else")
    with pytest.raises(Error), transaction.atomic():
        Judgement.objects.create(
            pair=pair, verdict="not_same", reason="No, the papers differ.", by=said.by, at=NOON
        )
    with pytest.raises(Error), transaction.atomic():
        pair.delete()
    with pytest.raises(Error), transaction.atomic():
        Pair.objects.create(referral=pair.other, other=pair.referral, probability=1, found_at=NOON)

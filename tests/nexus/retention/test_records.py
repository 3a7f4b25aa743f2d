"""What is a record of its own, and when it falls due."""

import pytest

from casework.support.actions import cancel
from nexus.accounts.roles import Role
from nexus.retention import actions
from nexus.retention.models import Review
from referrals.duty_desk.models import Enquiry
from referrals.matrix.models import MatrixAssessment
from tests.builders import a_case_in, a_draft, a_user
from tests.casework.support.builders import ASKED_AT, value_added
from tests.nexus.retention.builders import LATER, a_proposed_erasure
from tests.referrals.duty_desk.desk import an_answered
from tests.referrals.matrix.sheets import a_result

pytestmark = pytest.mark.django_db


def due() -> set[str]:
    actions.queue_due(now=LATER)
    return set(Review.objects.values_list("retention", flat=True))


def test_what_led_to_no_referral_is_reviewed_by_itself() -> None:
    an_answered()
    a_result()
    asked = value_added()
    cancel(request_id=asked.pk, by=asked.asked_by, now=ASKED_AT, reason="It is no longer needed.")
    assert due() == {"enquiry", "assessment", "support"}


def test_a_draft_that_nobody_sent_and_a_closed_case_are_reviewed_and_what_is_in_use_is_not() -> None:
    a_draft()
    a_case_in("closed")
    a_case_in("assigned")
    assert due() == {"referral_draft", "record"}


def test_an_enquiry_and_an_assessment_are_erased_whole() -> None:
    for record in (an_answered(), a_result()):
        review = a_proposed_erasure(record)
        actions.erase(review_id=review.pk, by=a_user(Role.MANAGER), now=LATER, confirmed_at=LATER)
    assert not Enquiry.objects.exists() and not MatrixAssessment.objects.exists()

"""Two at the same moment: one draft, one enquiry."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from referrals.duty_desk.models import Enquiry
from referrals.matrix import actions
from referrals.models import Referral
from tests.referrals.matrix.sheets import a_result
from tests.referrals.matrix.test_discuss import ASKED
from tests.referrals.test_races import Deed, Pair

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 10


@pytest.fixture
def pair() -> Iterator[Pair]:
    pair = Pair()
    yield pair
    pair.close()


def test_two_presses_make_one_draft_and_one_enquiry(pair: Pair) -> None:
    for _ in range(TRIES):
        result = a_result()
        one = {"assessment_id": result.pk, "by": result.made_by}
        refer: Deed = lambda one=one: actions.refer(**one, now=timezone.now())  # noqa: E731
        discuss: Deed = lambda one=one: actions.discuss(**one, **ASKED, now=timezone.now())  # noqa: E731
        drafts, enquiries = pair.race(refer, refer), pair.race(discuss, discuss)
        assert drafts[0] == drafts[1] and isinstance(drafts[0], Referral)
        assert enquiries[0] == enquiries[1] and isinstance(enquiries[0], Enquiry)
    assert (Referral.objects.count(), Enquiry.objects.count()) == (TRIES, TRIES)

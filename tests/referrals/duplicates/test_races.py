"""Two officers link one pair at the same moment: one link, and the other is told who made it."""

from collections.abc import Iterator
from functools import partial

import pytest

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals.duplicates.models import Judgement, Pair
from tests import databases
from tests.builders import NOON, a_user
from tests.referrals.duplicates.pairs import a_referral, judged
from tests.referrals.test_races import Pair as Racers

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 20


@pytest.fixture
def racers() -> Iterator[Racers]:
    two = Racers()
    yield two
    two.close()


def test_of_two_who_link_at_once_one_is_told_who_was_first(racers: Racers) -> None:
    one, other = a_referral("20"), a_referral("06")
    first, second = (
        a_user(Role.REFERRALS_OFFICER, full_name=name) for name in ("Ottoline Brandt", "Piers Okonjo")
    )
    for _ in range(TRIES):
        pair = Pair.objects.create(referral=one, other=other, probability=0.9, found_at=NOON)
        ends = racers.race(partial(judged, pair, by=first), partial(judged, pair, "not_same", by=second))
        said = Judgement.objects.get(pair=pair)
        refused = [end for end in ends if isinstance(end, Refused)]
        assert [end for end in ends if isinstance(end, Judgement)] == [said]
        assert len(refused) == 1 and str(said.by) in str(refused[0])
        databases.behind_the_guards("DELETE FROM duplicates_judgement WHERE id = %s", said.pk)
        databases.behind_the_guards("DELETE FROM duplicates_pair WHERE id = %s", pair.pk)

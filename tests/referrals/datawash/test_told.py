"""What a force may know of a row: one rule, the same on the page, in files, in counts and in filters."""

from itertools import product

import pytest

from referrals.datawash.linkage.grading import NOBODY, NOT_COMPARED, Grade
from referrals.datawash.linkage.pots import (
    BEING_CHECKED,
    CONFIRMED,
    ESTABLISHED,
    NOT_CONFIRMED,
    NOT_FOUND,
    POTS,
    disclosure,
)
from referrals.datawash.models import WashRow
from referrals.datawash.queries import counts_of, rows_of, told_of
from tests.referrals.datawash.builders import a_register, a_washed_list

# Grade and review as stored; grade, whether the pot, and the words as told.
TABLE = [
    (Grade.EXACT, None, Grade.EXACT, True, ESTABLISHED),
    (Grade.EXACT, True, Grade.EXACT, True, CONFIRMED),
    (Grade.EXACT, False, Grade.NO_TRACE, False, NOT_CONFIRMED),
    (Grade.PROBABLE, None, Grade.PROBABLE, False, BEING_CHECKED),
    (Grade.PROBABLE, True, Grade.PROBABLE, True, CONFIRMED),
    (Grade.PROBABLE, False, Grade.NO_TRACE, False, NOT_CONFIRMED),
    (Grade.POSSIBLE, None, Grade.POSSIBLE, False, BEING_CHECKED),
    (Grade.POSSIBLE, True, Grade.POSSIBLE, True, CONFIRMED),
    (Grade.POSSIBLE, False, Grade.NO_TRACE, False, NOT_CONFIRMED),
    (Grade.AMBIGUOUS, None, Grade.AMBIGUOUS, False, BEING_CHECKED),
    (Grade.AMBIGUOUS, True, Grade.AMBIGUOUS, True, CONFIRMED),
    (Grade.AMBIGUOUS, False, Grade.NO_TRACE, False, NOT_CONFIRMED),
    (Grade.NO_TRACE, None, Grade.NO_TRACE, False, NOT_FOUND),
    (Grade.NO_TRACE, True, Grade.NO_TRACE, False, NOT_FOUND),
    (Grade.NO_TRACE, False, Grade.NO_TRACE, False, NOT_FOUND),
]


@pytest.mark.parametrize(("grade", "confirmed", "as_grade", "pot_is_told", "words"), TABLE)
def test_the_table(
    grade: Grade, confirmed: bool | None, as_grade: Grade, pot_is_told: bool, words: str
) -> None:
    found = disclosure(grade, confirmed)
    assert (found.grade, found.pot_is_told, found.words) == (as_grade, pot_is_told, words)
    assert found.pot("no leave") == ("no leave" if pot_is_told else "undetermined")


def test_the_table_leaves_nothing_out() -> None:
    assert {(grade, confirmed) for grade, confirmed, *_ in TABLE} == set(product(Grade, (None, True, False)))


@pytest.mark.django_db
def test_the_database_tells_the_same_as_the_rule() -> None:
    """Every grade, review and pot: what filters and counts see is what the row shows."""
    a_register()
    wash = a_washed_list()
    wash.rows.all().delete()
    WashRow.objects.bulk_create(
        WashRow(
            wash=wash, number=number, force_row_ref=f"T{number}", grade=grade, confirmed=confirmed, pot=pot
        )
        for number, (grade, confirmed, pot) in enumerate(product(Grade, (None, True, False), POTS))
    )
    rows = list(rows_of(wash))
    assert len(rows) == len(Grade) * 3 * len(POTS)
    for row in rows:
        assert (row.told_grade, row.told_pot) == (told_of(row).grade, told_of(row).pot(row.pot))
    counts = counts_of(rows_of(wash))
    assert sum(counts["grade"].values()) == sum(counts["pot"].values()) == len(rows)
    assert counts["pot"]["no leave"] == sum(told_of(row).pot(row.pot) == "no leave" for row in rows)


def test_a_name_that_cannot_be_compared_is_told_as_such_and_never_as_nobody() -> None:
    row = WashRow(grade=Grade.NO_TRACE, reason=NOT_COMPARED)
    assert told_of(row).words == NOT_COMPARED
    assert told_of(WashRow(grade=Grade.NO_TRACE, reason=NOBODY)).words == NOT_FOUND

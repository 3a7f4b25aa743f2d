"""What is not known is nothing: two unknowns never agree."""

import pytest

from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.normalise import COLUMNS, normalise


@pytest.mark.parametrize(
    ("sex", "nationality", "known"),
    [
        ("Female", "alb", (True, True)),
        ("m", "XXA", (True, True)),
        ("not_known", "XXX", (False, False)),
        ("unknown", "", (False, False)),
        (None, None, (False, False)),
    ],
)
def test_sex_and_nationality(sex: str | None, nationality: str | None, known: tuple[bool, bool]) -> None:
    given = dict.fromkeys(COLUMNS) | {"surname": "Ashgrove", "forenames": "Teodor"}
    given |= {"sex": sex, "nationality": nationality}
    columns = ", ".join(f"CAST(${name} AS VARCHAR) AS {name}" for name in COLUMNS)
    with connected() as connection:
        connection.execute(f"CREATE TEMP TABLE arrived AS SELECT 0 AS number, {columns}", given)
        normalise(connection, "arrived", "rows", this_year=2026)
        assert connection.execute("SELECT sex IS NOT NULL, nationality IS NOT NULL FROM rows").fetchall() == [
            known
        ]

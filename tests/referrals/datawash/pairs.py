"""A washed list with pairs to review: one person close to a row, two, and a row that is exact."""

from typing import Any

from referrals.datawash import actions
from referrals.datawash.models import Candidate, Review, Wash, WashRow
from tests.builders import NOON
from tests.referrals.datawash.builders import HEAD, a_register, a_washed_list

SIBLINGS = [
    {"person_id": "T1", "surname": "Thistlewood", "forenames": "Cornelius", "dob": "1990-06-30",
     "postcode": "L3 3CC", "immigration_status": "limited_leave"},
    {"person_id": "T2", "surname": "Thistlewood", "forenames": "Cornelius", "dob": "1990-06-30",
     "postcode": "L3 3CC", "immigration_status": "refused"},
    {"person_id": "B1", "surname": "Brackenridge", "forenames": "Adelaide", "dob": "1982-11-23",
     "postcode": "B2 2BB", "immigration_status": "overstayer"},
]  # fmt: skip
LIST = f"""{HEAD}
exact,Gurishti,Ardit,1985-07-31,male,Albanian,1999/0123456X,,,,,
one,Brackenridge,Adelaide,1982-11-23,,,,,,,,B2 2BB
two,Thistlewood,Cornelius,1990-06-30,,,,,,,,
nobody,Wolstenholme,Peregrine,1960-01-17,,,,,,,,
"""


def a_wash_to_review(content: str = LIST, **values: Any) -> Wash:
    a_register(*SIBLINGS)
    return a_washed_list(content, **values)


def row_of(wash: Wash, ref: str) -> WashRow:
    return wash.rows.get(force_row_ref=ref)


def pairs_of(wash: Wash, ref: str) -> list[Candidate]:
    """The likeliest first."""
    return list(row_of(wash, ref).candidates.select_related("person").order_by("place"))


def said(candidate: Candidate, verdict: str, **values: Any) -> Review:
    return actions.review(**{"candidate_id": candidate.pk, "now": NOON, "verdict": verdict, **values})

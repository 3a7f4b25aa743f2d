"""Every legal threshold is a dated parameter, so that an old assessment can be made again."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Policy:
    version: str
    in_force_from: date
    # "5 or more convictions within the previous 3 years including non-custodial", guidance p. 9
    persistence_convictions: int
    persistence_years: int
    # A child: under this age a senior person reviews. Children Act 1989, s. 105(1).
    adult_from_years: int


POLICIES: tuple[Policy, ...] = (
    Policy(
        version="2017-03-15",
        in_force_from=date(2017, 3, 15),
        persistence_convictions=5,
        persistence_years=3,
        adult_from_years=18,
    ),
)
CURRENT = POLICIES[-1]


def policy(version: str) -> Policy:
    """The policy of that version; KeyError when there never was one."""
    return {each.version: each for each in POLICIES}[version]

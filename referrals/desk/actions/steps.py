"""What actions on very many referrals go by."""

from collections.abc import Iterator, Sequence

AT_ONCE = 500  # referrals locked in one transaction: others wait for them no longer than it takes


def in_steps(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """The keys, AT_ONCE of them at a time."""
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))

"""Two people of one name on one page are marked apart, each of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol


class Somebody(Protocol):
    """Who somebody is: the name, and the reference that nobody else has."""

    @property
    def name(self) -> str: ...

    @property
    def reference(self) -> str: ...


def same_name(people: Iterable[Somebody | None]) -> frozenset[str]:
    """The references of those who are not alone with their name among these people."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for each in people:
        if each:
            by_name[" ".join(each.name.casefold().split())].add(each.reference)
    return frozenset().union(*(found for found in by_name.values() if len(found) > 1))

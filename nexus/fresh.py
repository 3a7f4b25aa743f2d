"""What changes rarely and every page asks for, as this process last read it.

A process goes by it for a few seconds (NEXUS_FRESH_SECONDS), so another worker follows a change that late. Only for
what is the same for everybody: names of forces and officers, never anything of a subject.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings

Read = TypeVar("Read")


class Fresh(Generic[Read]):
    """`FORCES = Fresh(read)`; `FORCES.now()` reads again when it is no longer fresh."""

    made: ClassVar[list["Fresh[Any]"]] = []

    def __init__(self, read: Callable[[], Read]) -> None:
        self.read = read
        self.known: tuple[float, Read] | None = None
        self.made.append(self)

    def now(self) -> Read:
        known = self.known
        if known is None or monotonic() - known[0] >= settings.NEXUS_FRESH_SECONDS:
            known = self.known = (monotonic(), self.read())
        return known[1]

    @classmethod
    def forget_all(cls) -> None:
        """Read everything again: a test has another database."""
        for each in cls.made:
            each.known = None

"""Opening the pages in shuffled rounds, so that whatever else the machine does falls on all of them alike."""

import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from casework.management.benchmark.floor import floor_client
from casework.management.benchmark.pages import FLOOR, FLOOR_OF_A_VERB, Page, account
from nexus.accounts.second_factor.half_way import mark

SLOW_MS, SLOW_ROUNDS = 1000, 3  # what takes longer is opened so often and no more


@dataclass(frozen=True)
class Sample:
    """One answer: milliseconds by the clock, of them those of the processors here and at the database; statements, bytes."""

    ms: float
    processor: float
    sql: int
    bytes: int


@dataclass(frozen=True)
class Line:
    """One page's figures; `times` is its processor time beside its floor's, which other work on the machine leaves alone."""

    page: Page
    ms: float
    processor: float
    sql: int
    bytes: int
    times: float

    @property
    def faults(self) -> list[str]:
        """The targets that are missed, in words."""
        found = [f"at most {self.page.most:g} ×"] if self.times > self.page.most else []
        too_many = self.page.most_sql is not None and self.sql > self.page.most_sql
        return found + ([f"at most {self.page.most_sql} statements"] if too_many else [])


class Visitor:
    """A signed-in person, at the service or at the floor."""

    def __init__(self, name: str, *, at_the_floor: bool) -> None:
        self.client: Any = floor_client() if at_the_floor else Client(SERVER_NAME="localhost")
        person = account(name)
        self.client.force_login(person)
        session = self.client.session
        mark(session, person, "bench")
        session.save()

    def open(self, page: Page, address: str) -> Sample:
        """Time one answer. RuntimeError where the page refuses."""
        statements = []

        def counted(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        began, busy = time.perf_counter(), processor_ms()
        with connection.execute_wrapper(counted):
            answer = self.client.post(address) if page.posted else self.client.get(address)
        ms, processor = (time.perf_counter() - began) * 1000, processor_ms() - busy
        if answer.status_code not in ((302,) if page.posted else (200,)):
            raise RuntimeError(f"{page.title}: {answer.status_code} at {address}\n{answer.content[:500]!r}")
        return Sample(ms, processor, len(statements), len(answer.content))

    def deepest(self, address: str) -> str:
        """The address of the last page of a list sorted upwards: what its first page downwards ends with."""
        backwards: HttpResponse = self.client.get(address.replace("sort=", "sort=-"))
        (place,) = re.findall(r"after=(\d+)", backwards.text)[:1]
        return f"{address}&after={place}"

    def search(self, address: str, words: str) -> str:
        """The address of a search's answer: the words themselves are posted once."""
        return str(self.client.post(address, {"words": words}).url)


def measure(pages: Sequence[Page], *, rounds: int, seconds: float) -> list[Line]:
    """Every page opened once a round, in another order each time, until the rounds or the seconds are over."""
    visitors: dict[tuple[str, bool], Visitor] = {}
    for page in pages:
        key = (page.who, page.title in (FLOOR, FLOOR_OF_A_VERB))
        visitors.setdefault(key, Visitor(page.who, at_the_floor=key[1]))
    work = [(page, visitors[page.who, page.title in (FLOOR, FLOOR_OF_A_VERB)]) for page in pages]
    ready = [(page, visitor, settled(page, visitor)) for page, visitor in work]
    samples: dict[str, list[Sample]] = defaultdict(list)
    until = time.monotonic() + seconds
    for _ in range(rounds):
        random.shuffle(ready)
        for page, visitor, address in ready:
            taken = samples[page.title]
            if len(taken) < SLOW_ROUNDS or taken[-1].ms < SLOW_MS:
                taken.append(visitor.open(page, address or page.address()))
        if time.monotonic() > until:
            break
    return list(lines(pages, samples))


def settled(page: Page, visitor: Visitor) -> str:
    """The address of a page that is always opened at the same; "" for a verb."""
    if page.posted:
        return ""
    address = page.address()
    if address.endswith("#deepest"):
        return visitor.deepest(address.removesuffix("#deepest"))
    return visitor.search(address, page.words) if page.words else address


def processor_ms() -> float:
    """What this thread and its connection's process have used so far."""
    connection.ensure_connection()
    used = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return time.thread_time() * 1000 + int(used) / 1e6


def lines(pages: Sequence[Page], samples: Mapping[str, Sequence[Sample]]) -> Iterator[Line]:
    """The medians; the first answer of each page, which warms it up, is left out where there are more."""
    middle = {
        title: statistics.median(each.processor for each in taken[1:] or taken)
        for title, taken in samples.items()
    }
    for page in pages:
        taken = samples[page.title][1:] or samples[page.title]
        yield Line(
            page,
            ms=statistics.median(each.ms for each in taken),
            processor=middle[page.title],
            sql=round(statistics.median(each.sql for each in taken)),
            bytes=round(statistics.median(each.bytes for each in taken)),
            times=middle[page.title] / middle[page.floor],
        )

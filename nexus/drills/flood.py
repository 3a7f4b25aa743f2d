"""Connections that send wrong passwords as fast as they are answered, and what a signed-in page takes meanwhile."""

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Flood:
    """`with Flood(address, connections):` sends wrong passwords until the block ends; `answers` counts by status."""

    address: str
    connections: int
    answers: Counter[int] = field(default_factory=Counter)

    def __enter__(self) -> "Flood":
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._send, args=(number,), daemon=True)
            for number in range(self.connections)
        ]
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join(30)

    def _send(self, number: int) -> None:
        """Each with names of its own, so that no count of one name stops it."""
        sent = 0
        token = "x" * 32
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"nexus-csrf={token}",
            "Origin": self.address,
        }
        link = connection_to(self.address)
        while not self._over.is_set():
            sent += 1
            body = urlencode(
                {
                    "email": f"nobody.{number}.{sent}@example.org",
                    "password": "not a pass phrase of anybody",
                    "csrfmiddlewaretoken": token,
                }
            )
            try:
                link.request("POST", "/sign-in/", body, headers)
                answer = link.getresponse()
                answer.read()
                self.answers[answer.status] += 1
            except (OSError, http.client.HTTPException):
                self.answers[0] += 1
                link.close()


def connection_to(address: str) -> http.client.HTTPConnection:
    """A connection to a service on this machine, and to none elsewhere."""
    where = urlsplit(address)
    if where.hostname not in LOOPBACK:
        raise ValueError("A drill is for a service on this machine.")
    return http.client.HTTPConnection(where.hostname, where.port or 80, timeout=60)


def page_times(address: str, page: str, cookie: str, *, seconds: float, pause: float = 0.1) -> list[float]:
    """How long a signed-in person waits for the page, again and again, as somebody who reads between."""
    link, times, until = connection_to(address), [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        link.request("GET", page, headers={"Cookie": cookie})
        answer = link.getresponse()
        answer.read()
        times.append(time.monotonic() - began)
        if answer.status != 200:
            raise ValueError(f"{page} answered {answer.status}")
        time.sleep(pause)
    return times


@dataclass(frozen=True)
class Measured:
    """Medians in seconds, without and with the flood."""

    calm: float
    flooded: float
    answers: Counter[int]

    @property
    def times(self) -> float:
        return self.flooded / self.calm


def measure(
    address: str, page: str, cookie: str, *, connections: int, seconds: float, rounds: int = 4
) -> Measured:
    """The page in calm and beside the flood in turns, `seconds` of each in all: other work on the machine bends both."""
    page_times(address, page, cookie, seconds=1)
    calm: list[float] = []
    flooded: list[float] = []
    answers: Counter[int] = Counter()
    for _ in range(rounds):
        calm += page_times(address, page, cookie, seconds=seconds / rounds)
        with Flood(address, connections) as flood:
            flooded += page_times(address, page, cookie, seconds=seconds / rounds)
        answers += flood.answers
    return Measured(median(calm), median(flooded), answers)

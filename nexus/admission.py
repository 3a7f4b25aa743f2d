"""Who is let in when many come at once: each kind of request has places of its own, and who finds none is told when
to come back.

The threads of the web server only wait here; a request is answered by one of its lane's own threads, each with one
connection to the database. So connections are as many as places, and however many pages are slow or stuck, signing in
and health answer. Files of our own (/assets/) need no place.
"""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

BUSY = "nexus.busy"  # in a request's environment: there was no place for it, see BusyMiddleware
TOO_MANY_REQUESTS = "429"
PACE = 3.0  # seconds before somebody is told that they come too often: a flood must wait as well
PACED = 12  # so many wait in this way, and others are told at once: nobody else's thread is waited in


@dataclass
class Lane:
    """So many are answered at once, so many more wait for a place, none longer than `patience` seconds."""

    name: str
    paths: tuple[str, ...]
    places: int
    waiting: int
    patience: float
    inside: int = 0
    refused: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(self.places, thread_name_prefix=self.name)

    def enter(self, work: Callable[[], Any]) -> "Future[Any] | None":
        """The work, begun or waiting; None when the lane is full."""
        with self._lock:
            if self.inside >= self.places + self.waiting:
                self.refused += 1
                return None
            self.inside += 1
        return self._threads.submit(work)

    def leave(self) -> None:
        with self._lock:
            self.inside -= 1

    def gave_up(self, future: "Future[Any]") -> bool:
        """Whether the work still waited for its place after all the patience; it is not done then."""
        try:
            future.exception(timeout=self.patience)
        except TimeoutError:
            if future.cancel():
                self.refused += 1
                return True
        return False


def lanes() -> list[Lane]:
    """The first whose path a request begins with. In one process, of which there are two or three."""
    return [
        Lane("health", ("/health/", "/metrics/"), places=1, waiting=3, patience=5),
        Lane("sign-in", ("/sign-in/", "/api/v1/token/"), places=2, waiting=14, patience=10),
        Lane("pages", ("/",), places=4, waiting=24, patience=10),
    ]


OWN_FILES = "/assets/"
# What the web server must have: one for each who is inside a lane or held back, and some for files and for saying that
# all is full.
THREADS = sum(lane.places + lane.waiting for lane in lanes()) + PACED + 16


class Admission:
    """A WSGI application around another."""

    def __init__(self, application: Application, of: list[Lane] | None = None) -> None:
        self.application = application
        self.lanes = lanes() if of is None else of
        self._paced = threading.BoundedSemaphore(PACED)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer, or its answer to a request for which there was no place."""
        path = environ.get("PATH_INFO", "/")
        if path.startswith(OWN_FILES):
            return self.application(environ, start_response)
        lane = next(each for each in self.lanes if path.startswith(each.paths) or each is self.lanes[-1])
        statuses: list[str] = []

        def noted(status: str, *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, *rest)

        answer = self._answer_in(lane, environ, noted)
        if statuses[-1].startswith(TOO_MANY_REQUESTS):
            self._hold_back()
        return answer

    def _answer_in(self, lane: Lane, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """What the application answers when its turn comes, or says to who comes when there is no place."""
        busy = environ | {BUSY: True}
        future = lane.enter(lambda: self.application(environ, start_response))
        if future is None:
            return self.application(busy, start_response)
        try:
            if lane.gave_up(future):
                return self.application(busy, start_response)
            answer: Iterable[bytes] = future.result()
            return answer
        finally:
            lane.leave()

    def _hold_back(self) -> None:
        if self._paced.acquire(blocking=False):
            time.sleep(PACE)
            self._paced.release()

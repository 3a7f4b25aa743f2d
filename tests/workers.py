"""A real Celery worker against the test's database and queue.

    def test_a_report_is_built(celery_worker_process): ...
    def test_a_killed_worker_loses_nothing(start_worker):
        first = start_worker(); ...; first.kill(); start_worker()

Both mean that what the test writes is really committed.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.children import end_with_parent

READY_SECONDS = 180.0
STOP_SECONDS = 30.0


@dataclass
class WorkerProcess:
    """One running `celery worker`."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        """The main process's id, for a kill -9 of one's own."""
        return self.process.pid

    def said(self) -> str:
        """Everything it has logged so far."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """As an operator stops it: SIGTERM, ten seconds for the running task, then gone."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """kill -9, children included, as when the machine dies."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


StartWorker = Callable[..., WorkerProcess]


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[StartWorker]:
    """A function that starts a worker and returns it when it is ready; all are killed at the end.

    `start_worker(concurrency=1, NEXUS_REPORT_LEASE_SECONDS=5)`: other names go into its environment.
    """
    workers: list[WorkerProcess] = []

    def start(*, concurrency: int = 2, **settings: Any) -> WorkerProcess:
        log = tmp_path / f"worker-{len(workers)}.log"
        command = [
            sys.executable, "-m", "celery", "--app=nexus", "worker", f"--concurrency={concurrency}",
            "--loglevel=INFO", "--without-gossip", "--without-mingle", f"--hostname=test{len(workers)}@%h",
        ]  # fmt: skip
        environment = os.environ | {key: str(value) for key, value in settings.items()}
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=environment | {"REMAP_SIGTERM": "SIGQUIT"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        worker = WorkerProcess(process, log)
        workers.append(worker)
        wait_until_ready(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()  # stopping takes ten seconds where a task runs; test_queue.py tests it


@pytest.fixture
def celery_worker_process(start_worker: StartWorker) -> WorkerProcess:
    """One worker, ready for the test's tasks."""
    return start_worker()


def wait_until_ready(worker: WorkerProcess) -> None:
    """Return when it says so; fail with its log when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while " ready." not in worker.said():
        if worker.process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The worker did not become ready:\n{worker.said()[-3000:]}")
        time.sleep(0.05)

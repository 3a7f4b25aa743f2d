"""The worker the tests start is a real one, on the test's own database and queue."""

import time

import pytest
from celery import current_app
from django.conf import settings
from redis import Redis

from nexus.celery import app
from tests.workers import StartWorker, WorkerProcess


def wait_for(worker: WorkerProcess, text: str) -> None:
    """Until the worker has logged `text`, or the test fails."""
    deadline = time.monotonic() + 60
    while text not in worker.said():
        assert time.monotonic() < deadline, f"The worker never said {text!r}:\n{worker.said()[-3000:]}"
        time.sleep(0.05)


def test_a_task_sent_here_is_run_by_the_worker_process(celery_worker_process: WorkerProcess) -> None:
    app.send_task("reports.sweep")
    wait_for(celery_worker_process, "succeeded in")
    assert '"error"' not in celery_worker_process.said()


def test_after_a_kill_another_worker_takes_over(start_worker: StartWorker) -> None:
    first = start_worker(concurrency=1)
    first.kill()
    app.send_task("reports.sweep")
    second = start_worker(concurrency=1)
    assert second.pid != first.pid
    wait_for(second, "succeeded in")


def test_stopping_a_worker_ends_it_and_its_children(start_worker: StartWorker) -> None:
    worker = start_worker()
    worker.stop()
    assert worker.process.poll() is not None


def test_the_queue_in_use_is_this_runs_own() -> None:
    assert current_app.main == "nexus"
    number = settings.REDIS_URL.split("?db=")[1]
    assert app.conf.broker_url == settings.CELERY_BROKER_URL
    assert settings.CELERY_BROKER_URL.endswith(f"valkey-{settings.REDIS_URL.split('valkey-')[1].split('.')[0]}"
                                               f".sock?virtual_host={number}")  # fmt: skip


def test_a_message_holds_json_only() -> None:
    """Pickled messages could run code: neither sent nor accepted."""
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]


def test_sending_to_a_dead_broker_fails_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page must not hang because the queue is down."""
    began = time.monotonic()
    with app.connection_for_write("redis+socket:///tmp/nexus-nowhere.sock") as nowhere:
        with pytest.raises(app.connection().connection_errors + (Exception,)):
            app.send_task("reports.sweep", connection=nowhere)
    assert time.monotonic() - began < 10


def test_the_queue_never_forgets_for_want_of_memory() -> None:
    with Redis.from_url(settings.REDIS_URL) as queue:
        assert queue.config_get("maxmemory-policy", "appendonly") == {
            "maxmemory-policy": "noeviction",
            "appendonly": "yes",
        }

"""Real workers: each e-mail once, also when messages are lost, repeated or raced for."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from redis import Redis

from nexus.accounts.roles import Role
from nexus.celery import app
from nexus.notifications import actions
from nexus.notifications.messages import SEND, SWEEP
from nexus.notifications.models import Mail
from nexus.notifications.states import State
from tests.builders import a_user, with_a_question
from tests.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 60.0


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not done():
        assert time.monotonic() < deadline, Counter(Mail.objects.values_list("state", flat=True))
        time.sleep(0.05)


def all_sent() -> bool:
    return set(Mail.objects.values_list("state", flat=True)) == {State.SENT}


def rows_posted(folder: Path) -> Counter[str]:
    """Which rows' e-mails the files in the folder hold, and how often."""
    return Counter(
        re.findall(r"^X-Nexus-Mail: (\d+)$", "".join(f.read_text() for f in folder.iterdir()), re.M)
    )


def some_mails(number: int = 12) -> list[int]:
    for each in range(number):
        actions.notify(
            event_key=f"decision:{each}",
            kind="referral_decided",
            to=[a_user(Role.POLICE_OFFICER)],
            now=timezone.now(),
            url_name="accounts:account",
        )
    return list(Mail.objects.values_list("pk", flat=True))


def test_a_worker_sends_each_once_though_messages_were_lost_and_come_twice(
    start_worker: StartWorker, _queue_and_cache: tuple[Redis, Redis], tmp_path: Path
) -> None:
    rows = some_mails()
    queue, _ = _queue_and_cache
    assert queue.llen("celery") == len(rows)
    queue.flushdb()  # every message is lost
    folder = tmp_path / "post"
    start_worker(NEXUS_EMAIL_URL=f"filemail:///{folder}")
    app.send_task(SWEEP)
    app.send_task(SWEEP)
    for row in rows:
        app.send_task(SEND, args=[row])
    wait_until(all_sent)
    app.send_task(SEND, args=[rows[0]])
    wait_until(lambda: queue.llen("celery") == 0)
    assert rows_posted(folder) == Counter({str(row): 1 for row in rows})


def test_messages_carry_ids_only(_queue_and_cache: tuple[Redis, Redis]) -> None:
    referral = with_a_question()
    messages = _queue_and_cache[0].lrange("celery", 0, -1)
    assert messages
    for message in messages:
        for word in (referral.reference, referral.surname, referral.created_by.email):
            assert word.encode() not in message


def test_workers_that_race_for_a_row_send_one() -> None:
    rows = some_mails(8)
    for row in rows:
        start = threading.Barrier(4)

        def race(row: int = row, start: threading.Barrier = start) -> bool:
            start.wait()
            try:
                return actions.send(mail_id=row, clock=timezone.now)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            won = [pool.submit(race) for _ in range(4)]
        assert [each.result() for each in won].count(True) == 1
    assert len(mail.outbox) == len(rows)

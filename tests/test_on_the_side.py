"""Nothing about a person stands beside the record: every task is walked over the world of the access matrix, whose typed
texts are canaries, and its messages, results, log lines, e-mails, caches and files are read.
"""

import base64
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, transaction
from redis import Redis

from casework.reports.messages import BUILD
from casework.reports.models import ProgressReport
from casework.tribunal.messages import BUILD as BUILD_BUNDLE
from casework.tribunal.models import BundleVersion
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.actions import VERIFY
from nexus.audit.models import AuditEvent
from nexus.celery import app, tell_workers
from nexus.documents.models import StoredFile
from nexus.log_lines import AN_ID
from nexus.notifications.messages import SEND
from nexus.notifications.models import Mail
from referrals.datawash.messages import READ, WASH
from referrals.datawash.models import Wash
from referrals.duplicates.messages import SEARCH
from referrals.models import Referral
from tests.access.world import CANARY, NOW, World, canary
from tests.figures import Figure
from tests.lines import lines_into

pytestmark = pytest.mark.django_db
app.loader.import_default_modules()  # as a worker does before its first task
SCAN = "nexus.documents.tasks.scan"
# The rows that a task is about: each that takes something stands here.
ROWS: dict[str, Callable[[], Iterable[Any]]] = {
    VERIFY: lambda: User.objects.filter(role=Role.AUDITOR),
    SEND: Mail.objects.all,
    SCAN: StoredFile.objects.all,
    READ: Wash.objects.all,
    WASH: Wash.objects.all,
    SEARCH: Referral.objects.all,
    BUILD: ProgressReport.objects.all,
    BUILD_BUNDLE: BundleVersion.objects.all,
}
# When the schedule comes by: what is asked falls due, runs out, grows old and is past its period.
DAYS = (0, 40, 4000)
# So often on one day each task is run that is asked for; its messages are all read.
OFTEN_ENOUGH, SEARCHES = 60, 1  # a search takes half a second
WORD = canary("own", "worked", "inside")


@dataclass
class Side:
    """What the tasks left beside the record."""

    queue: Redis
    cache: Redis
    names: list[str]  # of people: neither belongs anywhere here
    messages: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    said: list[object] = field(default_factory=list)  # all that messages give to tasks
    run: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def everything(self) -> Iterator[tuple[str, str]]:
        """Each thing that was found, and what kind of thing."""
        for kind in ("messages", "results", "lines", "files"):
            yield from ((kind, text) for text in getattr(self, kind))
        for letter in mail.outbox:
            yield "e-mails", f"{letter.subject}\n{letter.body}"
        for key in self.cache.scan_iter():
            yield "caches", f"{key!r} {self.cache.dump(key)!r}"

    def faults(self) -> list[str]:
        """What holds a typed text, a name or, but for the recipient's own, an address of somebody."""
        return [
            f"{kind}: {text[:200]}"
            for kind, text in self.everything()
            if CANARY.search(text.lower()) or any(name in text for name in self.names)
        ]

    def deliver(self) -> None:
        """What a commit does, and then a worker, until the queue is empty."""
        times: Counter[str] = Counter()
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _, hook, _ in waiting:
            hook()
        while found := self.queue.lpop(app.conf.task_default_queue):
            message = json.loads(str(found, "utf-8"))
            body = base64.b64decode(message["body"]).decode()
            self.messages.append(json.dumps(message["headers"]) + body)
            args, named, _ = json.loads(body)
            self.said += [*args, *named.values()]
            task = message["headers"]["task"]
            times[task] += 1
            if times[task] <= (SEARCHES if task == SEARCH else OFTEN_ENOUGH):
                self.apply(task, args)

    def apply(self, task: str, args: Iterable[object] = ()) -> None:
        """As a worker does it: whatever it raises ends there."""
        self.run.add(task)
        with transaction.atomic():
            done = app.tasks[task].apply(args=[*args], throw=False)
        self.results.append(repr(done.result))
        self.failed += [task] if done.failed() else []


def ours() -> list[str]:
    """The names of the service's own tasks."""
    return sorted(name for name in app.tasks if not name.startswith("celery."))


def takes(task: str) -> list[str]:
    """The names of what a task is given."""
    return [*signature(app.tasks[task].run).parameters]


@pytest.fixture
def side(
    world: World, _queue_and_cache: tuple[Redis, Redis], settings: Any, tmp_path: Path
) -> Iterator[Side]:
    """What is left beside the record from here on; what is written to the log is written as in the product."""
    settings.NEXUS_KEYING = "file"
    settings.NEXUS_AUDIT_HEADS = tmp_path / "heads.jsonl"
    people = User.objects.values_list("full_name", "email")
    side = Side(*_queue_and_cache, names=[word for person in people for word in person])
    with lines_into(side.lines):
        yield side


def walked(side: Side) -> Side:
    """Every task, on several days, with every row there is; then whatever these have asked of a worker."""
    for days in DAYS:
        with time_machine.travel(NOW + timedelta(days=days), tick=True):
            side.deliver()
            for task in ours():
                for row in [*ROWS[task]()][:SEARCHES] if takes(task) else [None]:
                    side.apply(task, [] if row is None else [str(row.pk) if task == SCAN else row.pk])
            side.deliver()
    keyed = Path(django_settings.NEXUS_DATA_DIR) / "keying" / "out"
    side.files = [file.read_text() for file in keyed.iterdir()]
    return side


def test_no_task_leaves_a_word_about_anybody_in_messages_logs_e_mails_caches_or_files(
    side: Side, figure: Figure
) -> None:
    done = walked(side)
    assert sorted(done.run) == ours() and done.failed == []
    assert [each for each in done.said if not AN_ID.fullmatch(str(each))] == []
    faults = done.faults()
    assert faults == [], "\n".join(faults[:20])
    assert AuditEvent.objects.filter(kind="keying.exchanged").exists()  # what went out is on record
    assert len(done.messages) > 50 and len(mail.outbox) > 50 and len(done.files) > 0
    words = (
        f"{len(done.run)} tasks, {len(done.messages)} messages, {len(done.lines)} log lines, "
        f"{len(mail.outbox)} e-mails: 0 canaries"
    )
    for promise in (4, 12):
        figure(promise, words, holds=not faults)


def test_a_task_that_takes_something_is_about_rows_of_the_table_above() -> None:
    assert {task for task in ours() if takes(task)} == set(ROWS)
    assert all(len(takes(task)) == 1 and takes(task)[0].endswith("_id") for task in ROWS)


def fail_with_words(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every task fails as a database fails that repeats what it was given."""

    def run(*args: object) -> None:
        raise ValueError(f"Key (surname)=({WORD}) already exists")

    for task in ours():
        monkeypatch.setattr(app.tasks[task], "run", run)
        side.apply(task, [1] if task in ROWS else [])


def test_a_task_that_fails_repeats_nobodys_words(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with_words(side, monkeypatch)
    side.results.clear()  # nobody keeps them: CELERY_TASK_IGNORE_RESULT
    assert django_settings.CELERY_TASK_IGNORE_RESULT
    assert sorted(side.failed) == ours() and side.faults() == []
    assert all(any(task in line for line in side.lines) for task in ours())


def test_with_an_ordinary_formatter_the_walk_finds_the_words(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lines_into(side.lines, logging.Formatter("%(message)s")):
        fail_with_words(side, monkeypatch)
    assert any(fault.startswith("lines") for fault in side.faults())


def test_a_message_that_says_more_than_an_id_is_found(side: Side) -> None:
    side.deliver()
    before = len(side.faults())
    tell_workers(SEARCH, [WORD])
    side.deliver()
    assert len(side.faults()) > before and not AN_ID.fullmatch(str(side.said[-1]))

"""A real worker checks what was uploaded, and the sweep makes good what was lost."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from redis import Redis

from nexus.accounts.roles import Role
from nexus.documents import tasks
from nexus.documents.models import Scan, StoredFile
from nexus.documents.storing import store
from tests.builders import a_user
from tests.nexus.documents.test_kinds import PDF

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0  # seconds


def uploaded() -> StoredFile:
    with transaction.atomic():
        return store(
            upload=SimpleUploadedFile("summary.pdf", PDF), by=a_user(Role.POLICE_OFFICER), now=timezone.now()
        )


def scan_of(file: StoredFile, wanted: Scan) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        file.refresh_from_db()
        if file.scan == wanted or time.monotonic() > deadline:
            return file.scan
        time.sleep(0.1)


def test_an_upload_is_checked_by_the_worker(start_worker: Any, settings: Any) -> None:
    start_worker(concurrency=1, NEXUS_DATA_DIR=settings.NEXUS_DATA_DIR, NEXUS_SCANNER="builtin")
    assert scan_of(uploaded(), Scan.CLEAN) == Scan.CLEAN


def test_a_lost_message_is_made_good_by_the_sweep(start_worker: Any, settings: Any, monkeypatch: Any) -> None:
    file = uploaded()
    Redis.from_url(settings.REDIS_URL).flushdb()
    monkeypatch.setattr(tasks, "PATIENCE", timedelta(0))
    tasks.sweep()
    start_worker(concurrency=1, NEXUS_DATA_DIR=settings.NEXUS_DATA_DIR, NEXUS_SCANNER="builtin")
    assert scan_of(file, Scan.CLEAN) == Scan.CLEAN


def test_an_upload_is_taken_while_the_queue_is_down(monkeypatch: Any) -> None:
    def down(*given: Any, **named: Any) -> None:
        raise ConnectionError("the queue is down")

    monkeypatch.setattr("celery.app.base.Celery.send_task", down)
    file = uploaded()
    assert StoredFile.objects.get(pk=file.pk).scan == Scan.QUARANTINED

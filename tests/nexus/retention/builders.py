"""Records to review, and where a word is still found."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.retention import actions
from nexus.retention.models import Review
from tests.builders import NOON, a_user

LATER = NOON + timedelta(days=7 * 366)
LOOKED = "Read on its pages. Nobody needs it, and no court has asked for it."


def a_due_review(record: Any, *, now: datetime = LATER) -> Review:
    """Of a record that has ended, when its period is over."""
    actions.queue_due(now=now)
    return Review.objects.get(reference=str(record))


def a_proposed_erasure(record: Any, *, by: User | None = None, now: datetime = LATER) -> Review:
    review = a_due_review(record, now=now)
    by = by or a_user(Role.MANAGER)
    return actions.propose(review_id=review.pk, by=by, now=now, ground="period", because=LOOKED)


def places_of(word: str) -> Iterator[str]:
    """Every table, uploaded file and key of the cache in which the word still stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        for (table,) in cursor.fetchall():
            # A row as text holds all its columns; bytes stand in it as hexadecimal digits.
            found = f'SELECT count(*) FROM "{table}" AS each WHERE each::text ILIKE ANY (%s)'  # noqa: S608
            cursor.execute(found, [[f"%{word}%", f"%{word.encode().hex()}%"]])
            if cursor.fetchone()[0]:
                yield table
    for path in (Path(settings.NEXUS_DATA_DIR) / "files").glob("*"):
        if word.encode() in path.read_bytes():
            yield f"file {path.name}"
    client = cache._cache.get_client()
    for key in client.scan_iter():
        if word in key.decode() or word.encode() in (client.dump(key) or b""):
            yield "cache"

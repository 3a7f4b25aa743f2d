"""Uploads in a bucket of an S3-compatible store, so that web and worker can stand on several machines.

Loaded only where the settings name a bucket: what speaks to such stores takes half a second to load.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from storages.backends.s3 import S3Storage

from nexus.documents.places import BucketAway

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 30, 3


class Uploads(S3Storage):
    """STORAGES["uploads"]: a private bucket, asked for a bounded time. `endpoint_url` is another store's than Amazon's."""

    def __init__(self, *, endpoint_url: str = "", encryption: str = "", **options: Any) -> None:
        spoken_to = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"max_attempts": ATTEMPTS},
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint_url else "virtual"},
        )
        super().__init__(
            endpoint_url=endpoint_url or None,
            client_config=spoken_to,
            default_acl=None,  # whose it is says the bucket; nothing is public
            object_parameters={"ServerSideEncryption": encryption} if encryption else {},
            **options,
        )


class Bucket:
    """The place that keeps uploads there."""

    def __init__(self) -> None:
        self.storage: Any = storages["uploads"]

    def keep(self, file_id: UUID, upload: UploadedFile) -> None:
        with answering():
            self.storage.save(str(file_id), upload)

    @contextmanager
    def fetched(self, file_id: UUID) -> Iterator[Path]:
        with TemporaryDirectory(prefix="nexus-upload-") as folder:
            path = Path(folder) / str(file_id)
            self.fetch(file_id, path)
            yield path

    def fetch(self, file_id: UUID, path: Path) -> None:
        """Write what is kept to a file; make none where nothing is kept."""
        with answering():
            try:
                kept = self.storage.open(str(file_id), "rb")
            except FileNotFoundError:
                return
            with kept, path.open("xb") as out:
                shutil.copyfileobj(kept, out)

    def remove_bytes(self, file_ids: Iterable[UUID]) -> None:
        with answering():
            for file_id in file_ids:
                self.storage.delete(str(file_id))

    def written_before(self, moment: datetime) -> list[UUID]:
        with answering():
            found = self.storage.bucket.objects.all()
            return [UUID(each.key) for each in found if is_id(each.key) and each.last_modified < moment]


@contextmanager
def answering() -> Iterator[None]:
    """Raises BucketAway where the store did not do what was asked."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise BucketAway(type(error).__name__) from error


def is_id(name: str) -> bool:
    """Whether an upload's bytes have this name; others are nobody's business here."""
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False

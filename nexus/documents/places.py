"""Where the bytes of uploads are: in the data folder of one machine, or in a bucket that several share (bucket.py).

Whoever reads them has it `fetched` to a file and looks at it within the block: from a bucket it is fetched each time and
gone afterwards, so that what is compared with its hash is what is kept, and an erased file is left on no machine.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.module_loading import import_string

UUID_SHAPE = "-".join("[0-9a-f]" * length for length in (8, 4, 4, 4, 12))


class BucketAway(Exception):
    """The bucket does not answer: nothing is known of the file, least of all that it is gone."""


class Place(Protocol):
    """What keeps the bytes of uploads under their ids."""

    def keep(self, file_id: UUID, upload: UploadedFile) -> None:
        """Write the bytes for good; where that fails, nothing of them stays."""

    def fetched(self, file_id: UUID) -> AbstractContextManager[Path]:
        """A file with these bytes for the length of the block; it does not exist where there are none."""

    def remove_bytes(self, file_ids: Iterable[UUID]) -> None:
        """Those that are there are gone afterwards."""

    def written_before(self, moment: datetime) -> list[UUID]:
        """The ids of everything that was written earlier."""


def place() -> Place:
    """The one the settings name."""
    found: Place = import_string(settings.NEXUS_UPLOADS)()
    return found


def folder() -> Path:
    """The folder of uploads, made on first use; nobody else on the machine may look into it."""
    found = Path(settings.NEXUS_DATA_DIR) / "files"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def path_of(file_id: UUID) -> Path:
    """Where the bytes of one upload are in that folder."""
    return folder() / str(file_id)


class Folder:
    """On this machine."""

    def keep(self, file_id: UUID, upload: UploadedFile) -> None:
        path = path_of(file_id)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as out:
                for chunk in upload.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            path.unlink(missing_ok=True)  # the disk may be full
            raise

    @contextmanager
    def fetched(self, file_id: UUID) -> Iterator[Path]:
        yield path_of(file_id)

    def remove_bytes(self, file_ids: Iterable[UUID]) -> None:
        for file_id in file_ids:
            path_of(file_id).unlink(missing_ok=True)

    def written_before(self, moment: datetime) -> list[UUID]:
        oldest = moment.timestamp()
        return [UUID(path.name) for path in folder().glob(UUID_SHAPE) if path.stat().st_mtime < oldest]

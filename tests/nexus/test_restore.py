"""Backup, disaster and restore: what comes back, how soon, and how much of the last moments is missing.

`manage.py walls` does it as docker-compose.yml has it, with half a minute between two pieces of the log; an ordinary run
does it with a second, and promises as much less.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus.drills import restore
from nexus.drills.restore import Kept
from tests.figures import Figure

pytestmark = pytest.mark.xdist_group("restore")
FULL = {"archive_seconds": 30, "writing_seconds": 75}
SMALL = {"archive_seconds": 1, "writing_seconds": 10}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Outside pytest's own folders: as root, the servers are somebody else and may not read there."""
    made = Path("/tmp") / f"nexus-restore-{os.getpid()}"

    made.mkdir(mode=0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def kept(folder: Path, full_size: bool) -> Kept:
    return restore.disaster(folder, **(FULL if full_size else SMALL))


def test_what_was_copied_away_brings_back_everything_but_the_last_seconds(
    kept: Kept, full_size: bool, figure: Figure
) -> None:
    found = restore.restored(kept)
    figure(15, found.words, holds=found.holds(lost_at_most=60 if full_size else 6, back_within=300))


def test_sabotage_from_the_base_backup_alone_more_is_lost_than_is_promised(
    kept: Kept, full_size: bool
) -> None:
    found = restore.restored(kept, archived=False)
    assert found.verified and found.found == 0
    assert not found.holds(lost_at_most=60 if full_size else 6, back_within=300)

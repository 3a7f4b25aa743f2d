"""A full disk: the answer is a sentence, what was typed is kept, nothing half-written stays, and it goes on afterwards.

The disk is a real one of 256 kB, in a namespace of one child process: nobody else on the machine sees it.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.bootstrap import CHECKOUT
from nexus.documents import places
from nexus.documents.models import StoredFile
from nexus.ui.busy import NO_ROOM, reason_busy
from referrals.models import Attachment, Referral
from tests.builders import a_complete_draft, a_user
from tests.figures import Figure

# Whoever is no administrator becomes one inside; an administrator stays, or could not reach the tests' own servers.
ALONE = ("unshare", "--mount", *(("--user", "--map-root-user") if os.getuid() else ()))
MOUNTED = "mount -t tmpfs -o size=256k none {folder} && exec {python} {script} {reference} {officer} {folder}"
SCRIPT = Path(__file__).parent / "filling_a_disk.py"


def can_have_a_disk() -> bool:
    """Whether this machine lets a process have a namespace of its own."""
    return bool(shutil.which("unshare")) and not subprocess.run([*ALONE, "true"], check=False).returncode


def uploads_on_a_small_disk(referral: Referral, folder: Path) -> dict[str, Any]:
    """What was answered to uploads until the disk was full and after it had room again; which files lay on it."""
    command = MOUNTED.format(
        folder=folder,
        python=sys.executable,
        script=SCRIPT,
        reference=referral.reference,
        officer=referral.created_by_id,
    )
    done = subprocess.run(
        [*ALONE, "sh", "-c", command],
        env=os.environ | {"NEXUS_DATA_DIR": str(folder), "NEXUS_VENV": "off"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not can_have_a_disk(), reason="this machine gives no process a namespace of its own")
def test_a_full_disk_is_a_sentence_nothing_half_written_and_nothing_typed_lost(
    tmp_path: Path, figure: Figure
) -> None:
    referral = a_complete_draft(by=a_user(Role.POLICE_OFFICER))
    before = Attachment.objects.count()
    found = uploads_on_a_small_disk(referral, tmp_path)
    taken = [text for status, text in found["answers"] if status == 302]
    refused = [text for status, text in found["answers"] if status == 503]
    assert taken and refused and len(taken) + len(refused) == len(found["answers"])
    assert all(
        "There is no room left where files are kept." in text and "Photographs of the four places" in text
        for text in refused
    )
    assert found["afterwards"] == 302
    kept = Attachment.objects.count() - before - 1
    sizes = sorted(StoredFile.objects.values_list("size", flat=True))[:-1]
    whole = found["files"] == sizes and kept == len(taken) == len(sizes)
    assert AuditEvent.objects.filter(kind="file.stored").count() == len(taken) + 1
    words = (
        f"Disk full: {len(taken)} uploads acknowledged, {kept} kept, {len(found['files']) - kept} half-written, "
        f"{len(refused)} answered with a sentence and what was typed"
    )
    figure(6, words, holds=whole)


def test_sabotage_a_file_that_is_begun_and_left_is_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    """Without its removal the half of a file stays behind."""
    settings.NEXUS_DATA_DIR = tmp_path
    upload = SimpleUploadedFile("places.txt", b"x" * 100)
    monkeypatch.setattr(os, "fsync", full)
    for removed in (True, False):
        if not removed:
            monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        with pytest.raises(OSError, match="No space left") as error:
            places.Folder().keep(uuid4(), upload)
        assert bool(list(places.folder().iterdir())) is not removed
        assert reason_busy(error.value) == NO_ROOM


def full(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")

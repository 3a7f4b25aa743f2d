"""Run by test_full_disk.py in a namespace of its own: uploads until the disk is full, then gives it room and goes on.

    python filling_a_disk.py REFERENCE OFFICER FOLDER

Prints what was answered, as JSON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))
os.environ["DJANGO_SETTINGS_MODULE"] = "nexus.settings"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from nexus.accounts.models import User  # noqa: E402
from tests import identity  # noqa: E402

TYPED = "Photographs of the four places"
MOST = 8  # of 60 kB: more than the disk takes


def main(reference: str, officer: str, folder: str) -> None:
    identity.connect()
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(pk=officer))
    address = reverse("referrals:row_add", args=[reference, "attachment"])

    def press() -> tuple[int, str]:
        upload = SimpleUploadedFile("places.txt", b"He was seen there.\n" * 3_200)
        sent = {"file": upload, "description": TYPED, "marking": "official", "disclosable": "yes"}
        answer = client.post(address, sent)
        return answer.status_code, answer.text

    answers = [press() for _ in range(MOST)]
    full = sorted(file.stat().st_size for file in (Path(folder) / "files").iterdir())
    subprocess.run(["mount", "-o", "remount,size=2m", folder], check=True)
    print(json.dumps({"answers": answers, "files": full, "afterwards": press()[0]}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])

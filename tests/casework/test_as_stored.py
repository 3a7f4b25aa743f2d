"""The bytes of every record are compared with their hash whenever they are shown, bundled or handed out."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from casework.decisions import actions as decisions
from casework.decisions.models import Letter, LetterTemplate
from casework.material import printing
from casework.material.models import Material
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.queries import NOT_AS_STORED
from nexus.documents import as_stored
from nexus.documents.models import StoredFile
from nexus.documents.places import path_of
from tests.builders import a_made_decision, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    NOW,
    approve,
    attached,
    check,
    commissioned,
    fresh,
    owner_of,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_same_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
        yield


def warned() -> bool:
    """Whether the auditor's page says so above the entries."""
    page = signed_in(a_user(Role.AUDITOR)).get("/audit/").text
    return "1 file or letter is not what was stored" in page.split("<table")[0]


def test_a_letter_that_is_not_as_it_was_made_is_a_sentence_an_entry_and_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = a_made_decision(an_assigned_case())
    writer = decision.case.case_owner
    assert writer
    letter = decisions.make_letter(
        decision_id=decision.pk, by=writer, now=decision.decided_at, template=LetterTemplate.values[0]
    )
    reader = signed_in(writer)
    address = reverse("decisions:letter", args=[decision.case.referral.reference, letter.pk, "pdf"])
    assert reader.get(address).status_code == 200
    monkeypatch.setattr(Letter, "pdf_hash", property(lambda self: "0" * 64, lambda self, value: None))
    answer = reader.get(address)
    assert answer.status_code == 409 and "not as it was made" in answer.text
    entry = AuditEvent.objects.get(kind=NOT_AS_STORED)
    assert (entry.subject_type, entry.subject_id) == ("decisions.letter", str(letter.pk))
    assert warned()


def a_bent_record() -> tuple[Material, StoredFile]:
    """An approved statement with one record, of which somebody with the machine in hand has changed a byte."""
    material = commissioned()
    attached(material, "log.txt", b"The custody log.")
    sent(material, "I am a constable.")
    approve(check(fresh(material)))
    file = StoredFile.objects.get(name="log.txt")
    path = path_of(file.pk)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    return fresh(material), file


@pytest.mark.usefixtures("the_same_day")
def test_a_record_that_changed_on_disk_is_named_in_the_bundle_and_left_out() -> None:
    material, file = a_bent_record()
    reader = signed_in(owner_of(material))
    answer = reader.get(reverse("material:bundle", args=[material.case.referral.reference]))
    assert answer.status_code == 200
    words = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages
    )
    assert "(log.txt): its bytes are not those that were stored" in words and "custody log!" not in words
    assert AuditEvent.objects.get(kind=NOT_AS_STORED).subject_id == str(file.pk)
    assert warned()


@pytest.mark.usefixtures("the_same_day")
def test_without_the_comparison_a_changed_record_is_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    material, file = a_bent_record()
    monkeypatch.setattr(as_stored, "digest_of", lambda path: file.sha256)
    assert printing.reasons_not_printed(printing.bundle_of(material.case), by=None, now=NOW) == {}
    assert not AuditEvent.objects.filter(kind=NOT_AS_STORED).exists()

"""The force's summary or statement as a file: its text is taken, checked by a person and sent, the file bound to it."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.material import actions
from casework.material.actions import uploading
from casework.material.models import Ask, Material, Original, Version
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents import reading
from nexus.documents.models import StoredFile
from nexus.documents.scanning import EICAR
from nexus.refusals import Refused
from tests import databases
from tests.builders import a_force, a_user
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    AGAIN,
    NOW,
    fresh,
    officer_of,
    owner_of,
    received,
    refusal,
    requested,
    written,
)
from tests.nexus.documents.test_reading import a_docx, a_pdf

pytestmark = pytest.mark.django_db
TEXT = b"I am a constable.\n\nI saw it."


def a_file(name: str = "statement.txt", content: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def uploaded(material: Material, **changed: Any) -> Original:
    given = {
        "by": officer_of(material),
        "upload": a_file(),
        "marking": "official",
        "take_text": True,
        **changed,
    }
    return actions.upload_text(material_id=material.pk, now=NOW, **given)


def against(material: Material, **changed: Any) -> str:
    """Why this upload is refused."""
    return refusal(lambda: uploaded(material, **changed))


def draft_of(material: Material) -> Ask:
    return material.asks.get(closed_at=None)


def path(name: str, material: Material, *more: int) -> str:
    return reverse(f"material:{name}", args=[material.pk, *more])


def test_a_word_file_is_uploaded_corrected_and_sent_with_its_text() -> None:
    material = requested()
    client = signed_in(officer_of(material))
    form = {"upload": a_file("summary.docx", a_docx()), "marking": "official_sensitive", "take_text": "yes"}
    answer = client.post(path("upload_text", material), form, follow=True)
    text = answer.content.decode()
    assert "Compare it with the file and correct it" in text and "I am a police constable." in text
    written(material, "I am a police constable.\n\nI saw it myself.")
    text = client.get(path("supply", material)).content.decode()
    assert "summary.docx" in text and "I saw it myself." in text
    assert client.post(path("supply", material), on_page(text)).status_code == 302
    version, original = material.versions.get(), Original.objects.get()
    assert original.ask == version.ask and original.text_taken and original.file.scan == "clean"
    for page in (path("version", material, version.pk), path("original", material, original.pk)):
        assert signed_in(owner_of(material)).get(page).status_code == 200
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"material.text_uploaded", "file.cleared", "material.original_downloaded"} <= kinds


def on_page(text: str) -> dict[str, str]:
    """What the page's form carries."""
    found = re.search(r'name="as_shown" value="(\w+)"', text)
    return {"as_shown": found.group(1) if found else ""}


def test_nothing_is_sent_that_was_not_on_the_page() -> None:
    material = requested()
    written(material, "Mine.", records=1)
    client = signed_in(officer_of(material))
    for change in (
        lambda: written(material, "A colleague’s."),
        lambda: uploaded(material, take_text=False),
        lambda: actions.remove_record(
            material_id=material.pk,
            record_id=draft_of(material).records.get().pk,
            by=officer_of(material),
            now=NOW,
        ),
    ):
        read = on_page(client.get(path("supply", material)).content.decode())
        change()
        answer = client.post(path("supply", material), read)
        assert answer.status_code == 409 and "has changed since you opened" in answer.content.decode()
    assert client.post(path("supply", material)).status_code == 409
    read = on_page(client.get(path("supply", material)).content.decode())
    assert client.post(path("supply", material), read).status_code == 302


def test_whose_it_is_is_asked_again_when_another_text_takes_the_place_of_the_draft() -> None:
    material = requested()
    written(material, "Mine.")
    uploaded(material, take_text=False)
    assert draft_of(material).draft_author
    uploaded(material)
    assert draft_of(material).draft_author == ""
    sent = refusal(lambda: actions.supply(material_id=material.pk, by=officer_of(material), now=NOW))
    assert "Enter whose summary it is." in sent


@pytest.mark.django_db(transaction=True)
def test_the_hash_covers_the_file() -> None:
    material = requested()
    uploaded(material)
    written(material, "Corrected.")
    version = actions.supply(material_id=material.pk, by=officer_of(material), now=NOW)
    assert version.digest() == version.sha256
    StoredFile.objects.filter(pk=Original.objects.get().file_id).update(sha256="0" * 64)
    assert Version.objects.get().digest() != version.sha256
    databases.behind_the_guards("DELETE FROM material_original")
    assert Version.objects.get().digest() != version.sha256


def test_what_is_sent_stays_as_it_is_and_a_new_version_has_a_file_of_its_own() -> None:
    material = requested()
    uploaded(material)
    written(material, "Enough.")
    actions.supply(material_id=material.pk, by=officer_of(material), now=NOW)
    for change in (
        lambda: Original.objects.all().delete(),
        lambda: Original.objects.update(marking="official_sensitive"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    actions.return_summary(material_id=material.pk, by=owner_of(material), now=NOW, **AGAIN)
    again = draft_of(material)
    assert again.draft_text == "Enough." and not Original.objects.filter(ask=again).exists()


def test_what_is_typed_stays_unless_the_officer_says_otherwise() -> None:
    material = requested()
    written(material, "Typed.")
    page = signed_in(officer_of(material)).get(path("upload_text", material)).content.decode()
    assert "replacing the current text" in page and "checked>" not in page
    assert not uploaded(material, take_text=False).text_taken
    assert draft_of(material).draft_text == "Typed."
    uploaded(material)
    assert draft_of(material).draft_text == TEXT.decode() and Original.objects.count() == 1


def test_a_scan_is_attached_and_its_text_typed() -> None:
    material = requested()
    written(material, "Typed.")
    scan = a_file("scan.pdf", a_pdf("#set document(title: [P])\n#rect()"))
    form = {"upload": scan, "marking": "official", "take_text": "yes"}
    answer = signed_in(officer_of(material)).post(path("upload_text", material), form, follow=True)
    assert "has no readable text" in answer.content.decode()
    assert Original.objects.get().text_taken is False and draft_of(material).draft_text == "Typed."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"marking": ""}, "Select the marking of the file."),
        ({"take_text": None}, "Select what to do with the file."),
        ({"upload": a_file("list.csv", b"a,b")}, "must be a Word (DOCX), PDF or TXT"),
        ({"upload": a_file("a.txt", EICAR)}, "refused by the virus check. It holds the EICAR test virus."),
        ({"upload": a_file("a.pdf", b"%PDF-1.7\n%%EOF")}, "it is damaged. Save it again, or paste its text."),
    ],
    ids=["marking", "take_text", "kind", "virus", "damaged"],
)
def test_a_refusal_says_what_to_do_and_loses_nothing(changed: dict[str, Any], sentence: str) -> None:
    material = requested()
    written(material, "Typed.")
    assert sentence in against(material, **changed)
    assert draft_of(material).draft_text == "Typed." and not Original.objects.exists()


def test_what_the_virus_check_found_stays_recorded() -> None:
    material = requested()
    form = {"upload": a_file("a.txt", EICAR), "marking": "official", "take_text": "yes"}
    assert signed_in(officer_of(material)).post(path("upload_text", material), form).status_code == 409
    assert StoredFile.objects.get().scan == "refused"
    assert AuditEvent.objects.filter(kind="file.refused").exists()


def test_the_material_is_locked_only_once_the_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise whoever writes to it meanwhile would wait for the scanner and the reading."""
    locked: list[bool] = []

    def read(*_: object) -> str:
        locked.append(any("FOR UPDATE OF" in query["sql"] for query in queries.captured_queries))
        return "Text."

    material = requested()
    monkeypatch.setattr(uploading, "text_in", read)
    with CaptureQueriesContext(connection) as queries:
        uploaded(material)
    assert locked == [False] and draft_of(material).draft_text == "Text."


def test_nothing_is_stored_where_nothing_is_asked() -> None:
    against(received())
    assert not StoredFile.objects.filter(name="statement.txt").exists()


def test_nothing_is_uploaded_while_the_virus_check_does_not_answer(settings: Any) -> None:
    settings.NEXUS_SCANNER = "clamd://127.0.0.1:1"
    assert "does not answer" in against(requested())


def test_a_file_is_removed_before_it_is_sent_and_the_text_stays() -> None:
    material = requested()
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    with pytest.raises(Refused, match="No file is attached"):
        actions.remove_upload(**one)
    uploaded(material)
    assert signed_in(officer_of(material)).post(path("remove_upload", material)).status_code == 302
    assert draft_of(material).draft_text == TEXT.decode() and not Original.objects.exists()


def test_nothing_is_uploaded_where_nothing_is_asked() -> None:
    material = received()
    assert "Your force is no longer asked for anything here" in against(material)
    assert signed_in(officer_of(material)).get(path("upload_text", material)).status_code == 409


def test_only_the_force_itself_uploads_and_casework_reads_what_is_sent() -> None:
    material = requested()
    foreign = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    with pytest.raises(Material.DoesNotExist):
        uploaded(material, by=foreign)
    with pytest.raises(PermissionDenied):
        uploaded(material, by=owner_of(material))
    original = uploaded(material)

    def status(user: User) -> int:
        return signed_in(user).get(path("original", material, original.pk)).status_code

    assert [status(user) for user in (officer_of(material), owner_of(material), foreign)] == [200, 404, 404]


def test_a_file_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 5)
    material = fresh(requested())
    assert "too long to be read here" in against(material)

"""The force uploads its summary or statement as a file; its text becomes the draft, to be checked and corrected."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.material.actions.steps import written
from casework.material.actions.supplying import lock_asked, reasons_not_asked
from casework.material.models import Ask, Material, Original
from casework.material.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.documents.actions import scan
from nexus.documents.kinds import extension_of
from nexus.documents.models import Marking, Scan, StoredFile
from nexus.documents.places import place
from nexus.documents.reading import IN_WORDS, READABLE, Unreadable, text_in
from nexus.documents.scanning import ScannerUnavailable
from nexus.documents.storing import store
from nexus.refusals import Refused, refuse_if
from nexus.soft_delete import put_back, remove

NO_SCANNER = "The virus check does not answer. Try again in a minute, or paste the text instead."
NO_UPLOAD = "No file is attached, or it has been sent."


def upload_text(
    *,
    material_id: int,
    by: User,
    now: datetime,
    upload: UploadedFile,
    marking: str,
    take_text: bool | None,
) -> Original:
    """Attach the file, and with `take_text` put its text in place of what is written. Raises Refused.

    It is checked for viruses before it is read. A file without text, as a scan, is attached and leaves what is
    written as it is; so does every refusal. Checking and reading take seconds: the material is locked only
    afterwards, and what the virus check found is kept whatever becomes of the upload.
    """
    _permit(material_id, by)
    refuse_if(
        ([] if marking in Marking.values else ["Select the marking of the file."])
        + ([] if take_text is not None else ["Select what to do with the file."])
        + _reasons_no_text_file(upload)
    )
    file = _stored(upload, by, now)
    text = _text_of(file) if take_text else ""
    return _attach(material_id, by, now, file=file, marking=marking, text=text)


def _permit(material_id: int, by: User) -> None:
    """Who may not, or where nothing is asked, stores nothing."""
    material = Material.objects.visible_to(by).select_related("case").get(pk=material_id)
    WHO_MAY.permit("upload_text", by)
    refuse_if(reasons_not_asked(material))


@transaction.atomic
def _attach(
    material_id: int, by: User, now: datetime, *, file: StoredFile, marking: str, text: str
) -> Original:
    """A file attached before gives way."""
    material, asked = lock_asked(material_id, by, "upload_text")
    _give_way(asked, by, now)
    original = Original.objects.create(ask=asked, file=file, marking=marking, text_taken=bool(text))
    if text:
        _replace(asked, text)
    detail = {"original": original.pk, "text_taken": original.text_taken}
    written(material, done="text_uploaded", by=by, now=now, detail=detail)
    return original


def _give_way(asked: Ask, by: User, now: datetime) -> None:
    """The file that is attached stands among what is removed."""
    for before in Original.objects.filter(ask=asked):
        remove(before, by=by, now=now)


def _replace(request: Ask, text: str) -> None:
    """Another text may be another person's: whose it is is asked again before it is sent."""
    if request.draft_text:
        request.draft_author = ""
    request.draft_text = text
    request.save(update_fields=["draft_author", "draft_text"])


def _reasons_no_text_file(upload: UploadedFile) -> list[str]:
    if extension_of(upload.name or "") in READABLE:
        return []
    return [f"The selected file must be a {IN_WORDS}."]


def _stored(upload: UploadedFile, by: User, now: datetime) -> StoredFile:
    """The file once the virus check let it pass. Raises Refused; what was found stays recorded."""
    try:
        with transaction.atomic():  # one, so that no worker takes the file up in between
            checked = scan(file_id=store(upload=upload, by=by, now=now).pk, now=now)
    except ScannerUnavailable as down:
        raise Refused(NO_SCANNER) from down
    if checked is None or checked.scan != Scan.CLEAN:
        raise Refused(
            f"The file was refused by the virus check. {checked.scan_note if checked else ''}".strip()
        )
    return checked


def _text_of(file: StoredFile) -> str:
    try:
        with place().fetched(file.pk) as path:
            return text_in(path, extension_of(file.name))
    except Unreadable as unreadable:
        raise Refused(str(unreadable)) from unreadable


def reasons_not_to_remove_upload(material: Material) -> list[str]:
    """Nothing is asked, or no file is attached to what is asked."""
    attached = Original.objects.filter(ask__material=material, ask__closed_at=None).exists()
    return reasons_not_asked(material) or ([] if attached else [NO_UPLOAD])


@transaction.atomic
def remove_upload(*, material_id: int, by: User, now: datetime) -> None:
    """Take the file away before sending; the text stays, and the file can be put back. Raises Refused."""
    material, asked = lock_asked(material_id, by, "remove_upload")
    original = Original.objects.filter(ask=asked).first()
    if original is None:
        raise Refused(NO_UPLOAD)
    remove(original, by=by, now=now)
    written(material, done="upload_removed", by=by, now=now, detail={"original": original.pk})


@transaction.atomic
def restore_upload(*, material_id: int, original_id: int, by: User, now: datetime) -> Original:
    """Put a removed file back before sending; one attached since gives way. Raises Refused."""
    material, asked = lock_asked(material_id, by, "restore_upload")
    original = Original.with_removed.filter(pk=original_id, ask=asked).first()
    if original is None:
        raise Refused(NO_UPLOAD)
    _give_way(asked, by, now)
    put_back(original)
    written(material, done="upload_restored", by=by, now=now, detail={"original": original.pk})
    return original

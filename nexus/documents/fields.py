"""The form field of an upload."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from nexus.documents import kinds
from nexus.documents.reading import IN_WORDS as READABLE_IN_WORDS
from nexus.documents.reading import READABLE


class DocumentField(forms.FileField):
    """One document. Size, name and kind are checked, in this order; the bytes must be what the name says.

    Cleans to an UploadedFile for `nexus.documents.storing.store`, or None when not required.
    """

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": kinds.ACCEPT}))
        kwargs.setdefault("help_text", f"{kinds.IN_WORDS}, no larger than {kinds.LARGEST_IN_WORDS}")
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile):
            raise ValidationError("Select a file", code="invalid")
        name = kinds.clean_name(data.name or "")
        data.name = name
        for fault in faults(data, name):
            raise ValidationError(fault, code="refused")
        return data


class TextFileField(DocumentField):
    """A document whose text Nexus can read: see nexus/documents/reading.py."""

    def __init__(self, **kwargs: Any) -> None:
        accept = ",".join(f".{extension}" for extension in READABLE)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        kwargs.setdefault("help_text", f"{READABLE_IN_WORDS}, no larger than {kinds.LARGEST_IN_WORDS}")
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        found = super().to_python(data)
        if found is not None and kinds.extension_of(found.name or "") not in READABLE:
            raise ValidationError(f"The selected file must be a {READABLE_IN_WORDS}", code="refused")
        return found


def faults(data: UploadedFile, name: str) -> list[str]:
    """The first check that fails, as a sentence; the bytes are read last of all."""
    return (
        kinds.size_faults(data.size or 0)
        or kinds.name_faults(name)
        or kinds.content_faults(name, cast(BinaryIO, data.file))
    )

"""The form field of an upload."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from nexus.documents import kinds


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
        data.name = kinds.clean_name(data.name or "")
        for fault in self.faults(data):
            raise ValidationError(fault, code="refused")
        return data

    def faults(self, data: UploadedFile) -> list[str]:
        assert data.name is not None
        return (
            kinds.size_faults(data.size or 0)
            or kinds.name_faults(data.name)
            or kinds.content_faults(data.name, data.file)
        )

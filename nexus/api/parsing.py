"""Reading a body: JSON that is not too deep to read; or, where a file belongs to it, the same JSON and the files."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework import parsers
from rest_framework.exceptions import ParseError

# The part of a multipart body that holds what a JSON body would be.
ANSWERS = "answers"


class JSONParser(parsers.JSONParser):
    """DRF's, which answers a thousand nested brackets with a failure of its own."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None


class FilesParser(parsers.MultiPartParser):
    """`multipart/form-data` with the answers as JSON in one part, and a part for each file, named as its field."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """One mapping: the answers, and the files by name. Raises ParseError where any other text came."""
        parts: Any = super().parse(stream, media_type, parser_context)
        texts, files = parts.data.dict(), parts.files.dict()
        answers = read(texts.pop(ANSWERS, "{}"))
        if texts or not isinstance(answers, Mapping):
            raise ParseError(f"Send the answers as a JSON object, in the part {ANSWERS}.")
        return {**answers, **files}


def read(text: str) -> Any:
    """The JSON of a part. Raises ParseError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError(f"The part {ANSWERS} is not JSON.") from None


def without_bytes(sent: Any, word: Any = lambda file: file.name) -> Any:
    """What was sent, with a word for each file in place of its bytes: its name."""
    if not isinstance(sent, Mapping):
        return sent
    return {name: word(value) if isinstance(value, UploadedFile) else value for name, value in sent.items()}

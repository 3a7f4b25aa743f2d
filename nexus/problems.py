"""Problem details (RFC 9457): what every call that does not do what was asked answers, whoever notices it.

A program goes by `code`, and by the code and the pointer of each of `errors`; the sentences are for people. Codes are
never renamed: a program that knows one relies on it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:nexus:problem:"
PART_OF_A_PATH = re.compile(r"\[(\d+)\]")


class Code(TextChoices):
    """What happened, in a word that stays; the label is the title."""

    INVALID = "invalid", "What was sent cannot be taken"
    UNREADABLE = "unreadable", "The body cannot be read"
    NOT_SIGNED_IN = "not_signed_in", "Not signed in"
    NOT_PERMITTED = "not_permitted", "Not permitted"
    NOT_FOUND = "not_found", "Not found"
    METHOD = "method_not_allowed", "This address has no such method"
    NOT_ACCEPTABLE = "not_acceptable", "There is no such representation"
    REFUSED = "refused", "Refused, with reasons"
    CHANGED = "changed_meanwhile", "Somebody has changed it meanwhile"
    MEDIA_TYPE = "unsupported_media_type", "Send another media type"
    TOO_LARGE = "too_large", "Too much was sent"
    TOO_MANY = "too_many_calls", "Too many calls"
    FAILED = "failed", "Something went wrong"
    UNAVAILABLE = "unavailable", "Try again later"


BY_STATUS = {
    400: Code.INVALID,
    401: Code.NOT_SIGNED_IN,
    403: Code.NOT_PERMITTED,
    404: Code.NOT_FOUND,
    405: Code.METHOD,
    406: Code.NOT_ACCEPTABLE,
    409: Code.REFUSED,
    412: Code.CHANGED,
    413: Code.TOO_LARGE,
    415: Code.MEDIA_TYPE,
    429: Code.TOO_MANY,
    500: Code.FAILED,
    503: Code.UNAVAILABLE,
}


class Sentence(str):
    """What is wrong with one field, for a person; and its `code`, for a program."""

    __slots__ = ("allowed", "code")

    code: str
    allowed: tuple[str, ...]

    def __new__(cls, text: str, code: str = "invalid", allowed: Iterable[str] = ()) -> "Sentence":
        """The sentence; `allowed` are the only values there are, where that is what is wrong."""
        made = super().__new__(cls, text)
        made.code, made.allowed = code, tuple(allowed)
        return made


def problem(
    request: HttpRequest, status: int, detail: str, *, code: Code | None = None, **more: Any
) -> dict[str, Any]:
    """The body: `more` may bring `errors` and `reasons`, which are lists, and two texts that differ."""
    code = code or BY_STATUS.get(status, Code.FAILED)
    return {
        "type": TYPE + code.value,
        "title": str(code.label),
        "status": status,
        "code": code.value,
        "detail": detail,
        "request_id": getattr(request, "id", ""),
        "reasons": [],
        "errors": [],
        "current": None,
        "sent": None,
        **more,
    }


def problem_answer(request: HttpRequest, status: int, detail: str) -> JsonResponse:
    """The answer, of what no endpoint has got hold of."""
    return JsonResponse(problem(request, status, detail), status=status, content_type=MEDIA_TYPE)


def errors_of(faults: Mapping[str, Iterable[str]], *, place: str) -> list[dict[str, Any]]:
    """One entry a sentence: where it was sent (`place`), the field's path, and for a body its JSON pointer."""
    return [
        {
            "place": place,
            "field": field,
            "pointer": pointer(field) if place == "body" else None,
            "code": getattr(sentence, "code", "invalid"),
            "sentence": str(sentence),
            "allowed": list(getattr(sentence, "allowed", ())),
        }
        for field, sentences in faults.items()
        for sentence in sentences
    ]


def pointer(field: str) -> str:
    """`conduct[0].offence` is /conduct/0/offence; the body itself is the empty pointer."""
    if field == "body":
        return ""
    path = PART_OF_A_PATH.sub(r".\1", field.removeprefix("$"))
    return "/" + path.strip(".").replace("~", "~0").replace("/", "~1").replace(".", "/")

"""Handing out a stored file: only when it is clean, only as it was stored, and only to be saved."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from nexus.accounts.models import User
from nexus.documents.as_stored import is_as_stored
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place
from nexus.refusals import refuse_if

MISSING = "The file cannot be read as it was stored. An auditor has been told; its reference is {id}."


def reasons_not_to_serve(stored: StoredFile) -> list[str]:
    """Why a file is not handed out yet, or ever."""
    if stored.scan == Scan.QUARANTINED:
        return ["This file is still being checked for viruses. Try again in a minute."]
    if stored.scan == Scan.REFUSED:
        return [f"This file was refused by the virus check: {stored.scan_note}"]
    return []


def serve(stored: StoredFile, name: str = "", *, by: User | None, now: datetime) -> HttpResponse:
    """The file as an attachment called `name` (its own name by default).

    The caller has settled who may see it and records the download. Raises Refused while the file is
    not clean, or when its bytes are not the ones that were stored.
    """
    refuse_if(reasons_not_to_serve(stored))
    with place().fetched(stored.pk) as path:
        content = path.read_bytes() if path.exists() else b""
    found = hashlib.sha256(content).hexdigest() if content else ""
    if not is_as_stored(stored, digest=stored.sha256, found=found, by=by, now=now):
        refuse_if([MISSING.format(id=stored.pk)])
    return as_attachment(content, name or stored.name, stored.content_type, digest=stored.sha256)


def not_sent_again(request: HttpRequest, digest: str) -> HttpResponse | None:
    """304 where who asks has these bytes already: `If-None-Match` has the mark of their hash. None: they are to be sent.

    The caller has asked before who may have them and whether they are clean. And it records no download: nobody was
    given anything, and the entry of the call that did give them stands. An entry is what somebody received.
    """
    answer: HttpResponse | None = get_conditional_response(request, etag=mark_of(digest))
    if answer is not None:
        answer["ETag"] = mark_of(digest)
    return answer


def mark_of(digest: str) -> str:
    """The ETag of a file: the hash with which it was stored."""
    return f'"{digest}"'


def as_attachment(content: bytes, name: str, content_type: str, *, digest: str = "") -> HttpResponse:
    """Bytes to be saved, never shown in the browser; `name` may be in any script. Those that were stored with a hash
    say it, so that they need not be sent again."""
    response = HttpResponse(content, content_type=content_type)
    if digest:
        response["ETag"] = mark_of(digest)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response

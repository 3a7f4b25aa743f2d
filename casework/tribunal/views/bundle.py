"""One bundle: what is chosen for it, how it is ordered, and the versions that were made."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from casework.tribunal.actions.choosing import reasons_not_to_change
from casework.tribunal.actions.making import reasons_not_final, reasons_not_to_make
from casework.tribunal.lists import BUNDLES
from casework.tribunal.models import Bundle, BundleVersion
from casework.tribunal.permissions import WHO_MAY
from casework.tribunal.rules import SECTIONS, changes_between
from casework.tribunal.states import COMING, State
from casework.views.frame import show
from nexus.documents import downloading
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date

REFRESH = 2  # seconds until the page of a bundle that is being made looks again


def sections_of(bundle: Bundle) -> list[dict[str, object]]:
    """The entries by section; the included ones with their numbers."""
    entries = list(bundle.entries.all())
    found = []
    for code, section in SECTIONS.items():
        inside = [entry for entry in entries if entry.section == code]
        numbers: dict[int, str] = {}
        for entry in inside:
            if entry.included:
                numbers[entry.pk] = f"{section.letter}{len(numbers) + 1}"
        found.append({"code": code, "section": section, "entries": inside, "numbers": numbers})
    return found


def changes_of(versions: list[BundleVersion]) -> dict[int, tuple[str, list[str]]]:
    """By version, what changed since the one made before it."""
    made = [version for version in versions if version.state == State.MADE]
    return {
        later.pk: (
            f"What changed since the bundle of {date(earlier.made_at)}",
            changes_between(earlier.contents, later.contents) or ["Nothing"],
        )
        for later, earlier in zip(made, made[1:], strict=False)
    }


@require_GET
def bundle(request: SignedInRequest, reference: str, bundle_id: int) -> HttpResponse:
    """Everything of one bundle; while it is being made, the page looks again by itself."""
    found = BUNDLES.open(request.user, "view_bundle", reference=reference, pk=bundle_id)
    versions = list(found.versions.select_related("requested_by", "file"))
    coming = next((version for version in versions if version.state in COMING), None)
    may_change = WHO_MAY.may("change_entry", request.user) and not reasons_not_to_change(found, request.user)
    context: dict[str, Any] = {
        "bundle": found,
        "hearing": found.hearing,
        "challenge": found.hearing.challenge,
        "sections": sections_of(found),
        "versions": versions,
        "changes": changes_of(versions),
        "coming": coming,
        "against_final": reasons_not_final(found),
        "may_change": may_change,
        "may_make": may_change and not reasons_not_to_make(found, request.user),
        "refresh_after": REFRESH if coming and "still" not in request.GET else 0,
    }
    case = found.hearing.challenge.decision.case
    return show(request, case, "bundle", "casework/tribunal/bundle", **context)


@require_GET
def download(request: SignedInRequest, reference: str, bundle_id: int, version_id: int) -> HttpResponse:
    """A version as it was made. Who took it, and for whom a final one is meant, stands in the record."""
    found = BUNDLES.open(request.user, "view_bundle", reference=reference, pk=bundle_id)
    version = found.versions.filter(pk=version_id, state=State.MADE).select_related("file").first()
    if version is None or version.file is None:
        raise Http404
    return downloading.download(
        request,
        version.file,
        kind="bundle.downloaded",
        subject=found.hearing.challenge.decision.case,
        recipient="The tribunal and the other party" if version.is_final else "",
        detail={"bundle": found.pk, "version": version.number, "sha256": version.file.sha256},
    )

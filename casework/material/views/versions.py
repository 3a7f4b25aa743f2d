"""One version as the force sent it, two versions side by side, and the records attached to them."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material import queries, rules
from casework.material.lists import MATERIAL
from casework.material.models import Original, Record, Version
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.views.frame import inside
from nexus.audit.recording import record
from nexus.documents.downloading import download
from nexus.requests import SignedInRequest


@require_GET
def version(request: SignedInRequest, material_id: int, version_id: int) -> HttpResponse:
    """The numbered paragraphs with what the check says of each, the records, and whether the hash still holds."""
    material = MATERIAL.open(request.user, "view_inside", material_id=material_id)
    found = get_object_or_404(
        Version.objects.select_related("supplied_by", "ask"), pk=version_id, material=material
    )
    record(
        kind="material.version_viewed",
        by=request.user,
        subject=found,
        now=timezone.now(),
        detail={"material": material.pk},
    )
    check = queries.standing_check(found)
    return inside(
        request,
        material,
        "version",
        "casework/material/version",
        version=found,
        paragraphs=judged(found, check),
        check=check,
        earlier=queries.checks_of(material, version=found)[1:],
        points=[(rules.CHECKLIST[each.code].question, each.met) for each in check.points.all()]
        if check
        else [],
        original=queries.original_of(found.ask),
        attached=list(found.ask.records.select_related("file")),
        record_answers=dict(check.records.values_list("record_id", "disclosable")) if check else {},
        approval=found.approvals.select_related("approved_by").first(),
        holds=found.digest() == found.sha256,
        others=list(material.versions.filter(kind=found.kind).exclude(pk=found.pk)),
        back_url=reverse("material:detail", args=[material.pk]),
    )


def judged(version: Version, check: Any) -> list[tuple[int, str, Any]]:
    """(number, text, what the check says of it or None)."""
    said = {paragraph.number: paragraph for paragraph in check.paragraphs.all()} if check else {}
    return [(number, text, said.get(number)) for number, text in enumerate(version.paragraphs, start=1)]


@require_GET
def compare(request: SignedInRequest, material_id: int, old_id: int, new_id: int) -> HttpResponse:
    """Two versions of one text, paragraph by paragraph."""
    material = MATERIAL.open(request.user, "view_inside", material_id=material_id)
    new = get_object_or_404(Version, pk=new_id, material=material)
    old = get_object_or_404(Version, pk=old_id, material=material, kind=new.kind)
    pairs = rules.compare(old.paragraphs, new.paragraphs)
    return inside(
        request,
        material,
        "compare",
        "casework/material/compare",
        old=old,
        new=new,
        pairs=pairs,
        changed=sum(pair.kind != "same" for pair in pairs),
        back_url=reverse("material:detail", args=[material.pk]),
    )


@require_GET
def record_file(request: SignedInRequest, material_id: int, record_id: int) -> HttpResponse:
    """An attached record to be saved, once it is checked."""
    return saved(request, material_id, Record, record_id, "record")


@require_GET
def original_file(request: SignedInRequest, material_id: int, original_id: int) -> HttpResponse:
    """The file the text was sent with, to be saved."""
    return saved(request, material_id, Original, original_id, "original")


def saved(
    request: SignedInRequest, material_id: int, model: type[Record] | type[Original], pk: int, noun: str
) -> HttpResponse:
    """What the force attached: for casework when it was sent, for the force always. What is not sent is its own."""
    material = MATERIAL.open(request.user, "view", material_id=material_id)
    inside = WHO_MAY.may("view_inside", request.user)
    attached = model.objects.filter(ask__material=material).select_related("file")
    sent = attached.filter(ask__version__isnull=False) if inside else attached
    found = cast("Record | Original", get_object_or_404(sent, pk=pk))
    MATERIAL.viewed(request.user, material, page=noun)
    return download(
        request,
        found.file,
        kind=f"material.{noun}_downloaded",
        subject=material,
        detail={noun: found.pk},
        recipient=recipient_of(request.user),
        back_url=reverse("material:detail" if inside else "material:asked_detail", args=[material.pk]),
    )

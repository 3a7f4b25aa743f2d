"""Nexus material as people meet it: which exists for whom, and that it was read."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from casework.material.models import Ask, Material, Original, Record
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.queries import with_due_day
from nexus.accounts.models import User
from nexus.rows import Rows
from nexus.soft_delete import contents_of


def material_of(by: User) -> QuerySet[Material]:
    """The material that exists for this person, with what is asked of the force now as `open_asks`.

    For Criminal Casework none does: it reads what is released to it (RELEASED), and no version, check or thread.
    """
    asked = Ask.objects.filter(closed_at=None).select_related("asked_by")
    people = ("approval__version", "approval__approved_by", "commissioned_by", "reviewed_by")
    seen = with_due_day(by) if WHO_MAY.may("view", by) else with_due_day(by).none()
    return seen.select_related(*people).prefetch_related(Prefetch("asks", asked, to_attr="open_asks"))


# What the police read is a disclosure: the entry names their force.
MATERIAL = Rows(noun="material", seen=material_of, who_may=WHO_MAY, recipient=recipient_of)


def material_asked_for(by: User) -> QuerySet[Material]:
    """What was asked of a force for this case-owner of Criminal Casework."""
    people = ("support_request", "approval__version", "approval__of_check", "approval__approved_by")
    seen = with_due_day(by) if WHO_MAY.may("view_released", by) else with_due_day(by).none()
    return seen.select_related("case__referral__force", *people)


RELEASED = Rows(noun="material", seen=material_asked_for, who_may=WHO_MAY)


def record_of(material: Material, *, record_id: int) -> Record:
    """One of its records. Raises Http404, also where it is removed."""
    return get_object_or_404(Record, pk=record_id, ask__material=material)


def removed_record_of(material: Material, *, record_id: int) -> Record:
    """One of its records, removed or not. Raises Http404."""
    return get_object_or_404(Record.with_removed, pk=record_id, ask__material=material)


def removed_original_of(material: Material, *, original_id: int) -> Original:
    """One of the files its text was sent with, removed or not. Raises Http404."""
    return get_object_or_404(Original.with_removed, pk=original_id, ask__material=material)


def record_words(record: Record, by: User) -> dict[str, Any]:
    """What goes with a record, for the page that asks before it is removed."""
    return {"removes": [*contents_of(record, "description"), ("File", record.file.name)]}


def upload_words(material: Material, by: User) -> dict[str, Any]:
    """The same of the file that is attached now."""
    attached = Original.objects.filter(ask__material=material, ask__closed_at=None).first()
    return {"removes": [*contents_of(attached, "marking"), ("File", attached.file.name)]} if attached else {}

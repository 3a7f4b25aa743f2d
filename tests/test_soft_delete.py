"""What holds typed words or a file is removed after a question, is kept, and can be put back as it was."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.test import Client
from django.urls import reverse

from casework.decisions import actions as decisions
from casework.decisions.models import Finding
from casework.material import actions as material
from casework.material.models import Original, Record
from casework.support.queries import flags_like
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from nexus.soft_delete import TAKEN_SINCE, Removable, remove
from referrals import actions as referrals
from referrals.duplicates.searching import close_to
from referrals.models import Alias, Attachment, ConductEvent, Nationality
from tests.builders import NOON, a_case, a_draft, a_draft_decision, a_user, an_assigned_case
from tests.casework.material.builders import officer_of, requested, upload

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parent.parent
KEYS = "keys of the interface: nothing anybody typed but their name"
DRAFT = "text its writer has saved elsewhere, discards, or left alone for weeks"
LISTS = "a force’s list, erased when nobody needs it any more; the force has the file"
FOUND = "what a search found and finds again; nobody typed it"
VIEWS = "a choice of what is shown; its page asks first, and nobody typed it but its name"
# Every function that deletes rows at once, and why nothing that a person typed is lost by it.
DELETES = {
    **dict.fromkeys(
        (
            "disable_user",
            "send_password_link",
            "withdraw_integration",
            "withdraw_key",
            "change_password",
            "revoke_token",
        ),
        KEYS,
    ),
    **dict.fromkeys(
        ("add_app", "new_codes_on_paper", "agree_to_reset", "remove_factor", "end_sessions"), KEYS
    ),
    **dict.fromkeys(("let_go_of_oldest", "discard_draft", "page_saved", "discard_old_drafts"), DRAFT),
    **dict.fromkeys(("discard", "_purge_rows", "_purge_list"), LISTS),
    **dict.fromkeys(("store", "tell_of_one", "finish"), FOUND),
    **dict.fromkeys(("set_alert", "change_view", "delete_view", "make_default"), VIEWS),
    **dict.fromkeys(("settled", "forget_old"), "a key of one press, no words"),
    **dict.fromkeys(("start", "forget_rows"), "what an attempt to read a list has found so far"),
    "remove_bytes": "in a bucket, the bytes of a file whose row is gone",
    "erase_file": "a list's file, once its rows are read: only rows are kept",
    "remove_unattached": "a file that belongs to nothing: its upload was refused, or a better one came",
    **dict.fromkeys(("forget", "count_month"), "a count or a note of the machine, no row of a person"),
}


@dataclass
class Scene:
    """A row of somebody's, how it is removed and put back, and the two pages of it."""

    row: Removable
    by: User
    remove: Callable[[], object]
    restore: Callable[[], object]
    remove_page: str
    parent_page: str
    words: str


def a_row(kind: str, words: str, values: dict[str, Any] | None = None) -> Scene:
    referral = a_draft()
    one: dict[str, Any] = {"referral_id": referral.pk, "by": referral.created_by, "now": NOON}
    row: Any = (
        referrals.attach(**one, upload=upload(words), description=words, marking="official", disclosable=True)
        if kind == "attachment"
        else referrals.add_row(**one, kind=kind, values=values or {})
    )
    section = {"alias": "other-names", "nationality": "nationalities", "conduct": "conduct"}.get(
        kind, "attachments"
    )
    return Scene(
        row,
        referral.created_by,
        lambda: referrals.remove_row(**one, kind=kind, row_id=row.pk),
        lambda: referrals.restore_row(**one, kind=kind, row_id=row.pk),
        reverse("referrals:row_remove", args=[referral.reference, kind, row.pk]),
        reverse("referrals:section", args=[referral.reference, section]),
        words,
    )


def an_event() -> Scene:
    values = {
        "kind": "arrest_no_further_action",
        "part": "suspect",
        "offence": "Affray by the quay",
        "grounding": "fact",
    }
    return a_row("conduct", "Affray by the quay", values)


def a_finding() -> Scene:
    case = an_assigned_case()
    decision = a_draft_decision(case)
    one: dict[str, Any] = {"decision_id": decision.pk, "by": case.case_owner, "now": NOON}
    row = decisions.add_finding(
        **one, allegation="He struck him.", evidence="Two saw it.", reasons="Both officers agree."
    )
    where = [case.referral.reference, decision.pk]
    return Scene(
        row,
        case.case_owner,
        lambda: decisions.remove_finding(**one, finding_id=row.pk),
        lambda: decisions.restore_finding(**one, finding_id=row.pk),
        reverse("decisions:remove_finding", args=[*where, row.pk]),
        reverse("decisions:findings", args=where),
        "Two saw it.",
    )


def a_record() -> Scene:
    asked = requested()
    one: dict[str, Any] = {"material_id": asked.pk, "by": officer_of(asked), "now": NOON}
    row = material.attach_record(**one, upload=upload("log"), description="Custody log")
    return Scene(
        row,
        one["by"],
        lambda: material.remove_record(**one, record_id=row.pk),
        lambda: material.restore_record(**one, record_id=row.pk),
        reverse("material:remove_record", args=[asked.pk, row.pk]),
        reverse("material:asked_detail", args=[asked.pk]),
        "Custody log",
    )


def an_original() -> Scene:
    asked = requested()
    one: dict[str, Any] = {"material_id": asked.pk, "by": officer_of(asked), "now": NOON}
    row = material.upload_text(**one, upload=upload("statement"), marking="official", take_text=False)
    return Scene(
        row,
        one["by"],
        lambda: material.remove_upload(**one),
        lambda: material.restore_upload(**one, original_id=row.pk),
        reverse("material:remove_upload", args=[asked.pk]),
        reverse("material:asked_detail", args=[asked.pk]),
        row.file.name,
    )


SCENES: dict[type[Removable], Callable[[], Scene]] = {
    Alias: lambda: a_row("alias", "Quillon Brandreth", {"name": "Quillon Brandreth"}),
    Nationality: lambda: a_row("nationality", "Ukraine", {"code": "UKR", "source": "document"}),
    ConductEvent: an_event,
    Attachment: lambda: a_row("attachment", "Ward statement"),
    Finding: a_finding,
    Record: a_record,
    Original: an_original,
}


def removable() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Removable)]


def columns(row: Removable) -> dict[str, Any]:
    return type(row).with_removed.filter(pk=row.pk).values().get()


@pytest.mark.parametrize("model", list(SCENES), ids=lambda model: model.__name__)
def test_what_is_removed_is_asked_about_kept_and_put_back_as_it_was(model: type[Removable]) -> None:
    scene = SCENES[model]()
    client, before = Client(), columns(scene.row)
    client.force_login(scene.by)
    asked = client.get(scene.remove_page).content.decode()
    assert scene.words in asked and model.objects.filter(pk=scene.row.pk).exists()
    scene.remove()
    assert not model.objects.filter(pk=scene.row.pk).exists()
    removed = columns(scene.row)
    assert (removed["removed_at"], removed["removed_by_id"]) == (NOON, scene.by.pk)
    shown = client.get(scene.parent_page).content.decode()
    assert scene.words in shown and "Removed by" in shown and "Put back" in shown
    scene.restore()
    assert columns(scene.row) == before and model.objects.filter(pk=scene.row.pk).exists()
    assert "Put back" not in client.get(scene.parent_page).content.decode()
    kinds = AuditEvent.objects.values_list("kind", flat=True)
    assert any(kind.endswith("_removed") for kind in kinds) and any(
        kind.endswith("_restored") for kind in kinds
    )


def test_every_removable_model_is_played_here() -> None:
    assert set(removable()) == set(SCENES)


@pytest.mark.parametrize("model", [Alias, Finding, Record], ids=lambda model: model.__name__)
def test_the_button_puts_it_back(model: type[Removable]) -> None:
    scene = SCENES[model]()
    client = Client()
    client.force_login(scene.by)
    assert client.post(scene.remove_page).status_code == 302
    address = scene.remove_page.replace("/remove/", "/restore/")
    assert client.post(address).status_code == 302
    assert model.objects.filter(pk=scene.row.pk).exists()


def test_what_was_added_again_since_stands_and_the_other_is_not_put_back() -> None:
    scene = SCENES[Nationality]()
    scene.remove()
    again = {"code": "UKR", "source": "claimed"}
    one: dict[str, Any] = {"referral_id": scene.row.referral_id, "by": scene.by, "now": NOON}
    referrals.add_row(**one, kind="nationality", values=again)
    with pytest.raises(Refused, match=TAKEN_SINCE):
        scene.restore()
    assert Nationality.objects.get().source == "claimed"


def test_another_file_gives_way_to_the_one_that_is_put_back() -> None:
    scene = an_original()
    one: dict[str, Any] = {"material_id": scene.row.ask.material_id, "by": scene.by, "now": NOON}
    second = material.upload_text(**one, upload=upload("better"), marking="official", take_text=False)
    assert list(Original.objects.all()) == [second]
    scene.restore()
    assert list(Original.objects.all()) == [scene.row]
    assert Original.with_removed.count() == 2


def deleting(source: str) -> Iterator[str]:
    """The functions in this source that delete rows."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(
                isinstance(call, ast.Attribute) and call.attr in ("delete", "_raw_delete") for call in calls
            ):
                yield function.name


def every_deletion() -> set[str]:
    found: set[str] = set()
    for app in ("nexus", "referrals", "casework"):
        for path in (CHECKOUT / app).rglob("*.py"):
            if not {"migrations", "demonstration"} & set(path.parts):
                found |= set(deleting(path.read_text()))
    return found


def test_no_action_deletes_typed_text_or_a_file_at_once() -> None:
    assert every_deletion() == set(DELETES)


def test_an_action_that_deletes_at_once_is_found() -> None:
    assert set(deleting("def remove_finding(finding):\n    finding.delete()\n")) - set(DELETES)


def test_a_row_that_is_deleted_instead_fails_the_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    def delete(row: Any, **_: Any) -> None:
        row.delete()

    monkeypatch.setattr(import_module("casework.decisions.actions.draft"), "remove", delete)
    with pytest.raises(Finding.DoesNotExist):
        test_what_is_removed_is_asked_about_kept_and_put_back_as_it_was(Finding)


def test_a_removed_name_is_found_by_no_search() -> None:
    """Neither by that for the same person, whose SQL is by hand, nor by that for flags."""
    flagged, same = a_case().referral, a_draft(surname="Brandreth", forenames="Quillon")
    one: dict[str, Any] = {"referral": flagged, "name": "Quillon Brandreth"}
    alias = Alias.objects.create(**one)
    officer, born = a_user(Role.CRIMINAL_CASEWORK), flagged.date_of_birth
    assert close_to(same) == [flagged.pk] and len(flags_like("Quillon Brandreth", born, officer)) == 1
    remove(alias, by=officer, now=NOON)
    assert close_to(same) == [] and flags_like("Quillon Brandreth", born, officer) == []


def test_who_removed_it_is_kept_with_when() -> None:
    scene = SCENES[Alias]()
    with pytest.raises(IntegrityError, match="removed_by_whom"):
        Alias.objects.filter(pk=scene.row.pk).update(removed_at=NOON - timedelta(days=1))

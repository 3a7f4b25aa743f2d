"""A second check keeps the first, and lets out what the first had redacted only knowingly."""

from typing import Any

import pytest
from django.urls import reverse

from casework.material.actions import checking
from casework.material.actions.checking import Judgement
from casework.material.models import Check, Material
from casework.material.rules import NONE_ATTACHED, Judged, protections_undone
from tests.casework.material.builders import (
    STATEMENT,
    answers_of,
    check,
    commissioned,
    do,
    fresh,
    owner_of,
    received,
    refusal,
    sent,
    signed_in,
    statement_of,
)
from tests.casework.material.test_pages import a_check_form

pytestmark = pytest.mark.django_db
REDACTED = {2: Judgement("redacted", "the assault", "A witness is near.")}
BECAUSE = "The witness has agreed in writing to be named in open court."


def redacted_once() -> Material:
    return check(received(), said=REDACTED)


def checked_again(material: Material, **changed: Any) -> str:
    """What is said against a second check in which everything may be disclosed."""
    given = {**answers_of(statement_of(material)), **changed}
    return refusal(lambda: do("check_statement", material, owner_of(material), **given))


@pytest.mark.parametrize(
    ("before", "now", "undone"),
    [
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw Ann.", "redacted", "Ann"), False),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw Ann.", "redacted", "saw Ann"), False),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw Ann.", "no"), False),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw Ann.", "yes"), True),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw Ann.", "redacted", "He"), True),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("Later he met Ann again.", "yes"), True),
        (Judged("He saw Ann.", "redacted", "Ann"), Judged("He saw a woman.", "yes"), False),
        (Judged("He saw Ann.", "no"), Judged("He saw Ann.", "redacted", "Ann"), True),
        (Judged("He saw Ann.", "no"), Judged("He saw Ann.", "no"), False),
    ],
)
def test_what_a_second_check_would_let_out(before: Judged, now: Judged, undone: bool) -> None:
    assert bool(protections_undone([before], [now])) is undone


def test_a_redaction_once_made_is_removed_only_knowingly() -> None:
    material = redacted_once()
    for because in ("", "x"):
        said = checked_again(material, removes_because=because)
        assert "“the assault” in paragraph 2 was to be redacted." in said and "kept this back" in said
    assert Check.objects.count() == 1
    given = {**answers_of(statement_of(material)), "removes_because": BECAUSE}
    do("check_statement", material, owner_of(material), **given)
    assert Check.objects.latest("pk").removes_because == BECAUSE


def test_the_next_version_of_the_text_keeps_the_redaction_too() -> None:
    material = redacted_once()
    do("reject", material, owner_of(material))
    sent(fresh(material), STATEMENT)
    assert "“the assault” in paragraph 2 was to be redacted." in checked_again(fresh(material))


def test_without_the_guard_the_redaction_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "reasons_not_to_let_out", lambda *_, **__: [])
    with pytest.raises(pytest.fail.Exception):
        test_a_redaction_once_made_is_removed_only_knowingly()


def test_a_second_check_keeps_the_first_and_both_are_shown() -> None:
    material = redacted_once()
    client, version = signed_in(owner_of(material)), statement_of(material)
    path = reverse("material:check_statement", args=[material.pk])
    page = client.get(path).text
    assert "Earlier checks" in page and "the assault" in page and "A witness is near." in page
    form = a_check_form(version)
    said = client.post(path, form).text
    assert "was to be redacted" in said and "id_removes_because" in said
    assert client.post(path, {**form, "removes_because": BECAUSE}).status_code == 302
    assert Check.objects.count() == 2
    both = client.get(reverse("material:version", args=[material.pk, version.pk])).text
    assert BECAUSE in both and "Earlier checks" in both and "A witness is near." in both


def test_records_attached_yes_beside_none_is_refused_and_said_at_the_field() -> None:
    material = commissioned()
    sent(material, STATEMENT, records=0)
    material = fresh(material)
    assert NONE_ATTACHED in checked_again(material)
    path = reverse("material:check_statement", args=[material.pk])
    page = signed_in(owner_of(material)).post(path, a_check_form(statement_of(material))).text
    assert NONE_ATTACHED in page and 'href="#id_point_records' in page
    given = answers_of(statement_of(material), failing=("records",))
    do("check_statement", material, owner_of(material), **given)


def test_without_that_rule_yes_beside_none_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "reasons_none_attached", lambda *_: [])
    with pytest.raises(pytest.fail.Exception):
        test_records_attached_yes_beside_none_is_refused_and_said_at_the_field()

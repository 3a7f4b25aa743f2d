"""Reasons must be reasons: what says nothing is refused by one function, in every form and by every action."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from nexus.accounts.roles import Role
from nexus.refusals import TRIBUNAL, says_why, wordless
from nexus.ui import fields
from nexus.ui.fields import ReasonsField, TextField
from nexus.ui.forms import GovukForm
from tests.access.routes import PARTS
from tests.access.routes.table import Route
from tests.access.walking import KEY, Walk, allowed, body_of, owners
from tests.access.world import World

ROOT = Path(__file__).parent.parent
NAMES = re.compile(
    r"(^|_)(reasons?|because|why|justification|balance|scope_confirmation|risk_controls|findings)(_|$)"
)
NOTHING = (
    *("", "  ", "x", "...", "-", "N/A", "n/a.", "as above", "As above.", "See above", "(to follow)", "TBC"),
    *(
        "Not known.",
        "not  known",
        "123",
        "2026-11-30",
        "no no no",
        "Because, because.",
        "Yes",
        "a b c",
        "Agreed.",
    ),
    *("It holds.", "He left.", "I agree with this.", "It is what it is.", "No, because it is not."),
)
# What is called a reason and is a name: of a holiday.
NAMES_OF_THINGS = {("BankHolidayForm", "reason"), ("administration:bank_holiday_add", "reason")}


def test_words_that_say_nothing() -> None:
    for words in NOTHING:
        assert not says_why(words), words
    for words in (
        "None of the neighbours knows.",
        "Asked the surgery.",
        "Новые сведения полиции",
        "A robbery in May",
        "One conviction, in 2012.",
        "Case-owner on leave.",
    ):
        assert says_why(words), words


def test_a_reason_is_not_the_question_or_the_choice_over_again() -> None:
    question = "Why is the statement commissioned without a reviewed summary?"
    assert not says_why("The statement is commissioned without a reviewed summary.", question)
    assert wordless("The route is changed.", "Enter why the route is changed.") != []
    assert wordless("Without the reviewed summary.", f"Enter {question.lower()}") != []
    form = ChoiceWithReasons({"choice": "both", "reasons": "It is a risk to the public and to officers."})
    assert not form.is_valid()
    (sentence,) = form.errors["reasons"]
    assert "must not only say again what you chose" in sentence and "For example: “The custody" in sentence
    assert ChoiceWithReasons({"choice": "both", "reasons": "He threatened officers at the desk."}).is_valid()


class ChoiceWithReasons(GovukForm):
    choice = forms.ChoiceField(label="Is there a risk?", choices=[("both", "To the public and to officers")])
    reasons = ReasonsField(label="Why?")


def test_sabotage_without_the_comparison_a_choice_is_taken_as_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(GovukForm, "refuse_repeated_reasons", lambda form: None)
    form = ChoiceWithReasons({"choice": "both", "reasons": "A risk to the public, to officers."})
    assert form.is_valid()


def test_what_is_refused_says_what_a_tribunal_would_need() -> None:
    assert wordless("", "Enter why.") == ["Enter why."]
    assert wordless("x", "Enter why.") == [f"Enter why. {TRIBUNAL}"]
    assert wordless(" ", "Enter why.", optional=True) == []
    assert wordless("n/a", "Enter why.", optional=True) == [f"Enter why. {TRIBUNAL}"]
    assert wordless("The force withdrew its allegation.", "Enter why.") == []


def every_form() -> set[type[forms.BaseForm]]:
    """Every form of every page and endpoint: all are made before the first address can be read."""
    assert get_resolver().url_patterns
    found: set[type[forms.BaseForm]] = set()
    todo: list[type[forms.BaseForm]] = [forms.BaseForm]
    while todo:
        below = [each for each in todo.pop().__subclasses__() if each not in found]
        found |= set(below)
        todo += below
    return found


def fields_for_reasons() -> Iterator[tuple[str, forms.Field]]:
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            is_text = isinstance(field, TextField) or type(field) is forms.CharField
            if is_text and NAMES.search(name) and (form.__name__, name) not in NAMES_OF_THINGS:
                yield f"{form.__module__}.{form.__name__}.{name}", field


def taken(field: forms.Field, words: str) -> bool:
    try:
        return bool(field.clean(words))
    except ValidationError:
        return False


def what_takes_nothing() -> list[str]:
    return sorted(
        {
            f"{where}: {words}"
            for where, field in fields_for_reasons()
            for words in NOTHING
            if taken(field, words)
        }
    )


def test_no_field_for_reasons_takes_words_that_say_nothing() -> None:
    assert len({where for where, _ in fields_for_reasons()}) > 60
    assert what_takes_nothing() == []


def test_without_the_guard_the_fields_take_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "says_why", lambda text, *asked: bool(text))
    assert len(what_takes_nothing()) > 60


def test_a_field_for_reasons_says_what_is_wanted() -> None:
    with pytest.raises(ValidationError, match="must say something. A tribunal may read it"):
        ReasonsField(label="Reasons").clean("x")
    assert ReasonsField(label="Reasons").clean("The force withdrew it.") == "The force withdrew it."


def actions_with_reasons() -> Iterator[tuple[Path, ast.FunctionDef, str, str]]:
    """Each action that takes reasons: its file, itself, the name it takes them by, and the text of its file."""
    for path in sorted(ROOT.glob("*/**/actions/*.py")):
        text = path.read_text()
        for each in ast.parse(text).body:
            if isinstance(each, ast.FunctionDef) and "transaction.atomic" in map(
                ast.unparse, each.decorator_list
            ):
                for taken_by in each.args.kwonlyargs:
                    if NAMES.search(taken_by.arg):
                        yield path, each, taken_by.arg, text


# What is called so in a body and is chosen from a list, or is a name.
NOT_WRITTEN = {"decline_reason", "reasons_adequate"}
# What is handed on to an action that asks, or is a choice from a list, or a name.
HANDED_ON = {
    ("lodge", "suspends_reason"),  # to add_litigation, and there to reasons_not_judged
    ("add_litigation", "suspends_reason"),
    ("request_summary", "why"),  # to reasons_not_to_ask
    ("begin_for_support", "why"),  # asked when the request for support was written
    ("commission", "why"),
    ("decline", "decline_reason"),  # a choice
    ("propose", "balance"),
    ("authorise", "margin_reason"),  # to reasons_outliving
    ("check_statement", "removes_because"),  # to reasons_not_to_let_out
    ("mark_redaction", "because"),  # a choice
    ("add_bank_holiday", "reason"),  # what it is called
}


def test_every_action_that_takes_reasons_asks_whether_they_say_something() -> None:
    unasked = [
        f"{path.relative_to(ROOT)}: {each.name}({name})"
        for path, each, name, text in actions_with_reasons()
        if not re.search(rf"(?:wordless\(\s*(?:\w+\.)?|unfit\(\w+, ){name}\b", text)
        and (each.name, name) not in HANDED_ON
    ]
    assert unasked == []


def pages_that_take_reasons(part: str) -> Iterator[tuple[Route, Role]]:
    """Each address to which reasons are posted, and a role that may."""
    for route in PARTS[part]:
        roles = sorted(role for role in Role if "POST" in route.writes and allowed(route, role, "POST"))
        if roles and route.writes["POST"].body:
            yield route, roles[0]


def is_taken(walker: Walk, route: Route, role: Role, sent: dict[str, Any]) -> bool:
    """Whether the body is taken, to its end, in a transaction that is taken back."""
    client = Client()
    client.force_login(walker.world.people[role])
    kind: dict[str, Any] = {"content_type": "application/json"} if route.is_api else {}
    with transaction.atomic():
        path = walker.path(route, role, owners(route, role)[0])
        answer = client.post(path, sent, headers=KEY, **kind)
        if b'name="step" value="confirm"' in answer.content:
            answer = client.post(path, {**sent, "step": "confirm"}, headers=KEY, **kind)
        transaction.set_rollback(True)
    return answer.status_code < 400 and (route.is_api or answer.status_code == 302)


@pytest.mark.parametrize("part", PARTS)
def test_no_page_and_no_endpoint_takes_a_reason_that_says_nothing(world: World, part: str) -> None:
    walker, faults = Walk(world), []
    for route, role in pages_that_take_reasons(part):
        body = body_of(route.writes["POST"], world, role)
        for name in (each for each in body if NAMES.search(each) and each not in NOT_WRITTEN):
            if (route.name, name) not in NAMES_OF_THINGS and is_taken(
                walker, route, role, {**body, name: "x"}
            ):
                faults.append(f"{route.name} [{route.state}] takes {name}: x")
    assert faults == []

"""A colleague was faster: what can still be done with what somebody typed, on the page that refuses it.

A verb names it in its `instead` (nexus/verbs.py); pages by hand ask `offer` themselves. The page shows the answers
and a button a way, and one press sends them there.
"""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.db.models import Model

from nexus.ui.formatting import yesno

SALT = "nexus.instead"
NEVER_CARRIED = (forms.PasswordInput, forms.FileInput)


@dataclass(frozen=True)
class Instead:
    """Where what was typed can go: the address that takes it, the row it is about and what that is called there,
    and the buttons, as (kind, words).

    It goes there in words, about the row; or, where `carried` names answers, as those, with what `beside` adds.
    """

    address: str
    row: Model
    called: str
    buttons: tuple[tuple[str, str], ...]
    carried: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Offer:
    """What the refusal page shows, and the hidden fields it sends; the row among them is signed, so that nobody writes
    about another."""

    address: str
    text: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]


def offer(instead: Instead, form: forms.BaseForm) -> Offer | None:
    """The offer for a form that was refused; None where nothing was typed."""
    text = answers_in_words(form)
    fields = _carried(instead, form) or (("about", signed(instead.row, instead.called)), ("text", text))
    return Offer(instead.address, text, fields, instead.buttons) if text else None


def _carried(instead: Instead, form: forms.BaseForm) -> tuple[tuple[str, str], ...]:
    answers = tuple((name, str(form[name].value() or "")) for name in instead.carried)
    return answers + instead.beside if answers else ()


def signed(row: Model, called: str) -> str:
    """The row and what it is called, for a hidden field."""
    return signing.dumps([row._meta.label_lower, row.pk, called], salt=SALT)


def signed_row(about: str) -> tuple[str, int, str]:
    """The model's label, the row's id and what it is called, of `signed`. Raises signing.BadSignature."""
    label, pk, called = signing.loads(about, salt=SALT)
    return str(label), int(pk), str(called)


def answers_in_words(form: forms.BaseForm) -> str:
    """Everything that was answered, a line each: the question and the answer in words. Pass phrases never."""
    lines = []
    for bound in form:
        words = _answer(bound)
        if words and not bound.is_hidden and not isinstance(bound.field.widget, NEVER_CARRIED):
            lines.append(f"{bound.label}{' ' if str(bound.label).endswith('?') else ': '}{words}")
    return "\n".join(lines)


def _answer(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return yesno(True) if value else ""
    words = {str(code): str(label) for code, label in getattr(bound.field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(each), str(each)) for each in values if each not in (None, ""))

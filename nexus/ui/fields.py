"""Form fields Django does not have: GOV.UK dates, yes or no, and text that is what it looks like."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from nexus.refusals import TRIBUNAL, says_why
from nexus.ui import dates
from nexus.ui.text import has_hidden_characters, plain

HIDDEN_CHARACTERS = "must not include hidden control characters. Type it in instead of pasting it"


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


class Named:
    """A field that is called something in its own error messages: "Date of arrest must …"."""

    noun: str

    def problem(self, words: str, code: str, parts: tuple[str, ...] = ()) -> ValidationError:
        """The sentence "<Noun> <words>"; `parts` are the inputs to mark and to link to."""
        return ValidationError(f"{first_upper(self.noun)} {words}", code=code, params={"parts": parts})


class TextField(Named, forms.CharField):
    """One line of text, or several with `multi_line=True`.

    Strips, keeps one spelling of accented letters (NFC), counts a line end as one character, and
    refuses control and direction-changing characters. Right-to-left scripts are kept.
    """

    def __init__(self, *, multi_line: bool = False, **kwargs: Any) -> None:
        self.multi_line = multi_line
        if multi_line:
            kwargs.setdefault("widget", forms.Textarea)
        self.noun = kwargs.get("label") or "this"
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_hidden_characters(value, lines=self.multi_line):
            raise self.problem(HIDDEN_CHARACTERS, "hidden_characters")


class ReasonsField(TextField):
    """Why, in several lines. Refuses what says nothing, as the actions do (nexus/refusals.py)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(multi_line=True, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not says_why(value, str(self.label or "")):
            raise self.problem(f"must say something. {TRIBUNAL}", "wordless")

    def reasons_only_repeated(self, value: str, chosen: Sequence[str]) -> ValidationError | None:
        """The refusal where the text is only the question and what was chosen on the same form."""
        if says_why(value, str(self.label or ""), *chosen):
            return None
        return self.problem(f"must not only say again what you chose. {TRIBUNAL}", "repeated")


class YesNoField(forms.TypedChoiceField):
    """Yes or no as radios, nothing preselected. Cleans to True, False, or None when not required."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")], coerce=lambda v: v == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class YesNoNotKnownField(forms.ChoiceField):
    """Yes, no or not known: "not known" is an answer, blank is not. Cleans to the word."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")], **kwargs)


class DateWidget(forms.Widget):
    """Three inputs named `<name>-day`, `<name>-month` and `<name>-year`."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}-day"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: (data.get(f"{name}-{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.parts)


class PartialDateWidget(DateWidget):
    """The three inputs and `<name>-precision`."""

    parts = ("day", "month", "year", "precision")


class GovukDateField(Named, forms.Field):
    """A date typed as day, month and year. Cleans to a `datetime.date`, or None when not required.

    `past=True` refuses today and later, `not_future=True` later than today, `future=True` today
    and earlier. What was typed stays on the page. Two-digit years are refused.
    """

    widget: type[forms.Widget] = DateWidget

    def __init__(
        self, *, past: bool = False, not_future: bool = False, future: bool = False, **kwargs: Any
    ) -> None:
        self.bounds: list[tuple[bool, Callable[[dt.date, dt.date], bool], str]] = [
            (past, lambda day, today: day < today, "must be in the past"),
            (not_future, lambda day, today: day <= today, "must be today or in the past"),
            (future, lambda day, today: day > today, "must be in the future"),
        ]
        self.noun = kwargs.get("label") or "the date"
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value

    def clean(self, value: dict[str, str]) -> dt.date | None:
        typed = {part: (value or {}).get(part, "") for part in DateWidget.parts}
        if not any(typed.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.within_bounds(self.read(**typed))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data

    def read(self, day: str, month: str, year: str) -> dt.date:
        try:
            return dates.read(day, month, year)
        except dates.DateProblem as problem:
            raise self.problem(problem.words, "invalid", problem.parts) from None

    def within_bounds(self, day: dt.date) -> dt.date:
        today = timezone.localdate()
        for wanted, allowed, words in self.bounds:
            if wanted and not allowed(day, today):
                raise self.problem(words, "bounds")
        return day


class LineDateField(GovukDateField):
    """A date in one input, for lines of a table: 14/11/2026, 14 Nov 2026 or 2026-11-14."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        typed = (value or "").strip()
        day, month, year = dates.parts_of(typed)
        if typed and not year:
            raise self.problem("must be a date like 14/11/2026", "invalid")
        return super().clean({"day": day, "month": month, "year": year})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class PartialDateField(GovukDateField):
    """A date with how well it is known: exact, year only, estimated. Cleans to `PartialDate`.

    Year only takes the year alone and keeps 1 January of it.
    """

    widget = PartialDateWidget

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dates.PartialDate):
            return super().prepare_value(value)
        typed = super().prepare_value(value.date)
        if value.precision == dates.YEAR:
            typed |= {"day": "", "month": ""}
        return {**typed, "precision": value.precision}

    def clean(self, value: dict[str, str]) -> dates.PartialDate | None:  # type: ignore[override]
        value = dict(value or {})
        precision = value.pop("precision", "")
        day = super().clean(value) if precision != dates.YEAR else self.first_of_year(value)
        if day is None:
            return None
        if precision not in dates.PRECISIONS:
            raise self.problem(
                "must say whether it is exact, the year only or estimated", "precision", ("precision",)
            )
        return dates.PartialDate(day, precision)

    def read(self, day: str, month: str, year: str) -> dt.date:
        if year and not (day or month):
            raise self.problem(
                "must include a day and a month, or choose “Year only”", "invalid", ("day", "month")
            )
        return super().read(day, month, year)

    def first_of_year(self, typed: dict[str, str]) -> dt.date:
        if typed.get("day") or typed.get("month"):
            raise self.problem(
                "must have no day or month when only the year is known",
                "invalid",
                tuple(p for p in ("day", "month") if typed.get(p)),
            )
        if not typed.get("year"):
            raise self.problem("must include a year", "invalid", ("year",))
        try:
            return self.within_bounds(dt.date(dates.read_year(typed["year"]), 1, 1))
        except dates.DateProblem as problem:
            raise self.problem(problem.words, "invalid", problem.parts) from None

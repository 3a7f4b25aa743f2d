"""The Jinja2 environment of every page: GOV.UK macros, our own templates, filters and globals."""

from collections.abc import MutableMapping
from typing import Any, NoReturn

from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined
from jinja2.utils import missing

from nexus import preparing
from nexus.parts import who_is_on_duty
from nexus.ui import charts, formatting, lists, rendering, shown_before, stale
from nexus.ui.namesakes import same_name


class NamedOrNothing(Undefined):
    """Printing a name the view never passed is a mistake, not an empty space.

    A misspelt field that prints nothing would hide a person's answer from the reader, so it
    raises. Absent keys of a mapping stay empty, because the GOV.UK macros rely on it, and
    `{% if name %}` and `|default` work as always.
    """

    def __str__(self) -> str:
        if self._undefined_obj is missing or not isinstance(self._undefined_obj, dict):
            self._refuse()
        return ""

    __html__ = __str__

    def _refuse(self) -> NoReturn:
        self._fail_with_undefined_error()
        raise AssertionError("unreachable")


class Pages(Environment):
    """All templates share the environment's globals, which nobody changes once pages are shown.

    Jinja2 lays a map of each template's own over them, and asks that map for each name of each import of macros.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary, copied only where a template brings its own."""
        return {**self.globals, **d} if d else self.globals


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a named page."""
    return reverse(name, args=args, kwargs=kwargs)


def query(current: QueryDict, **changes: object) -> str:
    """The current query string with some keys replaced, or dropped when None: "?force=01&sort=age".

    Keys `after` and `before` (the place in a list) are dropped unless given: a changed filter
    starts at the first page.
    """
    changed = current.copy()
    for key in {"after", "before", *changes}:
        changed.pop(key, None)
    for key, value in changes.items():
        if value is not None:
            changed.setlist(key, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    encoded = changed.urlencode()
    return f"?{encoded}" if encoded else "?"


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls once at start."""
    options["loader"] = ChoiceLoader(
        [
            options["loader"],
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    options.update(autoescape=True, undefined=NamedOrNothing, extensions=["jinja2.ext.do"])
    env = Pages(**options)
    env.filters.update(formatting.FILTERS)
    env.globals.update(
        url=url,
        static=static,
        now=timezone.now,
        query=query,
        component=rendering.component,
        row=rendering.row,
        summary_of=rendering.error_summary,
        page_showed=stale.page_showed,
        page_compared=stale.page_compared,
        bars=charts.bars,
        selected_filters=lists.selected_filters,
        same_name=same_name,
        shown_before=shown_before.shown_before,
        demonstration=settings.NEXUS_DEMONSTRATION,
        sandbox=settings.NEXUS_SANDBOX,
        preparing=preparing.progress,
        on_now=who_is_on_duty,
    )
    return env

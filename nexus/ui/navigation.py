"""Where each role goes: the pages in the top navigation.

The rows are the parts' own (`navigation` in each part.py). Here is only how they are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from nexus.parts import Destination, parts

MOST_IN_A_ROW = 10  # a role with more entries has them in groups


@dataclass(frozen=True)
class Navigation:
    """The row of entries or of groups; and below it the entries of the group the page belongs to."""

    row: list[dict[str, Any]]
    group: str = ""
    below: Sequence[dict[str, Any]] = ()


def path_of(url_name: str) -> str | None:
    """The path of a named page, or None when it does not exist (yet)."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def destinations(role: str) -> Iterable[tuple[str, str]]:
    """(label, path) of the existing pages in the navigation of a role, in order."""
    for _, label, path in entries(role):
        yield label, path


def entries(role: str) -> Iterable[tuple[str, str, str]]:
    """(group, label, path)"""
    for each in of_role(role):
        path = path_of(each.url_name)
        if path:
            yield each.group, each.label, path


def of_role(role: str) -> list[Destination]:
    """The entries of a role, those with a small `place` first."""
    found = [each for part in parts() for each in part.navigation if role in each.roles]
    return sorted(found, key=lambda each: each.place)


def finder(role: str) -> dict[str, str] | None:
    """Where the search in the head of every page leads, and what it is called, for whom there is one."""
    for each in (part.finder for part in parts() if part.finder):
        path = path_of(each.url_name)
        if path and role in each.roles:
            return {"label": each.label, "path": path}
    return None


def top_navigation(role: str, current_path: str) -> Navigation:
    """What the top of a page shows. The longest path that leads here is the active one."""
    found = list(entries(role))
    active = max((path for _, _, path in found if current_path.startswith(path)), key=len, default="")

    def item(label: str, path: str) -> dict[str, Any]:
        return {"text": label, "href": path, "current": path == current_path, "active": path == active}

    if len(found) <= MOST_IN_A_ROW:
        return Navigation([item(label, path) for _, label, path in found])
    groups: dict[str, list[dict[str, Any]]] = {}
    for group, label, path in found:
        groups.setdefault(group, []).append(item(label, path))
    here = next((group for group, items in groups.items() if any(each["active"] for each in items)), "")
    row = [
        {"text": group, "href": items[0]["href"], "active": group == here} for group, items in groups.items()
    ]
    return Navigation(row, here, groups.get(here, ()))

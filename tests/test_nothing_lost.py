"""Nothing typed is lost: two people open the page of every verb, both type and both save.

Whoever is second either reads their own text again beside what was saved before (409), or both texts are kept. The
pages are those of the access walk, each opened by a role that may.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from django.test import Client
from lxml import html  # type: ignore[import-untyped]

from nexus.accounts.roles import Role
from tests.access.routes import PARTS
from tests.access.routes.table import Route
from tests.access.walking import Walk as Walker
from tests.access.walking import allowed, body_of, owners
from tests.access.world import World

# What must be a word of the text it stands beside.
QUOTES = "to_redact"
ONE, TWO = "Zqtyped0first0qz", "Zqtyped0second0qz"


@dataclass
class Page:
    """The form of a verb's page as a browser has it."""

    posts: dict[str, list[str]]
    texts: list[str]  # names of the boxes for several lines


@dataclass
class Found:
    """How many forms were opened, and what was lost."""

    opened: int = 0
    texts: int = 0
    lost: list[str] = field(default_factory=list)


def form_on(text: str) -> Page | None:
    """The form that carries what its page showed, with everything it would post."""
    if not text:  # the page leads elsewhere
        return None
    for form in html.fromstring(text).iter("form"):
        if form.xpath('.//input[@name="page_showed"]'):
            posts: dict[str, list[str]] = {}
            for name, value in form.form_values():
                posts.setdefault(name, []).append(value)
            return Page(posts, [box.get("name") for box in form.iter("textarea")])
    return None


def pages(part: str) -> Iterator[tuple[Route, Role]]:
    """Each page with a form of its own, and a role that may save it."""
    for route in PARTS[part]:
        if not route.is_api and route.reads and route.ok == 200 and "POST" in route.writes:
            roles = sorted(
                role for role in Role if allowed(route, role, "POST") and allowed(route, role, "GET")
            )
            if roles:
                yield route, roles[0]


def typed(page: Page, body: dict[str, Any], mark: str) -> dict[str, Any]:
    """A body that is taken, with a mark in every box for several lines."""
    sent: dict[str, Any] = {**page.posts, **body}
    for name in (each for each in page.texts if not each.startswith(QUOTES)):
        before = sent.get(name, "")
        sent[name] = f"{before if isinstance(before, str) else ''.join(before)} {mark}".strip()
    return sent


def stands_somewhere(mark: str, app: str) -> bool:
    """Whether any row of any table holds the text."""
    for model in apps.get_models():
        texts = [
            each
            for each in model._meta.concrete_fields
            if isinstance(each, models.TextField | models.CharField | models.JSONField)
        ]
        casts = {f"text_{each.name}": Cast(each.name, models.TextField()) for each in texts}
        found = Q()
        for name in casts:
            found |= Q(**{f"{name}__icontains": mark})
        if casts and model._base_manager.annotate(**casts).filter(found).exists():
            return True
    return False


def save_twice(walker: Walker, route: Route, role: Role, found: Found) -> None:
    """Open it once, save it twice."""
    owner = owners(route, role)[0]
    path = walker.path(route, role, owner)
    client = Client()
    client.force_login(walker.world.people[role])
    with transaction.atomic():
        page = form_on(client.get(path).content.decode())
        if page is not None and page.texts:
            found.opened += 1
            found.texts += len(page.texts)
            first, second = (
                saved(client, path, typed(page, fresh_body(walker, route, role), mark)) for mark in (ONE, TWO)
            )
            found.lost += faults(route, role, first, second)
        transaction.set_rollback(True)


def fresh_body(walker: Walker, route: Route, role: Role) -> dict[str, Any]:
    """What the access walk sends; a file that was sent before is read from its beginning."""
    body = body_of(route.writes["POST"], walker.world, role)
    for value in body.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return body


def saved(client: Client, path: str, sent: dict[str, Any]) -> Any:
    """The answer; where the page asks once more before it does anything, to that too."""
    answer = client.post(path, sent)
    asks_again = b'name="step" value="confirm"' in answer.content
    return client.post(path, {**sent, "step": "confirm"}) if asks_again else answer


def faults(route: Route, role: Role, first: Any, second: Any) -> list[str]:
    """What is wrong with how two savings were answered."""
    where = f"{route.name} [{route.state}] as {role.value}"
    expected = route.writes["POST"].ok
    if first.status_code != expected:
        return [f"{where}: the first was answered {first.status_code}, not {expected}"]
    if TWO in second.content.decode():
        return []  # whoever was second reads it again
    if second.status_code >= 400:
        return [f"{where}: {second.status_code} without what was typed"]
    lost = [mark for mark in (ONE, TWO) if not stands_somewhere(mark, route.name)]
    return [f"{where}: {second.status_code}, and {mark} is gone" for mark in lost]


@pytest.mark.parametrize("part", [part for part in PARTS if not re.match("api", part)])
def test_two_who_save_the_same_page_lose_nothing(
    world: World, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    walker, found = Walker(world), Found()
    for route, role in pages(part):
        save_twice(walker, route, role, found)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{part}: {found.opened} forms opened, {found.texts} boxes typed into, {len(found.lost)} texts lost\n"
            + "".join(f"  {each}\n" for each in found.lost)
        )
    assert found.lost == [], "\n".join(found.lost)

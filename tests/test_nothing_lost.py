"""Nothing typed is lost, on the page of every verb.

Two people save the same page: whoever is second reads their own text again beside what was saved before (409), or on
the page that says why it is refused, or both texts are kept. Somebody leaves by every link of every page: the drafts
are there when they come back. A session ends in the middle: after signing in the text goes on to where it was meant for.
And every form with a box for several lines keeps drafts and says what it showed.

The pages are those of the access walk, each opened by a role that may. With a guard taken away, each of these fails.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from lxml import html  # type: ignore[import-untyped]

from nexus.accounts import carrying
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui import forms as ui_forms
from nexus.ui import views as ui_views
from tests.access.routes import PARTS, ROUTES
from tests.access.routes.table import Route
from tests.access.walking import Walk as Walker
from tests.access.walking import allowed, body_of, owners
from tests.access.world import World
from tests.figures import Figure
from tests.identity import sign_in

# What must be a word of the text it stands beside.
QUOTES = "to_redact"
NO_PROSE = ("public_key",)  # a machine's own text, which a word more makes another key
ONE, TWO = "Zqtyped0first0qz", "Zqtyped0second0qz"
# A page on which people change what stands there, and one whose row is out of sight once somebody was faster.
STALE, ECHOED = "engagement:save_risks", "support:send_back"
# Forms with a box for several lines that keep no draft, and why.
NO_DRAFT = {
    "desk:many": "its rows are chosen on the queue: the page has no address of its own to come back to",
}


@dataclass
class Page:
    """The form of a verb's page as a browser has it."""

    posts: dict[str, list[str]]
    texts: list[str]  # names of the boxes for several lines
    lines: list[str]  # and of those for one


@dataclass
class Found:
    """How many forms were opened, how they were left, and what was lost."""

    opened: int = 0
    texts: int = 0
    ways: int = 0  # links on these pages
    links: int = 0  # the addresses they lead to, each followed once a role
    sessions: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)

    def __add__(self, other: "Found") -> "Found":
        names = [each.name for each in fields(self)]
        counts: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Found(**counts)

    def __str__(self) -> str:
        return (
            f"{self.opened} forms opened, {self.texts} boxes typed into, left by every link: {self.ways} to "
            f"{self.links} addresses, {self.sessions} sessions ended in the middle, {self.refused} refused because somebody was faster, "
            f"{len(self.lost)} texts lost"
        )


def form_on(text: str) -> Page | None:
    """The form that carries what its page showed, with everything it would post."""
    if not text:  # the page leads elsewhere
        return None
    for form in html.fromstring(text).iter("form"):
        if form.xpath('.//input[@name="page_showed"]'):
            posts: dict[str, list[str]] = {}
            for name, value in form.form_values():
                posts.setdefault(name, []).append(value)
            names = (box.get("name") for box in form.iter("textarea"))
            boxes = [name for name in names if name not in NO_PROSE]
            return Page(posts, boxes, form.xpath('.//input[@type="text"]/@name'))
    return None


def page_in(response: Any) -> str:
    """The page that was answered; nothing where it is a file, or leads elsewhere."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.content.decode() if is_page else ""


def pages(part: str) -> Iterator[tuple[Route, Role]]:
    """Each page on which something is saved, and a role that may."""
    for route in PARTS[part]:
        if not route.is_api and route.reads and route.ok == 200 and "POST" in route.writes:
            may = (role for role in Role if allowed(route, role, "GET") and allowed(route, role, "POST"))
            if roles := sorted(may):
                yield route, roles[0]


def typed(page: Page, body: dict[str, Any], mark: str) -> dict[str, Any]:
    """A body that is taken, with a mark in every box for several lines."""
    sent: dict[str, Any] = {**page.posts, **body}
    for name in (each for each in page.texts if not each.startswith(QUOTES)):
        before = sent.get(name, "")
        sent[name] = f"{before if isinstance(before, str) else ''.join(before)} {mark}".strip()
    return sent


@cache
def anywhere() -> tuple[str, int]:
    """Whether any row of any table holds a text, as one query; and how often it asks for the text."""
    tables = sorted({model._meta.db_table for model in apps.get_models()})
    asked = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)'  # noqa: S608  (our own tables)
        for table in tables
    )
    return f"SELECT {asked}", len(tables)


def stands_somewhere(mark: str) -> bool:
    query, times = anywhere()
    with connection.cursor() as cursor:
        cursor.execute(query, [f"%{mark}%"] * times)
        return bool(cursor.fetchone()[0])


@dataclass
class Visit:
    """One role at one page: what they open, type, leave and save, each in a savepoint that is taken back."""

    walker: Walker
    route: Route
    role: Role
    found: Found
    page: Page | None = None  # as it was opened, where it has a box to type into
    text: str = ""

    def __post_init__(self) -> None:
        self.path = self.walker.path(self.route, self.role, owners(self.route, self.role)[0])
        self.where = f"{self.route.name} [{self.route.state}] as {self.role.value}"
        self.person = self.walker.world.people[self.role]

    def client(self) -> Client:
        client = Client()
        client.force_login(self.person)
        return client

    def body(self, page: Page, mark: str) -> dict[str, Any]:
        return typed(page, fresh_body(self.walker, self.route, self.role), mark)

    def free_lines(self, page: Page) -> list[str]:
        """The boxes for one line that take words: those into which the walk types some."""
        body = fresh_body(self.walker, self.route, self.role)
        return [name for name in page.lines if " " in str(body.get(name, ""))]

    def all_of_it(self) -> None:
        with transaction.atomic():
            text = page_in(self.client().get(self.path))
            self.found.lost += [f"{self.where}: {fault}" for fault in unkept(self.route.name, text)]
            page = form_on(text)
            if page is not None:
                page.texts += self.free_lines(page)
            if page is not None and page.texts:
                self.page, self.text = page, text
                self.found.opened += 1
                self.found.texts += len(page.texts)
                for lose in (self.be_signed_out, self.be_second):
                    with transaction.atomic():
                        self.found.lost += [f"{self.where}: {fault}" for fault in lose(page, text)]
                        transaction.set_rollback(True)
            transaction.set_rollback(True)

    def keep(self) -> Iterator[str]:
        """Type, and have it kept as a draft."""
        assert self.page
        kept = {name: each for name, each in self.body(self.page, ONE).items() if not hasattr(each, "read")}
        answer = self.client().post(
            reverse("drafts:save"), {**kept, "draft_of": self.path}, headers={"Accept": "application/json"}
        )
        if answer.status_code != 200:
            yield f"the draft was answered {answer.status_code}"

    def come_back(self) -> Iterator[str]:
        assert self.page
        back = page_in(self.client().get(self.path))
        if back.count(ONE) < len([name for name in self.page.texts if not name.startswith(QUOTES)]):
            yield "the draft was not there on coming back"

    def links(self) -> Iterator[str]:
        """Where one can go from here; not to a place on the same page."""
        for link in dict.fromkeys(html.fromstring(self.text).xpath("//a/@href")):
            try:
                resolve(link.partition("?")[0].partition("#")[0])
            except Resolver404:
                continue
            yield link.partition("#")[0]

    def be_signed_out(self, page: Page, text: str) -> Iterator[str]:
        """Save when the session has ended; sign in on the page that says so, and carry on."""
        self.found.sessions += 1
        client, sent = Client(), self.body(page, ONE)
        ended = client.post(self.path, sent)
        carried = html.fromstring(ended.content.decode()).xpath('//input[@name="carried"]/@value')
        if ended.status_code != 401 or not carried:
            yield f"without a session it was answered {ended.status_code}"
            return
        again = sign_in(client, self.person.email, carried=carried[0])
        there = [
            form for form in html.fromstring(again.content.decode()).iter("form") if form.action == self.path
        ]
        if not there or ONE not in str(there[0].form_values()):
            yield "it was gone after signing in"
        if any(carrying.opened(carried[0], each) for each in self.others()):
            yield "somebody else could read it after signing in"

    def others(self) -> list[User]:
        return [person for person in self.walker.world.people.values() if person != self.person]

    def be_second(self, page: Page, text: str) -> Iterator[str]:
        """Open it once, save it twice."""
        client = self.client()
        first, second = (saved(client, self.path, self.body(page, mark)) for mark in (ONE, TWO))
        self.found.refused += second.status_code >= 400
        expected = self.route.writes["POST"].ok
        if first.status_code != expected:
            yield f"the first was answered {first.status_code}, not {expected}"
        elif TWO in second.content.decode():
            return  # whoever was second reads it again
        elif second.status_code >= 400:
            yield f"{second.status_code} without what was typed"
        else:
            for mark in (ONE, TWO):
                if not stands_somewhere(mark):
                    yield f"{second.status_code}, and {mark} is gone"


def leave_by_every_link(visits: list[Visit], found: Found) -> None:
    """One role has typed into every one of its pages, leaves them by each of their links, and comes back to every one.

    A link that stands on several pages is followed once, while the drafts of all of them are there.
    """
    typed_into = [visit for visit in visits if visit.page]
    with transaction.atomic():
        for visit in typed_into:
            found.lost += [f"{visit.where}: {fault}" for fault in visit.keep()]
        ways: dict[str, Visit] = {}
        for visit in typed_into:
            for link in visit.links():
                found.ways += 1
                ways.setdefault(link, visit)
        for link, visit in ways.items():
            found.links += 1
            there = visit.client().get(link)
            if there.status_code >= 400:
                found.lost.append(f"{visit.where}: the link {link} was answered {there.status_code}")
            faults = unkept(visit.route.name, page_in(there))
            found.lost += [f"{visit.where}: {link}: {fault}" for fault in faults]
        for visit in typed_into:
            found.lost += [f"{visit.where}: {fault}" for fault in visit.come_back()]
        transaction.set_rollback(True)


def visit_all(walker: Walker, opened: Iterable[tuple[Route, Role]], found: Found) -> None:
    """Each page by itself, then each role's pages together."""
    visits = [Visit(walker, route, role, found) for route, role in opened]
    for visit in visits:
        visit.all_of_it()
    for role in dict.fromkeys(visit.role for visit in visits):
        leave_by_every_link([visit for visit in visits if visit.role == role], found)


def unkept(name: str, text: str) -> Iterator[str]:
    """What is wrong with the forms of a page that have a box for several lines."""
    for form in html.fromstring(text).iter("form") if text else ():
        if not list(form.iter("textarea")) or name in NO_DRAFT:
            continue
        if not form.xpath('.//input[@name="page_showed"]'):
            yield "a form with a box does not say what the page showed"
        if not form.xpath(".//*[@data-nexus-draft]"):
            yield "a form with a box keeps no draft"
        if not form.xpath('.//button[@name="draft_of"]'):
            yield "a form with a box cannot be kept without a script"


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


TOGETHER = Found()


@pytest.fixture(scope="module", autouse=True)
def said_at_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """How many forms were opened in all parts, and how many texts were lost."""
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write(f"\nTogether: {TOGETHER}\n")


@pytest.mark.parametrize("part", [part for part in PARTS if not re.match("api", part)])
def test_nothing_typed_is_lost(
    world: World, part: str, capsys: pytest.CaptureFixture[str], figure: Figure
) -> None:
    global TOGETHER
    found = Found()
    visit_all(Walker(world), pages(part), found)
    TOGETHER += found
    with capsys.disabled():
        sys.stdout.write(f"\n{part}: {found}\n" + "".join(f"  {each}\n" for each in found.lost))
    assert found.lost == [], "\n".join(found.lost)
    for promise in (8, 20):
        figure(promise, f"{part}: {found}", holds=not found.lost)


# The sabotage: with a guard taken away, the visits find what is lost.


def lost_at(world: World, name: str) -> str:
    """What is lost at one page, in each state in which the walk opens it."""
    found = Found()
    for part in PARTS:
        named = [(route, role) for route, role in pages(part) if route.name == name]
        visit_all(Walker(world), named, found)
    return "\n".join(found.lost)


def test_without_the_comparison_a_stale_save_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui_forms, "posted", lambda kind, request, **kwargs: kind(request.POST, **kwargs))
    assert f"{ONE} is gone" in lost_at(world, STALE)


def test_without_drafts_a_page_that_was_left_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui_forms.drafts, "restored", lambda make, request: make())
    assert "was not there on coming back" in lost_at(world, STALE)


def test_without_the_echo_a_refusal_without_the_text_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui_views, "typed_texts", lambda request: [])
    assert "without what was typed" in lost_at(world, ECHOED)


def test_without_what_is_carried_an_ended_session_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "may_be_carried", lambda name: False)
    assert "gone after signing in" in lost_at(world, STALE)


def test_a_form_with_a_box_that_keeps_no_draft_is_found() -> None:
    bare = '<form method="post"><textarea name="note"></textarea></form>'
    assert len(list(unkept("casework:notes", bare))) == 3
    assert not list(unkept("desk:many", bare))


def test_each_exception_is_a_page() -> None:
    assert set(NO_DRAFT) <= {route.name for route in ROUTES}

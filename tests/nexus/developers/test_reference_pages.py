"""The reference for developers: made from the schema, readable by anybody, and it asks the database nothing."""

import json
import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from jsonschema import Draft202012Validator
from playwright.sync_api import Page, expect
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from nexus.accounts.program_scopes import PARTS
from nexus.api import schema as of_schema
from nexus.api.schema import schema
from nexus.developers.kinds import example_of, shapes_in
from nexus.developers.reading import groups, operations, shape_of
from tests.browsers import NARROW
from tests.contract import FORMATS

Check = Callable[[Page], None]
Photograph = Callable[[Page, str], None]


def test_every_operation_of_the_schema_stands_in_one_group() -> None:
    told = {(each.method, each.path) for found in groups().values() for each in found}
    named = {(method.upper(), path) for path, methods in schema()["paths"].items() for method in methods}
    assert told == named and len(operations()) == len(named) > 200


def questions_of(page: Callable[[], Any]) -> tuple[Any, list[str]]:
    """The answer, and what it asked the database beside the savepoint of its request."""
    with CaptureQueriesContext(connection) as asked:
        answer = page()
    return answer, [each["sql"] for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]


@pytest.mark.django_db
def test_each_operation_has_a_page_that_says_what_it_is_and_asks_nothing() -> None:
    client = Client()
    for name, told in operations().items():
        page, asked = questions_of(partial(client.get, reverse("developers:operation", args=[name])))
        assert (page.status_code, asked) == (200, [])
        text = unescape(page.text)
        for words in (told.path, told.summary, told.roles, told.scope, told.call, "problem details"):
            assert words in text, (name, words)
        assert all(f'id="{shape}"' in text for shape in told.shapes)
        for field in (field for shape in told.shapes for field in shape_of(shape).fields):
            assert f">{field.name}</code>" in text
        assert len(page.content) < 90 * 1024, (name, len(page.content))
        assert not re.search(
            r"<script(?! [^>]*src=)|<style| style=|https?://(?!nexus\.example)", page.text
        ), name


@pytest.mark.django_db
def test_each_shape_has_a_page_that_the_pages_naming_it_lead_to() -> None:
    client = Client()
    for name, part in schema()["components"]["schemas"].items():
        page = client.get(reverse("developers:shape", args=[name]))
        assert page.status_code == 200
        for named in shapes_in(part.get("properties", {})):
            assert reverse("developers:shape", args=[named]) in page.text, (name, named)


@pytest.mark.django_db
def test_what_the_reference_has_not_is_not_found() -> None:
    for path in ("operations/no-such/", "shapes/NoSuch/", "reference/no-such/", "no-such/"):
        assert Client().get(f"/developers/{path}").status_code == 404


@pytest.mark.django_db
def test_the_front_page_has_every_part_that_a_program_may_be_granted() -> None:
    page = Client().get(reverse("developers:index"))
    for part in PARTS:
        assert reverse("developers:group", args=[part]) in page.text
    assert "not_permitted" in page.text


def test_each_example_that_is_made_fits_the_schema() -> None:
    whole = Resource.from_contents(schema(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:schema", whole)
    for name, part in schema()["components"]["schemas"].items():
        check = Draft202012Validator(
            {"$ref": f"urn:schema#/components/schemas/{name}"}, registry=registry, format_checker=FORMATS
        )
        wrong = [
            error.message for error in check.iter_errors(example_of(part, sent=name.endswith("Request")))
        ]
        assert wrong == [], name


def test_an_example_that_does_not_fit_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nexus.developers.kinds.EXAMPLES", {"date-time": "yesterday"})
    with pytest.raises(AssertionError, match="yesterday"):
        test_each_example_that_is_made_fits_the_schema()


def test_an_example_is_json_that_can_be_sent() -> None:
    told = operations()["referral-withdraw"]
    assert json.loads(told.bodies[0].example)
    assert "-X POST" in told.call and "Idempotency-Key" in told.call


def test_whoever_asks_while_the_schema_is_made_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made at once by fifty who ask, it would hold up everybody else for minutes."""
    monkeypatch.setattr(of_schema, "made", lambda: {"alone": of_schema.MAKING.locked()})
    assert schema() == {"alone": True} and not of_schema.MAKING.locked()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "path",
    [
        "",
        "reference/referrals/",
        "operations/referral-put-by-own-reference/",
        "operations/referral-read/",
        "shapes/ConductAnswersRequest/",
        "changelog/",
        "guide/",
    ],
)
def test_the_pages_in_a_browser(
    page: Page, live_server: Any, path: str, axe: Check, screenshot: Photograph
) -> None:
    page.goto(f"{live_server.url}/developers/{path}")
    expect(page.locator("h1")).to_have_count(1)
    screenshot(page, f"developers-{path.strip('/').replace('/', '-') or 'index'}")
    axe(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)

"""Every answer of the interface, in whatever test, is held to the schema: its status, its type, its body."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from nexus.api.schema import schema

API = "/api/v1/"
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
FORMATS = FormatChecker(("date", "email", "uuid", "ipv4"))


@FORMATS.checks("date-time")
def is_utc(value: object) -> bool:
    """A time says its zone, and that is UTC everywhere."""
    return not isinstance(value, str) or UTC_TIME.fullmatch(value) is not None


@FORMATS.checks("uri")
def is_an_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def closed(part: Any) -> Any:
    """The schema, in which an object has no properties but those that are named."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {name: closed(each) for name, each in part.items()}
    if isinstance(part.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    return made


@cache
def registry() -> Registry[Any]:
    whole = Resource.from_contents(closed(schema()), default_specification=DRAFT202012)
    return Registry().with_resource("urn:schema", whole)


@cache
def validator(pointer: str) -> Draft202012Validator:
    """Of what the schema has at this place."""
    return Draft202012Validator(
        {"$ref": f"urn:schema#{pointer}"}, registry=registry(), format_checker=FORMATS
    )


def violations(response: Any, method: str, path: str) -> Iterator[str]:
    """In sentences, what the answer is that the schema does not say."""
    where = f"{method} {path} {response.status_code}"
    operation, pointer = operation_of(response, method)
    described = operation.get("responses", {}).get(str(response.status_code))
    if operation and described is None:
        yield f"{where}: the schema has no such status"
        return
    if described is None:  # no address of the interface, or no method of it
        described = schema()["components"]["responses"]["Problem"]
        pointer = "/components/responses/Problem"
    else:
        pointer += f"/responses/{response.status_code}"
    content = described.get("content", {})
    if not content:
        if response.content:
            yield f"{where}: the schema has no body"
        return
    kind = response.get("Content-Type", "").partition(";")[0]
    if kind not in content:
        yield f"{where}: {kind or 'no type'}, not {', '.join(content)}"
    elif kind.endswith("json"):
        at = f"{pointer}/content/{kind.replace('/', '~1')}/schema"
        for error in validator(at).iter_errors(response.json()):
            place = "/".join(map(str, error.absolute_path))
            yield f"{where}: {place}: {message_of(error)}"


def message_of(error: ValidationError) -> str:
    """What is wrong; of one of several shapes, what is wrong with the one that was meant."""
    if error.validator != "oneOf":
        return str(error.message)[:600]
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0], []).append(each)
    fewest = min(branches.values(), key=len, default=[])
    return (
        "; ".join(f"{'/'.join(map(str, each.path))}: {message_of(each)}" for each in fewest) or "fits several"
    )


def operation_of(response: Any, method: str) -> tuple[dict[str, Any], str]:
    """What the schema says of this call, and where; nothing of an address or a method that it does not have."""
    try:
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", "/" + response.resolver_match.route)
    except (Resolver404, AttributeError):
        return {}, ""
    operation = schema()["paths"].get(route, {}).get(method.lower(), {})
    return operation, f"/paths/{route.replace('/', '~1')}/{method.lower()}"


@pytest.fixture(autouse=True, scope="session")
def _answers_keep_the_schema() -> Iterator[None]:
    """Around every test's client."""
    asked = Client.request

    def request(client: Client, **environ: Any) -> Any:
        response = asked(client, **environ)
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(API):
            wrong = [*violations(response, environ["REQUEST_METHOD"], path)]
            assert not wrong, "\n".join(wrong)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield

"""Every answer of the interface, in whatever test, is held to the schema: its status, its type, its body; and what was taken.

That is done where Django gives its answer, so whoever asks passes it: its own client, a server on the loopback with a
browser or a generated client before it, a WSGI application. What another process answers, a test holds by `violations`
itself: tests/nexus/api/test_contract.py knows those that ask one.
"""

import json
import re
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from nexus.api.schema import schema

API = "/api/v1/"
WHOLE, ITSELF = "/api/", "/api/schema/"  # the schema does not describe where it stands
JSON = "application/json"
# What is taken beside what the schema says, as a browser posts it: dates without a nought, and these words.
AS_ON_A_PAGE = ("yes", "no", "")
LARGEST = 1_000_000  # bytes of a body that is looked at
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
    yield from wrong_with(
        method,
        path,
        status=response.status_code,
        kind=response.get("Content-Type", ""),
        content=b"" if response.streaming else response.content,
    )


def wrong_with(method: str, path: str, *, status: int, kind: str, content: bytes) -> Iterator[str]:
    """The same of an answer that came from elsewhere."""
    where, kind = f"{method} {path} {status}", kind.partition(";")[0]
    operation, pointer = operation_of(method, path)
    described = operation.get("responses", {}).get(str(status))
    if operation and described is None:
        yield f"{where}: the schema has no such status"
        return
    if described is None:  # no address of the interface, or no method of it
        described = schema()["components"]["responses"]["Problem"]
        pointer = "/components/responses/Problem"
    else:
        pointer += f"/responses/{status}"
    types = described.get("content", {})
    if not types:
        if content:
            yield f"{where}: the schema has no body"
        return
    if kind not in types:
        yield f"{where}: {kind or 'no type'}, not {', '.join(types)}"
    elif kind.endswith("json"):
        at = f"{pointer}/content/{kind.replace('/', '~1')}/schema"
        for error in validator(at).iter_errors(json.loads(content)):
            place = "/".join(map(str, error.absolute_path))
            yield f"{where}: {place}: {message_of(error)}"


def taken_against(response: Any, method: str, path: str, sent: bytes) -> Iterator[str]:
    """In sentences, what a body had that the schema does not take, though the service took it."""
    operation, pointer = operation_of(method, path)
    if response.status_code >= 300 or JSON not in operation.get("requestBody", {}).get("content", {}):
        return
    at = f"{pointer}/requestBody/content/application~1json/schema"
    for error in validator(at).iter_errors(json.loads(sent)) if sent else ():
        if error.validator == "format" or error.instance in AS_ON_A_PAGE:
            continue
        place = "/".join(map(str, error.absolute_path))
        yield f"{method} {operation['operationId']} took {place}: {message_of(error)}"


def body_of(request: Any) -> bytes:
    """What was sent as JSON, kept so that the view reads it too."""
    is_json = request.content_type == JSON and int(request.META.get("CONTENT_LENGTH") or 0) < LARGEST
    return bytes(request.body) if is_json and request.path.startswith(WHOLE) else b""


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


def operation_of(method: str, path: str) -> tuple[dict[str, Any], str]:
    """What the schema says of this call, and where; nothing of an address or a method that it does not have."""
    try:
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{resolve(path).route}")
    except Resolver404:
        return {}, ""
    operation = schema()["paths"].get(route, {}).get(method.lower(), {})
    return operation, f"/paths/{route.replace('/', '~1')}/{method.lower()}"


FOUND_ASIDE: list[str] = []  # in the threads of a server, where nobody would hear an error


def held(response: Any, method: str, path: str, sent: bytes = b"") -> None:
    """Raises AssertionError in the test's own thread; the thread of a server leaves what is wrong to the test's end."""
    if not path.startswith(WHOLE) or path == ITSELF:
        return
    wrong = [*violations(response, method, path), *taken_against(response, method, path, sent)]
    if threading.current_thread() is not threading.main_thread():
        FOUND_ASIDE.extend(wrong)
        return
    assert not wrong, "\n".join(wrong)


@pytest.fixture(autouse=True, scope="session")
def _answers_keep_the_schema() -> Iterator[None]:
    """Around Django's answer to whoever asks."""
    answered = BaseHandler.get_response

    def get_response(handler: BaseHandler, request: Any) -> Any:
        sent = body_of(request)
        response = answered(handler, request)
        held(response, request.method, request.path, sent)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", get_response)
        yield


@pytest.fixture(autouse=True)
def _servers_keep_the_schema() -> Iterator[None]:
    """At the end of each test, what a server answered in it."""
    FOUND_ASIDE.clear()
    yield
    assert not FOUND_ASIDE, "\n".join(FOUND_ASIDE)

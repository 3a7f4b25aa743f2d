"""The schema as the reference shows it: groups of operations, each with what it takes and what it answers.

All of it is made once a process, from what `/api/schema/` gives out, so that the two cannot differ.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.api.describing import ROLES, SCOPE
from nexus.api.schema import schema
from nexus.developers.kinds import components, example_of, kind_of, pieces_of, shapes_in, shown_with
from nexus.problems import MEDIA_TYPE

JSON = "application/json"
CHOICE = re.compile(r"^\* `(?P<value>[^`]*)` - (?P<words>.*)$", re.MULTILINE)
PLACES = {"path": "address", "query": "after the question mark", "header": "header"}
ADDRESS = "https://nexus.example"
NOBODY = "Anybody: it is how one signs in"


@dataclass(frozen=True)
class Field:
    """One field of a shape, or one parameter."""

    name: str
    kind: str
    words: str
    required: bool
    place: str = ""  # of a parameter

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """What it takes, with the shapes that have pages of their own."""
        return pieces_of(self.kind)


@dataclass(frozen=True)
class Shape:
    """An object with its fields, a closed list with its values, or one of several shapes."""

    name: str
    words: str
    fields: tuple[Field, ...]
    choices: tuple[tuple[str, str], ...]
    kind: str

    @property
    def is_sent(self) -> bool:
        """Whether it is what a program sends."""
        return self.name.endswith("Request")


@dataclass(frozen=True)
class Message:
    """What is sent or answered: its media type, what it is, and an example where it is JSON."""

    media_type: str
    kind: str
    example: str
    status: str = ""
    words: str = ""


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    name: str
    group: str
    method: str
    path: str
    summary: str
    words: str
    roles: str
    scope: str
    deprecated: bool
    parameters: tuple[Field, ...]
    bodies: tuple[Message, ...]
    answers: tuple[Message, ...]
    problems: tuple[tuple[str, str], ...]
    shapes: tuple[str, ...]
    call: str


@cache
def operations() -> dict[str, Operation]:
    """All of them by name, in the order of the schema."""
    found = (
        operation_of(path, method, part)
        for path, methods in schema()["paths"].items()
        for method, part in methods.items()
    )
    return {each.name: each for each in found}


@cache
def groups() -> dict[str, list[Operation]]:
    """The operations by the part of the service they belong to."""
    found: dict[str, list[Operation]] = {}
    for each in operations().values():
        found.setdefault(each.group, []).append(each)
    return dict(sorted(found.items()))


def title_of(group: str) -> str:
    """A group in words: "support-requests" is "Support requests"."""
    return group.replace("-", " ").capitalize()


def operation_of(path: str, method: str, part: Mapping[str, Any]) -> Operation:
    """One operation, read."""
    bodies = tuple(bodies_of(part))
    answered = {status: each for status, each in part["responses"].items() if not is_problem(each)}
    contents = [part.get("requestBody", {}), *answered.values()]
    return Operation(
        name=part["operationId"].replace("_", "-"),
        group=part["tags"][0],
        method=method.upper(),
        path=path,
        summary=part["summary"],
        words=part["description"],
        roles=roles_of(part),
        scope=scope_of(part),
        deprecated=part.get("deprecated", False),
        parameters=tuple(parameter_of(each) for each in part.get("parameters", ())),
        bodies=bodies,
        answers=tuple(answers_of(answered)),
        problems=tuple(
            (status, each["description"]) for status, each in part["responses"].items() if is_problem(each)
        ),
        shapes=tuple(shown_with([*shapes_in(contents)])),
        call=call_of(path, method, part, bodies),
    )


def is_problem(answer: Mapping[str, Any]) -> bool:
    """Whether it says what was not done."""
    return MEDIA_TYPE in answer.get("content", {})


def roles_of(part: Mapping[str, Any]) -> str:
    """Who may, in words."""
    if ROLES not in part:
        return NOBODY
    roles = [Role(each) for each in part[ROLES]]
    return "Every role" if len(roles) == len(EVERY_ROLE) else "; ".join(role.label for role in roles)


def scope_of(part: Mapping[str, Any]) -> str:
    """What a program needs, in words."""
    if SCOPE not in part:
        return "A program signs in with its key"
    scope = part[SCOPE]
    if scope is None:
        return "No program may do this, whatever it was granted"
    return f"Scope {scope}" if scope else "Every program may do this"


def parameter_of(part: Mapping[str, Any]) -> Field:
    """One parameter."""
    return Field(
        name=part["name"],
        kind=kind_of(part.get("schema", {})),
        words=part.get("description", ""),
        required=part.get("required", False),
        place=PLACES[part["in"]],
    )


def bodies_of(part: Mapping[str, Any]) -> Iterator[Message]:
    """What may be sent, by media type."""
    for media_type, content in part.get("requestBody", {}).get("content", {}).items():
        yield message_of(media_type, content, sent=True)


def answers_of(answered: Mapping[str, Any]) -> Iterator[Message]:
    """What is answered where it was done."""
    for status, part in answered.items():
        words = part.get("description", "")
        if not part.get("content"):
            yield Message("", "no body", "", status, words)
        for media_type, content in part.get("content", {}).items():
            yield message_of(media_type, content, sent=False, status=status, words=words)


def message_of(media_type: str, content: Mapping[str, Any], *, sent: bool, **more: str) -> Message:
    """One body."""
    part = content.get("schema", {})
    example = written(example_of(part, sent=sent)) if media_type == JSON else ""
    return Message(media_type, kind_of(part), example, **more)


def written(value: Any) -> str:
    """JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def call_of(path: str, method: str, part: Mapping[str, Any], bodies: tuple[Message, ...]) -> str:
    """The call in curl."""
    lines = [f"curl {ADDRESS}{path}"]
    if method != "get":
        lines[0] = f"curl -X {method.upper()} {ADDRESS}{path}"
    if ROLES in part:
        lines.append('-H "Authorization: Bearer $TOKEN"')
        if method != "get":
            lines += ['-H "Nexus-Officer: $OFFICER"', '-H "Idempotency-Key: $(uuidgen)"']
    if bodies and bodies[0].example:
        lines += ['-H "Content-Type: application/json"', f"-d '{bodies[0].example}'"]
    elif bodies:
        lines += ["-F answers='{…}'", "-F file=@statement.pdf"]
    return " \\\n  ".join(lines)


@cache
def shape_of(name: str) -> Shape:
    """A component, read."""
    part = components()[name]
    needed = part.get("required", ())
    fields = (
        Field(
            each,
            kind_of(field),
            CHOICE.sub("", words_of(field)).strip(),
            each in needed,
        )
        for each, field in part.get("properties", {}).items()
    )
    labels = dict(CHOICE.findall(part.get("description", "")))
    return Shape(
        name,
        CHOICE.sub("", part.get("description", "")).strip(),
        tuple(fields),
        tuple((str(value), labels.get(str(value), "")) for value in part.get("enum", ())),
        "" if part.get("properties") or "enum" in part else kind_of(part),
    )


def words_of(field: Mapping[str, Any]) -> str:
    """Its title, and what else is said of it."""
    said = [field.get("title", ""), field.get("description", "")]
    return ". ".join(each for each in said if each)

"""What a part of the schema takes, in words, and an example of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nexus.api.schema import schema
from nexus.closed_lists import REFERENCE

Part = Mapping[str, Any]
BLANK = "BlankEnum"
WORDS = {
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}
FORMATS = {
    "date": "date, as 2026-11-16",
    "date-time": "moment in UTC, as 2026-11-16T09:30:00Z",
    "uri": "address",
    "uuid": "UUID",
    "email": "e-mail address",
    "binary": "bytes of a file",
}
EXAMPLES = {
    "date": "2026-11-16",
    "date-time": "2026-11-16T09:30:00Z",
    "uri": "https://nexus.example/",
    "uuid": "6c5d1a9e-2f57-4a9c-9d0c-2f0f5f0a7d11",
    "email": "jo.hartley@merseyside.police.example",
    "binary": "…",
}
DEEPEST = 12  # nested shapes of an example


def components() -> dict[str, Any]:
    """The shapes of the schema by name."""
    found: dict[str, Any] = schema()["components"]["schemas"]
    return found


def name_of(part: Part) -> str:
    """The shape that a part points to; none where it says itself what it is."""
    return str(part.get("$ref", "")).removeprefix(REFERENCE)


def alternatives(part: Part) -> list[Part]:
    """The parts of which it is one; one alone where it only adds words to another."""
    return [*part.get("oneOf", ()), *part.get("anyOf", ()), *part.get("allOf", ())]


def kind_of(part: Part) -> str:
    """In words: "list of Question", "text of at most 60 characters, or null"."""
    if name := name_of(part):
        return "an empty text" if name == BLANK else name
    if others := alternatives(part):
        return " or ".join(kind_of(each) for each in others)
    if "const" in part:
        return f"“{part['const']}”"
    if "enum" in part:
        return "one of " + ", ".join(f"“{each}”" for each in part["enum"])
    types = part.get("type", "")
    return " or ".join(of_type(each, part) for each in ([types] if isinstance(types, str) else types))


def of_type(name: str, part: Part) -> str:
    """One of the types it may have."""
    if name == "array":
        return f"list of {kind_of(part.get('items', {}))}"
    if name == "object" and part.get("additionalProperties"):
        return f"object with a {kind_of(part['additionalProperties'])} for each name"
    if name != "string":
        return WORDS.get(name, "any value")
    longest = part.get("maxLength")
    return FORMATS.get(part.get("format", ""), f"text of at most {longest} characters" if longest else "text")


def shapes_in(part: Any) -> Iterator[str]:
    """The shapes that it names directly."""
    if isinstance(part, Mapping):
        if (name := name_of(part)) and name != BLANK:
            yield name
        for key, each in part.items():
            if key != "discriminator":
                yield from shapes_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from shapes_in(each)


def shown_with(named: Iterable[str]) -> list[str]:
    """The shapes that a page about these shows: each of several, themselves, and the closed lists of their fields."""
    several = [name for each in named for name in (shapes_in(components()[each]) if one_of(each) else [each])]
    lists = (
        name for each in several for name in shapes_in(components()[each]) if "enum" in components()[name]
    )
    return [*dict.fromkeys([*several, *lists])]


def one_of(name: str) -> bool:
    """Whether the shape is one of several others."""
    return bool(alternatives(components()[name]))


def pieces_of(kind: str) -> list[tuple[str, bool]]:
    """A kind in words, piece by piece, and whether the piece is the name of a shape."""
    return [(each, each in components()) for each in re.split(r"([A-Z]\w+)", kind) if each]


def example_of(part: Part, *, sent: bool, depth: int = 0) -> Any:
    """Something that fits. Of what is sent only what must be there, or where nothing must the first few fields."""
    if "examples" in part:
        return part["examples"][0]
    if name := name_of(part):
        return example_of(components()[name], sent=sent, depth=depth + 1)
    if others := alternatives(part):
        return example_of(others[0], sent=sent, depth=depth)
    if "const" in part or "enum" in part:
        return part.get("const", (part.get("enum") or [""])[0])
    types = part.get("type", "")
    return example_of_type(types if isinstance(types, str) else types[0], part, sent=sent, depth=depth)


def example_of_type(name: str, part: Part, *, sent: bool, depth: int) -> Any:
    """Something of this type."""
    if name == "array":
        return [] if depth > DEEPEST else [example_of(part.get("items", {}), sent=sent, depth=depth + 1)]
    if name == "object":
        return {} if depth > DEEPEST else example_of_object(part, sent=sent, depth=depth)
    if name == "string":
        text = EXAMPLES.get(part.get("format", ""), "1986" if "pattern" in part else "text")
        return text[: part.get("maxLength", len(text))]
    return {"integer": 1, "number": 1.5, "boolean": True}.get(name)


def example_of_object(part: Part, *, sent: bool, depth: int) -> dict[str, Any]:
    """Its fields, each with something that fits."""
    fields = part.get("properties", {})
    if sent:
        fields = {name: each for name, each in fields.items() if not each.get("readOnly")}
        needed = part.get("required") or [*fields][:3]
        fields = {name: each for name, each in fields.items() if name in needed}
    return {name: example_of(each, sent=sent, depth=depth + 1) for name, each in fields.items()}

"""Descriptions for who reads the schema: sentences about the service, none about our Python."""

import re
from collections.abc import Iterator
from typing import Any

SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“\"`])")
OF_PYTHON = re.compile(
    r"\bRaises?\b|\(Refused\)|\bNone\b|DoesNotExist|Http404|\.py\b|\bADR\b|\w\(\)|\bself\b(?!-)|`(by|now|own)`|"
    r"`[A-Z]\w*[a-z]\w*`|`\w+\.\w+`|`row_fields`|<name>|\b[Cc]leans to\b|\binitial\b|"
    r"\b([Ff]orms?|[Cc]olumns?|[Ss]erializers?|[Mm]odels?|[Qq]uerysets?|[Cc]lass(es)?|[Kk]wargs)\b"
)
CODE = re.compile(r"`[^`]*`")
CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def plain(text: str, *, code: bool = True) -> str:
    """The sentences that say nothing of Python; without `code` none either that quotes a name."""
    sentences = SENTENCE.split(" ".join(text.split()))
    return " ".join(
        each
        for each in sentences
        if not OF_PYTHON.search(each.replace("_id", "")) and (code or not CODE.search(each))
    )


def summary_of(text: str) -> str:
    """The first sentence, as a heading has it."""
    return SENTENCE.split(text)[0].rstrip(".") if text else ""


def in_plain_words(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: every operation has a summary, every shape is described, and nothing speaks of Python."""
    sent: dict[str, str] = {}
    for operation in operations_of(result):
        words = plain(operation.get("description", ""))
        named = operation["operationId"].replace("_", " ").capitalize()
        operation.setdefault("summary", summary_of(words) or named)
        operation["description"] = words or operation["summary"]
        for name in bodies_of(operation):
            sent.setdefault(name, operation["summary"])
    for name, component in result["components"]["schemas"].items():
        if "enum" not in component:
            put_plainly(component, f"What is sent to: {sent[name]}" if name in sent else known_of(name))
    return result


def operations_of(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All of them."""
    for operations in result["paths"].values():
        yield from operations.values()


def bodies_of(operation: dict[str, Any]) -> Iterator[str]:
    """The names of the shapes it takes."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if "$ref" in content["schema"]:
            yield content["schema"]["$ref"].rpartition("/")[2]


def known_of(name: str) -> str:
    """What the name of a shape without words says of it."""
    if name.startswith("Any"):
        return "One of several shapes; `shape` says which it is"
    if name.endswith("SectionRequest"):
        return "The answers of one section"
    if name.endswith("List"):
        return "One page of a list"
    words = CAPITAL.sub(" ", name.removesuffix("Request").removesuffix("Enum")).strip()
    return words.capitalize()


def put_plainly(component: dict[str, Any], otherwise: str) -> None:
    """Its own words where they are for its readers, and else what is known of it."""
    words = plain(component.pop("description", "")) or otherwise
    if words:
        component["description"] = words

"""Descriptions for who reads the schema: sentences about the service, none about our Python."""

import re
from typing import Any

SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“\"`])")
OF_PYTHON = re.compile(
    r"\bRaises?\b|\(Refused\)|\bNone\b|DoesNotExist|Http404|\.py\b|\bADR\b|\w\(\)|\bself\b|`(by|now)`"
)
CODE = re.compile(r"`[^`]*`")


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
    """drf-spectacular's hook: every operation has a summary, and no description speaks of Python."""
    for operations in result["paths"].values():
        for operation in operations.values():
            words = plain(operation.get("description", ""))
            named = operation["operationId"].replace("_", " ").capitalize()
            operation.setdefault("summary", summary_of(words) or named)
            operation["description"] = words or operation["summary"]
    for component in result["components"]["schemas"].values():
        if "enum" not in component and "description" in component:
            component["description"] = plain(component["description"])
    return result

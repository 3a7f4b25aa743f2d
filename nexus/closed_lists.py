"""Closed lists by name, and shapes that take nothing else: what the schema says once it is made."""

from typing import Any

REFERENCE = "#/components/schemas/"
# Bodies with a field for each thing of the row, which only the row names: its paragraphs, people, or what goes on.
NAMED_BY_ROW = frozenset(
    {
        *("CaseAddNoteRequest", "CaseRecordOutcomeRequest"),
        *("CaseDecisionWriteLetterRequest", "MaterialCheckStatementRequest"),
    }
)


def with_closed_shapes(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook. A parameter takes the named list there is of its values. A body takes no field that it does
    not name, as the service refuses it (400); an answer may have more one day, so nothing is said of that."""
    shapes = result["components"]["schemas"]
    named = {frozenset(each["enum"]): name for name, each in shapes.items() if "enum" in each}
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                name_list(parameter["schema"], named)
    for name, each in shapes.items():
        if name.endswith("Request") and "properties" in each:
            each["additionalProperties"] = name in NAMED_BY_ROW
    return result


def name_list(part: dict[str, Any], named: dict[frozenset[Any], str]) -> None:
    """The list in place of its values, where there is one of just these."""
    name = named.get(frozenset(part.get("enum", ())))
    if name:
        part.clear()
        part["$ref"] = REFERENCE + name

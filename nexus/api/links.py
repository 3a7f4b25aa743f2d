"""What may come next, as the schema says it: from a list to the one, from any answer that is of the one to the one, and
from the one to everything that may be done with it. OpenAPI calls these links; a program may follow them, and
tests/nexus/api/test_schemathesis.py does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nexus.closed_lists import REFERENCE

ONE = re.compile(r"(?P<list>.+/)\{(?P<part>\w+)\}/")
JSON = "application/json"


@dataclass(frozen=True)
class Reading:
    """Reading one thing: its operation, the part of its address that names it, and which field of an answer that is."""

    address: str
    list: str
    operation: Mapping[str, Any]
    part: str
    field: str

    def link(self, place: str) -> dict[str, Any]:
        """To it, from an answer that names it at this place."""
        return linked(self.operation, {self.part: f"$response.body#/{place}{self.field}"})


def linked(operation: Mapping[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    """A link to an operation."""
    return {"operationId": operation["operationId"], "parameters": parameters}


def with_links(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook."""
    schemas, paths = result["components"]["schemas"], result["paths"]
    readings = [each for address in paths if (each := reading_of(address, paths[address], schemas))]
    by_shape = {shape: each for each in readings for shape in shapes_of(answered(each.operation), schemas)}
    for address, operations in paths.items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                shape = shape_of(answer) if status.startswith("2") else ""
                links = {
                    each.operation["operationId"]: each.link("") for each in found(by_shape, shape, schemas)
                }
                if method == "get":
                    links = onward(address, readings, paths)
                if links:
                    answer["links"] = links
    return result


def found(by_shape: Mapping[str, Reading], shape: str, schemas: Mapping[str, Any]) -> Iterator[Reading]:
    """What may be read of an answer of this shape."""
    yield from {
        by_shape[each].address: by_shape[each] for each in shapes_of(shape, schemas) if each in by_shape
    }.values()


def onward(address: str, readings: list[Reading], paths: Mapping[str, Any]) -> dict[str, Any]:
    """From a list to its first one; from the one to what may be done with it."""
    for each in readings:
        if each.list == address:
            return {each.operation["operationId"]: each.link("results/0/")}
        if each.address == address:
            here = {each.part: f"$request.path.{each.part}"}
            return {
                operation["operationId"]: linked(operation, here)
                for below, operations in paths.items()
                if below.startswith(address) and below != address
                for operation in operations.values()
            }
    return {}


def reading_of(address: str, operations: Mapping[str, Any], schemas: Mapping[str, Any]) -> Reading | None:
    """How one of these is read, where the address is of one and its answer has what names it."""
    place = ONE.fullmatch(address)
    shapes = shapes_of(answered(operations.get("get", {})), schemas)
    if place is None or not shapes:
        return None
    fields = schemas[shapes[0]].get("properties", {})
    name = next((each for each in (place["part"], "id") if each in fields), "")
    return Reading(address, place["list"], operations["get"], place["part"], name) if name else None


def answered(operation: Mapping[str, Any]) -> str:
    """The name of the shape of what a call gives that did what was asked."""
    return shape_of(operation.get("responses", {}).get("200", {}))


def shape_of(answer: Mapping[str, Any]) -> str:
    schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
    return str(schema.get("$ref", "")).removeprefix(REFERENCE)


def shapes_of(name: str, schemas: Mapping[str, Any]) -> list[str]:
    """A shape, or the several of which it is one."""
    several = [each["$ref"].removeprefix(REFERENCE) for each in schemas.get(name, {}).get("oneOf", [])]
    return several or ([name] if name else [])

"""Whether a program that was written for the schema as it was can still live on the schema as it is.

The one it was stands in docs/api/openapi.json (`manage.py api_schema` writes it, without its words). More may come: an
address, a field of an answer, a choice that may be sent. What a program relies on may not go.
"""

from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
# What explains; and the links, which say what may come next.
WORDS = frozenset({"description", "summary", "title", "example", "examples", "links"})
Part = Mapping[str, Any]


def binding(whole: Part) -> dict[str, Any]:
    """What is kept of a released schema: no words, and of the answers those of a call that did what was asked."""
    found = dict(without_words(whole))
    for operations in found["paths"].values():
        for operation in operations.values():
            answers = operation["responses"].items()
            operation["responses"] = {status: each for status, each in answers if status.startswith("2")}
    return found


def without_words(part: Any, *, names: bool = False) -> Any:
    """What is binding of a schema. `names`: the keys of this part are names, of which one may be called title."""
    if isinstance(part, list):
        return [without_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = part.items() if names else ((key, value) for key, value in part.items() if is_binding(key))
    return {key: without_words(value, names=key in ("properties", "schemas", "paths")) for key, value in kept}


def is_binding(key: str) -> bool:
    """Neither words nor, in x-…, who may: a person's role and a program's grant are the service's own."""
    return key not in WORDS and not key.startswith("x-")


def breaking(old: Part, new: Part) -> list[str]:
    """In sentences, what a program may rely on of the old schema that the new one does not have."""
    return [*operations_gone(old, new), *components_changed(old, new)]


def operations_gone(old: Part, new: Part) -> Iterator[str]:
    """Addresses and methods that go; parameters that go or are asked for now; answers that go."""
    for path, operations in old["paths"].items():
        for method in METHODS:
            if method not in operations:
                continue
            where, was = f"{method.upper()} {path}", operations[method]
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{where} is gone"
                continue
            yield from parameters_changed(where, was, now)
            yield from (
                f"{where} does not answer {status} any more"
                for status in was["responses"]
                if status.startswith("2") and status not in now["responses"]
            )


def parameters_changed(where: str, was: Part, now: Part) -> Iterator[str]:
    """Parameters that go, and new ones that a call must have."""
    before, after = (
        {(each["in"], each["name"]): each for each in part.get("parameters", [])} for part in (was, now)
    )
    yield from (
        f"{where} takes no {name} in the {place} any more" for place, name in before.keys() - after.keys()
    )
    yield from (
        f"{where} needs {name} in the {place} now"
        for (place, name), each in after.items()
        if each.get("required") and not before.get((place, name), {}).get("required")
    )


def components_changed(old: Part, new: Part) -> Iterator[str]:
    """Components that go or lose what they had. What is sent ends in Request: of it nothing more may be required, and
    no choice may go; of an answer no field may go."""
    after = new["components"]["schemas"]
    for name, was in old["components"]["schemas"].items():
        now = after.get(name)
        if now is None:
            yield f"{name} is gone"
            continue
        yield from (
            f"{name}.{each} is gone"
            for each in was.get("properties", {}).keys() - now.get("properties", {}).keys()
        )
        if name.endswith("Request"):
            yield from (
                f"{name}.{each} is required now"
                for each in {*now.get("required", [])} - {*was.get("required", [])}
            )
        elif "enum" not in was:
            yield from (
                f"{name}.{each} may be left out now"
                for each in {*was.get("required", [])} - {*now.get("required", [])}
            )
        yield from (
            f"{name} is not {choice} any more"
            for choice in was.get("enum", [])
            if choice not in now.get("enum", [])
        )
        for field, part in was.get("properties", {}).items():
            kinds = [each.get("properties", {}).get(field, {}).get("type") for each in (was, now)]
            if field in now.get("properties", {}) and narrower(*kinds):
                yield f"{name}.{field} is {kinds[1]}, and was {part.get('type')}"


def narrower(was: Any, now: Any) -> bool:
    """Whether a type that was said is another one now."""
    return was is not None and now is not None and was != now

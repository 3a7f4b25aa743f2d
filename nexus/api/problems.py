"""How the schema describes what is not done: one component, and which statuses each kind of call may answer."""

from typing import Any

from nexus.api.rendering import BYTES
from nexus.problems import BY_STATUS, MEDIA_TYPE, Code

ANY_CALL = (400, 401, 403, 404, 406, 429, 500, 503)
CHANGES = (409, 412, 413, 415)
METHODS = frozenset({"get", "post", "put", "patch", "delete"})

IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "The ETag of the answer you have; 304 where it is still the same",
}
FAULT = {
    "type": "object",
    "description": "One thing wrong with what was sent.",
    "properties": {
        "place": {"type": "string", "enum": ["body", "query", "header"]},
        "field": {"type": "string", "description": "Its path, for example conduct[0].offence"},
        "pointer": {"type": ["string", "null"], "description": "The same as a JSON pointer into the body"},
        "code": {"type": "string", "description": "Stays as it is: a program may go by it"},
        "sentence": {"type": "string", "description": "For a person"},
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The only names or values there are, where another was sent",
        },
    },
    "required": ["place", "field", "pointer", "code", "sentence", "allowed"],
}
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457). Go by `code`; the sentences are for people.",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"$ref": "#/components/schemas/ProblemCode"},
        "detail": {"type": "string", "description": "All sentences in one text"},
        "request_id": {"type": "string", "description": "Say it when you ask about this call"},
        "reasons": {"type": "array", "items": {"type": "string"}, "description": "Why it is refused"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        "current": {"type": ["object", "null"], "description": "Of 412: what stands there now"},
        "sent": {"type": ["object", "null"], "description": "Of 412: what was sent"},
    },
    "required": [
        *("type", "title", "status", "code", "detail", "request_id", "reasons", "errors", "current", "sent"),
    ],
}
CODE = {
    "type": "string",
    "enum": [code.value for code in Code],
    "description": "\n".join(f"* `{code.value}` - {code.label}" for code in Code),
}


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: every operation says what it may answer when it does not do what was asked."""
    components = result["components"]
    components["schemas"] |= {"Fault": FAULT, "Problem": PROBLEM, "ProblemCode": CODE}
    body = {"schema": {"$ref": "#/components/schemas/Problem"}}
    components["responses"] = {"Problem": {"description": "Not done", "content": {MEDIA_TYPE: body}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method in METHODS:
                is_file = BYTES in operation["responses"].get("200", {}).get("content", {})
                if method == "get" and not is_file:
                    operation["responses"]["304"] = {"description": "As it was when you got this ETag"}
                    operation["parameters"] = [*operation.get("parameters", []), IF_NONE_MATCH]
                statuses = ANY_CALL if method == "get" else sorted(ANY_CALL + CHANGES)
                if is_file:  # it may still be in quarantine
                    statuses = sorted((*ANY_CALL, 409))
                for status in statuses:
                    described = {"description": str(BY_STATUS[status].label), "content": {MEDIA_TYPE: body}}
                    operation["responses"].setdefault(str(status), described)
    return result

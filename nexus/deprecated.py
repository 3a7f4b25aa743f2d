"""What is to go: one table, from which the schema, the headers of the answers and the reference say so.

An operation that is named here answers with `Deprecation` (RFC 9745: since when), `Sunset` (RFC 8594: from when it may be
gone) and links to the changelog and to what to use instead. Of a field the schema says it. docs/api/guide.md has the policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import http_date

from nexus.addresses import names

MONTHS = 6  # at least, between the two days; local


@dataclass(frozen=True, kw_only=True)
class Deprecated:
    """An operation, by the name of its endpoint and its method, or a field of a shape; what to use instead in words,
    and where that is an operation its name in the reference."""

    since: date
    gone_from: date
    instead: str
    endpoint: str = ""
    method: str = ""
    shape: str = ""
    field: str = ""
    successor: str = ""

    @property
    def words(self) -> str:
        """For the description."""
        return f"Deprecated since {self.since:%-d %B %Y}, and may be gone from {self.gone_from:%-d %B %Y}: {self.instead}"


# Nothing yet. A row goes with a line in docs/api/changelog.md.
ROWS: tuple[Deprecated, ...] = ()


def moment(day: date) -> int:
    """Its first second in UTC."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def headers_of(request: HttpRequest) -> dict[str, str]:
    """What an answer of a deprecated operation says of itself; nothing of any other."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.app_names != ["api"]:
        return {}
    called = (match.url_name, request.method)
    found = next((row for row in ROWS if (row.endpoint, row.method) == called), None)
    return {} if found is None else headers(found)


def headers(row: Deprecated) -> dict[str, str]:
    """The three."""
    links = [f'<{reverse("developers:text", args=["changelog"])}>; rel="deprecation"; type="text/html"']
    if row.successor:
        successor = reverse("developers:operation", args=[row.successor])
        links.append(f'<{successor}>; rel="successor-version"; type="text/html"')
    return {
        "Deprecation": f"@{moment(row.since)}",
        "Sunset": http_date(moment(row.gone_from)),
        "Link": ", ".join(links),
    }


def with_deprecated(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: each row marks its operation or its field."""
    for row in ROWS:
        for part in marked_by(row, result):
            part["deprecated"] = True
            part["description"] = f"{part.get('description', '')} {row.words}".strip()
    return result


def marked_by(row: Deprecated, result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The parts of the schema that it is about."""
    if row.shape:
        return [result["components"]["schemas"][row.shape]["properties"][row.field]]
    return [
        operations[row.method.lower()]
        for path, operations in result["paths"].items()
        if names()[path] == row.endpoint and row.method.lower() in operations
    ]

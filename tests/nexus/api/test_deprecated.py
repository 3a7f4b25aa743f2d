"""What is to go says so: in the schema, in the headers of its answers, and on its page, from one row."""

import copy
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from nexus import deprecated
from nexus.accounts.roles import Role
from nexus.api.compatible import binding, breaking
from nexus.api.schema import schema
from nexus.bootstrap import CHECKOUT
from nexus.deprecated import MONTHS, Deprecated, marked_by, with_deprecated
from nexus.developers.reading import operation_of, operations
from tests.builders import a_user
from tests.nexus.api.calling import Caller

CHANGELOG = CHECKOUT / "docs" / "api" / "changelog.md"
OPERATION = Deprecated(
    endpoint="referrals",
    method="POST",
    since=date(2026, 12, 1),
    gone_from=date(2027, 7, 1),
    instead="make the whole referral under your own reference.",
    successor="referral-put-by-own-reference",
)
FIELD = Deprecated(
    shape="Referral",
    field="stage",
    since=date(2026, 12, 1),
    gone_from=date(2027, 7, 1),
    instead="go by `state`.",
)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    schema()  # as it is, before there are any
    monkeypatch.setattr(deprecated, "ROWS", (OPERATION, FIELD))
    yield


@pytest.fixture
def marked(rows: None) -> dict[str, Any]:
    """The schema with the test's rows."""
    return with_deprecated(copy.deepcopy(schema()))


@pytest.mark.django_db
def test_each_answer_of_a_deprecated_operation_says_since_when_until_when_and_what_instead(
    rows: None,
) -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    started = caller.post("referrals/", Idempotency_Key="6c5d1a9e-2f57-4a9c-9d0c-2f0f5f0a7d11")
    for answer in (started, caller.post("referrals/")):
        assert answer["Deprecation"] == f"@{int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())}"
        assert parsedate_to_datetime(answer["Sunset"]) == datetime(2027, 7, 1, tzinfo=UTC)
        assert '</developers/changelog/>; rel="deprecation"' in answer["Link"]
        assert (
            '/developers/operations/referral-put-by-own-reference/>; rel="successor-version"'
            in answer["Link"]
        )
    assert (started.status_code, answer.status_code) == (201, 400)


@pytest.mark.django_db
def test_no_other_answer_says_it(rows: None) -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    for answer in (caller.get("referrals/"), caller.get("session/"), caller.client.get("/cookies/")):
        assert not {"Deprecation", "Sunset"} & set(answer.headers)


def test_the_schema_and_the_page_say_it_of_the_operation_and_of_the_field(marked: dict[str, Any]) -> None:
    post, get = (marked["paths"]["/api/v1/referrals/"][method] for method in ("post", "get"))
    assert (
        post["deprecated"] is True and "may be gone from 1 July 2027: make the whole" in post["description"]
    )
    assert "deprecated" not in get
    field = marked["components"]["schemas"]["Referral"]["properties"]["stage"]
    assert field["deprecated"] is True and "go by `state`" in field["description"]
    assert operation_of("/api/v1/referrals/", "post", post).deprecated
    assert not operations()["referral-start"].deprecated


def test_what_is_deprecated_is_still_there_and_breaks_nothing(marked: dict[str, Any]) -> None:
    assert breaking(binding(copy.deepcopy(schema())), binding(marked)) == []


def wrong_in(rows: tuple[Deprecated, ...], changelog: str) -> Iterator[str]:
    """What is wrong with the table."""
    for row in rows:
        named = row.field or row.endpoint
        if row.gone_from < row.since + timedelta(days=30 * MONTHS):
            yield f"{named} goes too soon"
        if named not in changelog:
            yield f"{named} is not in the changelog"
        if row.successor and row.successor not in operations():
            yield f"{named} names a successor that is none"
        if not [*marked_by(row, schema())]:
            yield f"{named} is none of the API"


def test_each_row_leaves_half_a_year_and_is_in_the_changelog() -> None:
    assert [*wrong_in(deprecated.ROWS, CHANGELOG.read_text())] == []


def test_a_row_that_is_not_right_is_found() -> None:
    soon = Deprecated(
        endpoint="nowhere", method="GET", since=date(2026, 12, 1), gone_from=date(2027, 1, 1), instead="-", successor="x"
    )  # fmt: skip
    assert len([*wrong_in((soon,), "")]) == 4
    assert [*wrong_in((FIELD, OPERATION), "stage and referrals")] == []

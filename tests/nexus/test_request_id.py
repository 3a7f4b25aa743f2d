"""Each request has one id: the proxy's when it is a UUID, ours otherwise."""

import json
import logging
import uuid

import pytest
from django.test import Client

from nexus.request_id import request_id

GOOD = "0b5bb5b4-5a1e-4a3d-9c39-3c7a1f1f6a10"


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        (GOOD, GOOD),
        (GOOD.replace("-", "").upper(), GOOD),
        ("", None),
        ("1", None),
        (f"{{{GOOD}}}", None),
        ("Jan Kowalski, born 1 May 1980 in Lodz", None),
        (GOOD + "\nforged: yes", None),
        ("x" * 36, None),
    ],
)
def test_only_a_uuid_is_taken_from_outside(offered: str, kept: str | None) -> None:
    given = request_id(offered)
    assert given == str(uuid.UUID(given))
    assert (given == kept) is (kept is not None)


@pytest.mark.django_db
def test_the_answer_repeats_it_and_the_log_line_holds_no_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="nexus.requests"):
        answer = client.get("/health/?q=Zelmanov", headers={"X-Request-ID": GOOD})
    assert (answer.status_code, answer["X-Request-ID"]) == (200, GOOD)
    (record,) = [r for r in caplog.records if r.name == "nexus.requests"]
    assert (record.page, record.status, record.request_id) == ("health", 200, GOOD)
    assert "Zelmanov" not in json.dumps(record.__dict__, default=str)

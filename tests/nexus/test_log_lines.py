"""A log line is one line, and says nothing about a person."""

import json
import logging
import sys
from typing import Any

from django.test import RequestFactory

from nexus.log_lines import LineFormatter

PERSON = "Teodor Zelmanov"


def line(msg: str, *args: Any, name: str = "nexus", **extra: Any) -> tuple[str, dict[str, Any]]:
    """What would be written for one record, as text and read back."""
    record = logging.LogRecord(name, logging.ERROR, "here.py", 1, msg, args, extra.pop("exc_info", None))
    for key, value in extra.items():
        setattr(record, key, value)
    text = LineFormatter().format(record)
    return text, json.loads(text)


def test_a_line_is_one_line_of_json() -> None:
    text, read = line("first\nsecond %s", "third", status=409, request_id="r1")
    assert "\n" not in text
    assert (read["said"], read["status"], read["request_id"]) == ("first\nsecond third", 409, "r1")


def test_an_exceptions_message_is_left_out_and_its_place_kept() -> None:
    try:
        raise ValueError(f"Key (surname)=({PERSON}) already exists")
    except ValueError:
        text, read = line("Something failed", exc_info=sys.exc_info())
    assert PERSON not in text
    assert read["error"] == "ValueError"
    assert "test_log_lines.py" in read["where"][0]


def test_an_exception_given_as_an_argument_becomes_its_name() -> None:
    text, read = line("Could not save: %s", ValueError(PERSON))
    assert (PERSON in text, read["said"]) == (False, "Could not save: ValueError")


def test_celerys_sentences_lose_what_they_quote() -> None:
    context = {"name": "reports.build", "id": "1", "exc": f"ValueError('{PERSON}')", "args": f"['{PERSON}']"}
    text, read = line("Task %(name)s[%(id)s] raised: %(exc)s %(args)s", context, name="celery.app.trace")
    assert PERSON not in text
    assert read["said"] == "Task reports.build[1] raised: … …"


def test_djangos_lines_about_a_request_lose_the_address() -> None:
    request = RequestFactory().get(f"/referrals/?q={PERSON}")
    text, read = line("Internal Server Error: %s", request.get_full_path(), request=request, status_code=500)
    assert "Zelmanov" not in text
    assert read["said"] == "500"


def test_only_known_extras_appear() -> None:
    text, read = line("answered", page="referrals:view", surname=PERSON)
    assert (PERSON in text, read["page"]) == (False, "referrals:view")

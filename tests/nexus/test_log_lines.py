"""A log line is one line, and says nothing about a person."""

import json
import logging
import re
import sys
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import RequestFactory
from django.urls import ResolverMatch

from nexus.bootstrap import CHECKOUT
from nexus.celery import name_what_failed
from nexus.log_lines import KNOWN, LineFormatter

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


def test_a_failed_page_names_the_rows_it_was_about_and_no_words() -> None:
    request = RequestFactory().get("/")
    kwargs = {"reference": "NHH-2026-000123", "pk": 7, "file": UUID(int=1), "term": PERSON, "kind": "xlsx"}
    request.resolver_match = ResolverMatch(print, (), kwargs, url_name="view", namespaces=["referrals"])
    text, read = line("Internal Server Error", request=request, status_code=500)
    assert read["id"] == f"NHH-2026-000123 7 {UUID(int=1)}"
    assert read["said"] == "500 referrals:view" and PERSON not in text and "xlsx" not in text


def test_a_failed_task_names_itself_its_row_and_the_kind_of_error(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="nexus.celery"):
        name_what_failed(
            sender=SimpleNamespace(name="reports.sweep"), args=[42, PERSON], exception=ValueError(PERSON)
        )
    (record,) = [each for each in caplog.records if each.name == "nexus.celery"]
    text = LineFormatter().format(record)
    read = json.loads(text)
    assert (read["task"], read["id"], read["kind"]) == ("reports.sweep", "42", "ValueError")
    assert PERSON not in text


def test_no_log_line_gives_what_the_formatter_drops() -> None:
    """An id under a name of its own would be written down by nobody."""
    given = re.compile(r"log\.\w+\([^)]*extra=\{([^}]*)\}", re.DOTALL)
    for folder in ("nexus", "referrals", "casework"):
        for file in (CHECKOUT / folder).rglob("*.py"):
            for names in given.findall(file.read_text()):
                assert set(re.findall(r'"(\w+)":', names)) <= set(KNOWN), file

"""Log lines: one JSON object each, with ids and names of code, never what a person typed.

Exception messages and task arguments repeat values ("Key (email)=(…) already exists"), and a path
may hold anything somebody typed. So a line holds the kind of an error and where it happened, and the
name of the page, not its address.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

# What our own calls pass in `extra=` and may appear: ids, names, counts.
KNOWN = ("request_id", "method", "page", "status", "ms", "task", "id", "kind", "count")
# What an address or a message names a row by: its number, its random id, or the reference of a referral. Nobody's words.
AN_ID = re.compile(r"\d{1,19}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|NHH-\d{4}-\d{6,9}")
# What Celery puts into its sentences that may quote a person's data.
QUOTING = ("exc", "args", "kwargs", "traceback", "return_value", "result")


class LineFormatter(logging.Formatter):
    """Turns a log record into one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without line breaks whatever the record holds."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": sentence(record),
        }
        line |= {key: getattr(record, key) for key in KNOWN if hasattr(record, key)}
        request = getattr(record, "request", None)
        if request is not None:
            line["request_id"] = getattr(request, "id", "")
            match = getattr(request, "resolver_match", None)
            line |= named_by(match.kwargs.values() if match else ())
        if record.exc_info and record.exc_info[0]:
            line["error"], line["where"] = error(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, default=str, ensure_ascii=False)


def named_by(values: Iterable[object]) -> dict[str, str]:
    """`id`: which rows they name, apart from everything that may be somebody's words; nothing where they name none."""
    ids = [text for value in values if AN_ID.fullmatch(text := str(value))]
    return {"id": " ".join(ids)} if ids else {}


def sentence(record: logging.LogRecord) -> str:
    """The record's message without quotations of data."""
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        return f"{getattr(record, 'status_code', '')} {match.view_name if match else ''}".strip()
    if isinstance(record.args, dict):
        safe = {key: "…" if key in QUOTING else value for key, value in record.args.items()}
        return str(record.msg) % safe
    if record.args and any(isinstance(part, BaseException) for part in record.args):
        parts = tuple(type(p).__name__ if isinstance(p, BaseException) else p for p in record.args)
        return str(record.msg) % parts
    return record.getMessage()


def error(kind: type[BaseException], trace: TracebackType | None) -> tuple[str, list[str]]:
    """The kind of an error and the lines of code it came through, without its message."""
    frames = traceback.extract_tb(trace)
    return kind.__qualname__, [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]

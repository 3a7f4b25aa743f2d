"""What is written to the log while a test does something."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from nexus.log_lines import LineFormatter


@contextmanager
def lines_into(lines: list[str], formatter: logging.Formatter | None = None) -> Iterator[None]:
    """Add each log line from here on, as the product writes it or as another formatter does."""

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Lines(logging.INFO), logging.getLogger()
    handler.setFormatter(formatter or LineFormatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)

"""DuckDB connections for the data-wash: bounded, offline, one for each task."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY_LIMIT = "700MB"  # enough for 10,000 subjects against 1.1 million persons; the rest goes to disk


@contextmanager
def connected(
    database: str = ":memory:", *, threads: int = 1, memory_limit: str = MEMORY_LIMIT
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with its own spill folder, closed and cleaned up afterwards.

    It may install and load no extension, so it never reaches for the network.
    """
    with tempfile.TemporaryDirectory(prefix="nexus-datawash-") as folder:
        connection = duckdb.connect(
            database,
            config={
                "threads": threads, "memory_limit": memory_limit, "temp_directory": str(Path(folder)),
                "autoinstall_known_extensions": False, "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            },
        )  # fmt: skip
        try:
            yield connection
        finally:
            connection.close()

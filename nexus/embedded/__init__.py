"""PostgreSQL and Valkey from wheels, for the first run, the demonstration and the tests.

Production sets DATABASE_URL and REDIS_URL and never comes here.
"""

from nexus.embedded.servers import (
    Revival,
    data_folder,
    embedded,
    environment,
    recreate_database,
    reset,
    running,
)
from nexus.embedded.sharing import alone
from nexus.embedded.trouble import Trouble

__all__ = [
    "Revival",
    "Trouble",
    "alone",
    "data_folder",
    "embedded",
    "environment",
    "recreate_database",
    "reset",
    "running",
]

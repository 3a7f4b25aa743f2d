"""What PostgreSQL believes of the machine it runs on: at factory settings it reads a million rows rather than an index."""

import os
from pathlib import Path

GIB = 1024**3
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
# What each page costs that is not the next one on the disk: little, on what is not a turning disk or is in memory.
COSTS = {"random_page_cost": "1.1"}
MOST_SHARED = 2 * GIB  # more is better left to the cache of the operating system


def memory_of_machine() -> int:
    """In bytes: of the container, where it has a limit."""
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = CONTAINER_LIMIT.read_text().strip() if CONTAINER_LIMIT.exists() else "max"
    return physical if limit == "max" else min(physical, int(limit))


def settings_for(memory: int) -> dict[str, str]:
    """The settings of a server that has so many bytes to itself; docker-compose.yml has those of its limit."""
    return COSTS | {
        "shared_buffers": megabytes(min(memory // 4, MOST_SHARED)),
        "effective_cache_size": megabytes(memory * 3 // 4),
        "maintenance_work_mem": megabytes(min(memory // 16, GIB)),
        "work_mem": "16MB",  # each sort of each of 200 connections may take it
    }


def megabytes(size: int) -> str:
    return f"{max(1, size // 1024**2)}MB"

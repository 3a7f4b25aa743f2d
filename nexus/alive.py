"""`python -m nexus.alive worker`: exits 0 when that process has given a sign of life within the last half minute.

The standard library only: it is asked every few seconds.
"""

import os
import sys
import time
from pathlib import Path

FOLDER = "NEXUS_ALIVE_FOLDER"  # each process touches a file of its name there
SECONDS = 30.0


def seconds_since_sign(process: str) -> float:
    """Infinite when there was none."""
    try:
        return time.time() - (Path(os.environ[FOLDER]) / process).stat().st_mtime
    except (KeyError, OSError):
        return float("inf")


if __name__ == "__main__":
    sys.exit(seconds_since_sign(sys.argv[1]) > SECONDS)

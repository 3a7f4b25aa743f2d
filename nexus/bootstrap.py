"""From a bare Python to the virtual environment with everything in the lock.

Only the standard library may be imported here, and nothing of Nexus.
"""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def enter_environment(argv: list[str]) -> None:
    """Return inside .venv with every locked package installed, or exit with one clear sentence."""

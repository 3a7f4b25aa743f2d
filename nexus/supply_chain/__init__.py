"""What comes from elsewhere, and what must not go elsewhere: the locks, their licences and advisories, and secrets.

`python -m nexus.supply_chain locks licences secrets` says what is wrong and exits 1; `advisories` exits 77 when nobody
could be asked, which is no pass. The standard library only.
"""

import json
import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NOT_RUN = 77  # the exit code that is neither a pass nor a failure
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)((?:.*\\\n)*.*)", re.MULTILINE)


def pins(lock: str) -> list[tuple[str, str, str]]:
    """Each package of a lock: its name, its version, and what stands behind them."""
    return PIN.findall((CHECKOUT / lock).read_text())


def npm_packages() -> dict[str, dict[str, str]]:
    """What package-lock.json brings, by name."""
    found = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    return {path.rpartition("node_modules/")[2]: row for path, row in found.items() if path}

"""See the package."""

import sys

from nexus.supply_chain import NOT_RUN, advisories, licences, locks, secrets

CHECKS = {"locks": locks.faults, "licences": licences.faults, "secrets": secrets.faults}


def main(names: list[str]) -> int:
    """0 when nothing is wrong, 1 with a line for each fault, NOT_RUN when no advisories were reachable."""
    faults = [fault for name in names if name in CHECKS for fault in CHECKS[name]()]
    if "advisories" in names:
        try:
            faults += advisories.found(advisories.source())
        except advisories.NotReached as error:
            sys.stdout.write(f"No advisories were reachable: {error}\n")
            return 1 if advisories.required() else NOT_RUN
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Nothing is installed that is not the very file the lock was made with."""

from collections.abc import Iterator

from nexus.supply_chain import CHECKOUT, LOCKS, npm_packages, pins


def faults() -> Iterator[str]:
    """A package without a hash, and a line that says where to get packages."""
    for lock in LOCKS:
        yield from (
            f"{lock}: {name} has no hash" for name, _, rest in pins(lock) if "--hash=sha256:" not in rest
        )
        text = (CHECKOUT / lock).read_text()
        yield from (
            f"{lock}: {option} must not stand in a lock"
            for option in ("index-url", "find-links")
            if option in text
        )
    yield from (
        f"package-lock.json: {name} has no hash"
        for name, row in npm_packages().items()
        if "integrity" not in row
    )

"""No secret in what is committed: keys and tokens by their shape, and long random values of a telling name."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nexus.supply_chain import CHECKOUT

SHAPES = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})"),
    "a GitLab token": re.compile(r"\bglpat-[A-Za-z0-9_-]{20}"),
    "a Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "a Google key": re.compile(r"\bAIza[0-9A-Za-z_-]{35}"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
}
IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+]+://[^\s/:@{}\"']+:([^\s/@{}\"']{6,})@")
ASSIGNED = re.compile(
    r"(?i)(?:secret|token|passw(?:or)?d|api_?key|private_?key)\w*[\"']?\s*[:=]\s*[\"']?([A-Za-z0-9+/_=-]{20,})"
)
STANDS_FOR_ONE = re.compile(r"(?i)^(?:password|secret|example|changeme)")
RANDOM = 4.0  # bits a character; words of a language and names in code have less
# Not typed by anybody: hashes of published files.
NOT_READ = {"requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "package-lock.json"}


def faults() -> Iterator[str]:
    """File, line and kind of each; never the value."""
    for name in tracked():
        yield from faults_of(name, (CHECKOUT / name).read_bytes().decode(errors="replace"))


def tracked() -> list[str]:
    """What is or would be committed, as text."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = [name for name in listed.split("\0") if name and name not in NOT_READ]
    return [name for name in names if (CHECKOUT / name).is_file() and not is_binary(CHECKOUT / name)]


def is_binary(file: Path) -> bool:
    return b"\0" in file.read_bytes()[:4096]


def faults_of(name: str, text: str) -> Iterator[str]:
    """What a file of this name and text gives away."""
    for number, line in enumerate(text.splitlines(), 1):
        for kind in kinds_in(line):
            yield f"{name}:{number} looks like {kind}"


def kinds_in(line: str) -> Iterator[str]:
    yield from (kind for kind, shape in SHAPES.items() if shape.search(line))
    if any(not STANDS_FOR_ONE.match(value) for value in IN_ADDRESS.findall(line)):
        yield "a password in an address"
    if any(bits(value) >= RANDOM for value in ASSIGNED.findall(line)):
        yield "a secret value"


def bits(value: str) -> float:
    """Shannon's entropy of a character of it."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())

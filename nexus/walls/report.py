"""docs/security.md: the promises as a page, with what was measured last."""

from collections.abc import Iterable

from nexus.walls.asking import Finding

HEAD = """# Walls and records

The twenty promises, each with the tests that prove it, the tests that take its guard away, and the figure measured last.
`python3 manage.py walls` asks them all at full size, prints the figures and leaves with 1 when one falls short;
`python3 manage.py walls 5 7` asks two. This page is written by `python3 manage.py walls --write`, or, from what a run of all
tests with `NEXUS_FIGURES=FILE` wrote, by `python3 manage.py walls --recorded FILE --write`; the promises themselves are
rows in `nexus/walls/promises.py`.

Measured {measured}.
"""


def page(findings: Iterable[Finding], measured: str) -> str:
    """The whole page in Markdown; `measured` says when and on what machine."""
    return "\n".join([HEAD.format(measured=measured), *map(section, findings)])


def section(finding: Finding) -> str:
    """One promise in Markdown."""
    promise = finding.promise
    lines = [f"## {promise.number}. {promise.title}\n", f"Wanted: {promise.wanted}.\n"]
    lines += [f"- Measured: {words}" for words in finding.figures]
    lines += [f"- Proof: `{test}`" for test in promise.proofs]
    lines += [f"- Sabotage: `{test}`" for test in promise.sabotage]
    lines += [f"- Not reached: {reason}" for reason in finding.reasons]
    return "\n".join([*lines, ""])

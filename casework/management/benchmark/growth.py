"""How each page grows with the referrals: the figures of every run are kept, and compared with the run of fewest."""

import json
from collections.abc import Sequence
from pathlib import Path

from casework.management.benchmark.measuring import Line

Figures = dict[str, float]  # how many times the floor, by the page's title


def keep(folder: Path, lines: Sequence[Line], *, referrals: int) -> None:
    """Write the figures of a run beside those of others; a page that was not measured this time keeps its last one."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = kept(folder).get(referrals, {}) | {line.page.title: line.times for line in lines}
    (folder / f"{referrals}.json").write_text(json.dumps(figures, indent=1))


def kept(folder: Path) -> dict[int, Figures]:
    """The figures of the runs so far, by how many referrals there were."""
    return {int(file.stem): json.loads(file.read_text()) for file in folder.glob("*.json")}


def growth(folder: Path, lines: Sequence[Line], *, referrals: int) -> tuple[int, Figures]:
    """Of the fewest referrals measured before how many there were, and by page how many times its figure it has grown.

    Figures are times the floor of their own run, so a busier machine is no growth. Nothing where no smaller run is kept.
    """
    smaller = {number: figures for number, figures in kept(folder).items() if number < referrals}
    if not smaller:
        return 0, {}
    fewest = min(smaller)
    before = smaller[fewest]
    return fewest, {
        line.page.title: line.times / before[line.page.title] for line in lines if line.page.title in before
    }

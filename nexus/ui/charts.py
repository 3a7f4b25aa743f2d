"""Horizontal bars as server-made SVG: the numbers for `components/chart.html`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nexus.ui import formatting


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, how the length is written, and where it leads."""

    label: str
    value: float
    text: str = ""
    href: str = ""


def bars(rows: Sequence[Bar | tuple[str, float]]) -> list[dict[str, Any]]:
    """Each row with its share of the longest one, as a percentage for the width of its bar."""
    whole = [row if isinstance(row, Bar) else Bar(*row) for row in rows]
    longest = max((row.value for row in whole), default=0)
    return [
        {
            "label": row.label,
            "text": row.text or formatting.number(row.value),
            "href": row.href,
            "width": f"{100 * max(row.value, 0) / longest:.2f}%" if longest > 0 else "0%",
        }
        for row in whole
    ]

"""How the sentences write dates and lists."""

from collections.abc import Sequence
from datetime import date


def written(day: date) -> str:
    """14 November 2026"""
    return f"{day.day} {day:%B} {day.year}"


def either(labels: Sequence[str]) -> str:
    """“A”, “B” or “C”"""
    quoted = [f"“{label}”" for label in labels]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))

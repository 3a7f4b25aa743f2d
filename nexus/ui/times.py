"""A time of day as people type it."""

import re
from datetime import time

TYPED = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)
WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}


def read_time(typed: str) -> time:
    """6:27am, 6.27 pm, 6pm, 18:27, 1827, midday, noon, midnight. Raises ValueError."""
    if typed.strip().lower() in WORDS:
        return WORDS[typed.strip().lower()]
    found = TYPED.fullmatch(typed.strip())
    if not found or not (found[2] or found[3]):
        raise ValueError(typed)
    hour, minute = int(found[1]), int(found[2] or 0)
    if not found[3]:
        return time(hour, minute)
    if not 1 <= hour <= 12:
        raise ValueError(typed)
    return time(hour % 12 + (12 if found[3].lower() == "pm" else 0), minute)

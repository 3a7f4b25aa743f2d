"""Words that must not be read: taken out of a text however they are written there, and looked for in what was made.

Upper and lower case, the gaps between words, hyphens and the shape of an apostrophe do not matter. It imports nothing, so
that the confined program looks in a stranger's file by the very rules by which our own pages are redacted.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BLACKED_OUT = "[redacted]"
SHORT = 3  # letters: “Lee” is no part of “sleep”, while “Bell” in “Bells” is taken out
GAP = r"[\s\u00ad\u200b‐‑–—-]*"
APOSTROPHES = "'’‘`´"


@lru_cache(maxsize=4096)
def pattern(passage: str) -> re.Pattern[str]:
    """What finds the passage in a text of our own."""
    parts = re.split(r"[\s\u00ad\u200b‐‑–—-]+", normal(passage).strip())
    found = GAP.join(_escaped(part) for part in parts if part)
    return re.compile(_bounded(found, passage), re.IGNORECASE)


@lru_cache(maxsize=4096)
def spaced(passage: str) -> re.Pattern[str]:
    """What finds it where the words of a page come out with gaps between their letters."""
    letters = [each for each in normal(passage) if not re.match(GAP.removesuffix("*"), each)]
    found = r"\s*".join(_escaped(letter) for letter in letters)
    return re.compile(rf"(?<!\w){found}" + (r"(?!\w)" if len(letters) <= SHORT else ""), re.IGNORECASE)


def _escaped(words: str) -> str:
    return "".join(f"[{APOSTROPHES}]" if each in APOSTROPHES else re.escape(each) for each in words)


def _bounded(found: str, passage: str) -> str:
    return rf"(?<!\w){found}(?!\w)" if len(passage.strip()) <= SHORT else found


def normal(text: str) -> str:
    """The same letters in one spelling: an accent is part of its letter."""
    return unicodedata.normalize("NFC", text)


def without(text: str, passages: Iterable[str]) -> str:
    """The text without the passages; longer ones first, so that none is left in part."""
    wanted = sorted({each.strip() for each in passages} - {""}, key=len, reverse=True)
    if not wanted:
        return text
    text = normal(text)
    for passage in wanted:
        text = pattern(passage).sub(BLACKED_OUT, text)
    return text


def still_there(text: str, passages: Iterable[str]) -> list[str]:
    """Those of the passages that can still be read in a text."""
    text = normal(text)
    return [
        each
        for each in passages
        if each.strip() and (pattern(each).search(text) or spaced(each).search(text))
    ]

"""What may stand in a text somebody typed. Plain functions, used by forms and the API alike."""

import unicodedata

# Unicode's Bidi_Control characters. They reorder what a reader sees, so a name or a reason could
# show as something else than it is. Right-to-left letters need none of them and are welcome.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Invisible, and of no use inside a name or a sentence. Zero-width joiners (200C, 200D) are kept:
# Persian and Indic spellings need them.
INVISIBLE = frozenset("\u200b\u2028\u2029\u2060\ufeff\ufff9\ufffa\ufffb")
# Unicode categories: controls, lone surrogates (PostgreSQL cannot store them), unassigned.
REFUSED_CATEGORIES = frozenset({"Cc", "Cs"})


def plain(value: str) -> str:
    """The text in one spelling (NFC), with `\\n` line ends and nothing around it."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def has_hidden_characters(value: str, *, lines: bool = False) -> bool:
    """Whether the text holds control or direction-changing characters.

    With `lines`, line ends and tabs are fine.
    """
    allowed = "\n\t" if lines else ""
    return any(
        c in BIDI_CONTROLS
        or c in INVISIBLE
        or (c not in allowed and unicodedata.category(c) in REFUSED_CATEGORIES)
        for c in value
    )

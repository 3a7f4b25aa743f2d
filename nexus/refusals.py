"""A refusal is a list of sentences a person can act on; and reasons are words that somebody else can follow."""

import re

# What people type where they have nothing to say: none of it is a reason.
EMPTY_WORDS = frozenset(
    {
        *("not known", "not known yet", "not yet known", "address not known", "address unknown", "no idea"),
        *(
            "not applicable",
            "not available",
            "not sure",
            "not relevant",
            "no reason",
            "no reasons",
            "no comment",
        ),
        *("don’t know", "don't know", "to be confirmed", "to be advised", "to follow", "nothing to add"),
        *(
            "as above",
            "see above",
            "as below",
            "see below",
            "as before",
            "as stated",
            "same as above",
            "as discussed",
        ),
        *("no comments", "to be completed", "for the reasons above", "see file", "see notes", "on file"),
    }
)
WORD = re.compile(r"[^\W\d_]{2,}")  # two letters at least, of any script
TRIBUNAL = "A tribunal may read it: enter a sentence that says what you looked at and why it leads to this."


class Refused(Exception):
    """An action was asked for that the rules or the state do not allow.

    `reasons` are complete sentences. Pages list them, the API answers 409 with them.
    """

    def __init__(self, reasons: list[str] | str) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))


def refuse_if(reasons: list[str]) -> None:
    """Raise `Refused` when there is at least one reason."""
    if reasons:
        raise Refused(reasons)


def blank(text: str, sentence: str) -> list[str]:
    """The sentence when there is no text."""
    return [] if text.strip() else [sentence]


def says_something(text: str) -> bool:
    """False of blank, of dashes and digits, of one word however often, and of words that only look like an answer."""
    words = WORD.findall(text.casefold())
    plain = " ".join(text.casefold().split()).strip(" .,;:!?-–—_*/()“”\"'")
    return len(set(words)) > 1 and plain not in EMPTY_WORDS


def wordless(reasons: str, sentence: str, *, optional: bool = False) -> list[str]:
    """The sentence when no reasons are given, unless they are `optional`; with what a tribunal would need, when they
    say nothing."""
    if says_something(reasons) or (optional and not reasons.strip()):
        return []
    return [f"{sentence} {TRIBUNAL}" if reasons.strip() else sentence]

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
NUMBER = re.compile(r"\d{2,}")  # a year, a page, a reference
TRIBUNAL = (
    "A tribunal may read it: enter a sentence that says what you looked at and why it leads to this. "
    "For example: “The custody record of 3 May shows a second robbery, so the risk has grown.”"
)
# Words that hold a sentence together and say nothing by themselves; a reason has at least so many others.
BINDING_WORDS = frozenset(
    (
        "a an the this that these those it its he she they them their theirs his him her hers i you your we our us me my "
        "mine one and or but if so as than then too also of to in on at by for from with without about into onto over "
        "under after before during between until since out up down off is are was were be been being am do does did "
        "done has have had having can could might must shall should will would not no nor yes none any some all each "
        "every both such same other another only just very more most much many there here who whom whose which what "
        "when where why how because now still yet already ever never once always again th st nd rd"
    ).split()
)
TELLING_WORDS = 2


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


def telling_words(text: str) -> set[str]:
    """The different words and numbers of a text that say something by themselves."""
    words = text.casefold()
    return {word for word in WORD.findall(words) if word not in BINDING_WORDS} | set(NUMBER.findall(words))


def says_why(text: str, *asked: str) -> bool:
    """Whether a text can be a reason: it says something, in more than one telling word, and is not only the question
    or the choice over again, which `asked` are."""
    telling = telling_words(text)
    said_already = set().union(*map(telling_words, asked))
    return says_something(text) and len(telling) >= TELLING_WORDS and not telling <= said_already


def wordless(reasons: str, sentence: str, *, optional: bool = False) -> list[str]:
    """The sentence when no reasons are given, unless they are `optional`; with what a tribunal would need, when they
    say nothing."""
    if says_why(reasons, sentence) or (optional and not reasons.strip()):
        return []
    return [f"{sentence} {TRIBUNAL}" if reasons.strip() else sentence]

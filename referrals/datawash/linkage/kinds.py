"""Kinds of rows that lists are known to hold beside slips of the pen: how often each is drawn, and how it is written."""

from collections.abc import Callable
from random import Random
from unicodedata import decomposition, normalize

AS_USUAL, ROTATION, COMMA, ONE_NAME, SCRIPT = "as usual", "rotation", "comma", "one name", "script"
RELATIVE = "relative"  # somebody the register does not know, with a relative whom it does
SHARES = {ROTATION: 0.1, COMMA: 0.03, ONE_NAME: 0.03, SCRIPT: 0.04}  # of all rows, where the name allows it

Names = tuple[str, str, str]  # surname, forenames, aliases

# How Slavic names in Latin letters are written at home, the longest groups first.
_CYRILLIC = dict(pair.split(">") for pair in (
    "shch>щ zh>ж kh>х ts>ц ch>ч sh>ш yu>ю ya>я ii>ій ia>я iu>ю a>а b>б v>в h>г g>г d>д e>е z>з y>и i>і k>к l>л m>м "
    "n>н o>о p>п r>р s>с t>т u>у f>ф x>кс j>дж c>к w>в q>к"
).split())  # fmt: skip
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# Each Arabic letter's isolated form, as old programs for printing write it.
_PRESENTED = {
    chr(int(parts[1], 16)): chr(code)
    for code in range(0xFE80, 0xFEF3)
    if len(parts := decomposition(chr(code)).split()) == 2 and parts[0] == "<isolated>"
}


def in_own_script(text: str) -> bool:
    """Whether the name is written in letters other than Latin ones."""
    return any(
        ord(letter) > 0x36F and letter.isalpha() and not "\u1e00" <= letter <= "\u1eff" for letter in text
    )


def drawn(rng: Random, person: dict[str, str], surname: str, forenames: str) -> str:
    """The kind of this row."""
    if in_own_script(surname):
        return SCRIPT
    share, at = rng.random(), 0.0
    for kind, width in SHARES.items():
        at += width
        if share < at:
            return kind if FITS[kind](person, surname, forenames) else AS_USUAL
    return AS_USUAL


def _rotated(rng: Random, _person: dict[str, str], surname: str, forenames: str) -> Names:
    """The parts in another order, and the surname ending elsewhere."""
    parts = f"{surname} {forenames}".split()
    rng.shuffle(parts)
    cut = rng.randrange(1, len(parts))
    return " ".join(parts[:cut]), " ".join(parts[cut:]), ""


def _behind_a_comma(rng: Random, _person: dict[str, str], surname: str, forenames: str) -> Names:
    """Another name in front; the register's as "SURNAME, Given"."""
    front = (
        rng.choice(("Smith", "Jones", "Zubek", "Haddadi", "Okoro")),
        rng.choice(("Alex", "Sam", "Max", "Toni")),
    )
    return *front, f"{surname.upper()}, {forenames}"


def _one_name(rng: Random, _person: dict[str, str], surname: str, forenames: str) -> Names:
    """Surname or forename alone, in either field."""
    name = surname if rng.random() < 0.6 else forenames.split()[0]
    return (name, "", "") if rng.random() < 0.7 else ("", name, "")


def _in_script(rng: Random, person: dict[str, str], surname: str, forenames: str) -> Names:
    """Other letters for the same name: full width, Cyrillic or presentation forms; or its own script as it is."""
    if in_own_script(surname):
        if rng.random() < 0.5:
            return _presented(surname), _presented(forenames), ""
        return surname, forenames, ""
    if person["tradition"] == "Slavic_Cyrillic" and rng.random() < 0.7:
        return _cyrillic(surname), _cyrillic(forenames), ""
    return surname.translate(_WIDE), forenames.translate(_WIDE), ""


def _cyrillic(text: str) -> str:
    text = text.lower()
    for latin, letter in _CYRILLIC.items():
        text = text.replace(latin, letter)
    return text.title()


def _presented(text: str) -> str:
    return "".join(_PRESENTED.get(letter, letter) for letter in normalize("NFC", text))


WRITTEN: dict[str, Callable[[Random, dict[str, str], str, str], Names]] = {
    AS_USUAL: lambda _rng, _person, surname, forenames: (surname, forenames, ""),
    ROTATION: _rotated, COMMA: _behind_a_comma, ONE_NAME: _one_name, SCRIPT: _in_script,
}  # fmt: skip
FITS: dict[str, Callable[[dict[str, str], str, str], bool]] = {
    ROTATION: lambda _person, surname, forenames: len(f"{surname} {forenames}".split()) > 2,
    COMMA: lambda _person, surname, forenames: bool(surname and forenames),
    ONE_NAME: lambda _person, surname, forenames: bool(surname and forenames),
    SCRIPT: lambda _person, _surname, _forenames: True,
}  # fmt: skip

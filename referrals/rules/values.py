"""What somebody wrote of a person as a value: whoever sets two records side by side compares these, never the texts.

"M" and "Male" are one sex, "2 March 1990" and "02/03/1990" one day, "JAM" and "Jamaica" one country, "99/123456X" and
"1999/0123456X" one PNC ID. What says that nobody knows is no value at all.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.nationalities import NATIONALITIES

SEXES = {
    **dict.fromkeys("m male man boy".split(), "male"),
    **dict.fromkeys("f female woman girl".split(), "female"),
}
NOBODY_KNOWS = frozenset(
    {"", "u", "x", "unknown", "not known", "not given", "not recorded", "none", "na", "n a", "undetermined"}
)
# Names that stand beside the list's own; the list has the codes.
OTHER_NAMES = {
    "uk": "GBR", "united kingdom": "GBR", "great britain": "GBR", "british": "GBR", "british citizen": "GBR",
    "ivory coast": "CIV", "turkey": "TUR", "czech republic": "CZE", "holland": "NLD", "burma": "MMR",
    "usa": "USA", "united states of america": "USA", "republic of ireland": "IRL", "swaziland": "SWZ",
    "congo kinshasa": "COD", "east timor": "TLS", "macedonia": "MKD", "russian federation": "RUS", "viet nam": "VNM",
}  # fmt: skip
UNDETERMINED = "XXX"
MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|"
        "october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}


def letters(text: str) -> str:
    """Lower-case letters and digits without marks; words with one space between."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


CODES = {letters(name): code for code, name in NATIONALITIES.items()} | {
    letters(code): code for code in NATIONALITIES
}


def value_of(field: str, text: str) -> str:
    """The value of a text in this field of a record ("sex", "dob", "nationality" …); empty where nobody knows.

    A value is for comparing, not for showing. A text that is none of the kind stays what it says, in letters.
    """
    if letters(text) in NOBODY_KNOWS:
        return ""
    return READERS.get(field, letters)(text)


def sex_of(text: str) -> str:
    return SEXES.get(letters(text), letters(text))


def day_of(text: str) -> str:
    """YYYY-MM-DD, or YYYY where only the year is known; the day stands before the month, as British people write."""
    words = letters(re.sub(r"T\d\d:.*", "", text)).split()
    numbers = [MONTHS.get(word, int(word) if word.isdigit() else 0) for word in words[:3]]
    if len(words) == 1 and len(words[0]) == 4:
        return words[0]
    if len(words) < 3 or 0 in numbers:
        return letters(text)
    year_first = len(words[0]) == 4
    year, month, day = numbers if year_first else numbers[::-1]
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return letters(text)


def countries_of(text: str) -> str:
    """The codes of all that are named, in one order: a person may have several nationalities."""
    whole = _country(text)
    named = (
        [whole] if whole in NATIONALITIES else [_country(each) for each in re.split(r"[,;/|]| and ", text)]
    )
    return " ".join(sorted({each for each in named if each and each != UNDETERMINED}))


def _country(text: str) -> str:
    words = letters(re.sub(r"\((?:claimed|document|home office)[^)]*\)", "", text))
    return OTHER_NAMES.get(words) or CODES.get(words, words)


def pnc_of(text: str) -> str:
    """Without the century, which a PNC ID may leave out: its check letter does not know it either."""
    return _identifier(text, lambda text: normal_pnc(text, this_year=2099)[2:])


def cro_of(text: str) -> str:
    return _identifier(text, normal_cro)


def _identifier(text: str, normal: Callable[[str], str]) -> str:
    """An identifier with a wrong check letter is compared as it is written, without its spaces."""
    try:
        return normal(text)
    except ValueError:
        return re.sub(r"\s", "", text).upper()


def code_of(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


READERS: dict[str, Callable[[str], str]] = {
    "sex": sex_of,
    "dob": day_of,
    "nationality": countries_of,
    "pnc_id": pnc_of,
    "cro": cro_of,
    "ho_ref": code_of,
    "postcode": code_of,
}

"""How a police record of a person comes to differ from the register's: heard, typed, shortened or left out."""

from random import Random

from referrals.datawash.linkage.kinds import WRITTEN, drawn, in_own_script
from referrals.datawash.linkage.traditions import TRADITIONS

_SPELLINGS = {each.name: each.other_spellings() for each in TRADITIONS}
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqretyuoipsadgfhkjlxzvcbmn", strict=True))
_MARKS = str.maketrans("łŁđĐıİ", "lLdDiI")


def misheard(
    rng: Random, person: dict[str, str], reference: str, hardness: float
) -> tuple[dict[str, str], str]:
    """The list's row for `person`, with the slips this draw brings, and its kind; the answer is not in it."""
    often = _Often(rng, hardness)
    surname, forenames = _a_name(often, person)
    kind = drawn(rng, person, surname, forenames)
    surname, forenames, aliases = WRITTEN[kind](rng, person, surname, forenames)
    return {
        "force_row_ref": reference,
        "surname": surname,
        "forenames": forenames,
        "aliases": aliases,
        "dob": _date(often, person["dob"]),
        "sex": "" if often(0.05) else person["sex"] if not often(0.005) else "F",
        "nationality": "" if often(0.15) else person["nationality"] if not often(0.06) else "XXX",
        "postcode": ""
        if often(0.3)
        else person["postcode"]
        if not often(0.35)
        else f"ZE{rng.randint(1, 9)} 9ZZ",
        "pnc_id": person["pnc_id"] if person["pnc_id"] and not often(0.45) else "",
        "cro": person["cro"] if person["cro"] and not often(0.6) else "",
        "ho_ref": person["ho_ref"] if person["ho_ref"] and not often(0.93) else "",
    }, kind


def _a_name(often: "_Often", person: dict[str, str]) -> tuple[str, str]:
    """One of the person's names, as it was heard and typed."""
    surname, forenames = person["surname"], person["forenames"]
    if in_own_script(surname):
        return surname, forenames
    if person["aliases"] and often(0.3):
        surname, forenames = _read(person["aliases"].split(";")[0])
    surname, forenames = (
        _spelt(often, surname, person["tradition"]),
        _spelt(often, forenames, person["tradition"]),
    )
    return _ordered(often, surname, _shortened(often, forenames))


def _read(alias: str) -> tuple[str, str]:
    surname, comma, forenames = alias.partition(", ")
    if comma:
        return surname, forenames
    *front, surname = alias.split()
    return surname, " ".join(front)


class _Often:
    """True as often as said, times the hardness; `rng` is the draw's own."""

    def __init__(self, rng: Random, hardness: float) -> None:
        self.rng, self.hardness = rng, hardness

    def __call__(self, share: float) -> bool:
        return self.rng.random() < min(share * self.hardness, 0.97)


def _spelt(often: _Often, name: str, tradition: str) -> str:
    for _ in range(2):
        if often(0.22):
            fitting = [(old, new) for old, new in _SPELLINGS[tradition] if old in name]
            if fitting:
                old, new = often.rng.choice(fitting)
                name = name.replace(old, new, 1) or name
    if often(0.5):
        name = name.translate(_MARKS)
    if often(0.12):
        name = _typed(often.rng, name)
    return name.upper() if often.rng.random() < 0.3 else name


def _typed(rng: Random, name: str) -> str:
    if len(name) < 3:
        return name
    at = rng.randrange(1, len(name))
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2 and at + 1 < len(name):
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + _NEIGHBOURS.get(name[at].lower(), "e") + name[at + 1 :]


def _shortened(often: _Often, forenames: str) -> str:
    words = forenames.split()
    if len(words) > 1 and often(0.35):
        words = words[:1]
    if often(0.025):
        words = [words[0][0]]
    elif len(words) > 1 and often(0.1):
        words = [words[0], words[1][0]]
    return " ".join(words)


def _ordered(often: _Often, surname: str, forenames: str) -> tuple[str, str]:
    if often(0.05):
        surname, forenames = forenames, surname
    if "-" in surname and often(0.3):
        surname = surname.split("-")[often.rng.randrange(2)]
    elif "-" in surname and often(0.3):
        surname = surname.replace("-", " ")
    if " " in forenames and often(0.08):
        forenames = forenames.replace(" ", "-")
    return surname or forenames, forenames or surname


def _date(often: _Often, text: str) -> str:
    year, month, day = text.split("-")
    if often(0.03) and int(day) <= 12:
        month, day = day, month
    elif often(0.02):
        day = f"{min(28, max(1, int(day) + often.rng.choice((-1, 1, 10, -10)))):02d}"
    elif often(0.012):
        year = str(int(year) + often.rng.choice((-1, 1)))
    elif often(0.01):
        month = f"{often.rng.randint(1, 12):02d}"
        day = min(day, "28")
    elif often(0.015):
        return year
    elif often(0.015):
        month = day = "01"
    return f"{year}-{month}-{day}"

"""Who is meant by “@name” in a note: part of a name (“@okonjo”) or the whole of it (“@Adaeze Okonjo”)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
# Not inside an address of e-mail; as many words as a long name has.
WRITTEN = re.compile(rf"(?<![\w@.])@({WORD}(?: {WORD}){{0,3}})")
POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class Called:
    """One “@name”: the name as written, where it stands, and the keys of those who may be meant."""

    written: str
    start: int
    end: int
    people: tuple[int, ...]

    @property
    def key(self) -> str:
        """The same for every way of writing it."""
        return re.sub(r"\W", "", folded(self.written))


@dataclass(frozen=True)
class Piece:
    """A part of a note; `is_name` where it names somebody who is mentioned."""

    text: str
    is_name: bool


def folded(words: str) -> str:
    """Without case and accents, so that “@sinead” finds Sinéad."""
    apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()


def called(text: str, names: Mapping[int, str]) -> Iterator[Called]:
    """Every “@name” in the order of the text. `names` are the full names of those who may be mentioned."""
    for match in WRITTEN.finditer(text):
        start = match.start()
        for written in ways_to_read(match[1]):
            people = meant_by(written, names)
            if people:
                break
        else:
            written, people = match[1].split(" ")[0], ()
        yield Called(written, start, start + 1 + len(written), people)


def ways_to_read(words: str) -> Iterator[str]:
    """The longest first: in “Sam Okonjo saw” the name is two words. “Okonjo’s” is Okonjo last of all."""
    parts = words.split(" ")
    for number in range(len(parts), 0, -1):
        written = " ".join(parts[:number])
        yield written
        if POSSESSIVE.search(written):
            yield POSSESSIVE.sub("", written)


def meant_by(written: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """Whose whole name this is, or whose name has a part that begins so when it is one word."""
    wanted = folded(written)
    whole = tuple(key for key, name in names.items() if folded(name) == wanted)
    if whole or " " in written:
        return whole
    return tuple(
        key
        for key, name in names.items()
        if any(part.startswith(wanted) for part in re.split(r"[ -]", folded(name)))
        or folded(name).endswith(f" {wanted}")
    )


def with_names(text: str, chosen: Mapping[Called, int | None], names: Mapping[int, str]) -> str:
    """The text with the full name of whoever was chosen; nobody chosen leaves it as it was written."""
    parts, end = [], 0
    for call, person in chosen.items():
        parts += [text[end : call.start], f"@{names[person]}" if person else text[call.start : call.end]]
        end = call.end
    return "".join([*parts, text[end:]])


def pieces(text: str, mentioned: list[str]) -> list[Piece]:
    """The note cut at the names of those it mentions, the longest name first."""
    if not mentioned:
        return [Piece(text, is_name=False)]
    by_length = sorted(mentioned, key=len, reverse=True)
    parts = re.split("(" + "|".join(re.escape(f"@{name}") for name in by_length) + ")", text)
    return [Piece(part, is_name=bool(number % 2)) for number, part in enumerate(parts) if part]

"""The search itself: sets of ids by index, joined in the database; never a look at every row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from referrals.finding.words import Words, understood
from referrals.models import Referral
from referrals.sql import FULL_NAME, NUMBERS

Part = tuple[str, list[Any]]  # a statement that gives ids, and what it is asked with
NOBODY: Part = ("SELECT NULL::bigint WHERE false", [])
IDS = "SELECT id FROM referrals_referral WHERE "
IN_NAME = IDS + FULL_NAME + " {how} nexus_fold(%s)"
IN_OTHER_NAME = "SELECT referral_id FROM referrals_alias WHERE removed_at IS NULL AND nexus_fold(name) {how} nexus_fold(%s)"
SAME_NUMBER = IDS + "nexus_squeeze({field}) = ANY(%s) AND {field} <> ''"
REFERENCE = IDS + "reference = %s"
PART_OF_REFERENCE = IDS + "nexus_squeeze(reference) LIKE %s"
SAME_BIRTH = IDS + "date_of_birth = %s"
NEARLY = "%%>"  # of pg_trgm: the word is like a stretch of the name, by this share of its three-letter pieces
ALIKE_FROM = 0.5
SHORTEST_ALIKE = 4  # letters: shorter words are alike to too many others


def search(
    referrals: QuerySet[Referral], words: str, *, now: datetime, states: Collection[str] = ()
) -> QuerySet[Referral]:
    """Those of the name (words in any order, other names too, whatever case, accents or apostrophes), the number or
    the day of birth. `states` are those the list is of, where it names them: of a common name only theirs are looked at."""
    return among(referrals, exact(understood(words, this_year=timezone.localdate(now).year), states))


class OneOf(Func):
    """Whether a key is one of those a statement gives. As an array PostgreSQL takes them for few and looks each up; as a
    set it takes them for thousands, and reads the whole list to meet one."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(ARRAY", BooleanField()


def among(referrals: QuerySet[Referral], part: Part) -> QuerySet[Referral]:
    """Those whose ids the statement gives. All of it is written in this module; what was typed is a parameter."""
    return referrals.filter(OneOf(F("pk"), RawSQL(*part)))  # noqa: S611


def exact(wanted: Words, states: Collection[str] = ()) -> Part:
    return union([named(wanted, states), numbered(wanted), born(wanted)])


def named(wanted: Words, states: Collection[str] = ()) -> Part:
    """Every word is somewhere in the name or in another name."""
    return intersection([holding(f"%{escaped(word)}%", "LIKE", states) for word in wanted.names])


def alike(wanted: Words) -> Part:
    """Every word is nearly a word of the name or of another name, by the three-letter pieces they share."""
    return intersection([
        holding(word, NEARLY) if len(word) >= SHORTEST_ALIKE else holding(f"%{escaped(word)}%", "LIKE")
        for word in wanted.names
    ])  # fmt: skip


def holding(word: str, how: str, states: Collection[str] = ()) -> Part:
    """Whose name, or other name, stands in this relation to the word."""
    return union([in_name(word, how, states), in_other_name(word, how)])


def in_name(word: str, how: str, states: Collection[str] = ()) -> Part:
    """Of these states where any are given. PostgreSQL then takes the rows that both indexes know."""
    statement = IN_NAME.format(how=how)
    return (f"{statement} AND state = ANY(%s)", [word, list(states)]) if states else (statement, [word])


def in_other_name(word: str, how: str) -> Part:
    return IN_OTHER_NAME.format(how=how), [word]


def numbered(wanted: Words) -> Part:
    """The reference or a part of it, or a whole identifier in any spelling."""
    if not wanted.numbers:
        return NOBODY
    parts: list[Part] = [(SAME_NUMBER.format(field=field), [list(wanted.numbers)]) for field in NUMBERS]
    if wanted.reference:
        parts.append((REFERENCE, [wanted.reference]))
    if wanted.part_of_reference:
        parts.append((PART_OF_REFERENCE, [f"%{wanted.part_of_reference}%"]))
    return union(parts)


def born(wanted: Words) -> Part:
    if wanted.born is None:
        return NOBODY
    return SAME_BIRTH, [wanted.born]


def union(parts: Sequence[Part]) -> Part:
    return joined(" UNION ", parts)


def intersection(parts: Sequence[Part]) -> Part:
    return joined(" INTERSECT ", parts)


def joined(word: str, parts: Sequence[Part]) -> Part:
    if not parts:
        return NOBODY
    return word.join(f"({sql})" for sql, _ in parts), [each for _, asked in parts for each in asked]


def escaped(word: str) -> str:
    """As LIKE takes it: nothing that was typed is a pattern."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class Found:
    """One person found, and by what: `how`, in words beside the name."""

    referral: Referral
    how: str


def best_of(referrals: QuerySet[Referral], words: str, *, now: datetime, most: int) -> list[Found]:
    """The best `most` of these: by number or day of birth, by name, by another name, by a name written nearly so; of
    each the newest first. At most five queries, and those of what the rows' own queryset fetches."""
    wanted = understood(words, this_year=timezone.localdate(now).year)
    ways = [
        ("Number", numbered(wanted)),
        ("Date of birth", born(wanted)),
        ("Name", intersection([in_name(f"%{escaped(word)}%", "LIKE") for word in wanted.names])),
        ("Other name", named(wanted)),
        ("Written alike", alike(wanted)),
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE_FROM)])
        return closest(referrals, ways, most)


def closest(referrals: QuerySet[Referral], ways: Sequence[tuple[str, Part]], most: int) -> list[Found]:
    """Way by way, until there are enough."""
    found: dict[int, Found] = {}
    for how, part in ways:
        if part == NOBODY or len(found) >= most:
            continue
        rows = among(referrals, part).exclude(pk__in=list(found)).order_by("-pk")
        for row in rows[: most - len(found)]:
            found[row.pk] = Found(row, how)
    return list(found.values())

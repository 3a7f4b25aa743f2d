"""Measuring the wash on invented people with known answers: speed against a floor, quality, calibration."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow
from duckdb import DuckDBPyConnection

from referrals.datawash.linkage.generator import Subject
from referrals.datawash.linkage.linking import Engine, blocking_sql

BINS = 10
# The same blocking rules as one plain DuckDB join, and two Jaro-Winkler: nothing that compares names does less.
FLOOR = f"""
    CREATE OR REPLACE TABLE floor AS
    SELECT join_key_l, join_key_r, jaro_winkler_similarity(l.surname, r.surname) AS surname,
           jaro_winkler_similarity(l.forename, r.forename) AS forename
    FROM ({blocking_sql()}) JOIN subjects l ON l.row = join_key_l JOIN register.persons r ON r.row = join_key_r
"""


@dataclass(frozen=True)
class Pair:
    """One scored pair: the subject's place in the list, how likely, and whether it is the right person."""

    number: int
    probability: float
    right: bool


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def work(action: Callable[[], object]) -> float:
    """Seconds of processor: on a busy machine two of these still compare, where two times do not."""
    began = time.process_time()
    action()
    return time.process_time() - began


def speed(engine: Engine, rows: Sequence[dict[str, str]], rounds: int = 5) -> tuple[float, float]:
    """The best of `rounds`: processor seconds of blocking and scoring, and of the floor, turn by turn."""
    engine.load_subjects(rows)

    def block_and_score() -> None:
        engine.block()
        engine.weigh()

    taken = [(work(block_and_score), work(lambda: engine.connection.execute(FLOOR))) for _ in range(rounds)]
    return min(one for one, _ in taken), min(other for _, other in taken)


def one_subject(engine: Engine, row: dict[str, str]) -> float:
    """Seconds for one subject once warm, the best of ten: other work on the machine is not ours to measure."""
    engine.score([row])
    return min(seconds(lambda: engine.score([row])) for _ in range(10))


def pairs(connection: DuckDBPyConnection, subjects: Sequence[Subject]) -> list[Pair]:
    """Every scored pair beside its answer."""
    found = connection.sql(
        "SELECT s.number, p.person_id, s.probability FROM scored s JOIN register.people p ON p.number = s.person"
    ).fetchall()
    return [
        Pair(number, probability, subjects[number].person_id == person)
        for number, person, probability in found
    ]


def precision_and_recall(
    scored: Iterable[Pair], subjects: Sequence[Subject], at_least: float
) -> tuple[float, float]:
    accepted = [pair for pair in scored if pair.probability >= at_least]
    right = sum(pair.right for pair in accepted)
    return right / max(len(accepted), 1), right / sum(bool(subject.person_id) for subject in subjects)


def wrong_a_subject(scored: Iterable[Pair], subjects: Sequence[Subject], at_least: float) -> float:
    return sum(not pair.right for pair in scored if pair.probability >= at_least) / len(subjects)


def calibration_error(scored: Iterable[Pair], at_least: float) -> float:
    """Expected calibration error in tenths, over the pairs that get a grade."""
    bins: dict[int, list[Pair]] = defaultdict(list)
    for pair in scored:
        if pair.probability >= at_least:
            bins[min(int(pair.probability * BINS), BINS - 1)].append(pair)
    total = sum(map(len, bins.values()))
    return (
        sum(abs(sum(p.probability for p in each) - sum(p.right for p in each)) for each in bins.values())
        / total
    )


def recall_by(
    scored: Iterable[Pair], subjects: Sequence[Subject], at_least: float, group: str
) -> dict[str, float]:
    """Recall of the subjects of each "tradition" or "kind" whom the register knows."""
    groups = [getattr(subject, group) for subject in subjects]
    known = Counter(each for each, subject in zip(groups, subjects, strict=True) if subject.person_id)
    found = Counter(groups[pair.number] for pair in scored if pair.right and pair.probability >= at_least)
    return {name: found[name] / known[name] for name in sorted(known)}


def recall_at(scored: Iterable[Pair], subjects: Sequence[Subject], precision: float) -> float:
    """The highest recall of any threshold at which the precision is at least so high."""
    best = right = 0
    for told, pair in enumerate(sorted(scored, key=lambda each: -each.probability), start=1):
        right += pair.right
        if right / told >= precision:
            best = right
    return best / sum(bool(subject.person_id) for subject in subjects)


def best_f1(scored: Iterable[Pair], known: int) -> float:
    """The best F1 over all thresholds."""
    best, right = 0.0, 0
    for told, pair in enumerate(sorted(scored, key=lambda each: -each.probability), start=1):
        right += pair.right
        best = max(best, 2 * right / (told + known))
    return best


def peak_memory() -> float:
    """GiB this process held at most, from the kernel's own book; 0 where there is none."""
    try:
        book = Path("/proc/self/status").read_text()
    except OSError:
        return 0.0
    line = next((each for each in book.splitlines() if each.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) / 1024**2


def side_by_side(connection: DuckDBPyConnection, subjects: Sequence[Subject]) -> dict[str, float]:
    """Best F1 of an exact match and of trigrams, over the same candidate pairs (`make_candidates` first)."""
    known = sum(bool(subject.person_id) for subject in subjects)
    return {
        name: best_f1(
            [
                Pair(number, score or 0.0, correct)
                for number, score, correct in connection.execute(sql).fetchall()
            ],
            known,
        )
        for name, sql in (("exact match", _EXACT), ("trigram", _TRIGRAM))
    }


def make_candidates(connection: DuckDBPyConnection, subjects: Sequence[Subject]) -> None:
    """Make `candidates` from `pairs`: each subject with each person once, both sides' texts as they came."""
    answers = pyarrow.table(
        {"number": list(range(len(subjects))), "answer": [subject.person_id for subject in subjects]}
    )
    connection.register("answers", answers)
    texts = ", ".join(f"l.{name} AS {name}_l, p.{name} AS {name}_r" for name in TEXTS)
    connection.execute(
        f"CREATE OR REPLACE TABLE candidates AS"
        f" SELECT l.number, p.person_id AS person, p.person_id = a.answer AS correct, {texts} FROM ("
        "  SELECT DISTINCT s.number AS subject, r.number AS person FROM pairs"
        "  JOIN subjects s ON s.row = join_key_l JOIN register.persons r ON r.row = join_key_r"
        " ) JOIN listed l ON l.number = subject JOIN register.people p ON p.number = person"
        " JOIN answers a ON a.number = subject"
    )
    connection.unregister("answers")


TEXTS = ("surname", "forenames", "dob", "postcode", "pnc_id")
_SAME_DATE = "coalesce(CAST(dob_l = dob_r AS DOUBLE), 0)"
_EXACT = f"""
    SELECT number, {_SAME_DATE}, correct FROM candidates
    WHERE lower(surname_l) = lower(surname_r) AND lower(forenames_l) = lower(forenames_r) AND dob_l = dob_r
"""
# As PostgreSQL's pg_trgm: the share of three-letter pieces that two names have in common, each word padded.
_PIECES = """
    SELECT DISTINCT surname_{0} AS surname, forenames_{0} AS forenames, list_distinct(flatten(list_transform(
        string_split(lower(concat_ws(' ', forenames_{0}, surname_{0})), ' '), lambda word:
        list_transform(range(1, length(word) + 2), lambda place: substr('  ' || word || ' ', place, 3))))) AS pieces
    FROM candidates
"""
_TRIGRAM = f"""
    WITH l AS MATERIALIZED ({_PIECES.format("l")}), r AS MATERIALIZED ({_PIECES.format("r")}), common AS (
        SELECT number, correct, {_SAME_DATE} AS same_date, len(l.pieces) + len(r.pieces) AS together,
               len(list_intersect(l.pieces, r.pieces)) AS shared
        FROM candidates c
        JOIN l ON l.surname = surname_l AND l.forenames IS NOT DISTINCT FROM forenames_l
        JOIN r ON r.surname = surname_r AND r.forenames IS NOT DISTINCT FROM forenames_r
    )
    SELECT number, shared / (together - shared) + same_date AS score, correct FROM common WHERE score > 0
"""

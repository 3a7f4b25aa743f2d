"""Why a pair scored as it did: each field's weight and its words, for a waterfall picture and for reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import pyarrow

from referrals.datawash.linkage.linking import Engine

STRONG, CLEAR = 7.0, 2.0  # in bits: 7 is 128 times likelier for the same person than for two strangers


FIELDS = {
    "name": "names", "dob": "date of birth", "postcode": "postcode", "nationality": "nationality", "sex": "sex",
    "identifier": "identifiers",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: what was compared, how it came out, and its weight in bits."""

    field: str
    words: str
    weight: float

    @property
    def sentence(self) -> str:
        return f"{self.field.capitalize()}: {self.words} – {_strength(self.weight)}."


def explain(engine: Engine, row_l: int, row_r: int) -> list[Step]:
    """The steps of one pair of rows from `scored`, the starting point first. Only for pairs on display."""
    return explain_all(engine, [(row_l, row_r)])[row_l, row_r]


def explain_all(engine: Engine, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[Step]]:
    """The steps of each pair of rows from `scored`, in one call of Splink's."""
    if not pairs:
        return {}
    settings = {
        **engine.settings,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }
    linker = Engine(engine.connection, this_year=engine.this_year, settings=settings)
    connection = engine.connection
    to_explain = pyarrow.table(
        {"join_key_l": [pair[0] for pair in pairs], "join_key_r": [pair[1] for pair in pairs]}
    )
    connection.register("asked", to_explain)
    connection.execute(
        "CREATE OR REPLACE TABLE shown_pairs AS SELECT DISTINCT *, '0' AS match_key FROM asked"
    )
    connection.unregister("asked")
    predicted = linker.predicted("shown_pairs")
    rows = connection.sql(f"SELECT * FROM {predicted.physical_name}").to_arrow_table().to_pylist()
    predicted.drop_table_from_database_and_remove_from_cache()
    return {(row["row_l"], row["row_r"]): steps(settings, row) for row in rows}


def steps(settings: Mapping[str, Any], row: Mapping[str, Any]) -> list[Step]:
    """The steps from one explained row of Splink's: `gamma_*`, `mw_*` and, where frequent, `mw_tf_adj_*`."""
    prior = float(settings["probability_two_random_records_match"])
    found = [Step("starting point", "how rare a match is in this register", log2(prior / (1 - prior)))]
    for comparison in settings["comparisons"]:
        name = comparison["output_column_name"]
        weight = float(row.get(f"mw_{name}") or 0) + float(row.get(f"mw_tf_adj_{name}") or 0)
        found.append(Step(FIELDS[name], _words(comparison, row[f"gamma_{name}"]), weight))
    return found


def _words(comparison: Mapping[str, Any], gamma: int) -> str:
    """Splink numbers the levels downwards to 0 and calls the null level -1."""
    levels = [each for each in comparison["comparison_levels"] if not each.get("is_null_level")]
    null = next(each for each in comparison["comparison_levels"] if each.get("is_null_level"))
    level = null if gamma < 0 else levels[len(levels) - 1 - gamma]
    words: str = level["label_for_charts"]
    return words


def _strength(weight: float) -> str:
    if abs(weight) < 0.5:
        return "says nothing either way"
    degree = "strongly " if abs(weight) >= STRONG else "clearly " if abs(weight) >= CLEAR else "slightly "
    return degree + ("for the same person" if weight > 0 else "against the same person")

"""Why a pair scored as it did: each field's weight and its words, for a waterfall picture and for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

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
    settings = {
        **engine.settings,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }
    shown = Engine(engine.connection, this_year=engine.this_year, settings=settings)
    connection = engine.connection
    connection.execute(
        "CREATE OR REPLACE TABLE shown_pair AS SELECT $l AS join_key_l, $r AS join_key_r, '0' AS match_key",
        {"l": row_l, "r": row_r},
    )
    predicted = shown.predicted("shown_pair")
    row = connection.sql(f"SELECT * FROM {predicted.physical_name}").to_arrow_table().to_pylist()[0]
    predicted.drop_table_from_database_and_remove_from_cache()
    return steps(settings, row)


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

"""The linkage model: what is compared, how, and with which weights. The weights come from a trained file.

`settings()` is the model without weights; training fills them and `save` writes a versioned JSON file beside
this module. The settings hold no DuckDB type, so Splink's Spark backend runs the same model.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "models"
CURRENT = "2026-2"

BLOCKING_RULES = (
    ("pnc_id", "pnc_id"),
    ("cro", "cro"),
    ("key_ho_ref", "key_ho_ref"),
    ("pair_sound", "pair_sound"),
    ("key_date_forename", "key_date_forename"),
    ("key_date_surname", "key_date_surname"),
    ("key_date_initials", "key_date_initials"),
    ("key_date_crossed", "key_date_initials"),
    ("key_surname_year", "key_surname_year"),
    ("key_forename_year", "key_forename_year"),
    ("key_surname_day", "key_surname_day"),
    ("key_forename_day", "key_forename_day"),
    ("postcode", "postcode"),
    ("key_date_alone", "key_date_forename"),
    ("key_date_alone", "key_date_surname"),
    ("key_date_forename", "key_date_alone"),
    ("key_date_surname", "key_date_alone"),
    ("key_alone_day", "key_surname_day"),
    ("key_alone_day", "key_forename_day"),
    ("key_sound", "key_sound"),
    ("key_date_parts", "key_date_parts"),
)  # the subject's column, the person's column

_STRAIGHT = "jaro_winkler_similarity(surname_l, surname_r) >= {0} AND jaro_winkler_similarity(forename_l, forename_r) >= {0}"
_CROSSED = (
    "surname_initial_l = forename_initial_r AND forename_initial_l = surname_initial_r AND"
    " jaro_winkler_similarity(surname_l, forename_r) >= {0} AND jaro_winkler_similarity(forename_l, surname_r) >= {0}"
)
_INITIAL = (
    "(length(first_forename_l) = 1 OR length(first_forename_r) = 1)"
    " AND left(first_forename_l, 1) = left(first_forename_r, 1)"
)
_SAME_SURNAME = "(surname_l = surname_r OR surname_sound_l = surname_sound_r)"
# Parts of names wherever they stand. The masks come first: they are cheap, and rule out nearly every pair.
_SHARE = "((parts_mask_l & parts_mask_r) > 0 AND list_has_any(parts_l, parts_r))"
_WITHIN = (
    "((parts_mask_l & parts_mask_r) > 0"
    " AND ((parts_mask_l & parts_mask_r) = parts_mask_l OR (parts_mask_l & parts_mask_r) = parts_mask_r)"
    " AND len(parts_l) > 1 AND len(parts_r) > 1"
    " AND (list_has_all(parts_l, parts_r) OR list_has_all(parts_r, parts_l)))"
)
_TWO_SHARED = (
    "((parts_mask_l & parts_mask_r) > 0 AND len(parts_l) > 2 AND len(parts_r) > 2"
    " AND len(list_intersect(parts_l, parts_r)) > 1)"
)
_ONE_NAME = f"((len(parts_l) = 1 OR len(parts_r) = 1) AND {_SHARE})"
_NEARLY_ONE_NAME = (
    "(surname_l IS NULL OR forename_l IS NULL OR surname_r IS NULL OR forename_r IS NULL) AND greatest("
    "jaro_winkler_similarity(coalesce(surname_l, forename_l), surname_r),"
    " jaro_winkler_similarity(coalesce(surname_l, forename_l), first_forename_r),"
    " jaro_winkler_similarity(surname_l, coalesce(surname_r, forename_r)),"
    " jaro_winkler_similarity(first_forename_l, coalesce(surname_r, forename_r))) >= 0.85"
)
_ALIKE = (
    "(surname_sound_l = surname_sound_r OR forename_sound_l = forename_sound_r OR pair_sound_l = pair_sound_r"
    " OR sound_l = sound_r)"
)
_RELATIVE = f"{_SAME_SURNAME} AND jaro_winkler_similarity(first_forename_l, first_forename_r) < 0.8 AND NOT ({_INITIAL})"


def _level(condition: str, label: str, **more: Any) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label, **more}


def _fixed(condition: str, label: str, m: float, u: float) -> dict[str, Any]:
    """A level whose weights are known better than training can learn them."""
    return _level(
        condition, label, m_probability=m, u_probability=u, fix_m_probability=True, fix_u_probability=True
    )


def _null(condition: str, label: str = "not given") -> dict[str, Any]:
    return _level(condition, label, is_null_level=True)


def _frequent(condition: str, label: str, column: str, smallest: float = 1e-6) -> dict[str, Any]:
    return _level(condition, label, tf_adjustment_column=column, tf_minimum_u_value=smallest)


NAME = {
    "output_column_name": "name",
    "comparison_description": "names",
    "comparison_levels": [
        _null("name_l IS NULL OR name_r IS NULL"),
        _frequent("name_l = name_r", "the same names, in any order", "name"),
        _frequent("pair_l = pair_r", "the same but for a middle name", "pair"),
        _frequent("sound_l = sound_r", "the same names in another spelling", "sound"),
        _frequent(
            "pair_sound_l = pair_sound_r", "the same in another spelling but for a middle name", "pair_sound"
        ),
        _level(_WITHIN, "one side gives more names, the others are the same"),
        _level(f"({_STRAIGHT.format(0.9)}) OR ({_CROSSED.format(0.9)})", "both names nearly the same"),
        _level(f"({_STRAIGHT.format(0.8)}) OR ({_CROSSED.format(0.8)})", "both names similar"),
        _level(_TWO_SHARED, "two names the same, another differs"),
        _level(
            f"{_SAME_SURNAME} AND (({_INITIAL}) OR jaro_winkler_similarity(first_forename_l, first_forename_r) >= 0.75)",
            "the same surname, a similar forename or its initial",
        ),
        _level(
            "(forename_sound_l = forename_sound_r AND jaro_winkler_similarity(surname_l, surname_r) >= 0.7)"
            " OR surname_l = first_forename_r AND forename_initial_l = surname_initial_r",
            "the same forename, a somewhat similar surname",
        ),
        _level(_ONE_NAME, "one side gives one name, which the other has"),
        _level(_NEARLY_ONE_NAME, "one side gives one name, which is nearly one of the other's"),
        _level(
            f"{_SAME_SURNAME} OR forename_sound_l = forename_sound_r OR {_SHARE}", "one of the names the same"
        ),
        _level("ELSE", "different names"),
    ],
}
DATE_OF_BIRTH = {
    "output_column_name": "dob",
    "comparison_description": "date of birth",
    "comparison_levels": [
        _null("dob_l IS NULL OR dob_r IS NULL"),
        _frequent("dob_l = dob_r", "the same date", "dob", 1e-5),
        _level(
            "born_year_l = born_year_r AND born_month_l = born_day_r AND born_day_l = born_month_r",
            "day and month swapped",
        ),
        _level("abs(dob_l - dob_r) = 10000", "one year apart"),
        _level("hamming(dob_text_l, dob_text_r) = 1", "one digit different"),
        _level(
            "born_year_l = born_year_r AND (born_month_l = 1 AND born_day_l = 1 OR born_month_r = 1 AND born_day_r = 1)",
            "the same year, one of them on 1 January",
        ),
        _level(
            "(CASE WHEN born_year_l = born_year_r THEN 1 ELSE 0 END) + (CASE WHEN born_month_l = born_month_r THEN 1"
            " ELSE 0 END) + (CASE WHEN born_day_l = born_day_r THEN 1 ELSE 0 END) = 2",
            "two of day, month and year the same",
        ),
        _level("ELSE", "different dates"),
    ],
}  # fmt: skip
POSTCODE = {
    "output_column_name": "postcode",
    "comparison_description": "postcode",
    "comparison_levels": [
        _null("postcode_l IS NULL OR postcode_r IS NULL"),
        # Twins agree on everything but a forename, so a forename that differs counts once more.
        _fixed(
            f"postcode_l = postcode_r AND dob_l = dob_r AND {_RELATIVE}",
            "the same household and date, another forename: twins have both",
            0.05,
            0.43,
        ),
        # Relatives at one address are the commonest false match: their address says nothing.
        _fixed(
            f"postcode_l = postcode_r AND {_RELATIVE}", "the same household, another forename", 0.05, 0.05
        ),
        _level("postcode_l = postcode_r", "the same postcode"),
        _level("ELSE", "different postcodes"),
    ],
}
NATIONALITY = {
    "output_column_name": "nationality",
    "comparison_description": "nationality",
    "comparison_levels": [
        _null(
            f"nationality_l IS NULL OR nationality_r IS NULL OR NOT coalesce({_ALIKE}, false)", "not weighed"
        ),
        _fixed("nationality_l = nationality_r", "the same nationality", 0.92, 0.35),
        _fixed("ELSE", "different nationalities", 0.08, 0.65),
    ],
}
SEX = {
    "output_column_name": "sex",
    "comparison_description": "sex",
    "comparison_levels": [
        _null("sex_l IS NULL OR sex_r IS NULL"),
        _fixed("sex_l = sex_r", "the same sex", 0.985, 0.6),
        _fixed("ELSE", "different sex", 0.015, 0.4),
    ],
}
IDENTIFIER = {
    "output_column_name": "identifier",
    "comparison_description": "identifiers",
    "comparison_levels": [
        _null("(pnc_id_l IS NULL OR pnc_id_r IS NULL) AND (cro_l IS NULL OR cro_r IS NULL) AND"
              " (ho_ref_l IS NULL OR ho_ref_r IS NULL)", "not given on both sides"),
        _fixed("pnc_id_l = pnc_id_r OR cro_l = cro_r OR ho_ref_l = ho_ref_r", "the same identifier", 0.97, 0.0000005),
        # A slip of the same reference, or the next number of a family that applied together: it says nothing.
        # The other two have check letters, so a slip in them never comes this far.
        _fixed("damerau_levenshtein(ho_ref_l, ho_ref_r) = 1", "references that differ in one place", 0.05, 0.05),
        _fixed("ELSE", "different identifiers", 0.03, 0.9999995),
    ],
}  # fmt: skip
COMPARISONS = (NAME, DATE_OF_BIRTH, POSTCODE, NATIONALITY, SEX, IDENTIFIER)


def settings(*, explained: bool = False) -> dict[str, Any]:
    """Splink's settings without weights. `explained` keeps what a pair on display is explained with."""
    return {
        "link_type": "dedupe_only",  # subjects and persons lie in one table; the pairs say who is who
        "unique_id_column_name": "row",
        "sql_dialect": "duckdb",
        "comparisons": [json.loads(json.dumps(each)) for each in COMPARISONS],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": f"l.{left} = r.{right}", "sql_dialect": "duckdb"}
            for left, right in BLOCKING_RULES
        ],
        "probability_two_random_records_match": 1e-6,
        "retain_matching_columns": explained,
        "retain_intermediate_calculation_columns": explained,
        "max_iterations": 20,
    }


def load(version: str = CURRENT, *, explained: bool = False) -> dict[str, Any]:
    """The trained settings of one version."""
    trained: dict[str, Any] = json.loads((FOLDER / f"{version}.json").read_text())["settings"]
    return trained | {
        "retain_matching_columns": explained,
        "retain_intermediate_calculation_columns": explained,
    }


def training_seed(version: str = CURRENT) -> int:
    """The seed of the people a version was trained on: no figure about it may come from them."""
    seed: int = json.loads((FOLDER / f"{version}.json").read_text())["seed"]
    return seed


def save(path: Path, trained: dict[str, Any], **description: Any) -> None:
    """Write a trained model with what is known about its making."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**description, "settings": trained}, indent=1, ensure_ascii=False) + "\n")

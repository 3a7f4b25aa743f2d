"""Blocking and scoring: a police list in, scored pairs of a subject and a person out.

Splink scores; the pairs come from the model's blocking rules joined on whole numbers, which is what
makes a wash of a million persons take seconds. Nothing here looks at other subjects of the list.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log2
from typing import Any

import pyarrow
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from referrals.datawash.linkage.grading import MOST_CERTAIN
from referrals.datawash.linkage.model import BLOCKING_RULES, load
from referrals.datawash.linkage.normalise import COLUMNS, LISTS, normalise
from referrals.datawash.linkage.snapshot import with_frequencies

logging.getLogger("splink").setLevel(logging.ERROR)

SUBJECT_COLUMNS = ("force_row_ref", *COLUMNS)
EXPECTED_SHARE = 0.7  # of a list's subjects are in the register
LOWEST = 0.0001  # pairs below this say nothing, not even beside others
# What the comparisons read; the rest of the snapshot never leaves the disk.
COMPARED = (
    "row", "name", "sound", "pair", "pair_sound", "surname", "forename", "first_forename", "surname_sound",
    "forename_sound", "surname_initial", "forename_initial", "dob", "dob_text", "born_year", "born_month",
    "born_day", "sex", "nationality", "postcode", "pnc_id", "cro", "ho_ref", "tf_name", "tf_sound", "tf_pair",
    "tf_pair_sound", "tf_dob", "parts", "parts_mask",
)  # fmt: skip
WITH_FREQUENCY = ("name", "sound", "pair", "pair_sound", "dob")

_COPIED_SIDE = re.compile(r"__splink__df_pruned_predict_input_([lr])_[0-9a-f]+")


class Engine:
    """One connection with a snapshot attached, warm for any number of lists one after another.

    `close` nothing: the connection is its maker's. Not for two threads at once.
    """

    def __init__(
        self, connection: DuckDBPyConnection, *, this_year: int, settings: Mapping[str, Any] | None = None
    ):
        self.connection = connection
        self.this_year = this_year
        # The pairs are made by `block`; Splink would look for the keys in a table that holds none.
        self.settings = {
            **(settings or load()),
            "blocking_rules_to_generate_predictions": [],
            "probability_two_random_records_match": self._prior(),
        }

    def _prior(self) -> float:
        """The likelihood of one row before anything is compared, for `compete` to set beside "none of them".

        Each subject is some person of the register with EXPECTED_SHARE, all rows alike, and absent otherwise.
        """
        rows = self.connection.execute("SELECT count(*) FROM register.persons").fetchall()[0][0]
        odds = EXPECTED_SHARE / (1 - EXPECTED_SHARE) / max(rows, 4)
        return odds / (1 + odds)

    def score(self, subjects: Iterable[Mapping[str, str]]) -> None:
        """Make the table `scored` (number, person, weight, odds, probability, identified) for these subjects.

        `number` is the subject's place in the list from 0 and `person` the person's number in the snapshot.
        """
        self.load_subjects(subjects)
        self.block()
        self.weigh()
        self.compete()

    def load_subjects(self, subjects: Iterable[Mapping[str, str]]) -> None:
        """Normalise the list into `subjects`, with row numbers below zero."""
        rows = [{name: subject.get(name) or None for name in SUBJECT_COLUMNS} for subject in subjects]
        schema = pyarrow.schema([(name, pyarrow.string()) for name in SUBJECT_COLUMNS])
        table = pyarrow.Table.from_pylist(rows, schema=schema)
        table = table.append_column("number", pyarrow.array(range(len(rows)), pyarrow.int64()))
        self.connection.register("arrived", table)
        self.connection.execute("CREATE OR REPLACE TEMP TABLE listed AS SELECT * FROM arrived")
        self.connection.unregister("arrived")
        normalise(self.connection, "listed", "listed_names", this_year=self.this_year)
        self.connection.execute(
            f"CREATE OR REPLACE TABLE subjects AS SELECT * REPLACE (-row AS row)"
            f" FROM ({with_frequencies('listed_names')})"
        )

    def block(self) -> None:
        """Make `pairs`: every subject's row with every person's row that some blocking rule brings together."""
        self.connection.execute(f"CREATE OR REPLACE TABLE pairs AS {blocking_sql()}")

    def weigh(self) -> None:
        """Let Splink's SQL weigh `pairs`; makes `weighed` (join keys and match weight) of those that say something."""
        self.connection.execute(
            f"CREATE OR REPLACE TABLE weighed AS SELECT row_l, row_r, match_weight FROM ({self.scoring})"
        )

    @cached_property
    def scoring(self) -> str:
        """Splink's own SQL for `pairs`, asked for once with no pair in them.

        Splink would write it again for each list and copy both sides into tables first. Here the sides stay
        where they are, and the register streams past the pairs: a fifth less time for a long list, and half
        for a single subject.
        """
        self.connection.execute("CREATE OR REPLACE TABLE no_pairs AS SELECT * FROM pairs LIMIT 0")
        predicted = self.predicted("no_pairs", at_least=log2(LOWEST))
        sql: str = predicted.sql_used_to_create
        predicted.drop_table_from_database_and_remove_from_cache()
        self.connection.execute("CREATE OR REPLACE VIEW side_l AS SELECT * FROM subjects")
        self.connection.execute("CREATE OR REPLACE VIEW side_r AS SELECT * FROM register.persons")
        return _COPIED_SIDE.sub(r"side_\1", sql).replace("no_pairs", "pairs")

    def predicted(self, pairs: str, *, at_least: float | None = None) -> SplinkDataFrame:
        """Splink's own result for a table of pairs, those of this weight and above; the caller drops it."""
        linker = self.linker
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(pairs))
        return linker.inference.predict(threshold_match_weight=at_least, warning_mode="never")

    @cached_property
    def linker(self) -> Linker:
        """Splink on this connection, for every list: reading the settings takes longer than one subject.

        Frequencies are columns already, so its lookups stay empty. The settings are ours and tested:
        Splink's look through them would take half the time of one subject again.
        """
        columns = ", ".join(COMPARED)
        self.connection.execute(
            f"CREATE OR REPLACE VIEW both_sides AS SELECT {columns} FROM subjects"
            f" UNION ALL SELECT {columns} FROM register.persons"
        )
        api = DuckDBAPI(connection=self.connection)
        linker = Linker(api.register("both_sides"), self.settings, log_level=None, validate_settings=False)
        for column in WITH_FREQUENCY:
            kind = "INTEGER" if column == "dob" else "UBIGINT"
            name = f"no_frequency_{column}"
            self.connection.execute(
                f"CREATE OR REPLACE TABLE {name} AS SELECT CAST(NULL AS {kind}) AS {column},"
                f" CAST(NULL AS DOUBLE) AS tf_{column} LIMIT 0"
            )
            linker.table_management.register_term_frequency_lookup(api.register(name), column)
        return linker

    def compete(self) -> None:
        """Make `scored`: a person's best row speaks, and a subject's persons share one certainty.

        The probability is a person's odds over one plus the sum of the odds of all the subject's persons.
        """
        self.connection.execute(_COMPETE)


def blocking_sql(left: str = "subjects", right: str = "register.persons") -> str:
    """SQL: the distinct pairs of the blocking rules, as Splink takes them."""
    joins = " UNION ALL ".join(
        f"SELECT l.row AS join_key_l, r.row AS join_key_r"
        f" FROM {_keyed(left, subject)} l JOIN {_keyed(right, person)} r ON l.key = r.key"
        for subject, person in BLOCKING_RULES
    )
    return f"SELECT join_key_l, join_key_r, '0' AS match_key FROM ({joins}) GROUP BY ALL"


def _keyed(table: str, key: str) -> str:
    """SQL: the rows that have this key, with it; a row of several keys stands there for each."""
    return f"(SELECT row, {f'unnest({key})' if key in LISTS else key} AS key FROM {table})"


_COMPETE = f"""
    CREATE OR REPLACE TABLE scored AS
    WITH best AS (
        SELECT s.number AS number, p.number AS person, max(w.match_weight) AS weight,
               bool_or(coalesce(s.pnc_id = p.pnc_id, false) OR coalesce(s.cro = p.cro, false)
                       OR coalesce(s.ho_ref = p.ho_ref, false)) AS identified,
               any_value(s.dob) AS dob_l, any_value(p.dob) AS dob_r,
               arg_max(w.row_l, w.match_weight) AS row_l, arg_max(w.row_r, w.match_weight) AS row_r
        FROM weighed w JOIN subjects s ON s.row = w.row_l JOIN register.persons p ON p.row = w.row_r
        GROUP BY s.number, p.number
    ), odds AS (SELECT *, pow(2, least(weight, 60)) AS odds FROM best)
    SELECT *, least(odds / (1 + sum(odds) OVER (PARTITION BY number)), {MOST_CERTAIN}) AS probability,
           row_number() OVER (PARTITION BY number ORDER BY weight DESC, person) AS place
    FROM odds WHERE weight > log2({LOWEST})
"""

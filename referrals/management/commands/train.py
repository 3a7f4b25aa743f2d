"""`manage.py train`: learn the linkage model's weights again from a register and a list, and write its file."""

import tempfile
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nexus.progress import step
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.generator import as_table, generate_list, generate_register
from referrals.datawash.linkage.kinds import COMMA
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.model import FOLDER, save, settings
from referrals.datawash.linkage.training import train


class Command(BaseCommand):
    help = "Train the data-wash model on invented people (needs no database)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="the new version, for example 2026-2")
        parser.add_argument("--persons", type=int, default=200_000)
        parser.add_argument("--subjects", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=101)

    def handle(self, *args: Any, **options: Any) -> None:
        path = FOLDER / f"{Path(options['version']).name}.json"
        if path.exists():
            raise CommandError(
                f"{path.name} exists: a model that was used is never changed. Name a new version."
            )
        now = datetime.now(tz=UTC)
        with tempfile.TemporaryDirectory(prefix="nexus-train-") as folder:
            register = Path(folder) / "register.parquet"
            with connected() as connection:
                generate_register(connection, "people", options["persons"], seed=options["seed"])
                subjects = generate_list(connection, "people", options["subjects"], seed=options["seed"])
                connection.execute(f"COPY people TO '{register}'")
            snapshot.build(Path(folder) / "register.duckdb", register, this_year=now.year)
            with connected() as connection, step("Training"):
                snapshot.attach(connection, Path(folder) / "register.duckdb")
                engine = Engine(connection, this_year=now.year, settings=settings())
                # The name in front of theirs is somebody else's: that it differs teaches nothing of slips.
                one_person = [subject for subject in subjects if subject.kind != COMMA]
                engine.load_subjects(as_table(one_person).to_pylist())
                trained = train(engine, seed=options["seed"])
        save(path, trained, version=options["version"], trained_on=now.date().isoformat(), seed=options["seed"],
             persons=options["persons"], subjects=options["subjects"])  # fmt: skip
        self.stdout.write(f"Wrote {path.name}. Set CURRENT in referrals/datawash/linkage/model.py to use it.")

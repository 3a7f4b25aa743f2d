"""`manage.py sandbox`: a force that is none, in a database of its own, and test subjects whose outcomes are known."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template import engines

from nexus.accounts.models import Integration, User
from nexus.accounts.roles import Role
from nexus.bootstrap import CHECKOUT
from referrals.models import Referral
from referrals.sandbox.preparing import CODE, PEOPLE
from tests.builders import a_draft, a_submitted, a_user
from tests.programs import ProgramCaller, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_reading")]
SUBJECTS = CHECKOUT / "docs" / "api" / "subjects"
GUIDE = CHECKOUT / "docs" / "api" / "guide.md"
ROW = re.compile(r"^\| `(?P<name>\w+)\.json` \| (?P<outcome>M\d)[^|]* \| `(?P<state>\w+)` \|", re.MULTILINE)


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.NEXUS_SANDBOX = True
    return tmp_path / "program.pem"


def made(key: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    call_command("sandbox", key=key)
    return dict(json.loads(capsys.readouterr().out))


def test_a_program_is_made_with_its_key_for_a_force_that_is_none(
    key: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = made(key, capsys)
    program = Integration.objects.get(pk=begins["program"])
    assert program.person.force is not None and program.person.force.code == CODE
    assert key.stat().st_mode & 0o777 == 0o600
    assert not any(user.has_usable_password() for user in User.objects.all())
    own: Any = load_pem_private_key(key.read_bytes(), None)
    monkeypatch.setattr("tests.programs.signed", lambda program: signed(program, own))
    caller = ProgramCaller(program, officer=begins["officer"])
    assert caller.get("referrals/").json()["count"] == 0
    again = made(key.with_name("second.pem"), capsys)
    assert again["program"] != begins["program"] and User.objects.count() == len(PEOPLE)


def test_each_test_subject_has_the_outcome_that_the_guide_says(
    key: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = made(key, capsys)
    own: Any = load_pem_private_key(key.read_bytes(), None)
    monkeypatch.setattr("tests.programs.signed", lambda program: signed(program, own))
    caller = ProgramCaller(Integration.objects.get(pk=begins["program"]), officer=begins["officer"])
    told = {row["name"]: (row["outcome"], row["state"]) for row in ROW.finditer(GUIDE.read_text())}
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(SUBJECTS.glob("*.json")):
        path = f"referrals/by-own-reference/{file.stem}/?submit=true"
        answer = caller.send("put", path, json.loads(file.read_text()))
        assert answer.status_code == 201, answer.text
        found[file.stem] = (answer.json()["provisional_outcome"], answer.json()["referral"]["reference"])
    call_command("sandbox", triage=True)
    states = dict(Referral.objects.values_list("reference", "state"))
    assert {name: (outcome, states[reference]) for name, (outcome, reference) in found.items()} == told
    assert len(told) == 7
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines) == sorted(f"{reference} {state}" for reference, state in states.items())
    decided = caller.get(f"referrals/{found['tran'][1]}/").json()["decision"]
    assert decided["outcome"] == "accepted" and "sandbox" in decided["reasons"]


@pytest.mark.parametrize("what", ["prepare", "triage"])
def test_it_refuses_an_installation_that_is_no_sandbox(settings: Any, key: Path, what: str) -> None:
    settings.NEXUS_SANDBOX = False
    with pytest.raises(CommandError, match="NEXUS_SANDBOX=yes"):
        call_command("sandbox", **({"key": key} if what == "prepare" else {"triage": True}))
    assert not key.exists() and not User.objects.exists()


@pytest.mark.parametrize("of", ["somebody", "a referral"])
def test_it_refuses_a_database_in_which_others_work(
    key: Path, capsys: pytest.CaptureFixture[str], of: str
) -> None:
    made(key, capsys)
    waiting = a_submitted() if of == "a referral" else a_draft(by=a_user(Role.POLICE_OFFICER))
    before = waiting.state
    for options in ({"key": key.with_name("other.pem")}, {"triage": True}):
        with pytest.raises(CommandError, match="database of its own"):
            call_command("sandbox", **options)
    waiting.refresh_from_db()
    assert waiting.state == before and Integration.objects.count() == 1


def test_a_key_is_never_written_over(key: Path) -> None:
    key.write_text("another")
    with pytest.raises(CommandError, match="there already"):
        call_command("sandbox", key=key)
    assert key.read_text() == "another" and not User.objects.exists()


def test_a_sandbox_says_so_on_every_page(settings: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine().globals, "sandbox", True)
    assert "This is a sandbox" in client.get("/cookies/").text
    monkeypatch.setitem(engine().globals, "sandbox", False)
    assert "This is a sandbox" not in client.get("/cookies/").text


def engine() -> Any:
    """The templates' environment, which reads the setting once at start."""
    return engines["jinja2"].env

"""docs/states.md: fresh, and with nothing left out; the tables it is drawn from agree with the code."""

import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from casework.management.machines import MACHINES, Machine
from casework.management.state_page import page, section
from nexus.accounts.permissions import WhoMay

SOURCES = {
    "referral": "referrals/actions",
    "proposal": "referrals/actions",
    "case": "casework/actions casework/decisions/actions",
    "decision": "casework/decisions/actions",
    "challenge": "casework/decisions/actions",
    "report": "casework/reports/actions",
    "bundle": "casework/tribunal/actions",
    "retention": "nexus/retention/actions",
    "access": "nexus/rights/actions",
    "support": "casework/support/actions",
    "material": "casework/material/actions",
    "enquiry": "referrals/duty_desk/actions",
    "engagement": "casework/engagement/actions",
    "datawash": "referrals/datawash/actions",
    "mail": "nexus/notifications/actions",
}
per_machine = pytest.mark.parametrize("machine", MACHINES, ids=[machine.noun for machine in MACHINES])


def section_of(machine: Machine) -> str:
    return page().split(f"## {machine.title}\n")[1].split("\n## ")[0]


def test_the_committed_page_is_fresh() -> None:
    call_command("states", check=True, stdout=StringIO())


def test_a_stale_page_is_told(tmp_path: Path) -> None:
    out = tmp_path / "states.md"
    with pytest.raises(CommandError, match=r"stale\. Run: manage\.py states"):
        call_command("states", check=True, out=out, stdout=StringIO())
    call_command("states", out=out, stdout=StringIO())
    call_command("states", check=True, out=out, stdout=StringIO())
    out.write_text(out.read_text().replace("Submitted", "Sent"))
    with pytest.raises(CommandError):
        call_command("states", check=True, out=out, stdout=StringIO())


@per_machine
def test_every_state_is_there_and_can_be_reached(machine: Machine) -> None:
    told = section_of(machine)
    reached = {machine.initial} | {move.target for move in machine.moves.values()}
    for state in machine.states:
        assert f"| {state.label} | `{state.value}` |" in told
        assert f"    {state.value}: {state.label}\n" in told
        assert state in reached


@per_machine
def test_every_verb_is_there_with_its_ends(machine: Machine) -> None:
    told = section_of(machine)
    for verb, move in machine.moves.items():
        assert f"| `{verb}`" in told
        for source, target in move.pairs:
            assert f"    {source} --> {target}: {verb}\n" in told
            assert {source, target} <= set(machine.states.values)


@per_machine
def test_every_move_has_somebody_who_makes_it(machine: Machine) -> None:
    """A verb people do is in WHO_MAY, itself or through another; the rest says who makes it."""
    for verb in machine.moves:
        by_hand = machine.through.get(verb, (verb,))[0]
        assert by_hand in machine.who_may or verb in machine.by_itself, verb
        assert machine.doers(verb)


@per_machine
def test_what_is_added_by_hand_names_real_moves(machine: Machine) -> None:
    assert set(machine.through) | set(machine.by_itself) <= set(machine.moves)
    assert set(machine.when) <= set(machine.who_may) - set(machine.moves)


@per_machine
def test_everything_anybody_may_do_is_there(machine: Machine) -> None:
    told = section_of(machine)
    for verb, allowed in machine.who_may.items():
        assert f"| `{verb}`" in told, verb
        assert all(role.label in told for role in allowed)


@per_machine
def test_the_audit_kinds_are_those_the_actions_write(machine: Machine) -> None:
    folders = [Path(settings.BASE_DIR) / folder for folder in SOURCES[machine.noun].split()]
    source = "\n".join(file.read_text() for folder in folders for file in folder.glob("*.py"))
    written = set(re.findall(rf'kind="({machine.noun}\.\w+)"', source))
    written |= {f"{machine.noun}.{done}" for done in re.findall(r'done="(\w+)"', source)}
    assert {machine.kind(verb) for verb in machine.moves} <= written


@per_machine
def test_a_verb_nobody_may_do_is_found(machine: Machine) -> None:
    """Sabotage: one verb is taken out of the table of who may."""
    by_hand = {verb: machine.through.get(verb, (verb,))[0] for verb in machine.moves}
    verb = next(
        verb for verb in by_hand if by_hand[verb] in machine.who_may and verb not in machine.by_itself
    )
    fewer = WhoMay({each: allowed for each, allowed in machine.who_may.items() if each != by_hand[verb]})
    with pytest.raises(KeyError, match=verb):
        list(section(replace(machine, who_may=fewer)))

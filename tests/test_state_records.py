"""A state is one record (nexus/states.py), and nothing that is said by state may forget one."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices

from casework.decisions.states import ChallengeState
from casework.engagement.states import AFTER_TASKING
from casework.engagement.states import STATES as ENGAGEMENT
from casework.management.machines import MACHINES, Machine
from casework.models import Case
from casework.reports.states import RELEASED
from casework.reports.states import STATES as REPORT
from casework.support.states import BEFORE_THE_FORCE
from casework.support.states import STATES as SUPPORT
from nexus.fsm import StateModel
from nexus.states import NOBODY, StateRecord
from referrals.models import Referral
from referrals.states import MOVES, STATES, VOIDS_A_PROPOSAL, State
from referrals.triage.coming import OWNERS

CHECKOUT = Path(settings.BASE_DIR)
MODELS = [model for model in apps.get_models() if issubclass(model, StateModel)]
ENUMERATIONS = {machine.states for machine in MACHINES}
per_machine = pytest.mark.parametrize("machine", MACHINES, ids=[machine.noun for machine in MACHINES])

# Tables by state that leave some out on purpose, with these.
LEFT_OUT: dict[str, set[str]] = {
    "ENDINGS": {ChallengeState.OPEN},
    # What waits for one person: in these states it waits for somebody else, or for nobody.
    "OWN_DECISION_ACTS": {"submitted", "served", "superseded"},
    "OWN_MATERIAL_ACTS": set(
        "summary_requested not_needed commissioned checked rejected approved relied_on with_appeals "
        "served superseded".split()
    ),
    "CIO_ACTS": set(
        "draft returned refused tasked accepted executed aborted expired concluded withdrawn".split()
    ),
    "REQUESTER_ACTS": set(
        "requested quality_assured risk_assessed refused tasked accepted executed aborted expired concluded "
        "withdrawn".split()
    ),
    "CAME_BACK": set(
        "draft requested quality_assured risk_assessed authorised refused tasked accepted executed aborted "
        "expired concluded withdrawn".split()
    ),
}


def mistakes(machine: Machine) -> list[str]:
    """What is wrong with the records of one machine, in sentences."""
    found = [f"{state} has no record" for state in machine.states if state not in machine.records]
    phases = {type(record.phase) for record in machine.records.values()}
    found += [f"{state} is not in the order of the states" for state in _out_of_order(machine)]
    found += ["its phases are not those of one life"] if len(phases) > 1 else []
    for state, record in machine.records.items():
        found += [f"{state}: {words}" for words in _mistakes_of(machine, state, record)]
    return found


def _out_of_order(machine: Machine) -> list[str]:
    known = [state for state in machine.states if state in machine.records]
    return [state for state, other in zip(machine.records, known, strict=False) if state != other]


def _mistakes_of(machine: Machine, state: str, record: StateRecord) -> Iterator[str]:
    step, target = record.next_action, record.target
    if not step.words or not step.owner:
        yield "says no next action, or not whose it is"
    if step.verb and not may_be_done(machine, step.verb, state):
        yield f"{step.verb} cannot be done in it"
    if step.owner == NOBODY and step.verb:
        yield "has a verb that nobody does"
    if target and target.setting and not hasattr(settings, target.setting):
        yield f"there is no setting {target.setting}"
    elif target and bool(target.limit) != ("{}" in target.words):
        yield "says a number without a place for it, or a place without a number"


def may_be_done(machine: Machine, verb: str, state: str) -> bool:
    """A move from this state, by its own name or by what people do to make it; or what moves nothing here."""
    if verb in machine.moves:
        return state in machine.moves[verb].source
    return verb in machine.who_may and state in machine.when.get(verb, tuple(machine.states))


@per_machine
def test_every_state_has_a_complete_record(machine: Machine) -> None:
    assert mistakes(machine) == []


@per_machine
def test_a_forgotten_record_is_found(machine: Machine) -> None:
    """Sabotage: each state in turn loses its record."""
    for state in machine.states:
        fewer = {each: record for each, record in machine.records.items() if each != state}
        assert f"{state} has no record" in mistakes(replace(machine, records=fewer))


def test_an_incomplete_record_is_found() -> None:
    """Sabotage: a record loses its next action, names a verb of another state, a setting that does not exist."""
    machine, record = MACHINES[0], STATES[State.SUBMITTED]
    step, target = record.next_action, record.target
    assert target
    wrong = {
        "says no next action, or not whose it is": replace(record, next_action=replace(step, words="")),
        "reopen cannot be done in it": replace(record, next_action=replace(step, verb="reopen")),
        "there is no setting NEXUS_NOWHERE": replace(record, target=replace(target, setting="NEXUS_NOWHERE")),
    }
    for words, each in wrong.items():
        spoilt = replace(machine, records={**STATES, State.SUBMITTED: each})
        assert f"submitted: {words}" in mistakes(spoilt)


def test_a_record_has_no_default() -> None:
    """Whoever adds a state says all of it: "none" is said, not left out."""
    assert all(each.default is each.default_factory for each in fields(StateRecord))
    with pytest.raises(TypeError):
        StateRecord("blue", STATES[State.DRAFT].phase)  # type: ignore[call-arg]


def test_the_models_have_the_records() -> None:
    assert len(MODELS) == len(MACHINES)
    by_machine = [machine.records for machine in MACHINES]
    assert all(any(model.STATES is records for records in by_machine) for model in MODELS)
    assert [error for model in MODELS for error in model.check() if error.id == "nexus.E002"] == []


def test_the_service_does_not_start_with_a_state_that_has_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage, at the system check."""
    fewer = {state: record for state, record in STATES.items() if state != State.REDIRECTED}
    monkeypatch.setattr(Referral, "STATES", fewer)
    (error,) = [each for each in Referral.check() if each.id == "nexus.E002"]
    assert error.msg == "The state “Redirected” of a referral has no record in STATES."
    assert [each for each in Case.check() if each.id == "nexus.E002"] == []


def test_the_owner_of_every_next_action_of_a_referral_has_a_name() -> None:
    assert {record.next_action.owner for record in STATES.values()} == set(OWNERS)


def test_what_takes_a_referral_out_of_triage_decides_it_or_makes_a_proposed_decision_void() -> None:
    leaving = {verb for verb, move in MOVES.items() if State.IN_TRIAGE in move.source}
    assert leaving | {"add_information", "correct"} == {"accept", "not_accept", "redirect"} | set(
        VOIDS_A_PROPOSAL
    )


def test_the_force_is_told_of_what_it_sees_and_of_nothing_else() -> None:
    assert {state for state, record in REPORT.items() if record.force_reads} == {*RELEASED}
    assert {state for state, record in SUPPORT.items() if not record.force_reads} == {*BEFORE_THE_FORCE}
    assert all(ENGAGEMENT[state].force_reads for state in AFTER_TASKING)
    by_noun = {machine.noun: machine.records.values() for machine in MACHINES}
    for noun in ("referral", "material", "datawash", "enquiry"):
        assert all(record.force_reads for record in by_noun[noun])
    for noun in ("proposal", "case", "decision", "challenge", "mail"):
        assert not any(record.force_reads for record in by_noun[noun])


# What is said by state beside the records.


def forgotten(source: str, names: Mapping[str, Any]) -> Iterator[str]:
    """Tables by state in this source that leave a state out. `names` are the module's own."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            yield from _missing(node.lineno, node.keys, names, _assigned_to(source, node))
        if isinstance(node, ast.Match):
            patterns = [pattern for case in node.cases for pattern in ast.walk(case.pattern)]
            values = [each.value for each in patterns if isinstance(each, ast.MatchValue)]
            yield from _missing(node.lineno, values, names, "")


def _missing(line: int, keys: list[Any], names: Mapping[str, Any], table: str) -> Iterator[str]:
    members = [names[key.value.id][key.attr] for key in keys if _is_member(key, names)]
    for enumeration in {type(member) for member in members}:
        missing = {*enumeration} - {*members} - LEFT_OUT.get(table, set())
        if missing:
            yield f"{line} {table}: {', '.join(sorted(missing))}"


def _is_member(key: ast.expr | None, names: Mapping[str, Any]) -> bool:
    return (
        isinstance(key, ast.Attribute)
        and isinstance(key.value, ast.Name)
        and names.get(key.value.id) in ENUMERATIONS
        and key.attr in names[key.value.id].__members__
    )


def _assigned_to(source: str, table: ast.Dict) -> str:
    found = re.match(r"(\w+)(?:: [^=]+)? = ", source.splitlines()[table.lineno - 1])
    return found[1] if found else ""


def modules() -> Iterator[Path]:
    for app in ("nexus", "referrals", "casework"):
        for path in sorted((CHECKOUT / app).rglob("*.py")):
            if "migrations" not in path.parts and "State" in path.read_text():
                yield path


def test_no_table_by_state_forgets_a_state() -> None:
    found, looked_at = [], 0
    for path in modules():
        dotted = ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
        found += [f"{dotted}:{each}" for each in forgotten(path.read_text(), vars(import_module(dotted)))]
        looked_at += 1
    assert looked_at > 50 and found == []


class Light(TextChoices):
    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"


def test_a_table_that_forgets_a_state_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: a table, and a match, that know all states but one."""
    monkeypatch.setattr(f"{__name__}.ENUMERATIONS", {Light})
    names = {"Light": Light}
    whole = "WORDS = {Light.RED: 1, Light.AMBER: 2, Light.GREEN: 3}"
    fewer = "WORDS = {Light.RED: 1, Light.GREEN: 3}"
    matched = "match light:\n    case Light.RED:\n        pass\n    case Light.AMBER:\n        pass\n"
    assert list(forgotten(whole, names)) == []
    assert list(forgotten(fewer, names)) == ["1 WORDS: amber"]
    assert list(forgotten(matched, names)) == ["1 : green"]


BY_STATE = re.compile(r"\[[\w.]*\bstate\]|\.get\([\w.]*\bstate\b")


def test_no_template_has_words_or_colours_by_state() -> None:
    """They stand in the record; `state_tag(row)` shows it."""
    assert BY_STATE.search('{{ {"draft": "blue"}[referral.state] }}')
    assert BY_STATE.search('{{ colours.get(material.state, "yellow") }}')
    pages = sorted((CHECKOUT / "templates").rglob("*.html"))
    assert [str(page) for page in pages if BY_STATE.search(page.read_text())] == []

"""Nobody sees what is not theirs: every route, every role, own and foreign, every method.

The table is tests/access/routes/, what there is to see tests/access/world.py, the walk
tests/access/walking.py. Each answer is judged by its status and by the canaries it holds.
"""

from uuid import uuid4

import pytest

from nexus.accounts.roles import Role
from nexus.presses import guard
from referrals.permissions import ReferralQuerySet
from tests.access.pressing import Pressing
from tests.access.routes import DRAFT, PARTS, ROUTES
from tests.access.walking import Walk, allowed, every_route
from tests.access.walls import take_down_the_second_wall
from tests.access.world import CANARY, INSIDE, LISTS, PROPOSED, SHARED, World
from tests.figures import Figure
from tests.lines import lines_into

# Where what may be read must really have been read: otherwise its absence elsewhere proves nothing.
SENT = ("draft", "submitted", "asked", "refused", "worked", "ended")
READ: dict[str, set[tuple[Role, str, str]]] = {
    "ground": set(),
    "referrals": {
        *(
            (role, state, SHARED)
            for role in (Role.POLICE_OFFICER, Role.IMMIGRATION_OFFICER)
            for state in SENT
        ),
        *((Role.REFERRALS_OFFICER, state, INSIDE) for state in ("refused", "worked", *PROPOSED)),
        *((Role.POLICE_OFFICER, state, SHARED) for state in ("assessed", "discussed")),
        (Role.REFERRALS_OFFICER, "discussed", SHARED),
    },
    "datawash": {(role, state, SHARED) for role in (Role.POLICE_OFFICER, Role.MANAGER) for state in LISTS},
    "casework": {
        *((role, "worked", place) for role in (Role.CASE_OWNER, Role.MANAGER) for place in (SHARED, INSIDE)),
        *((role, "worked", SHARED) for role in (Role.POLICE_OFFICER, Role.FORCE_LEAD)),
        *((role, "supportasked", SHARED) for role in (Role.POLICE_OFFICER, Role.CASE_OWNER)),
        *((Role.CRIMINAL_CASEWORK, state, SHARED) for state in ("supportdraft", "supportsent")),
    },
    "material": {
        *(
            (role, "matapproved", place)
            for role in (Role.CASE_OWNER, Role.SPECIALIST_APPEALS)
            for place in (SHARED, INSIDE)
        ),
        *((role, "matasked", SHARED) for role in (Role.POLICE_OFFICER, Role.FORCE_LEAD)),
    },
    "decisions": {(role, "disputed", INSIDE) for role in (Role.CASE_OWNER, Role.MANAGER)},
    "tribunal": {(role, "disputed", INSIDE) for role in (Role.CASE_OWNER, Role.MANAGER)},
    "operations": {
        *((role, "optasked", SHARED) for role in (Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.CIO_HMI)),
        *((role, "opverbal", INSIDE) for role in (Role.CASE_OWNER, Role.CIO_HMI)),
    },
    "api": {
        *((Role.POLICE_OFFICER, state, SHARED) for state in SENT),
        *((Role.CASE_OWNER, "worked", place) for place in (SHARED, INSIDE)),
    },
    "api_casework": {
        *((Role.POLICE_OFFICER, state, SHARED) for state in ("matasked", "supportasked")),
        *((role, "matappeals", INSIDE) for role in (Role.CASE_OWNER, Role.SPECIALIST_APPEALS)),
        (Role.CRIMINAL_CASEWORK, "supportsent", SHARED),
    },
    "api_files": set(),  # its answers are bytes
    "api_decisions": {(role, "disputed", INSIDE) for role in (Role.CASE_OWNER, Role.MANAGER)},
    "api_operations": {
        *((role, "optasked", SHARED) for role in (Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.CIO_HMI)),
        *((role, "opverbal", INSIDE) for role in (Role.CASE_OWNER, Role.CIO_HMI)),
    },
}


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    """An address nobody has thought about fails here."""
    assert sorted({name for name, _ in every_route()}) == sorted({route.name for route in ROUTES})


@pytest.mark.parametrize("part", PARTS)
def test_each_role_gets_what_is_theirs_and_nothing_else(world: World, part: str, figure: Figure) -> None:
    lines: list[str] = []
    with lines_into(lines):
        walk = Walk(world).go(PARTS[part])
    assert len(lines) >= walk.calls and [line for line in lines if CANARY.search(line.lower())] == []
    assert walk.faults == [], f"{len(walk.faults)} of {walk.calls} calls:\n" + "\n".join(walk.faults[:60])
    promised = {
        (route.name, method, role)
        for route in PARTS[part]
        for method in route.methods
        for role in Role
        if allowed(route, role, method)
    }
    assert promised - walk.succeeded == set()
    assert READ[part] - walk.canaries_seen == set()
    words = f"{part}: {walk.calls:,} calls to {len(PARTS[part])} routes, 0 foreign canaries, each allowed cell succeeded"
    figure(1, words, holds=not walk.faults)


def test_with_the_wall_down_the_walk_finds_the_leak(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix itself is sabotaged: without either wall every foreign canary comes through."""
    take_down_the_second_wall(monkeypatch)
    monkeypatch.setattr(ReferralQuerySet, "visible_to", lambda self, user: self)
    walk = Walk(world).go(DRAFT, [Role.POLICE_OFFICER])
    leaks = [fault for fault in walk.faults if "leaks foreign" in fault]
    assert len(leaks) > 20 and any("not 404" in fault for fault in walk.faults)


def test_a_double_press_of_every_verb_has_one_effect(world: World, figure: Figure, full_size: bool) -> None:
    """Of pages and endpoints alike: sent again, the first answer and not one row more, entries included."""
    done = Pressing(Walk(world)).go(ROUTES, times=9 if full_size else 1)
    assert done.faults == [], f"{len(done.faults)}:\n" + "\n".join(done.faults[:40])
    words = f"{done.replays:,} replays of {len(done.verbs)} verbs of pages and endpoints, one effect each"
    figure(7, words, holds=len(done.verbs) >= 120 and not done.faults)


def test_without_the_keys_a_double_press_has_two_effects(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = guard.claimed
    monkeypatch.setattr(guard, "claimed", lambda by, key, **where: first(by, uuid4().hex, **where))
    done = Pressing(Walk(world)).go(PARTS["casework"], times=1)
    assert sum("again" in fault for fault in done.faults) > 5

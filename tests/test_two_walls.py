"""Two walls stand between the forces: the querysets and PostgreSQL. Either of them is enough, and neither is for show.

Everything the police can read is read with both walls up, with either of them down, and with both down, and judged by
the canaries of tests/access. What the same role reads of its own force is what it could reach of another's.
"""

from dataclasses import dataclass, field

import pytest

from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.ui.paging import KeysetPage
from tests.access.routes import ROUTES
from tests.access.routes.table import Route
from tests.access.walking import Walk, owners
from tests.access.walls import take_down_the_first_wall, take_down_the_second_wall
from tests.access.world import CANARY, World
from tests.figures import Figure

ONE_IN = 4  # of the routes in an ordinary run
Seen = tuple[Role, str, str]


@dataclass
class Sight:
    """What was read: canaries of the reader's own force and of the other, by role, state and place."""

    calls: int = 0
    own: set[Seen] = field(default_factory=set)
    foreign: set[Seen] = field(default_factory=set)


def readable() -> list[Route]:
    """Every page, file and endpoint that the police may read at all."""
    return [route for route in ROUTES if route.reads and route.reads & POLICE_ROLES]


def looked_at(world: World, routes: list[Route]) -> Sight:
    """Each of them, of the force's own things and of the other's, by one role: the walls ask for the force alone."""
    walk, sight = Walk(world), Sight()
    for client, _ in walk.clients.values():
        client.raise_request_exception = False
    for route in routes:
        for role in sorted(route.reads & POLICE_ROLES if route.reads else (), reverse=True)[:1]:
            for owner in owners(route, role):
                _, text = walk.answer(route, role, owner, "GET")
                sight.calls += 1
                for whose, state, place in CANARY.findall(text):
                    (sight.foreign if whose == "foreign" else sight.own).add((role, state, place))
    return sight


def test_either_wall_alone_keeps_the_forces_apart(
    world: World, monkeypatch: pytest.MonkeyPatch, figure: Figure, full_size: bool
) -> None:
    routes = readable() if full_size else readable()[::ONE_IN]
    monkeypatch.setitem(KeysetPage.__init__.__kwdefaults__, "size", 1_000)  # a list is read to its end
    found = {}
    for walls, down in {
        "both walls": (),
        "querysets off": (take_down_the_first_wall,),
        "row-level security off": (take_down_the_second_wall,),
        "both off": (take_down_the_first_wall, take_down_the_second_wall),
    }.items():
        with monkeypatch.context() as patch:
            for take_down in down:
                take_down(patch)
            found[walls] = looked_at(world, routes)
    reachable, leaked = found["both walls"].own, found.pop("both off").foreign
    words = ", ".join(f"{walls}: {len(sight.foreign)}" for walls, sight in found.items())
    words = (
        f"foreign canaries in {found['both walls'].calls:,} calls to {len(routes)} routes by the police: {words};"
        f" both off: {len(reachable & leaked)} of {len(reachable)} reachable ones"
    )
    assert {walls: sight.foreign for walls, sight in found.items()} == dict.fromkeys(found, set())
    assert sorted(reachable - leaked) == []
    figure(2, words, holds=len(reachable) > 10)


def test_with_both_walls_down_a_foreign_referral_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: the same look finds the leak; either wall alone, taken down, does not suffice for it."""
    routes = [route for route in readable() if route.name == "referrals:detail"]
    assert routes and not looked_at(world, routes).foreign
    take_down_the_first_wall(monkeypatch)
    assert not looked_at(world, routes).foreign
    take_down_the_second_wall(monkeypatch)
    assert (Role.POLICE_OFFICER, "submitted", "shared") in looked_at(world, routes).foreign

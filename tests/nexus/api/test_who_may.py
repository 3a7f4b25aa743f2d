"""What the schema says of who may is what the access matrix finds, call by call."""

from collections import defaultdict

import pytest

from nexus.accounts.program_scopes import PARTS, READS, WRITES, choices
from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.addresses import names
from nexus.api.describing import ROLES, SCOPE
from nexus.api.schema import schema
from tests.access.routes import ROUTES

# The matrix walks one thing of its kind, and who may hangs on which: each kind of entry has its own keyers, a
# notification its own person, and Criminal Casework has enquiries and requests of its own that the matrix has not.
BY_THING = {
    *("keying_entry_confirm", "keying_entry_correct", "notification_mark_read", "enquiry", "enquiry_reopen"),
    *("support_request_amend", "support_request_cancel", "support_request_submit", "support_message_file"),
    *("support_request_add_message", "material_ask_for_appeals_review", "material_serve"),
}
OF_PROGRAMS = {scope for how in (READS, WRITES) for scope, _ in choices(how)}


def walked() -> dict[tuple[str, str], frozenset[Role]]:
    """Who is let in, by the name of an endpoint and its method."""
    found: dict[tuple[str, str], frozenset[Role]] = defaultdict(frozenset)
    for route in ROUTES:
        if route.is_api and not route.public:
            name = route.name.removeprefix("api:")
            if route.reads is not None:
                found[name, "get"] |= route.reads
            for method, write in route.writes.items():
                found[name, method.lower()] |= write.roles
    return found


def described() -> dict[tuple[str, str], frozenset[Role]]:
    return {
        (names()[path], method): frozenset(map(Role, operation[ROLES]))
        for path, operations in schema()["paths"].items()
        for method, operation in operations.items()
        if ROLES in operation
    }


def test_the_schema_names_the_roles_that_the_access_matrix_finds() -> None:
    said, found = described(), walked()
    assert len(said) > 190
    different = {name for (name, method), roles in found.items() if roles != said[name, method]}
    assert different == BY_THING
    assert all(roles <= said[called] for called, roles in found.items())


def test_an_endpoint_that_forgot_its_roles_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    said = described() | {("queue_take_next", "post"): EVERY_ROLE}
    monkeypatch.setattr(f"{__name__}.described", lambda: said)
    with pytest.raises(AssertionError, match="queue_take_next"):
        test_the_schema_names_the_roles_that_the_access_matrix_finds()


def test_each_operation_says_the_scope_a_program_needs_or_that_none_may() -> None:
    said = {
        names()[path]: operation[SCOPE]
        for path, operations in schema()["paths"].items()
        for method, operation in operations.items()
        if SCOPE in operation and method != "get"
    }
    assert {scope for scope in said.values() if scope} <= OF_PROGRAMS
    opened = {name for _, writes in PARTS.values() for name in writes}
    assert {name for name, scope in said.items() if scope} == opened
    assert said["referral_accept"] is None and said["token"] == ""

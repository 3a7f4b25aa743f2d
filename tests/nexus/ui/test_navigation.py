"""Where each role goes: a row that reads at a glance."""

import pytest

from nexus.accounts.roles import Role
from nexus.ui.navigation import MOST_IN_A_ROW, destinations, top_navigation


@pytest.mark.parametrize("role", Role)
def test_a_row_is_short_and_leads_everywhere(role: Role) -> None:
    reached = set()
    for _, path in destinations(role):
        shown = top_navigation(role, path)
        assert 0 < len(shown.row) <= MOST_IN_A_ROW
        assert [each for each in (*shown.row, *shown.below) if each.get("current")], path
        assert len([each for each in shown.row if each["active"]]) == 1
        reached |= {each["href"] for each in (*shown.row, *shown.below)}
    assert reached == {path for _, path in destinations(role)}


def test_a_managers_pages_stand_in_groups() -> None:
    shown = top_navigation(Role.MANAGER, "/cases/unallocated/")
    assert [each["text"] for each in shown.row] == ["What waits", "Casework", "Triage", "Forces", "Results"]
    assert shown.group == "What waits"
    assert [each["text"] for each in shown.below if each["current"]] == ["To assign"]
    nowhere = top_navigation(Role.MANAGER, "/account/")
    assert not nowhere.below and not any(each["active"] for each in nowhere.row)

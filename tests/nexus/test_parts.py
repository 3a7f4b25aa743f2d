"""What each part declares is checked at start; each mistake below would else be an empty list on some page."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import Error, run_checks

import casework.engagement.part
from casework.parts import CasePart
from nexus.checks import check_parts
from nexus.parts import Destination, Part, parts

ENGAGEMENT = casework.engagement.part


def found(settings: Any = None) -> str:
    return "\n".join(each.msg for each in check_parts(None))


def test_the_parts_as_they_are_have_no_mistake_and_the_check_runs_at_start() -> None:
    assert found() == ""
    assert len(parts()) > 10


def test_a_mistake_is_found_by_djangos_own_check(settings: Any) -> None:
    settings.NEXUS_PARTS = (*settings.NEXUS_PARTS, "casework.none.part")
    assert any(isinstance(each, Error) and "casework.none.part" in each.msg for each in run_checks())


def without_now(*, user: Any) -> list[Any]:
    return []


def by_position(case: Any, before: Any) -> list[Any]:
    return []


SABOTAGED: list[tuple[dict[str, Any], str]] = [
    ({"work_waiting": without_now}, "work_waiting must take"),
    ({"timeline": by_position}, "timeline must take"),
    ({"navigation": (Destination("Gone", "engagement:gone", frozenset()),)}, "no page “engagement:gone”"),
    ({"audit_names": {"engagement.engagement": "case__number"}}, "cannot name engagement.engagement"),
    ({"audit_names": {"engagement.gone": "case"}}, "cannot name engagement.gone"),
    ({"operations_of_force": None}, "exactly one part must give operations_of_force, and 0 do"),
    ({"on_duty": ENGAGEMENT.PART.operations_of_force}, "on_duty must take"),
]


@pytest.mark.parametrize(("changed", "said"), SABOTAGED)
def test_a_name_or_a_signature_that_does_not_fit(
    changed: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENGAGEMENT, "PART", replace(ENGAGEMENT.PART, **changed))
    assert said in found()


def test_what_is_no_part_or_is_not_listed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEXUS_PARTS = tuple(name for name in settings.NEXUS_PARTS if "quality" not in name)
    assert "referrals.quality.part is not in NEXUS_PARTS" in found()
    monkeypatch.setattr(ENGAGEMENT, "PART", object())
    assert "casework.engagement.part.PART is no Part" in found()


def test_what_is_said_of_a_case_is_said_by_parts_of_cases() -> None:
    """A plain Part has no such field, so nothing of a case can be said below casework."""
    with pytest.raises(TypeError):
        Part(timeline=by_position)  # type: ignore[call-arg]
    assert all(isinstance(part, CasePart) for part in parts() if hasattr(part, "timeline"))

"""The requester's part: begin on one's own case, answer, say what is asked, send it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.engagement import actions
from casework.engagement.rules.risks import Answered
from casework.models import Case
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from tests.builders import NOON, a_case_in, a_force, a_user, an_assigned_case
from tests.casework.engagement.builders import (
    DAWN,
    NO,
    a_draft,
    at,
    details,
    filled,
    refusal,
)

pytestmark = pytest.mark.django_db


def test_a_request_is_begun_on_ones_own_case(cio: User) -> None:
    case = an_assigned_case()
    other = a_user(Role.CASE_OWNER)
    said = {"case_id": case.pk, "now": at(3), "kind": "arrest", "force": a_force()}
    assert "is the case-owner" in refusal(actions.start, **said, by=other)
    with pytest.raises(PermissionDenied):
        actions.start(**said, by=cio)
    owner = case.case_owner
    assert "what kind" in refusal(actions.start, **{**said, "kind": "raid"}, by=owner)
    assert "Select the force" in refusal(actions.start, **{**said, "force": None}, by=owner)
    btp = Force.objects.get(code="93")
    assert "is not engaged" in refusal(actions.start, **{**said, "force": btp}, by=owner)
    ended = a_case_in("outcome")
    assert "you cannot ask for an operation" in refusal(
        actions.start, **{**said, "case_id": ended.pk}, by=ended.case_owner
    )


@pytest.mark.parametrize("kind", ["detention", "detention_on_reporting"])
def test_adults_at_risk_precede_detention(case: Case, kind: str) -> None:
    draft = a_draft(kind=kind, case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    assert "adult at risk before" in refusal(actions.save_details, **one, **details(kind))
    actions.save_risks(**one, risks={"adults_at_risk": Answered("no", "")}, at_risk_level="2", safety_note="")
    saved = actions.save_details(**one, **details(kind))
    assert saved.at_risk_level == ""  # a level belongs to a yes


def test_blank_is_no_answer_and_what_is_said_needs_words(case: Case) -> None:
    draft = a_draft(case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    missing = refusal(actions.request, **one)
    for part in (
        "Is the person an adult at risk?",
        "Select the legal power",
        "Enter the address",
        "why it is",
    ):
        assert part in missing
    risks = {**NO, "medical": Answered("not_known", ""), "adults_at_risk": Answered("yes", "Says so.")}
    actions.save_risks(**one, risks=risks, at_risk_level="", safety_note="")
    actions.save_details(**one, **details())
    missing = refusal(actions.request, **one)
    assert "medical condition" in missing and "level of evidence" in missing


DETAILS_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"legal_power": "notices2003"}, "Select the legal power."),
    ({"window_ends_at": DAWN}, "must be after its beginning"),
    ({"window_starts_at": NOON, "window_ends_at": at(1)}, "has passed"),
    ({"window_starts_at": None}, "when the operation is to begin and end"),
]


def test_details_are_refused(case: Case) -> None:
    draft = a_draft(case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    for answers, sentence in DETAILS_REFUSED:
        assert sentence in refusal(actions.save_details, **one, **details(**answers))


def test_an_answer_that_stays_keeps_its_moment(case: Case) -> None:
    draft = filled(a_draft(case=case))
    before = {row.question: row.answered_at for row in draft.risks.all()}
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(6)}
    actions.save_risks(
        **one,
        risks={**NO, "language": Answered("yes", "Speaks Tigrinya only.")},
        at_risk_level="",
        safety_note="",
    )
    changed = {row.question for row in draft.risks.all() if row.answered_at != before[row.question]}
    assert changed == {"language"}

"""The one list of what is missing: complete, each gap on the page and field it is missing from."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casework.engagement import actions
from casework.engagement.models import Engagement, RiskAnswer
from casework.engagement.queries import known_already
from casework.engagement.rules.gaps import Written, gaps
from casework.engagement.rules.risks import Answered, Question
from casework.models import Case
from nexus.accounts.models import User
from tests.builders import an_assigned_case
from tests.casework.engagement.builders import DAWN, NO, a_draft, at, details, filled, refusal, requested

WHOLE = Written(
    kind="arrest",
    legal_power="ia1971_s2_17",
    address="14 Quince Row",
    starts=DAWN,
    ends=DAWN + timedelta(hours=6),
    asked="A van and two officers.",
    why="He absconded twice.",
    risks={Question(name): answer for name, answer in NO.items()},
    at_risk_level="",
)
LACKING: list[tuple[dict[str, Any], set[str]]] = [
    ({}, set()),
    ({"legal_power": ""}, {"save_details#legal_power"}),
    ({"legal_power": "notices2003"}, {"save_details#legal_power"}),  # of another kind of operation
    ({"address": "n/a"}, {"save_details#address"}),
    ({"starts": None}, {"save_details#window_starts_on-day"}),
    ({"ends": DAWN - timedelta(days=9)}, {"save_details#window_starts_on-day"}),
    ({"asked": " – "}, {"save_details#asked"}),
    ({"why": "Not known."}, {"save_details#why"}),
    ({"risks": {}}, {f"save_risks#{question.value}" for question in Question}),
    ({"risks": {**WHOLE.risks, Question.MEDICAL: Answered("yes", "")}}, {"save_risks#medical_words"}),
    (
        {"risks": {**WHOLE.risks, Question.CHILDREN: Answered("not_known", "unknown")}},
        {"save_risks#children_words"},
    ),
    (
        {"risks": {**WHOLE.risks, Question.ADULTS_AT_RISK: Answered("yes", "Says so.")}},
        {"save_risks#at_risk_level"},
    ),
    ({"issues": [(7, "Whose address?")]}, {"settle_issue#reply"}),
]


def test_each_gap_is_named_once_with_its_field() -> None:
    for changed, expected in LACKING:
        found = gaps(replace(WHOLE, **changed), now=at(4))
        assert {f"{gap.page}#{gap.field}" for gap in found} == expected and len(found) == len(expected)
    late = DAWN + timedelta(days=3)
    assert [gap.field for gap in gaps(WHOLE, now=late)] == ["window_starts_on-day"]
    assert gaps(WHOLE, now=late, over=True) == []  # a call at night may be over when it is written up


@pytest.mark.django_db
def test_words_that_say_nothing_are_refused_when_they_are_saved(case: Case) -> None:
    draft = a_draft(case=case)
    one: dict[str, Any] = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    risks = {"medical": Answered("not_known", "not known")}
    assert "whom you asked: Is there a medical" in refusal(
        actions.save_risks, **one, risks=risks, at_risk_level="", safety_note=""
    )
    for name, sentence in (("address", "the address"), ("asked", "of the force"), ("why", "necessary")):
        assert sentence in refusal(actions.save_details, **one, **details(**{name: "n/a"}))


@pytest.mark.django_db
def test_the_database_sends_nothing_without_every_answer(case: Case) -> None:
    draft = filled(a_draft(case=case))
    RiskAnswer.objects.filter(engagement=draft, question="medical").delete()
    with pytest.raises(DatabaseError, match="every answer"), transaction.atomic():
        Engagement.objects.filter(pk=draft.pk).update(state="requested", requested_at=at(5))


@pytest.mark.django_db
def test_what_the_case_knows_already_stands_at_its_question(cio: User) -> None:
    case = an_assigned_case(has_children="yes", vulnerability_details="Two daughters.")
    requested(case=case, risks={"warnings": Answered("yes", "Two dogs in the yard.")})
    known = known_already(a_draft(case=case))
    assert known[Question.CHILDREN] == ["The referral says: children in the UK."]
    assert (
        "The arrest by West Midlands Police, begun 16 November 2026: yes. Two dogs"
        in known[Question.WARNINGS][0]
    )

"""Agreement, both ways: counted right, bounded in queries, for managers only."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from referrals.matrix import actions
from referrals.matrix.agreement import Agreement, measure, standing
from referrals.models import Outcome, Referral
from referrals.models.decisions import APART_FROM_MATRIX
from referrals.queries import outcome_for
from referrals.rules.matrix import MatrixOutcome
from tests.builders import NOON, a_case, a_flag_only_case, a_force, a_user, in_triage
from tests.referrals.matrix.sheets import a_result, page, signed_in, with_answers
from tests.referrals.station import audited, words

pytestmark = pytest.mark.django_db
M1, M4, M6 = MatrixOutcome.M1, MatrixOutcome.M4, MatrixOutcome.M6


def not_accepted(*, now: Any = NOON, **answers: Any) -> Referral:
    referral = in_triage(now=now, **answers)
    referral_actions.not_accept(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=now + timedelta(hours=1),
        reasons="No, the papers differ.",
        balance="Weighed against status and residence.",
    )
    return referral


def test_each_decision_meets_the_outcome_of_its_facts() -> None:
    a_case()
    a_flag_only_case()
    a_case(active_police_interest=False)
    not_accepted()
    not_accepted(active_police_interest=False)
    in_triage()
    found = measure(standing())
    assert dict(found.on_the_facts.counts) == {
        (M1, Outcome.ACCEPTED): 1,
        (M4, Outcome.ACCEPTED): 1,
        (M6, Outcome.ACCEPTED): 1,
        (M1, Outcome.NOT_ACCEPTED): 1,
        (M6, Outcome.NOT_ACCEPTED): 1,
    }
    assert found.on_the_facts.findings() == [
        "With M1, M2 or M3, 1 of 2 accepted (50%).",
        "Of those accepted, 1 of 3 with M1, M2 or M3 (33%).",
        "With M0 or M6, 1 of 2 accepted nonetheless (50%).",
    ]
    assert {(each.matrix_outcome, each.outcome) for each in found.apart} == {
        (M6, "accepted"),
        (M1, "not_accepted"),
    }
    assert found.number_apart == 2
    assert found.by_officers.total == 0


def test_rows_and_columns_have_their_shares() -> None:
    found = Agreement()
    found.counts.update({(M1, Outcome.ACCEPTED): 3, (M1, Outcome.REDIRECTED): 1, (M6, Outcome.ACCEPTED): 1})
    rows = {outcome: cells for outcome, cells, _ in found.rows()}
    assert len(rows) == len(MatrixOutcome)
    assert [cell.row_share for cell in rows[M1]] == ["75%", "0%", "25%"]
    assert [cell.column_share for cell in rows[M1]] == ["75%", "–", "100%"]
    assert [cell.row_share for cell in found.totals()] == ["80%", "0%", "20%"]


def test_a_superseded_decision_does_not_stand() -> None:
    referral = not_accepted()
    referral_actions.reopen(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=NOON + timedelta(hours=2),
        reason="A statement came.",
    )
    assert measure(standing()).on_the_facts.total == 0


def test_what_the_officer_saw_is_counted_apart() -> None:
    result = a_result(answers=with_answers(active_police_interest=False))
    draft = actions.refer(assessment_id=result.pk, by=result.made_by, now=NOON)
    referral = not_accepted()
    # The officer's run led to this referral.
    result.refresh_from_db()
    assert result.referral == draft
    result.referral = referral
    result.save(update_fields=["referral"])
    found = measure(standing())
    assert dict(found.by_officers.counts) == {(M6, Outcome.NOT_ACCEPTED): 1}
    assert dict(found.on_the_facts.counts) == {(M1, Outcome.NOT_ACCEPTED): 1}


def test_by_force_and_time_in_uk_days() -> None:
    a_case()
    not_accepted(now=NOON + timedelta(days=3), by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    first = NOON.date()
    for chosen, number in (
        ({"last": first}, 1),
        ({"first": first + timedelta(days=1)}, 1),
        ({"first": first, "last": first + timedelta(days=3)}, 2),
        ({"first": date(2026, 12, 1)}, 0),
        ({"force": a_force("06")}, 1),
    ):
        assert measure(standing(**chosen)).on_the_facts.total == number, chosen


def test_the_page_for_managers_says_that_nothing_follows() -> None:
    a_case(active_police_interest=False)
    manager = a_user(Role.MANAGER)
    text = words(signed_in(manager).get(page("agreement")))
    assert "Nothing automatic follows from these figures" in text and "1 standing decision" in text
    assert "M6 Provisionally not suitable" in text and "100% of row" in text
    assert "Where they differ (1)" in text
    assert audited("matrix.agreement_viewed", by_id=manager.pk) == 1
    nobody = words(
        signed_in(manager).get(
            page("agreement"),
            {"decided_from-day": "1", "decided_from-month": "1", "decided_from-year": "2027"},
        )
    )
    assert "No standing decision was made in this time." in nobody
    for role in set(Role) - {Role.MANAGER}:
        assert signed_in(a_user(role)).get(page("agreement")).status_code == 403


def test_what_the_matrix_said_of_the_facts_is_stored_with_the_decision() -> None:
    """It is what the rules say of the referral as it was decided, and stays when the facts are corrected later."""
    for decided in (a_case().referral, a_case(active_police_interest=False).referral, not_accepted()):
        (decision,) = decided.decisions.all()
        assert decision.matrix_outcome == outcome_for(
            decided,
            held_by=decision.held_by.code if decision.held_by else None,
            significant_conviction=decision.significant_conviction,
        )
    Referral.objects.update(active_police_interest=False)
    found = measure(standing())
    assert dict(found.on_the_facts.counts) == {
        (M1, Outcome.ACCEPTED): 1,
        (M6, Outcome.ACCEPTED): 1,
        (M1, Outcome.NOT_ACCEPTED): 1,
    }


def test_each_number_of_the_agreement_is_that_of_its_decisions() -> None:
    """Counted by PostgreSQL and by hand; and no more decisions are read than are named."""
    a_case()
    not_accepted()
    not_accepted(active_police_interest=False)
    every = list(standing())
    found = measure(standing())
    assert found.on_the_facts.counts == Counter(
        (MatrixOutcome(one.matrix_outcome), Outcome(one.outcome)) for one in every
    )
    assert found.number_apart == standing().filter(APART_FROM_MATRIX).count() == 1
    with patch("referrals.matrix.agreement.MOST_NAMED", 0):
        assert measure(standing()).apart == [] and measure(standing()).number_apart == 1


def test_the_queries_do_not_grow_with_the_decisions() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            measure(standing())
        return len(queries)

    a_case()
    few = cost()
    a_case()
    not_accepted(active_police_interest=False)
    assert cost() == few <= 3

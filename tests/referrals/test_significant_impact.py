"""Whether the conduct "meets the definition of ‘High Harm’": asked at triage and in the decision, never assumed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.decisions.rules.gaps import Facts, cautions, gaps
from casework.models import Case
from nexus.accounts.roles import Role
from referrals import actions
from referrals.rules.policies import FIRST
from referrals.rules.routes import departures
from referrals.rules.terms import Impact, Route, StatementNeed
from tests.builders import (
    ACCEPTANCE,
    REFUSAL,
    a_proposal,
    a_user,
    an_acceptance,
    decision_answers,
    decision_like,
    in_triage,
)
from tests.nexus.api.calling import Caller
from tests.referrals.croydon import page_of, signed_in
from tests.referrals.rules.subjects import NO_LEAVE

WORDS = "significant adverse impact, whether physical, emotional or financial, upon individuals or the wider community"
JUDGED = ACCEPTANCE["impact_reasons"]


def test_whether_the_impact_is_significant_is_a_named_persons_answer_and_departs_where_it_is_not() -> None:
    removal = (Route.ADMINISTRATIVE_REMOVAL, StatementNeed.NOT_NECESSARILY)
    assert departures(NO_LEAVE, *removal, Impact.SIGNIFICANT) == []
    for impact in (Impact.NOT_SIGNIFICANT, Impact.NOT_SHOWN):
        (sentence,) = departures(NO_LEAVE, *removal, impact)
        assert sentence.endswith("High Harm is conduct of significant impact. Say in the reasons why.")


@pytest.mark.django_db
def test_it_is_asked_beside_the_definition_and_never_preselected() -> None:
    referral = in_triage()
    for verb in ("accept", "not_accept"):
        page = signed_in(referral.claimed_by).get(page_of(verb, referral)).text
        assert "Is the adverse impact of the conduct significant?" in page
        assert WORDS in page and FIRST.quotation("definition").source in page
        assert '" checked' not in page


@pytest.mark.django_db
def test_it_is_stored_shown_printed_and_told_by_the_api_but_not_to_the_force() -> None:
    decision = an_acceptance()
    assert (decision.significant_impact, decision.impact_reasons) == ("yes", JUDGED)
    referral = decision.referral
    office = a_user(Role.REFERRALS_OFFICER)
    body = Caller(office).get(f"referrals/{referral.reference}/").json()
    assert (body["decision"]["significant_impact"], body["decision"]["impact_reasons"]) == ("yes", JUDGED)
    assert JUDGED in signed_in(office).get(page_of("decide", referral)).text
    force = Caller(referral.created_by).get(f"referrals/{referral.reference}/")
    assert force.status_code == 200 and JUDGED not in force.content.decode()
    case = Case.objects.get(referral=referral)
    shown = signed_in(a_user(Role.SENIOR_CASEWORKER)).get(
        reverse("casework:detail", args=[case.referral.reference])
    )
    assert shown.status_code == 200 and JUDGED in shown.text


@pytest.mark.django_db
@pytest.mark.usefixtures("second_reading")
def test_the_second_reader_reads_it() -> None:
    proposal = a_proposal()
    page = signed_in(a_user(Role.REFERRALS_OFFICER)).get(
        reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk])
    )
    assert REFUSAL["impact_reasons"] in page.text
    assert proposal.get_significant_impact_display() in page.text


@pytest.mark.django_db
def test_the_database_takes_no_acceptance_that_does_not_say_it() -> None:
    """Sabotage: whatever writes the row."""
    decision = an_acceptance()
    for column in ("significant_impact", "impact_reasons"):
        with pytest.raises(IntegrityError, match="an_acceptance_is_complete"), transaction.atomic():
            decision_like(decision, **{column: ""})


def test_the_decision_asks_it_too_and_says_when_the_definition_is_not_met() -> None:
    without = decision_answers(significant_impact="")
    lacking = [gap.field for gap in gaps(Facts(without, (), "administrative_removal", FIRST.in_force_from))]
    assert "significant_impact" in lacking
    assert any(
        "does not meet the definition" in each for each in cautions(decision_answers(significant_impact="no"))
    )
    assert not any("definition" in each for each in cautions(decision_answers()))


@pytest.mark.django_db
def test_a_refusal_that_judges_it_says_why() -> None:
    referral = in_triage()
    with pytest.raises(Exception, match="Enter what shows that the impact is, or is not, significant."):
        actions.not_accept(
            referral_id=referral.pk,
            by=referral.claimed_by,
            now=referral.claimed_at,
            **{**REFUSAL, "impact_reasons": ""},
        )

"""What the police told anybody about a person is in front of everybody who decides, from one function."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework import actions as casework_actions
from casework.material import actions as material_actions
from casework.models import Case
from casework.printing import printed
from casework.support import actions as support_actions
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals import actions
from referrals.duty_desk import actions as desk_actions
from referrals.models import Referral
from referrals.told_by_forces import told_by_forces
from tests.builders import ACCEPTANCE, NOON, a_user, in_triage, progress, with_a_question
from tests.casework.engagement.builders import accepted
from tests.casework.material.builders import requested
from tests.casework.support.builders import a_lead, with_force
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db

CHILDREN = "The children live with their other parent and see him at weekends."


def an_answered_case(answer: str = CHILDREN) -> Case:
    """Accepted after the force answered one question, with a case-owner."""
    referral = with_a_question()
    later = NOON + timedelta(minutes=25)
    actions.answer_information(referral_id=referral.pk, by=referral.created_by, now=later, answer=answer)
    record(kind="referral.viewed", by=referral.claimed_by, subject=referral, now=NOON + timedelta(minutes=30))
    actions.accept(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1), **ACCEPTANCE
    )
    case = Case.objects.get(referral=referral)
    from_manager = {"by": a_user(Role.MANAGER), "now": NOON + timedelta(hours=2)}
    return casework_actions.assign(case_id=case.pk, case_owner=a_user(Role.CASE_OWNER), **from_manager)


def page(name: str, referral: Referral, by: User) -> str:
    return signed_in(by).get(reverse(name, args=[referral.reference])).text


@pytest.mark.parametrize(
    "name",
    ["casework:detail", "casework:referral", "decisions:detail", "engagement:case", "material:of_case"],
)
def test_what_the_force_answered_is_on_every_tab_of_the_case(name: str) -> None:
    case = an_answered_case()
    assert CHILDREN in page(name, case.referral, case.case_owner)
    assert CHILDREN in page(name, case.referral, a_user(Role.SENIOR_CASEWORKER))


def test_it_is_in_the_print_of_the_case() -> None:
    case = an_answered_case()
    told = printed(case, by=case.case_owner, now=NOON)["told"]
    assert any(CHILDREN in words for _, _, words in told)


@pytest.mark.parametrize("name", ["referrals:assessment", "referrals:decide", "referrals:accept"])
def test_it_is_beside_the_rules_before_anybody_decides(name: str) -> None:
    referral = with_a_question()
    answer = {"by": referral.created_by, "now": NOON + timedelta(minutes=25), "answer": CHILDREN}
    actions.answer_information(referral_id=referral.pk, **answer)
    assert CHILDREN in page(name, referral, referral.claimed_by)


def test_every_way_in_which_a_force_tells_something_is_told() -> None:
    case = an_answered_case()
    referral, now = case.referral, NOON + timedelta(hours=3)
    desk = a_user(Role.REFERRALS_OFFICER)
    enquiry = desk_actions.log(
        by=desk, now=now, asker="force", force=referral.force, caller="PC Ashdown", contact="101",
        question="He has told us he is seventeen.",
    )  # fmt: skip
    desk_actions.link(enquiry_id=enquiry.pk, by=desk, now=now, reference=referral.reference)
    request = with_force(case=case)
    support_actions.accept(request_id=request.pk, by=a_lead(request), now=now, answer="His sister is ill.")
    officer = a_user(Role.POLICE_OFFICER)
    support_actions.add_message(request_id=request.pk, by=officer, now=now, text="He has a new address.")
    material = requested(case=case)
    material_actions.write_message(material_id=material.pk, by=officer, now=now, text="A witness withdrew.")
    words = " ".join(each.words for each in told_by_forces(referral, case.case_owner))
    for said in (CHILDREN, "seventeen", "sister is ill", "new address", "witness withdrew"):
        assert said in words


def test_what_it_answered_about_an_operation_is_told_in_one_statement(
    django_assert_num_queries: Any,
) -> None:
    case = an_answered_case()
    officer = a_user(Role.POLICE_OFFICER)
    accepted(officer=officer, case=case)
    with django_assert_num_queries(1):
        found = told_by_forces(case.referral, case.case_owner)
    kinds = [each.kind for each in found]
    assert (
        "Answer about arrest" in kinds
        and "Answer to the Referrals Office, " + case.referral.reference in kinds
    )
    assert found[0].at >= found[-1].at and all(each.by for each in found)
    answer = next(each for each in found if each.kind == "Answer about arrest")
    assert (answer.by, answer.words) == (str(officer), "Response team 2.")
    assert signed_in(case.case_owner).get(answer.path).status_code == 200


def test_the_force_itself_does_not_read_the_list() -> None:
    case = an_answered_case()
    assert "What the police told us" not in page("referrals:detail", case.referral, case.referral.created_by)


def test_without_a_part_the_list_would_be_short(monkeypatch: Any) -> None:
    case = an_answered_case()
    assert told_by_forces(case.referral, case.case_owner)
    monkeypatch.setattr("referrals.told_by_forces.referral_parts", list)
    assert not told_by_forces(case.referral, case.case_owner)
    assert CHILDREN not in page("casework:detail", case.referral, case.case_owner)


def test_not_known_is_said_in_the_head_of_every_page() -> None:
    referral = in_triage(has_children="not_known")
    assert "Children: not known" in page("referrals:detail", referral, referral.claimed_by)
    case = an_answered_case()
    assert "Children: not known" in page("casework:detail", case.referral, case.case_owner)


def test_the_frozen_assessment_says_that_information_was_added_since() -> None:
    case = an_answered_case()
    stale = "Information was added on"
    assert stale not in page("casework:detail", case.referral, case.case_owner)
    request = with_force(case=case)
    later = NOON + timedelta(days=2)
    support_actions.accept(request_id=request.pk, by=a_lead(request), now=later, answer="His sister is ill.")
    assert stale in page("casework:detail", case.referral, case.case_owner)
    desk = a_user(Role.REFERRALS_OFFICER)
    assert "The assessment does not know it." in page("referrals:assessment", case.referral, desk)


def test_the_force_reads_where_its_case_is_and_what_is_asked_of_it() -> None:
    case = an_answered_case()
    requested(case=case)
    text = page("referrals:detail", case.referral, case.referral.created_by)
    assert "Also asked of your force on this referral" in text and "Send the summary" in text
    progress(case, "evidence")
    assert "Accepted: " in page("referrals:detail", case.referral, case.referral.created_by)

"""Who may ask, answer and go on with a request, and for which cases."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Case
from casework.support import actions
from casework.support.models import SupportRequest
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.models import SpecialConditionsFlag
from tests.builders import a_flag_only_case, a_force, a_user, an_assigned_case, with_outcome
from tests.casework.support.builders import (
    ANSWERS,
    ASKED_AT,
    a_draft,
    submitted,
    taking_part,
    value_added,
    with_force,
)

pytestmark = pytest.mark.django_db


def test_a_case_without_its_flag_is_not_eligible_and_not_passed_on() -> None:
    draft, waiting = a_draft(), submitted()
    office = a_user(Role.REFERRALS_OFFICER)
    for request in (draft, waiting):
        assert request.referral
        referral_actions.remove_flag(
            referral_id=request.referral.pk,
            by=office,
            now=ASKED_AT,
            reason="The force has no interest any more.",
        )
    assert SpecialConditionsFlag.objects.filter(removed_at=None).count() == 0
    with pytest.raises(Refused, match="no longer eligible"):
        actions.submit(request_id=draft.pk, by=draft.asked_by, now=ASKED_AT)
    with pytest.raises(Refused, match="no longer eligible"):
        actions.pass_on(request_id=waiting.pk, by=office, now=ASKED_AT)


def test_another_case_owner_reads_and_a_senior_caseworker_may_act() -> None:
    case = an_assigned_case()
    other, senior = a_user(Role.CASE_OWNER), a_user(Role.SENIOR_CASEWORKER)
    with pytest.raises(Refused, match="is the case-owner"):
        a_draft(case=case, by=other)
    request = with_force(case=case)
    assert SupportRequest.objects.visible_to(other).get() == request
    with pytest.raises(Refused, match="is the case-owner"):
        actions.cancel(request_id=request.pk, by=other, now=ASKED_AT, reason="Mine to give back.")
    actions.cancel(request_id=request.pk, by=senior, now=ASKED_AT, reason="Found on another file.")


def test_nothing_is_asked_on_a_case_that_is_over() -> None:
    case = an_assigned_case()
    with_outcome(case)
    with pytest.raises(Refused, match="Outcome recorded"):
        a_draft(case=Case.objects.get(pk=case.pk), by=case.case_owner)


def test_liverpool_does_not_act_on_what_criminal_casework_asked() -> None:
    request, senior = submitted(), a_user(Role.SENIOR_CASEWORKER)
    with pytest.raises(Refused, match="of Criminal Casework made this request"):
        actions.cancel(request_id=request.pk, by=senior, now=ASKED_AT, reason="Ours to deal with.")


def test_value_added_activity_is_asked_of_forces_that_take_part() -> None:
    with pytest.raises(Refused, match="West Midlands Police does not take part"):
        value_added(force=a_force("20"))
    request = value_added()
    assert request.is_value_added and request.commitment == "value_added"
    force = request.force
    type(force).objects.filter(pk=force.pk).update(value_added_activity=False)
    with pytest.raises(Refused, match="does not take part"):
        actions.submit(request_id=request.pk, by=request.asked_by, now=ASKED_AT)
    taking_part()
    submitted(request)
    for blank in ("own_reference", "subject_name"):
        with pytest.raises(Refused, match="Enter"):
            value_added(by=request.asked_by, **{blank: " "})
    with pytest.raises(PermissionDenied):
        value_added(by=a_user(Role.CASE_OWNER))


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.MANAGER, Role.REFERRALS_OFFICER, Role.CIO_HMI])
def test_who_may_not_ask(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        a_draft(case=a_flag_only_case(), by=a_user(role))


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_only_the_lead_answers_for_the_force(verb: str) -> None:
    request = with_force()
    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(
            request_id=request.pk, by=a_user(Role.POLICE_OFFICER), now=ASKED_AT, **ANSWERS[verb]
        )


def test_another_force_does_not_find_it() -> None:
    request, lead = with_force(), a_user(Role.FORCE_LEAD, force=a_force("06"))
    with pytest.raises(SupportRequest.DoesNotExist):
        actions.accept(request_id=request.pk, by=lead, now=ASKED_AT, answer="Yes.")

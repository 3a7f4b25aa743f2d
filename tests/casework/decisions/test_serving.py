"""How a decision is served: by the police in an authorised operation, by other means under a rule, never half of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework import actions as casework_actions
from casework.decisions import actions
from casework.decisions.models import Decision
from casework.engagement.models import Engagement
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import NOON, SERVICE, a_made_decision, a_user, an_assigned_case
from tests.casework.engagement.builders import DAWN, accepted, at, tasked

pytestmark = pytest.mark.django_db
NOW = DAWN + timedelta(hours=3)


@pytest.fixture
def cio() -> User:
    return a_user(Role.CIO_HMI)


def service(case: Case, **answers: Any) -> dict[str, Any]:
    day = timezone.localdate(NOW)
    in_person = {**SERVICE, "how": "in_person", "rule": "", "by_whom": "PC Ashdown"}
    return {"by": case.case_owner, "now": NOW, "on": day, "document_on": day, **in_person, **answers}


def test_serving_in_person_by_the_police_needs_a_live_authorised_operation_and_links_it(cio: User) -> None:
    case = an_assigned_case()
    decision = a_made_decision(case)
    served: dict[str, Any] = {"decision_id": decision.pk}
    with pytest.raises(Refused, match="Select the authorised operation in which the police served it"):
        actions.serve(**served, **service(case))
    asked = tasked(case=case, cio=cio, kind="serving_papers")
    with pytest.raises(Refused, match="The force did not accept this operation"):
        actions.serve(**served, **service(case, operation=asked))
    other = accepted(officer=a_user(Role.POLICE_OFFICER), cio=cio, case=an_assigned_case())
    with pytest.raises(Refused, match="Select the authorised operation"):
        actions.serve(**served, **service(case, operation=other))
    operation = accepted(officer=a_user(Role.POLICE_OFFICER), cio=cio, case=case, kind="serving_papers")
    with pytest.raises(Refused, match="no live authorisation on 25 November 2026"):
        later = NOW + timedelta(days=7)
        days = {"on": timezone.localdate(later), "now": later}
        actions.serve(**served, **{**service(case, operation=operation), **days})
    done = actions.serve(**served, **service(case, operation=operation))
    assert (done.served_under, done.served_rule) == (operation, "")


def test_nobody_is_served_in_an_operation_that_was_stopped_before(cio: User) -> None:
    case = an_assigned_case()
    decision = a_made_decision(case)
    operation = accepted(officer=a_user(Role.POLICE_OFFICER), cio=cio, case=case, kind="serving_papers")
    claim = {"kind": "claim", "since": NOON.date(), "details": "It was made."}
    casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=at(11), **claim)
    with pytest.raises(Refused, match="no live authorisation"):
        stopped = Engagement.objects.get(pk=operation.pk)
        actions.serve(decision_id=decision.pk, **service(case, operation=stopped))


@pytest.mark.parametrize("how", ["by_officer", "post", "representative", "email", "on_file"])
def test_other_means_of_service_name_the_rule_they_rest_on(how: str) -> None:
    case = an_assigned_case()
    decision = a_made_decision(case)
    with pytest.raises(Refused, match="which regulation or article allows this way of service"):
        actions.serve(decision_id=decision.pk, **service(case, how=how))
    rule = "Immigration (Notices) Regulations 2003, regulation 7(2)"
    assert actions.serve(decision_id=decision.pk, **service(case, how=how, rule=rule)).served_rule == rule


def test_the_database_holds_what_a_service_rests_on() -> None:
    decision = a_made_decision(an_assigned_case())
    written = {"served_on": NOON.date(), "served_by": decision.decided_by, "served_at": NOON}
    words = {
        "served_to": "Him",
        "served_by_whom": "Us",
        "served_document": "Notice",
        "served_how": "in_person",
    }
    with pytest.raises(DatabaseError, match="rests_on_an_operation_or_a_rule"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state="served", **written, **words)

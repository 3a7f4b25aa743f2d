"""That a case needs no statement: said with a reason beside what the rules indicate, and withdrawn with one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.material import actions
from casework.material.models import Ask, Material, NoStatement
from casework.material.queries import no_statement_needed, statement_indicated
from casework.material.states import State
from casework.models import Case
from casework.timeline import timeline
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from referrals.models import Referral
from referrals.rules.terms import StatementNeed
from tests.builders import ACCEPTANCE, a_user, an_assigned_case, with_outcome
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    ASKED,
    NOW,
    commissioned,
    fresh,
    not_needed,
    officer_of,
    owner_of,
    refusal,
    requested,
    reviewed,
)

pytestmark = pytest.mark.django_db
BECAUSE = "The conviction of March is enough."


def recorded(case: Case, **changed: object) -> NoStatement:
    given = {"by": case.case_owner, "now": NOW, "because": BECAUSE, **changed}
    return actions.need_no_statement(case_id=case.pk, **given)


def withdrawn(case: Case, **changed: object) -> NoStatement:
    given = {"by": case.case_owner, "now": NOW, "reason": "It was quashed on appeal.", **changed}
    return actions.withdraw_no_statement(case_id=case.pk, **given)


def test_it_is_recorded_on_a_case_nothing_was_asked_for_and_withdrawn() -> None:
    case = an_assigned_case()
    assert no_statement_needed(case) is None
    said = recorded(case)
    assert no_statement_needed(case) == said and said.indication == statement_indicated(case)
    told = AuditEvent.objects.get(kind="material.no_statement_recorded")
    assert (told.reason, told.detail["indication"]) == ("", said.indication)  # the words stay with the case
    withdrawn(case)
    assert no_statement_needed(case) is None
    assert AuditEvent.objects.get(kind="material.no_statement_withdrawn").reason == ""
    titles = [entry.title for entry in timeline(case).entries]
    assert {"No statement needed", "A statement may be needed after all"} <= set(titles)
    assert recorded(case).pk != said.pk


def test_an_open_summary_is_not_asked_for_any_more_and_a_sent_one_is_reviewed_again() -> None:
    asked = requested()
    recorded(asked.case)
    assert fresh(asked).state == State.NOT_NEEDED and not Ask.objects.filter(closed_at=None).exists()
    assert Notification.objects.filter(kind="material_not_asked", person=officer_of(asked)).exists()
    withdrawn(asked.case)
    assert fresh(asked).state == State.NOT_NEEDED  # nothing was sent: ask anew
    material = reviewed()
    recorded(material.case)
    withdrawn(material.case)
    material = fresh(material)
    assert (material.state, material.reviewed_at, material.not_needed_because) == (
        "summary_received",
        None,
        "",
    )


def test_nothing_is_asked_for_while_it_stands() -> None:
    material = not_needed()
    senior, one = a_user(Role.SENIOR_CASEWORKER), {"by": owner_of(material), "now": NOW, **ASKED}
    assert "Withdraw that first" in refusal(lambda: requested(case=material.case))
    early = {**one, "by": senior, "override_reason": "Needed now for the hearing."}
    assert "Withdraw that first" in refusal(lambda: actions.commission(material_id=material.pk, **early))
    withdrawn(material.case)
    assert actions.commission(material_id=material.pk, **early).state == State.COMMISSIONED


def test_it_needs_a_reason_a_worked_case_and_no_statement_and_is_said_once() -> None:
    case = an_assigned_case()
    assert "Enter why no statement" in refusal(lambda: recorded(case, because=" "))
    assert "is not recorded" in refusal(lambda: withdrawn(case))
    recorded(case)
    assert "already recorded" in refusal(lambda: recorded(case))
    assert "Enter why a statement" in refusal(lambda: withdrawn(case, reason=""))
    assert "A statement is asked for in “Assaults" in refusal(lambda: recorded(commissioned().case))
    ended = an_assigned_case()
    with_outcome(ended)
    assert "you cannot ask for material" in refusal(lambda: recorded(Case.objects.get(pk=ended.pk)))


def test_only_whose_case_it_is_and_senior_caseworkers() -> None:
    case = an_assigned_case()
    assert "is the case-owner" in refusal(lambda: recorded(case, by=a_user(Role.CASE_OWNER)))
    for role in (Role.MANAGER, Role.SPECIALIST_APPEALS, Role.CIO_HMI):
        with pytest.raises(PermissionDenied):
            recorded(case, by=a_user(role))
    with pytest.raises(Case.DoesNotExist):
        recorded(case, by=case.referral.created_by)
    assert recorded(case, by=a_user(Role.SENIOR_CASEWORKER)).pk


def test_the_database_refuses_a_second_one_a_change_and_one_beside_a_statement() -> None:
    case = an_assigned_case()
    said = recorded(case)
    row = {
        "because": "A second account",
        "indication": "required",
        "recorded_by": case.case_owner,
        "recorded_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        NoStatement.objects.create(case=case, **row)
    with pytest.raises(DatabaseError), transaction.atomic():
        NoStatement.objects.create(case=commissioned().case, **row)
    rows = NoStatement.objects.filter(pk=said.pk)
    for change in (
        lambda: rows.update(because="Another account of the night"),
        lambda: rows.update(withdrawn_at=NOW),
        rows.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    withdrawn(case)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")


def test_the_database_commissions_no_statement_while_it_stands() -> None:
    material = reviewed()
    rows = Material.objects.filter(pk=not_needed().pk)
    with pytest.raises(DatabaseError, match="needs no statement"), transaction.atomic():
        rows.update(state=State.COMMISSIONED)
    assert actions.commission(material_id=material.pk, by=owner_of(material), now=NOW, **ASKED).pk
    withdrawn(rows.get().case)
    senior = a_user(Role.SENIOR_CASEWORKER)
    early = {**ASKED, "override_reason": "Needed now for the hearing."}
    assert actions.commission(material_id=rows.get().pk, by=senior, now=NOW, **early).commissioned_at


def test_the_case_is_locked_before_its_material() -> None:
    """Recording that no statement is needed takes them in this order: the other way round they would wait for
    each other."""
    material = reviewed()
    with CaptureQueriesContext(connection) as queries:
        actions.commission(material_id=material.pk, by=owner_of(material), now=NOW, **ASKED)
    locked = [
        query["sql"].split("FOR UPDATE OF ")[1] for query in queries if "FOR UPDATE OF " in query["sql"]
    ]
    assert locked[:2] == ['"casework_case"', '"material_material"']


def test_the_pages_show_what_the_rules_indicate_beside_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCEPTANCE, "significant_conviction", False)
    case = an_assigned_case()
    Referral.objects.filter(pk=case.referral_id).update(immigration_status="indefinite_leave")
    client, reference = signed_in(case.case_owner), [case.referral.reference]
    path = reverse("material:need_no_statement", args=reference)
    text = client.get(path).content.decode()
    assert statement_indicated(Case.objects.get(pk=case.pk)) == StatementNeed.REQUIRED
    assert "The rules indicate that a statement is required" in text and "Judgement at triage" in text
    assert "Enter why no statement is needed" in client.post(path, {"because": " "}).content.decode()
    assert client.post(path, {"because": BECAUSE}).status_code == 302
    tab = client.get(reverse("material:of_case", args=reference)).content.decode()
    assert BECAUSE in tab and "Request a summary" not in tab and "Withdraw “no statement needed”" in tab
    again = client.get(path)
    assert again.status_code == 409 and "already recorded" in again.content.decode()
    withdraw = reverse("material:withdraw_no_statement", args=reference)
    assert client.post(withdraw, {"reason": "The conviction was quashed."}).status_code == 302

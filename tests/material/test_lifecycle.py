"""Nexus material from the request to service: every move, every refusal, who may, and what the database refuses."""

from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Approval, Ask, Material, Record, Version
from casework.material.permissions import WHO_MAY
from casework.material.queries import approved_for
from casework.material.states import MOVES, State
from casework.models import Case
from casework.states import State as CaseState
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import a_force, a_user, an_assigned_case, with_outcome
from tests.material.builders import (
    AGAIN,
    ASKED,
    IN_STATE,
    NOW,
    STATEMENT,
    answers_of,
    approved,
    checked,
    commissioned,
    fresh,
    officer_of,
    owner_of,
    read,
    received,
    relied_on,
    requested,
    reviewed,
    sent,
    served,
    summarised,
    with_appeals,
)

pytestmark = pytest.mark.django_db

GIVEN: dict[str, dict[str, Any]] = {
    "return_summary": AGAIN,
    "review_summary": {"relevant": True, "applicable": True, "reasons": "It bears on the threat."},
    "commission": ASKED,
    "reject": AGAIN,
    "check_statement": {"points": {}, "paragraphs": {}, "records": {}},
    "approve": {"reasons": "It is fit."},
    "rely_on": {},
    "ask_for_appeals_review": {"question": "An appeal is likely."},
    "advise": {"issues": "None.", "advice": "Serve it."},
    "serve": {"served_on": NOW.date(), "how": "By hand"},
    "supersede": {"reason": "Replaced."},
}


def do(verb: str, material: Material, by: User, **changed: Any) -> Any:
    return getattr(actions, verb)(material_id=material.pk, by=by, now=NOW, **{**GIVEN[verb], **changed})


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_from_the_request_to_service() -> None:
    material = served()
    assert [change.verb for change in material.changes.all()] == [
        "request_summary",
        "supply_summary",
        "review_summary",
        "commission",
        "supply_statement",
        "check_statement",
        "approve",
        "rely_on",
        "ask_for_appeals_review",
        "advise",
        "serve",
    ]
    kinds = AuditEvent.objects.filter(subject_type="material.material").values_list("kind", flat=True)
    done = {f"material.{move.done}" for verb, move in MOVES.items()}
    never = {
        "material.summary_returned",
        "material.rejected",
        "material.needs_no_statement",
        "material.to_be_reviewed_again",
    }
    assert done - never - {"material.superseded"} <= set(kinds)
    assert Case.objects.get(pk=material.case_id).last_progress_at == NOW
    told_outside = AuditEvent.objects.filter(kind="material.commissioned").latest("pk")
    assert told_outside.recipient == material.case.referral.force.name


def test_no_verb_moves_material_from_a_state_that_is_not_in_its_row() -> None:
    """Every state the row does not name, asked of the table; the action refuses one of them."""
    ended = {State.SUPERSEDED: IN_STATE[State.SUPERSEDED](), State.NOT_NEEDED: IN_STATE[State.NOT_NEEDED]()}
    senior, appeals = a_user(Role.SENIOR_CASEWORKER), a_user(Role.SPECIALIST_APPEALS)
    for verb in GIVEN:
        assert all(
            Material(state=state).reasons_not_to_move(verb) for state in set(State) - set(MOVES[verb].source)
        )
        material = ended[State.SUPERSEDED if verb != "supersede" else State.NOT_NEEDED]
        assert "is now" in refusal(lambda: do(verb, material, appeals if verb == "advise" else senior))  # noqa: B023


def test_the_database_refuses_a_move_that_no_verb_makes() -> None:
    material = requested()
    with pytest.raises(DatabaseError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(state=State.APPROVED)
    with pgtrigger.ignore("material.Material:only_legal_moves"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.filter(pk=material.pk).update(state=State.APPROVED)


def test_only_the_roles_of_the_table_may() -> None:
    material = requested()
    for by in [a_user(role) for role in Role]:
        for verb in GIVEN:
            if by.role not in WHO_MAY["view"]:
                with pytest.raises(Material.DoesNotExist):
                    do(verb, material, by)
            elif by.role not in WHO_MAY[verb]:
                with pytest.raises(PermissionDenied):
                    do(verb, material, by)


def test_another_force_does_not_find_it_and_another_case_owner_is_refused() -> None:
    material = requested()
    foreign = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    with pytest.raises(Material.DoesNotExist):
        actions.save_draft(material_id=material.pk, by=foreign, now=NOW, author="PC", text="Text")
    other = a_user(Role.CASE_OWNER)
    assert "is the case-owner" in refusal(lambda: do("supersede", material, other))
    lead = a_user(Role.FORCE_LEAD)
    assert (
        actions.save_draft(material_id=material.pk, by=lead, now=NOW, author="PC", text="T").draft_text == "T"
    )


# What is asked.


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "Enter what the material is about."),
        ({"what": ""}, "Enter what the summary is to say."),
        ({"why": ""}, "Enter why the summary is asked for."),
        ({"due_on": NOW.date().replace(day=1)}, "The date of the summary must be today or later."),
        ({"fit_for_force": None}, "Confirm that what the force reads holds no legal advice"),
    ],
)
def test_a_request_says_what_why_and_when_and_is_fit_for_the_force(changed: Any, sentence: str) -> None:
    assert sentence in refusal(lambda: requested(**changed))


def test_nothing_is_asked_of_a_case_nobody_works_or_that_has_ended() -> None:
    material = summarised()
    with_outcome(material.case)
    assert "no material can be asked for" in refusal(lambda: requested(case=fresh(material).case))
    assert "has an outcome" in refusal(lambda: do("return_summary", material, owner_of(material)))
    message = {"material_id": material.pk, "now": NOW, "text": "Hello"}
    assert "has an outcome" in refusal(lambda: actions.write_message(by=officer_of(material), **message))


def test_an_ended_case_asks_nothing_of_the_force() -> None:
    material = requested()
    assert Ask.objects.visible_to(officer_of(material)).open().count() == 1
    with_outcome(material.case)
    assert not Ask.objects.open().exists()
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    assert "has an outcome" in refusal(lambda: actions.supply(**one))


# The summary first.


@pytest.mark.parametrize("make", [requested, summarised, lambda: reviewed(relevant=False)])
def test_a_statement_waits_for_a_reviewed_summary_unless_a_senior_overrides(make: Any) -> None:
    material = make()
    owner, senior = owner_of(material), a_user(Role.SENIOR_CASEWORKER)
    assert "Review a summary first" in refusal(lambda: do("commission", material, owner))
    reason = {"override_reason": "A trial is listed next week."}
    assert "Only a Senior Caseworker" in refusal(lambda: do("commission", material, owner, **reason))
    assert "Enter why the statement comes" in refusal(lambda: do("commission", material, senior))
    done = do("commission", material, senior, **reason)
    assert (done.state, done.override_reason) == (State.COMMISSIONED, reason["override_reason"])
    assert AuditEvent.objects.get(kind="material.commissioned").reason == reason["override_reason"]
    assert Ask.objects.filter(material=material, closed_at=None).get().kind == "statement"
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(override_reason="")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"relevant": None}, "Select whether the material is relevant"),
        ({"applicable": None}, "Select whether the material is applicable"),
        ({"reasons": ""}, "Enter the reasons of the review."),
    ],
)
def test_a_review_answers_both_questions_with_reasons(changed: Any, sentence: str) -> None:
    material = summarised()
    assert sentence in refusal(lambda: do("review_summary", material, owner_of(material), **changed))


# What the force sends.


def test_the_force_sends_numbered_paragraphs_and_records_that_stay_as_they_are() -> None:
    material = received(records=2)
    version = material.versions.get(kind="statement")
    assert version.paragraphs == [
        "I am a police constable.",
        "On 4 March 2026 I saw the assault.",
        "My colleague saw it too.",
    ]
    assert version.sha256 == version.digest() and version.ask.records.count() == 2
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(paragraphs=["Other"]),
        version.delete,
        lambda: Record.objects.filter(ask=version.ask).update(description="Other"),
        lambda: Record.objects.filter(ask=version.ask).delete(),
        lambda: version.ask.records.create(file=version.ask.records.first().file, description="More"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_sent_without_a_text_or_an_author_or_twice() -> None:
    material = requested()
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    said = refusal(lambda: actions.supply(**one))
    assert "Write the text" in said and "Enter whose summary it is." in said
    actions.save_draft(**one, author="PC Ashdown", text="x" * 6001)
    assert "Paragraph 1 is longer" in refusal(lambda: actions.supply(**one))
    sent(material, "Enough.")
    assert "Nothing is asked of your force here any more." in refusal(lambda: actions.supply(**one))


def test_a_new_version_begins_with_what_was_sent_and_keeps_the_old_one() -> None:
    material = received(records=1)
    assert "Enter what is wrong" in refusal(lambda: do("reject", material, owner_of(material), what=""))
    do("reject", material, owner_of(material))
    asked = material.asks.get(closed_at=None)
    assert asked.again and asked.draft_author and asked.records.count() == 1
    assert "2. " not in asked.draft_text and "I saw the assault." in asked.draft_text
    second = sent(fresh(material), STATEMENT + "\n\nThe source is graded B2.")
    assert (second.number, fresh(material).state) == (2, State.RECEIVED)
    assert material.versions.filter(kind="statement").count() == 2


# The check and the approval.


def test_a_check_answers_every_point_every_paragraph_and_every_record() -> None:
    material = received()
    version = material.versions.get(kind="statement")
    given = answers_of(version, said={2: Judgement("redacted", "the moon"), 3: Judgement("")})
    given["points"]["graded"] = None
    given["records"] = {}
    said = refusal(lambda: do("check_statement", material, owner_of(material), **given))
    assert "Are the sources of intelligence graded?" in said
    assert "“the moon” does not stand in paragraph 2" in said
    assert "Select whether paragraph 3 may be disclosed." in said
    assert "Select whether the record “Crime report 0” may be disclosed." in said


def test_a_senior_who_neither_checked_nor_commissioned_approves_what_they_have_read() -> None:
    material = checked()
    senior = a_user(Role.SENIOR_CASEWORKER)
    assert "Open and read" in refusal(lambda: do("approve", material, senior))
    read(material, senior)
    assert "Enter why" in refusal(lambda: do("approve", material, senior, reasons=""))
    approval = do("approve", material, senior)
    assert approval.sha256 == approval.version.digest()
    assert list(approved_for(material.case)) == [material]


def test_nobody_approves_their_own_check_or_commission() -> None:
    senior = a_user(Role.SENIOR_CASEWORKER)
    material = checked(by=senior)
    read(material, senior)
    assert "You checked this statement." in refusal(lambda: do("approve", material, senior))
    early = requested()
    do("commission", early, senior, override_reason="Urgent.")
    version = sent(fresh(early), STATEMENT)
    do("check_statement", early, owner_of(early), **answers_of(version))
    read(early, senior)
    assert "You commissioned this statement." in refusal(lambda: do("approve", early, senior))


@pytest.mark.parametrize("own", ["checked_by", "commissioned_by"])
def test_the_database_refuses_an_approval_of_ones_own(own: str) -> None:
    """Also with copies that are not true."""
    material = checked(by=a_user(Role.SENIOR_CASEWORKER))
    version = material.versions.get(kind="statement")
    check = version.checks.get()
    row = {
        "of_check": check,
        "version": version,
        "sha256": version.sha256,
        "reasons": "Fit.",
        "approved_at": NOW,
        "checked_by": check.checked_by,
        "commissioned_by": material.commissioned_by,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(**row, approved_by=row[own])
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.create(**{**row, own: a_user(Role.SENIOR_CASEWORKER)}, approved_by=row[own])


def test_what_the_check_found_wrong_is_not_approved() -> None:
    material = checked(failing=("graded", "records"), said={n: Judgement("no") for n in (1, 2, 3)})
    said = refusal(lambda: do("approve", material, a_user(Role.SENIOR_CASEWORKER)))
    assert "Its sources are not graded." in said and "records are not attached" in said
    assert "No paragraph may be disclosed" in said


# The lock.


def sabotage(version: Version) -> None:
    """Somebody with the database in their hands changes a sent text."""
    with pgtrigger.ignore("material.Version:written_once"):
        Version.objects.filter(pk=version.pk).update(paragraphs=["I saw nothing."])


def test_a_changed_text_is_neither_approved_nor_relied_on() -> None:
    material = checked()
    sabotage(material.versions.get(kind="statement"))
    assert "not as they were sent" in refusal(lambda: do("approve", material, a_user(Role.SENIOR_CASEWORKER)))
    locked = approved()
    sabotage(locked.approval.version)
    assert "not as they were sent" in refusal(lambda: do("rely_on", locked, owner_of(locked)))
    assert fresh(locked).state == State.APPROVED


def test_a_change_after_approval_is_a_new_version_with_a_new_approval() -> None:
    material = relied_on()
    assert "Only a Senior Caseworker" in refusal(lambda: do("reject", material, owner_of(material)))
    assert "Only a Senior Caseworker" in refusal(lambda: do("supersede", material, owner_of(material)))
    do("reject", material, a_user(Role.SENIOR_CASEWORKER))
    assert not approved_for(material.case).exists() and Approval.objects.count() == 1
    sent(fresh(material), STATEMENT)
    assert fresh(material).approval is None


def test_in_a_challenged_case_specialist_appeals_come_before_service() -> None:
    material = relied_on()
    with pgtrigger.ignore("casework.Case:only_legal_moves"):
        Case.objects.filter(pk=material.case_id).update(state=CaseState.CHALLENGED)
    material = fresh(material)
    assert "Specialist Appeals must review" in refusal(lambda: do("serve", material, owner_of(material)))
    appeals = a_user(Role.SPECIALIST_APPEALS)
    do("ask_for_appeals_review", material, appeals)
    assert "Enter your advice." in refusal(lambda: do("advise", material, appeals, advice=""))
    do("advise", material, appeals)
    later = NOW.date().replace(day=28)
    assert "today or in the past" in refusal(
        lambda: do("serve", material, owner_of(material), served_on=later)
    )
    assert do("serve", material, owner_of(material)).state == State.SERVED


def test_specialist_appeals_advise_and_edit_nothing() -> None:
    inside = {verb for verb, roles in WHO_MAY.items() if Role.SPECIALIST_APPEALS in roles}
    assert inside == {"view", "view_inside", "view_bundle", "ask_for_appeals_review", "advise"}
    assert with_appeals().state == State.WITH_APPEALS


def test_the_force_may_do_nothing_but_supply() -> None:
    outside = {verb for verb, roles in WHO_MAY.items() if POLICE_ROLES & roles}
    supplies = {"save_draft", "attach_record", "remove_record", "supply", "write_message"}
    assert outside == supplies | {"view", "view_asked"}


def test_both_sides_write_in_one_thread() -> None:
    material = commissioned()
    one = {"material_id": material.pk, "now": NOW}
    assert "Enter your message." in refusal(
        lambda: actions.write_message(**one, by=owner_of(material), text=" ")
    )
    actions.write_message(**one, by=owner_of(material), text="Which incidents?")
    actions.write_message(**one, by=officer_of(material), text="Those of March.")
    assert [message.from_force for message in material.messages.all()] == [False, True]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE material_message SET text = ''")


def test_a_record_may_be_taken_away_before_sending() -> None:
    material = fresh(requested(case=an_assigned_case()))
    from_force = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    sent_with = sent(material, "Enough.", records=1)
    with pytest.raises(Refused):
        actions.remove_record(**from_force, record_id=sent_with.ask.records.get().pk)

"""An outcome names what still goes on: each is ended, or a named person says why it goes on; and nothing is tasked after it."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from casework import actions, readiness
from casework.actions import outcome as outcomes
from casework.decisions import actions as decision_actions
from casework.decisions.queries import hearings_to_come
from casework.engagement import actions as operations
from casework.engagement.models import Engagement
from casework.material.models import Ask
from casework.models import Case
from casework.support import actions as support_actions
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_challenge,
    a_user,
    all_carried_over,
    an_assigned_case,
    ready_for_removal,
    with_outcome,
)
from tests.casework.decisions.test_hearings import listed, recorded
from tests.casework.desk import address, signed_in, today, typed
from tests.casework.engagement.builders import at, authorised, tasked
from tests.casework.material.builders import requested as material_asked
from tests.casework.support.builders import with_force

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)
ENDED: dict[str, Any] = {
    "outcome": "left_voluntarily",
    "outcome_on": LATER.date(),
    "reasons": "The subject left by air on Tuesday.",
}


def end(case: Case, **values: Any) -> Case:
    return actions.record_outcome(case_id=case.pk, by=case.case_owner, now=LATER, **{**ENDED, **values})


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return found.value.reasons


def much_going_on() -> Case:
    """A live operation, an appeal with a hearing, police support, and a statement asked of the force."""
    case = an_assigned_case()
    tasked(case=case)
    with_force(case=case)
    material_asked(case=case)
    listed(a_challenge(case), witnesses="", to_bring="")
    return Case.objects.get(pk=case.pk)


def test_an_outcome_names_what_still_goes_on_and_waits_for_each() -> None:
    case = much_going_on()
    named = refused(lambda: end(case))
    assert len(named) == 4
    for said in (
        "The arrest by West Midlands Police",
        "Police support (",
        "The force is asked for",
        "Appeal of",
    ):
        assert any(reason.startswith(said) for reason in named), said
    assert any("with hearings to record: " in reason for reason in named)
    some = all_carried_over(case, "left_voluntarily", LATER.date())
    challenge = next(key for key in some if key.startswith("challenge"))
    assert len(refused(lambda: end(case, carried_over={**some, challenge: "x"}))) == 1, (
        "a reason says something"
    )
    assert end(case, carried_over=some).outcome == "left_voluntarily"
    kept = case.carried_over.all()
    assert {(each.key, each.reason, each.by) for each in kept} == {
        (key, "It goes on until it is recorded.", case.case_owner) for key in some
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.update(reason="Another.")


@pytest.mark.usefixtures("the_week_after")
def test_the_page_of_the_outcome_asks_of_each_why_it_goes_on() -> None:
    case = an_assigned_case()
    engagement = tasked(case=case)
    client, where = signed_in(case.case_owner), address("record_outcome", case)
    form = unescape(client.get(where).content.decode())
    assert f'name="carry_operation_{engagement.pk}"' in form and "The arrest by West Midlands Police" in form
    answers = {**ENDED, **typed("outcome_on", today()), "step": "confirm"}
    answer = client.post(where, answers)
    assert answer.status_code == 409 and "Or enter why it is carried over" in answer.content.decode()
    why = {f"carry_operation_{engagement.pk}": "The force records what it did tomorrow."}
    checked = client.post(where, {**answers, **why, "step": ""}).content.decode()
    assert "What goes on after it" in checked and "The force records what it did tomorrow." in checked
    client.post(where, {**answers, **why})
    shown = client.get(reverse("casework:detail", args=[case.referral.reference])).content.decode()
    assert "Carried over" in shown and "The force records what it did tomorrow." in shown


def test_a_hearing_under_an_open_challenge_never_leaves_the_list() -> None:
    case = an_assigned_case()
    challenge = a_challenge(case)
    hearing = listed(challenge, witnesses="", to_bring="", on=date(2026, 12, 3))
    with_outcome(Case.objects.get(pk=case.pk), outcome="left_voluntarily")
    assert case.case_owner and list(hearings_to_come(case.case_owner)) == [hearing]
    again = listed(challenge, witnesses="", to_bring="", on=date(2026, 12, 10))
    said = refused(lambda: listed(challenge, on=date(2026, 12, 17)))
    assert said == ["This case has an outcome, so officers cannot be asked to come. Leave the witnesses out."]
    recorded(hearing)
    assert list(hearings_to_come(case.case_owner)) == [again]


@pytest.mark.parametrize("outcome", ["dismissed", "allowed"])
def test_a_challenge_is_concluded_after_the_outcome_and_only_then_the_case_closes(outcome: str) -> None:
    case = an_assigned_case()
    challenge = a_challenge(case)
    with_outcome(Case.objects.get(pk=case.pk), outcome="left_voluntarily")
    case = Case.objects.get(pk=case.pk)
    close: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": LATER}
    assert any(reason.startswith("Appeal of") for reason in refused(lambda: actions.close(**close)))
    decision_actions.conclude(
        challenge_id=challenge.pk,
        by=case.case_owner,
        now=LATER,
        outcome=outcome,
        outcome_on=LATER.date(),
        reasons="No error of law on either ground.",
        shared_text="The appeal has ended.",
    )
    assert Case.objects.get(pk=case.pk).outcome == "left_voluntarily"
    assert case.decisions.get().state == ("superseded" if outcome == "allowed" else "served")
    assert actions.close(**close).state == "closed"


def test_a_case_closes_only_when_what_was_carried_over_is_ended() -> None:
    case = an_assigned_case()
    request = with_force(case=case)
    with_outcome(Case.objects.get(pk=case.pk), now=LATER)
    close: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": LATER}
    assert refused(lambda: actions.close(**close))[0].startswith("Police support (")
    support_actions.cancel(request_id=request.pk, by=case.case_owner, now=LATER, reason="He has left the UK.")
    assert actions.close(**close).state == "closed"


def test_sabotage_of_what_goes_on_lets_a_case_close_over_a_live_operation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = an_assigned_case()
    tasked(case=case)
    with_outcome(Case.objects.get(pk=case.pk), now=LATER)
    close: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": LATER}
    assert refused(lambda: actions.close(**close))
    monkeypatch.setattr(outcomes, "unfinished", lambda case: [])
    assert actions.close(**close).state == "closed"


def test_nothing_is_tasked_after_an_outcome() -> None:
    cio = a_user(Role.CIO_HMI)
    case = an_assigned_case()
    engagement = authorised(cio=cio, case=case)
    with_outcome(Case.objects.get(pk=case.pk), now=at(9))
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio, "now": at(10)}
    said = ["This operation is now “Stopped”, so it cannot be tasked."]  # the outcome has stopped it
    assert refused(lambda: operations.task(**one)) == said
    page = signed_in(cio).post(reverse("engagement:task", args=[engagement.pk]))
    assert page.status_code == 409 and said[0] in unescape(page.content.decode())


def test_without_the_action_the_database_refuses() -> None:
    """Sabotage: the row is written past every action, as a faulty one would."""
    case = an_assigned_case()
    engagement = authorised(cio=a_user(Role.CIO_HMI), case=case)
    with_outcome(Case.objects.get(pk=case.pk), now=at(9))
    with pytest.raises(DatabaseError, match="once its case has an outcome"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=at(10), tasked_sha256=engagement.authorisations.get().sha256
        )


def test_what_is_asked_of_the_force_is_asked_no_more_after_the_outcome() -> None:
    case = an_assigned_case()
    material_asked(case=case)
    with_outcome(Case.objects.get(pk=case.pk), now=LATER)
    assert not Ask.objects.open().exists()
    assert actions.close(case_id=case.pk, by=case.case_owner, now=LATER).state == "closed"


def test_a_removal_is_recorded_only_of_somebody_who_was_ready_or_with_a_reason() -> None:
    """The same facts as “Ready for removal”."""
    removed = {"outcome": "removed", "outcome_on": NOON.date() + timedelta(days=28)}
    now = NOON + timedelta(days=28)
    ready = ready_for_removal(an_assigned_case())
    assert (
        actions.record_outcome(case_id=ready.pk, by=ready.case_owner, now=now, **{**ENDED, **removed}).outcome
        == "removed"
    )
    case = an_assigned_case()
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": now, **ENDED, **removed}
    (said,) = refused(lambda: actions.record_outcome(**one))
    assert said.startswith(
        "The record does not show that the subject was ready for removal. No decision has been made."
    )
    Referral.objects.filter(pk=case.referral_id).update(under_18="yes")
    why = {"carried_over": {"readiness": "The escort left before the notice was keyed."}}
    said = refused(lambda: actions.record_outcome(**one, **why))[1]
    assert "appears to be under 18" in said, "no reason overrides a child"


def test_sabotage_of_readiness_lets_a_child_be_recorded_as_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    case = ready_for_removal(an_assigned_case())
    Referral.objects.filter(pk=case.referral_id).update(under_18="yes")
    now = NOON + timedelta(days=28)
    removed: dict[str, Any] = {**ENDED, "outcome": "removed", "outcome_on": now.date()}
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": now, **removed}
    assert refused(lambda: actions.record_outcome(**one))
    monkeypatch.setattr(readiness, "reason_for_a_child", lambda referral, clarified, today: "")
    assert actions.record_outcome(**one).outcome == "removed"

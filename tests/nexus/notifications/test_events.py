"""Each event tells those it concerns, once, with a reference and never with a person's data."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import actions as casework_actions
from casework.reports import actions as report_actions
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.bootstrap import CHECKOUT
from nexus.notifications.actions import choose
from nexus.notifications.kinds import KINDS, Delivery
from nexus.notifications.models import Mail, Notification
from nexus.notifications.writing import message_of
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.duty_desk import actions as duty_desk_actions
from referrals.duty_desk.models import Enquiry
from referrals.models import Referral
from referrals.rules.clocks import Threshold
from referrals.states import ProposalState
from tests.access.world import canary
from tests.builders import (
    NOON,
    a_case,
    a_force,
    a_submitted,
    a_user,
    an_assigned_case,
    in_triage,
    with_a_question,
)
from tests.casework.reports.builders import a_released_report, opened

pytestmark = pytest.mark.django_db
WORD = canary("own", "submitted", "shared")
LATER = NOON + timedelta(hours=3)


def told(kind: str) -> list[User]:
    return [each.person for each in Notification.objects.filter(kind=kind).order_by("person_id")]


def test_the_office_hears_of_a_new_referral_in_nexus_only() -> None:
    here, gone = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER, is_active=False)
    referral = a_submitted()
    assert told("referral_submitted") == [here] and gone not in told("referral_submitted")
    assert not Mail.objects.exists()
    found = Notification.objects.get(kind="referral_submitted")
    assert found.words == f"New in the triage queue: {referral.reference}"
    assert found.target == "/referrals/queue/"


def test_arrivals_are_one_message_an_hour_and_one_e_mail() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    choose(by=officer, now=NOON, choices={"new_referrals": Delivery.INSTANT})
    quiet = a_user(Role.REFERRALS_OFFICER)
    for minute in range(3):
        a_submitted(now=NOON + timedelta(minutes=minute))
    found = Notification.objects.filter(kind="referral_submitted", person=quiet)
    assert [each.words for each in found] == ["New in the triage queue: 3 referrals"]
    Notification.objects.filter(person=quiet).update(read_at=NOON)
    a_submitted(now=NOON + timedelta(minutes=30))
    found = Notification.objects.filter(kind="referral_submitted", person=quiet, read_at=None)
    assert [each.words for each in found] == ["New in the triage queue: 4 referrals"]
    assert Mail.objects.filter(person=officer).count() == 1
    a_submitted(now=NOON + timedelta(hours=1, minutes=1))
    assert Notification.objects.filter(kind="referral_submitted", person=quiet).count() == 2


def test_a_question_tells_who_raised_it_and_the_force_lead() -> None:
    lead = a_user(Role.FORCE_LEAD)
    a_user(Role.FORCE_LEAD, force=a_force("06"))
    referral = with_a_question()
    assert set(told("information_requested")) == {lead, referral.created_by}
    assert Mail.objects.count() == 2


def test_an_answer_tells_who_holds_the_referral() -> None:
    referral = with_a_question()
    actions.answer_information(referral_id=referral.pk, by=referral.created_by, now=LATER, answer="Two.")
    assert told("information_answered") == [referral.claimed_by]


def decide(referral: Referral, verb: str) -> None:
    words: dict[str, Any] = {
        "reasons": "The team in Leeds has had it since May.",
        "balance": "Weighed against status and residence.",
    }
    if verb == "redirect":
        words["destination"] = "national_removal_command"
    getattr(actions, verb)(referral_id=referral.pk, by=referral.claimed_by, now=LATER, **words)


@pytest.mark.parametrize("verb", ["not_accept", "redirect"])
def test_a_decision_tells_who_raised_the_referral(verb: str) -> None:
    referral = in_triage()
    decide(referral, verb)
    assert told("referral_decided") == [referral.created_by]


def test_an_acceptance_too_and_a_second_decision_again() -> None:
    case = a_case()
    assert told("referral_decided") == [case.referral.created_by]
    referral = in_triage()
    decide(referral, "not_accept")
    again = actions.reopen(
        referral_id=referral.pk, by=referral.claimed_by, now=LATER, reason="A statement by the officer."
    )
    decide(again, "not_accept")
    assert Notification.objects.filter(kind="referral_decided", person=referral.created_by).count() == 2


def test_a_case_tells_its_owner_and_the_one_before() -> None:
    case = an_assigned_case()
    first, second = case.case_owner, a_user(Role.CASE_OWNER)
    assert first and told("case_assigned") == [first]
    casework_actions.reassign(
        case_id=case.pk,
        by=a_user(Role.MANAGER),
        now=LATER,
        case_owner=second,
        reason="On leave until January.",
    )
    assert told("case_assigned") == [first, second]
    assert told("case_reassigned") == [first]


def test_a_report_tells_the_force_lead_and_then_the_manager() -> None:
    lead, manager = a_user(Role.FORCE_LEAD), a_user(Role.MANAGER)
    report = a_released_report(by=manager, force=lead.force)
    assert told("report_released") == [lead]
    opened(report, lead, now=LATER + timedelta(days=30))
    from_force = {"by": lead, "now": LATER + timedelta(days=30, minutes=1)}
    report_actions.acknowledge(report_id=report.pk, **from_force)
    assert told("report_acknowledged") == [manager]
    words = Notification.objects.get(kind="report_acknowledged").words
    assert words == "West Midlands Police has acknowledged its progress report"


def an_enquiry(by: User, **given: Any) -> Enquiry:
    asked: dict[str, Any] = {"asker": "ice", "force": None, "caller": WORD, "contact": "", "question": WORD}
    return duty_desk_actions.log(by=by, now=NOON, **asked, **given)


def test_an_answer_of_the_duty_desk_tells_who_asked_and_who_logged() -> None:
    caller, logged, officer = a_user(Role.IMMIGRATION_OFFICER), *offices(2)
    enquiry = an_enquiry(logged, asked_by=caller)
    duty_desk_actions.answer(enquiry_id=enquiry.pk, by=officer, now=LATER, reply=WORD)
    assert set(told("enquiry_answered")) == {caller, logged}
    duty_desk_actions.reopen(enquiry_id=enquiry.pk, by=caller, now=LATER, reason=WORD)
    duty_desk_actions.answer(enquiry_id=enquiry.pk, by=logged, now=LATER, reply=WORD)
    assert told("enquiry_answered") == [caller, caller, logged]
    words = Notification.objects.filter(kind="enquiry_answered").values_list("kind", "reference")
    assert set(words) == {("enquiry_answered", f"Enquiry {enquiry.pk}")}


def test_an_enquiry_handed_over_tells_its_new_owner_and_one_taken_nobody() -> None:
    taker, receiver = offices(2)
    enquiry = an_enquiry(a_user(Role.IMMIGRATION_OFFICER))
    duty_desk_actions.hand_over(enquiry_id=enquiry.pk, by=taker, now=LATER, to=taker)
    assert told("enquiry_handed_over") == []
    duty_desk_actions.hand_over(enquiry_id=enquiry.pk, by=taker, now=LATER, to=receiver, note=WORD)
    assert told("enquiry_handed_over") == [receiver]


def offices(number: int) -> list[User]:
    return [a_user(Role.REFERRALS_OFFICER) for _ in range(number)]


def test_no_message_holds_a_persons_data() -> None:
    """Every text of the referral is a canary; the inbox and the e-mails hold the reference and no canary."""
    office = a_user(Role.REFERRALS_OFFICER)
    texts = dict.fromkeys(("surname", "forenames", "harm_narrative", "interest_what", "pnc_id"), WORD)
    del texts["pnc_id"]
    referral = in_triage(officer=office, **texts)
    actions.request_information(
        referral_id=referral.pk, by=office, now=LATER, questions=[NewQuestion(WORD, LATER.date())]
    )
    actions.answer_information(referral_id=referral.pk, by=referral.created_by, now=LATER, answer=WORD)
    rows = Notification.objects.all()
    assert {row.kind for row in rows} >= {
        "referral_submitted",
        "information_requested",
        "information_answered",
    }
    mails = [message_of(mail, now=LATER) for mail in Mail.objects.all()]
    assert len(mails) == 2
    for text in [*(row.words for row in rows), *(f"{mail.subject}\n{mail.body}" for mail in mails)]:
        assert referral.reference in text and WORD.lower() not in text.lower()
    for row in rows:
        assert WORD.lower() not in f"{row.event_key}{row.reference}{row.url_args}".lower()
    client = Client()
    client.force_login(referral.created_by)
    page = client.get("/notifications/").content.decode()
    assert referral.reference in page and WORD.lower() not in page.lower()


def test_the_kinds_all_have_their_event() -> None:
    """Nothing stands in the table that nobody is ever told: each kind is named where something is told."""
    telling = [
        path for app in ("nexus/accounts", "referrals", "casework") for path in (CHECKOUT / app).rglob("*.py")
    ]
    said = "\n".join(path.read_text() for path in telling if "migrations" not in path.parts)
    ended = {f"proposal_{state}" for state in ProposalState.values}
    clocks = {f"{clock}_{threshold}" for clock in ("target", "custody") for threshold in Threshold.values()}
    assert [kind for kind in KINDS.keys() - ended - clocks if f'"{kind}"' not in said] == []

"""“Ready for removal” is one function, and it is never yes while somebody's safety or the time to challenge is open."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import actions, readiness
from casework.api.serializers import CaseSerializer
from casework.decisions import actions as decision_actions
from casework.decisions.actions import appeal_time
from casework.decisions.models import Decision
from casework.decisions.queries import appeal_until
from casework.decisions.rules.time_limits import review_until
from casework.models import Case, Clarification
from casework.printing import printed
from casework.readiness import reasons_not_ready
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals.duty_desk.models import PendingMatter
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_served_decision,
    a_user,
    an_assigned_case,
    no_review_threatened,
    ready_for_removal,
)
from tests.casework.desk import signed_in

pytestmark = pytest.mark.django_db
# The day on which `ready_for_removal` makes a case ready.
READY = NOON + timedelta(days=28)
TODAY = READY.date()


def of(case: Case, today: date = TODAY) -> list[str]:
    return reasons_not_ready(Case.objects.get(pk=case.pk), today=today)


def on_page(case: Case, page: str) -> str:
    """What its case-owner reads there."""
    assert case.case_owner
    answer = signed_in(case.case_owner).get(reverse(page, args=[case.referral.reference]))
    return unescape(answer.content.decode())


def referral_says(case: Case, **answers: Any) -> None:
    Referral.objects.filter(pk=case.referral_id).update(**answers)


def senior_says(case: Case, about: str, found: bool, **words: str) -> Clarification:
    said = {"words": "Read in the Home Office record, and seen in the passport.", **words}
    return actions.clarify(
        case_id=case.pk, by=a_user(Role.SENIOR_CASEWORKER), now=READY, about=about, found=found, **said
    )


def test_a_case_is_ready_when_nothing_stands_against_it() -> None:
    assert of(ready_for_removal(an_assigned_case())) == []


def a_child_by_answer(case: Case) -> None:
    referral_says(case, under_18="yes")


def a_child_by_birth(case: Case) -> None:
    referral_says(case, date_of_birth=date(2010, 5, 1))


def a_prosecution(case: Case) -> None:
    PendingMatter.objects.create(
        referral=case.referral,
        kind="criminal",
        what="A trial.",
        made_by=case.case_owner,
        made_at=NOON,
        looked_at=NOON,
    )


def litigation_unjudged(case: Case) -> None:
    PendingMatter.objects.create(
        referral=case.referral,
        kind="judicial_review",
        what="A claim.",
        made_by=case.case_owner,
        made_at=NOON,
        looked_at=NOON,
    )


def a_claim(case: Case) -> None:
    referral_says(case, active_claim="yes")


def an_indicator(case: Case) -> None:
    referral_says(case, trafficking_indicator="yes")


def health_unknown(case: Case) -> None:
    referral_says(case, health_condition="not_known")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (a_child_by_answer, "appears to be under 18, by the referral’s answer"),
        (a_child_by_birth, "appears to be under 18, born 1 May 2010"),
        (a_prosecution, "Criminal proceedings, known since 16 November 2026, are pending"),
        (litigation_unjudged, "records whether it suspends removal"),
        (a_claim, "There is an asylum or human-rights claim"),
        (an_indicator, "Trafficking indicator: the referral says so."),
        (health_unknown, "Not known: health."),
    ],
)
def test_nobody_is_ready_for_removal_while_it_stands(happens: Callable[[Case], None], said: str) -> None:
    """One answer for the case's page, the decision's, the print, the interface and an escort."""
    case = ready_for_removal(an_assigned_case())
    happens(case)
    case = Case.objects.get(pk=case.pk)
    assert said in " ".join(of(case))
    owner = case.case_owner
    assert owner
    with time_machine.travel(READY):
        for page in ("casework:detail", "decisions:detail"):
            assert said in on_page(case, page)
        assert said in " ".join(CaseSerializer(case).data["not_ready_for_removal"])
        assert said in str(printed(case, by=owner, now=READY)["summary"])


def test_somebody_under_18_is_ready_only_when_a_senior_has_resolved_age_and_welfare() -> None:
    case = ready_for_removal(an_assigned_case())
    referral_says(case, under_18="yes")
    with pytest.raises(Refused, match="Only a Senior Caseworker"):
        actions.clarify(
            case_id=case.pk,
            by=case.case_owner,
            now=READY,
            about="under_18",
            found=False,
            words="He says so at interview.",
        )
    with pytest.raises(Refused, match="who looks after"):
        senior_says(case, "under_18", True)
    senior_says(case, "under_18", False)
    assert of(case) == []
    referral_says(case, date_of_birth=date(2010, 5, 1))
    assert "under 18" in of(case)[0], "what is said of the age has changed since"
    senior_says(
        case, "under_18", True, welfare="Leeds City Council accommodates him; the plan of 2 December."
    )
    assert of(case) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Clarification.objects.filter(case=case).update(words="Otherwise.")


def test_what_was_found_out_replaces_what_nobody_knew() -> None:
    case = ready_for_removal(an_assigned_case())
    asked = {
        "health_condition": "health",
        "mental_health_order": "mental_health",
        "trafficking_indicator": "trafficking",
    }
    for field, about in asked.items():
        referral_says(case, **{field: "not_known"})
        assert "Not known" in of(case)[0]
        senior_says(case, about, False)
        assert of(case) == []
    referral_says(case, trafficking_indicator="yes")
    assert of(case), "an indicator is ended by its outcome alone"


def test_no_removal_before_its_notice_and_the_period_are_over() -> None:
    case = an_assigned_case()
    a_served_decision(case, now=NOON)
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": READY}
    actions.clarify(**one, about="children", found=False, words="Asked at interview: none.")
    no_review_threatened(case, now=READY)
    assert of(case) == ["No notice of intention to remove has been given since the decision was served."]
    with pytest.raises(Refused, match="details of the departure"):
        actions.give_removal_notice(**one, kind="both", given_on=TODAY, how="By hand.")
    friday = date(2026, 12, 11)
    actions.give_removal_notice(**one, kind="intention", given_on=friday, how="By hand.")
    assert of(case, TODAY) == [
        "No notice of departure details has been given.",
        "The period of the notice of 11 December 2026 runs until 18 December 2026.",
    ]
    actions.give_removal_notice(
        **one, kind="departure", given_on=TODAY, how="By hand.", departure="By air on 21 December."
    )
    assert of(case, date(2026, 12, 18)) == [
        "The period of the notice of 11 December 2026 runs until 18 December 2026."
    ]
    assert of(case, date(2026, 12, 19)) == []


def test_a_notice_given_before_the_decision_was_served_counts_for_nothing() -> None:
    case = ready_for_removal(an_assigned_case())
    Decision.objects.filter(case=case).update(served_on=TODAY - timedelta(days=16))
    assert of(case) == ["No notice of intention to remove has been given since the decision was served."]


@pytest.mark.parametrize(
    ("place", "right", "served", "how", "until"),
    [
        ("in_uk", "tribunal", date(2026, 11, 16), "in_person", date(2026, 11, 30)),
        ("in_uk", "tribunal", date(2026, 11, 14), "in_person", date(2026, 11, 30)),  # a Saturday, 28th
        (
            "in_uk",
            "tribunal",
            date(2026, 12, 14),
            "post",
            date(2027, 1, 4),
        ),  # no tribunal day after Christmas
        ("outside_uk", "tribunal", date(2026, 11, 2), "in_person", date(2026, 11, 30)),
        ("outside_uk", "tribunal", date(2026, 11, 2), "post", date(2027, 1, 4)),  # received on the 28th day
        ("in_uk", "after_leaving", date(2026, 11, 2), "in_person", None),
        ("in_uk", "citizens_rights", date(2026, 11, 2), "in_person", date(2026, 11, 16)),
        ("in_uk", "none", date(2026, 11, 2), "in_person", None),
        ("", "", date(2026, 11, 2), "in_person", None),
    ],
)
def test_the_last_day_to_appeal_is_worked_out_from_service(
    place: str, right: str, served: date, how: str, until: date | None
) -> None:
    assert appeal_until(place=place, right=right, served_on=served, how=how) == until


def test_judicial_review_ends_after_three_months() -> None:
    assert review_until(date(2026, 11, 30)) == date(2027, 2, 28)
    assert review_until(date(2026, 2, 14)) == date(2026, 5, 14)


def test_nobody_is_ready_on_the_day_of_service_nor_while_an_appeal_is_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = ready_for_removal(an_assigned_case(), served_days_ago=14)
    assert of(case) == ["An appeal can be brought in time until 14 December 2026."]
    assert of(case, TODAY + timedelta(days=1)) == []
    one: dict[str, Any] = {"decision_id": case.decisions.get().pk, "by": case.case_owner, "now": READY}
    with time_machine.travel(READY):
        page = on_page(case, "decisions:detail")
    assert "14 December 2026" in page and "rule 19(2)" in page and "Not read by a lawyer" in page
    decision_actions.record_appeal_right(**one, place="in_uk", appeal="none")
    assert of(case) == ["An appeal can be brought in time until 14 December 2026."], "nobody types the right"
    monkeypatch.setattr(
        appeal_time, "right_carried", lambda decision, typed="": typed
    )  # as of an older checklist
    decision_actions.record_appeal_right(**one, place="in_uk", appeal="none")
    assert of(case) == []


def test_nobody_is_ready_while_permission_to_appeal_can_be_asked_for() -> None:
    case = ready_for_removal(an_assigned_case())
    one: dict[str, Any] = {
        "by": case.case_owner,
        "now": READY,
        "shared_text": "It went on to the next stage.",
    }
    lodged = decision_actions.lodge(
        decision_id=case.decisions.get().pk,
        kind="appeal",
        lodged_on=TODAY,
        suspends_removal=False,
        suspends_reason="The claim is certified under section 94.",
        **one,
    )
    assert of(case) == []
    decision_actions.conclude(
        challenge_id=lodged.pk, outcome="dismissed", outcome_on=TODAY, reasons="No error of law.", **one
    )
    assert of(case) == ["Permission to appeal further can be asked for in time until 4 January 2027."], (
        "no day after Christmas counts"
    )


def nothing_said_of_a_review(case: Case) -> Case:
    """As it is before a Senior Caseworker has recorded anything: the record is of the service before."""
    Decision.objects.filter(case=case).update(served_at=READY + timedelta(minutes=1))
    return Case.objects.get(pk=case.pk)


def test_nobody_is_ready_for_removal_while_judicial_review_can_be_claimed_in_time() -> None:
    case = nothing_said_of_a_review(ready_for_removal(an_assigned_case()))
    (said,) = of(case)
    assert said.startswith("Judicial review can be claimed in time until 23 February 2027.")
    assert of(case, date(2027, 2, 23)) == [said] and of(case, date(2027, 2, 24)) == []
    with pytest.raises(Refused, match="Only a Senior Caseworker"):
        actions.clarify(
            case_id=case.pk,
            by=case.case_owner,
            now=READY + timedelta(hours=1),
            about="judicial_review",
            found=False,
            words="Nobody has written.",
        )
    no_review_threatened(case, now=READY + timedelta(hours=1))
    assert of(case) == []


def test_a_threatened_judicial_review_stops_removal_until_it_is_lodged_or_answered() -> None:
    case = ready_for_removal(an_assigned_case())
    senior_says(case, "judicial_review", True)
    (said,) = of(case, date(2027, 6, 1))
    assert said.startswith("A judicial review is threatened or likely, as ")
    one: dict[str, Any] = {
        "by": case.case_owner,
        "now": READY,
        "shared_text": "It went on to the next stage.",
    }
    decision_actions.lodge(
        decision_id=case.decisions.get().pk, kind="judicial_review", lodged_on=TODAY, **one
    )
    assert "The decision is under challenge." in of(case) and said not in of(case)


def test_sabotage_of_the_time_for_review_lets_somebody_be_removed_within_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = nothing_said_of_a_review(ready_for_removal(an_assigned_case()))
    monkeypatch.setattr("casework.decisions.queries.reasons_still_reviewable", lambda decision, today: [])
    assert of(case) == []


def test_nobody_is_ready_while_the_right_of_appeal_is_not_recorded() -> None:
    case = ready_for_removal(an_assigned_case())
    Decision.objects.filter(case=case).update(served_place="", appeal_right="", appeal_until=None)
    assert of(case) == [
        "Nobody has recorded where the subject is, and which right of appeal the decision carries."
    ]


def told(moment: datetime) -> list[str]:
    decision_actions.watch_appeal_time(now=moment)
    return list(Notification.objects.filter(kind="appeal_time_ends").values_list("person__email", flat=True))


def test_the_case_owner_is_told_once_before_the_last_day_to_appeal() -> None:
    case = an_assigned_case()
    a_served_decision(case, now=NOON)  # until 30 November
    assert case.case_owner
    assert told(NOON + timedelta(days=7)) == []
    assert told(NOON + timedelta(days=9)) == [case.case_owner.email]
    assert told(NOON + timedelta(days=10)) == [case.case_owner.email], "once"
    case = Case.objects.get(pk=case.pk)
    assert case.next_action_on == date(2026, 12, 1), "the day on which the Tribunal is asked"


def test_the_watch_reads_only_the_decisions_due() -> None:
    case = an_assigned_case()
    a_served_decision(case, now=NOON)
    with CaptureQueriesContext(connection) as asked:
        decision_actions.watch_appeal_time(now=NOON)
    assert len([each for each in asked.captured_queries if "decisions_decision" in each["sql"]]) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM decisions_decision WHERE state = 'served' AND appeal_told_at IS NULL "
            "AND appeal_until IS NOT NULL AND appeal_until <= '2026-12-01'"
        )
        assert "appeal_time_to_tell_of" in str(cursor.fetchall())


def test_sabotage_of_readiness_lets_a_child_be_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the guard away, the page, the print and the interface would say yes: all stand on one function."""
    case = ready_for_removal(an_assigned_case())
    referral_says(case, under_18="yes")
    case = Case.objects.get(pk=case.pk)
    monkeypatch.setattr(readiness, "reason_for_a_child", lambda referral, clarified, today: "")
    with time_machine.travel(READY):
        assert "Yes. The decision is served" in on_page(case, "casework:detail")
        assert CaseSerializer(case).data["not_ready_for_removal"] == []

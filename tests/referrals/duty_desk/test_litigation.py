"""Immigration litigation: listed, judged, checked, tasked; and what it stops."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import actions as case_actions
from casework.models import Case
from casework.readiness import reasons_not_ready
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.duty_desk import actions, queries
from referrals.duty_desk.models import PendingMatter
from referrals.models import Allocation, Referral
from tests.builders import NOON, a_complete_draft, a_submitted, a_user, an_assigned_case
from tests.referrals.croydon import as_role, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST = reverse("duty_desk:litigation")
HEARING = date(2026, 11, 30)
WHO = "the case-owner, a Senior Caseworker or the Duty Desk"


def litigation(referral: Referral | None = None, by: User | None = None, **told: Any) -> PendingMatter:
    told = {"kind": "judicial_review", "what": "Of the decision to deport", "now": NOON} | told
    by = by or a_user(Role.REFERRALS_OFFICER)
    return actions.add_litigation(referral_id=(referral or a_submitted()).pk, by=by, **told)


def judged(matter: PendingMatter, suspends: bool, by: User | None = None) -> PendingMatter:
    told: dict[str, Any] = {"suspends": suspends, "reason": "The order says so.", "now": NOON}
    return actions.judge_litigation(matter_id=matter.pk, by=by or a_user(Role.REFERRALS_OFFICER), **told)


def tasked(matter: PendingMatter, to: str = "nexus_casework", by: User | None = None) -> PendingMatter:
    told: dict[str, Any] = {"to": to, "reason": "They decided it on the papers.", "now": NOON}
    return actions.task_litigation(matter_id=matter.pk, by=by or a_user(Role.REFERRALS_OFFICER), **told)


def concluded(matter: PendingMatter) -> PendingMatter:
    told: dict[str, Any] = {"ending": "dismissed", "result": "Dismissed.", "changes": "", "now": NOON}
    return actions.conclude_matter(matter_id=matter.pk, by=a_user(Role.REFERRALS_OFFICER), **told)


def listed(query: str = "", role: Role = Role.REFERRALS_OFFICER) -> list[int]:
    page = as_role(role).get(LIST + query).text
    return [int(number) for number in re.findall(r"/pending/([0-9]+)/", page)]


def test_an_appeal_the_force_declares_is_listed_with_the_litigation() -> None:
    referral = a_complete_draft(pending_appeals="yes", pending_appeals_details="Upper Tribunal.")
    referral_actions.submit(referral_id=referral.pk, by=referral.created_by, now=NOON)
    matter = PendingMatter.objects.get()
    assert (matter.kind, matter.suspends_removal, matter.tasked_to) == ("appeal", None, "")
    assert listed("?tasked=nobody") == [matter.pk]
    assert list(queries.not_tasked(a_user(Role.MANAGER))) == [matter]


def test_other_litigation_the_force_declares_is_listed_too() -> None:
    told = {"pending_litigation": "yes", "pending_litigation_details": "Claim for unlawful detention."}
    referral = a_complete_draft(**told)
    referral_actions.submit(referral_id=referral.pk, by=referral.created_by, now=NOON)
    assert PendingMatter.objects.get().kind == "other"


def test_listed_with_everything_known_of_it() -> None:
    told = {"court": "Upper Tribunal", "their_reference": "JR/2026/LON/001", "known_since": NOON.date()}
    matter = litigation(
        **told, hearing_on=HEARING, suspends_removal=True, suspends_reason="A stay was ordered."
    )
    assert (matter.next_on, matter.suspends_removal, matter.their_reference) == (
        HEARING,
        True,
        "JR/2026/LON/001",
    )
    assert [str(entry) for entry in matter.entries.all()] == ["Listed", "Suspends removal"]
    kinds = AuditEvent.objects.filter(subject_id=str(matter.referral_id), kind__startswith="litigation")
    assert list(kinds.order_by("id").values_list("kind", flat=True)) == [
        "litigation.added",
        "litigation.judged",
    ]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"kind": "criminal"}, "Select what kind of litigation"),
        ({"what": " "}, "Enter what is challenged"),
        ({"known_since": NOON.date() + DAY}, "must be today or in the past"),
        ({"hearing_on": NOON.date() - DAY}, "must be today or later"),
        ({"suspends_removal": False}, "Enter why it suspends removal or does not"),
    ],
)
def test_reasons_not_to_list_it(told: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        litigation(**told)


def test_a_later_judgement_replaces_the_earlier_and_both_stay_readable() -> None:
    matter = judged(judged(litigation(), True), False)
    assert matter.suspends_removal is False
    assert [str(entry) for entry in matter.entries.all()][1:] == [
        "Suspends removal",
        "Does not suspend removal",
    ]


def test_tasked_with_a_reason_and_nothing_moves_by_it() -> None:
    case = an_assigned_case()
    matter = litigation(case.referral)
    before = (Case.objects.get().state, list(Allocation.objects.values_list("pk", "team", "ended_at")))
    tasked(matter)
    assert tasked(matter, "criminal_casework").tasked_to == "criminal_casework"
    assert [str(entry) for entry in matter.entries.all()][1:] == [
        "Tasked to Nexus Casework",
        "Tasked to Criminal Casework",
    ]
    entry = AuditEvent.objects.filter(kind="litigation.tasked").latest("id")
    assert entry.detail["from"] == "nexus_casework" and entry.reason == "They decided it on the papers."
    assert before == (
        Case.objects.get().state,
        list(Allocation.objects.values_list("pk", "team", "ended_at")),
    )


def test_senior_caseworkers_hear_of_what_is_tasked_to_them() -> None:
    senior, case = a_user(Role.SENIOR_CASEWORKER), an_assigned_case()
    tasked(litigation(case.referral), "criminal_casework")
    tasked(litigation())  # not accepted yet: Liverpool does not see it
    assert not Notification.objects.filter(kind="litigation_tasked").exists()
    tasked(litigation(case.referral))
    assert Notification.objects.get(kind="litigation_tasked").person == senior


def test_reasons_not_to_task() -> None:
    matter = tasked(litigation())
    with pytest.raises(Refused, match="tasked to Nexus Casework already"):
        tasked(matter)
    with pytest.raises(Refused, match="Select Nexus Casework or Criminal Casework"):
        tasked(matter, "somebody")
    concluded(matter)
    for deed in (tasked, lambda over: judged(over, True)):
        with pytest.raises(Refused, match="This matter has ended"):
            deed(matter)
    office = a_user(Role.REFERRALS_OFFICER)
    trial = actions.add_matter(referral_id=matter.referral_id, by=office, now=NOON, what="Trial")
    for deed in (tasked, lambda over: judged(over, True)):
        with pytest.raises(Refused, match="Only immigration litigation"):
            deed(trial)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.CASE_OWNER, True),
        (Role.SENIOR_CASEWORKER, True),
        (Role.MANAGER, True),
        (Role.CIO_HMI, False),
        (Role.SPECIALIST_APPEALS, False),
        (Role.POLICE_OFFICER, False),
        (Role.CRIMINAL_CASEWORK, False),
        (Role.AUDITOR, False),
    ],
)
def test_liverpool_lists_and_checks_what_it_sees_and_does_not_task(role: Role, sees: bool) -> None:
    case, person = an_assigned_case(), a_user(role)
    if not sees:
        with pytest.raises((PermissionDenied, Referral.DoesNotExist)):
            litigation(case.referral, by=person)
        assert signed_in(person).get(LIST).status_code == 403
        return
    matter = litigation(case.referral, by=person)
    assert judged(matter, True, by=person).judged_by == person
    assert listed(role=role) == [matter.pk]
    if role != Role.MANAGER:
        with pytest.raises(PermissionDenied):
            tasked(matter, by=person)
        with pytest.raises(Referral.DoesNotExist):
            litigation(a_submitted(), by=person)


def test_what_it_does_to_removal() -> None:
    case = an_assigned_case()
    matter = litigation(case.referral, known_since=date(2026, 11, 3))
    said = "Judicial review since 3 November 2026: a barrier to removal until "
    assert f"{said}{WHO} records whether it suspends removal." in reasons_not_ready(case, today=NOON.date())
    judged(matter, True)
    until = f"it ends, or {WHO} judges that it does not suspend removal."
    assert f"{said}{until}" in reasons_not_ready(case, today=NOON.date())
    judged(matter, False)
    assert not any("Judicial review" in reason for reason in reasons_not_ready(case, today=NOON.date()))
    judged(matter, True)
    concluded(matter)
    assert not any("Judicial review" in reason for reason in reasons_not_ready(case, today=NOON.date()))


@time_machine.travel(NOON, tick=False)
def test_nobody_records_a_removal_meanwhile_and_the_pages_of_the_case_say_so() -> None:
    case = an_assigned_case()
    litigation(case.referral, kind="injunction", suspends_removal=True, suspends_reason="A stay was ordered.")
    removed: dict[str, Any] = {
        "outcome": "removed",
        "outcome_on": NOON.date(),
        "reasons": "The subject was removed.",
    }
    with pytest.raises(Refused, match="cannot be recorded while this stands"):
        case_actions.record_outcome(case_id=case.pk, by=case.case_owner, now=NOON, **removed)
    owner = signed_in(case.case_owner)
    page = owner.get(reverse("casework:detail", args=[case.referral.reference])).text
    assert page.count("Injunction or stay") >= 2 and "a barrier to removal until it ends" in page
    assert "Monitored by the Duty Desk" in page and "Add immigration litigation" in page
    assert "Injunction or stay" in owner.get(reverse("casework:list")).text
    told = owner.get(reverse("casework:timeline", args=[case.referral.reference])).text
    assert "Injunction or stay: suspends removal" in told


@time_machine.travel(NOON, tick=False)
def test_the_list_and_its_filters() -> None:
    referral = a_submitted()
    old = litigation(referral, now=NOON - 20 * DAY, kind="appeal", hearing_on=HEARING + DAY)
    new = tasked(
        judged(litigation(referral, now=NOON - DAY, hearing_on=HEARING, next_on=HEARING + 2 * DAY), True)
    )
    over = concluded(litigation(referral))
    assert listed() == [old.pk, new.pk]
    assert (listed("?sort=next"), listed("?sort=hearing")) == ([old.pk, new.pk], [new.pk, old.pk])
    assert (listed("?tasked=nobody"), listed("?tasked=nexus_casework")) == ([old.pk], [new.pk])
    assert (listed("?effect=unjudged"), listed("?effect=suspends")) == ([old.pk], [new.pk])
    assert (listed("?unchecked=14"), listed("?kind=judicial_review")) == ([old.pk], [new.pk])
    assert (listed("?over=on"), listed("?tasked=x&effect=y&kind=z")) == ([over.pk], [old.pk, new.pk])


@time_machine.travel(NOON, tick=False)
def test_the_queries_do_not_grow() -> None:
    desk, referral = as_role(Role.MANAGER), a_submitted()

    def queries_asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    litigation(referral)
    litigation()
    few = queries_asked()
    for _ in range(10):
        tasked(litigation(referral))
    assert queries_asked() == few


@time_machine.travel(NOON, tick=False)
def test_driven_on_its_pages() -> None:
    desk, referral = as_role(Role.REFERRALS_OFFICER), a_submitted()
    add = reverse("duty_desk:add_litigation", args=[referral.reference])
    refused = desk.post(add, {"kind": "appeal", "what": "Of the refusal", "suspends_removal": "no"})
    assert "Enter why it suspends removal or does not" in refused.text
    sent = {"kind": "appeal", "what": "Of the refusal", "suspends_removal": "not_known"}
    desk.post(add, sent)
    matter = referral.pending_matters.get()
    address = {verb: reverse(f"duty_desk:{verb}", args=[matter.pk]) for verb in DEEDS}
    desk.post(address["judge_litigation"], {"suspends": "yes", "reason": "Suspensive by law."})
    desk.post(
        address["task_litigation"], {"to": "nexus_casework", "reason": "They decided it on the papers."}
    )
    assert "Select how it ended" in desk.post(address["conclude_matter"], {"result": "Dismissed."}).text
    page = desk.get(reverse("duty_desk:matter", args=[matter.pk])).text
    assert "Suspensive by law." in page and "Tasked to Nexus Casework" in page
    beside = desk.get(reverse("referrals:detail", args=[referral.reference])).text
    assert "Suspends removal" in beside and "Add immigration litigation" in beside
    desk.post(address["conclude_matter"], {"ending": "dismissed", "result": "Dismissed."})
    over = desk.get(address["judge_litigation"]).text
    assert "This matter has ended" in over
    assert (
        desk.post(address["judge_litigation"], {"suspends": "no", "reason": "A first account"}).status_code
        == 409
    )


DEEDS = ("check_matter", "judge_litigation", "task_litigation", "conclude_matter")

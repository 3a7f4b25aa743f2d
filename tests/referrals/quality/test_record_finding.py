"""A drawn decision is read by somebody else, and what they find changes nothing but is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.models import TriageDecision
from referrals.quality import actions
from referrals.quality.models import Reading
from referrals.quality.queries import answers_of, figures
from referrals.quality.rules import Question, reasons_about
from tests.builders import a_proposal, a_user, an_acceptance, read_by
from tests.referrals.quality.test_draw import DECEMBER

LATER = DECEMBER + timedelta(days=1)
YES: dict[str, str] = dict.fromkeys(Question.values(), "yes")
SOUND: dict[str, str] = {**YES, "overall": "sound"}


@pytest.mark.parametrize(
    ("answers", "whole", "sentence"),
    [
        (YES, {"overall": "sound"}, None),
        ({**YES, "right_outcome": "not_applicable"}, {"overall": "sound"}, None),
        (YES, {"overall": "with_remarks", "remarks": "Shorter."}, None),
        ({**YES, "right_outcome": "no"}, {"overall": "unsound", "to_do": "Ask the force."}, None),
        ({**YES, "right_outcome": ""}, {"overall": "sound"}, "Answer: Was it the right outcome"),
        ({}, {"overall": "sound"}, "Answer: Does the decision rest"),
        (YES, {"overall": ""}, "Select your overall finding"),
        ({**YES, "reasons_adequate": "no"}, {"overall": "sound"}, "not sound without remarks"),
        (YES, {"overall": "with_remarks", "remarks": " "}, "Enter your remarks"),
        (YES, {"overall": "unsound"}, "Enter what should be done"),
    ],
)
def test_what_a_finding_must_say(
    answers: dict[str, str], whole: dict[str, str], sentence: str | None
) -> None:
    reasons = reasons_about(answers, **{"remarks": "", "to_do": "", **whole})
    assert reasons == [] if sentence is None else sentence in reasons[0]


def a_reading(settings: Any) -> Reading:
    """One decision, drawn."""
    settings.NEXUS_QUALITY_PERCENT = 100
    an_acceptance()
    actions.draw_due(now=DECEMBER)
    return Reading.objects.select_related("decision__referral", "draw").get()


def with_evidence(reading: Reading, role: Role = Role.REFERRALS_OFFICER) -> User:
    """Somebody who has opened the referral since the draw."""
    by = a_user(role)
    record(kind="referral.viewed", by=by, subject=reading.decision.referral, now=LATER)
    return by


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.REFERRALS_OFFICER, Role.MANAGER])
def test_it_is_recorded_once_and_changes_no_decision(settings: Any, role: Role) -> None:
    reading = a_reading(settings)
    before = TriageDecision.objects.values().get()
    by = with_evidence(reading, role)
    actions.record_finding(
        reading_id=reading.pk,
        by=by,
        now=LATER,
        **{**YES, "right_outcome": "no"},
        overall="unsound",
        to_do="Ask.",
    )
    reading.refresh_from_db()
    assert (reading.overall, reading.read_by, reading.read_at) == ("unsound", by, LATER)
    assert TriageDecision.objects.values().get() == before
    told = Notification.objects.get(kind="quality_finding")
    assert told.person == reading.decision.decided_by
    written = AuditEvent.objects.get(kind="quality.finding_recorded")
    assert written.detail == {"referral": reading.decision.referral_id, "decision": reading.decision_id}
    with pytest.raises(Refused, match="has already read this decision"):
        actions.record_finding(reading_id=reading.pk, by=by, now=LATER, **SOUND)


def test_the_evidence_is_read_first(settings: Any) -> None:
    reading = a_reading(settings)
    with pytest.raises(Refused, match="Open the referral and read the evidence"):
        actions.record_finding(reading_id=reading.pk, by=a_user(Role.MANAGER), now=LATER, **SOUND)


def test_nobody_reads_what_they_decided_or_agreed_to(settings: Any) -> None:
    settings.NEXUS_SECOND_READING, settings.NEXUS_QUALITY_PERCENT = ["refusals"], 100
    proposal = a_proposal()
    reader = read_by(a_user(Role.REFERRALS_OFFICER), proposal)
    referral_actions.agree(proposal_id=proposal.pk, by=reader, now=proposal.proposed_at + timedelta(hours=1))
    actions.draw_due(now=DECEMBER)
    reading = Reading.objects.get()
    for own, sentence in ((proposal.proposed_by, "You made this decision"), (reader, "You agreed to this")):
        record(kind="referral.viewed", by=own, subject=proposal.referral, now=LATER)
        with pytest.raises(Refused, match=sentence):
            actions.record_finding(reading_id=reading.pk, by=own, now=LATER, **SOUND)
        assert not Reading.objects.waiting_for(own).exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            Reading.objects.update(read_by=own, read_at=LATER, **SOUND)
    assert Reading.objects.waiting_for(a_user(Role.MANAGER)).exists()


def test_others_may_not(settings: Any) -> None:
    reading = a_reading(settings)
    for role in (Role.POLICE_OFFICER, Role.CASE_OWNER, Role.ADMINISTRATOR):
        with pytest.raises(Reading.DoesNotExist):
            actions.record_finding(reading_id=reading.pk, by=a_user(role), now=LATER, **SOUND)


@pytest.mark.parametrize(
    "changes",
    [{"overall": "sound"}, {"remarks": "A remark."}, {"read_at": LATER}, {**SOUND, "read_at": LATER}],
    ids=["overall", "remarks", "moment", "nobody"],
)
def test_the_database_takes_no_half_finding(settings: Any, changes: dict[str, Any]) -> None:
    a_reading(settings)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.update(**changes)


def test_the_database_keeps_a_finding(settings: Any) -> None:
    reading = a_reading(settings)
    actions.record_finding(reading_id=reading.pk, by=with_evidence(reading), now=LATER, **SOUND)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.update(overall="unsound", to_do="Change it before the hearing in May.")


# The pages


def test_it_is_read_on_its_page_and_the_decider_reads_the_finding(settings: Any, client: Client) -> None:
    reading = a_reading(settings)
    path = reverse("quality:reading", args=[reading.pk])
    with time_machine.travel(LATER, tick=True):
        read_and_told(client, reading, path)


def read_and_told(client: Client, reading: Reading, path: str) -> None:
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    evidence = reverse("referrals:detail", args=[reading.decision.referral.reference])
    page = client.get(path).text
    assert (
        "Open the referral and read the evidence" in page
        and f'href="{evidence}?quality={reading.pk}"' in page
    )
    assert f'href="{path}">Record your finding' in client.get(evidence, {"quality": reading.pk}).text
    assert "Record your finding" not in client.get(evidence, {"quality": "²"}).text
    wrong = client.post(path, {**YES, "reasons_adequate": "no", "overall": "sound"}).content.decode()
    assert "You answered a question with No" in wrong
    done = client.post(path, {**YES, "overall": "with_remarks", "remarks": "Clear."}, follow=True)
    assert "is recorded, and the officer who decided it is told" in done.content.decode()
    decider = reading.decision.decided_by
    client.force_login(decider)
    assert reading.decision.referral.reference in client.get(reverse("quality:queue")).content.decode()
    assert "Clear." in client.get(path).content.decode()
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    others = client.get(path).text
    assert "Clear." not in others and "and managers" in others  # what was found is between these


def test_who_comes_second_reads_the_finding_beside_what_they_typed(settings: Any, client: Client) -> None:
    reading = a_reading(settings)
    second = with_evidence(reading, Role.MANAGER)
    actions.record_finding(reading_id=reading.pk, by=with_evidence(reading), now=LATER, **SOUND)
    client.force_login(second)
    typed = {**YES, "overall": "with_remarks", "remarks": "Their length is hard to follow."}
    answer = client.post(reverse("quality:reading", args=[reading.pk]), typed)
    assert answer.status_code == 409
    assert "has already read this decision" in answer.text and typed["remarks"] in answer.text


def test_managers_see_the_figures_and_the_draw(settings: Any, client: Client) -> None:
    reading = a_reading(settings)
    actions.record_finding(reading_id=reading.pk, by=with_evidence(reading), now=LATER, **SOUND)
    row = figures().get()
    assert (row.decisions, row.drawn, row.read, row.sound, row.unsound) == (1, 1, 1, 1, 0)
    assert [counts for _, counts in answers_of(reading.draw)] == [[1, 0, 0]] * len(Question)
    client.force_login(a_user(Role.MANAGER))
    assert "November 2026" in client.get(reverse("quality:figures")).content.decode()
    page = client.get(reverse("quality:draw", args=[reading.draw_id])).content.decode()
    assert "the same decisions in the same order" in page and reading.draw.seed in page
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    assert client.get(reverse("quality:figures")).status_code == 403


@pytest.mark.parametrize("listed", ["queue", "draw"])
def test_a_list_asks_as_much_of_twelve_as_of_two(settings: Any, client: Client, listed: str) -> None:
    settings.NEXUS_QUALITY_PERCENT = 100
    client.force_login(a_user(Role.MANAGER))
    asked = []
    for number, now in ((2, DECEMBER), (12, DECEMBER + timedelta(days=31))):
        for _ in range(number):
            an_acceptance(now=now - timedelta(days=3))
        draw = actions.draw_due(now=now)
        path = reverse("quality:queue") if listed == "queue" else reverse("quality:draw", args=[draw.pk])
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(path).content.decode()
        assert shown.count("NHH-2026-") + shown.count("NHH-2027-") >= number
        asked.append(len(queries))
    assert asked[0] == asked[1]

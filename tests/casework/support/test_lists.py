"""Lists of support requests, what waits for whom, and the force’s one page of everything asked."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.support import queries
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.waiting import counted_lines
from tests.builders import a_user, an_assigned_case, with_a_question
from tests.casework.material.builders import requested as a_summary_is_asked
from tests.casework.support.builders import (
    ASKED_AT,
    a_lead,
    accepted,
    submitted,
    value_added,
    with_force,
)
from tests.referrals.croydon import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.REFERRALS_OFFICER])
def test_the_list_asks_the_same_number_of_questions_of_any_length(role: Role) -> None:
    case, reader = an_assigned_case(), a_user(role)
    client, counts = signed_in(reader), []
    for more in (2, 10):
        for _ in range(more):
            with_force(case=case)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("support:list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_and_each_sees_their_own() -> None:
    mine, theirs = with_force(kind="papers"), value_added()
    lead = signed_in(a_lead(mine))
    path = reverse("support:list")
    assert "Serving papers" in lead.get(f"{path}?state=with_force").text
    assert "No requests match" in lead.get(f"{path}?state=fulfilled&kind=papers").text
    assert "Brask" not in lead.get(path).text
    assert "Brask" in signed_in(theirs.asked_by).get(path).text
    assert "Brask" not in signed_in(a_user(Role.REFERRALS_OFFICER)).get(path).text  # a draft


def test_what_waits_for_whom() -> None:
    def told(user: User) -> dict[str, tuple[int, int]]:
        lines = counted_lines(queries.work_waiting(user=user, now=timezone.now() + timedelta(days=20)))
        return {line.words: (line.count, line.overdue) for line in lines}

    request = with_force()
    accepted(case=request.referral.case)
    submitted()
    lead, officer = a_lead(request), a_user(Role.POLICE_OFFICER)
    promised = "Support your force has promised"
    assert told(lead) == {"Requests for support to accept or decline": (1, 1), promised: (1, 1)}
    assert told(officer) == {promised: (1, 1)}
    assert told(a_user(Role.REFERRALS_OFFICER)) == {"Requests for police support to pass on": (1, 1)}
    assert told(request.asked_by) == {"Police support that is overdue": (2, 2)}
    assert told(a_user(Role.MANAGER)) == {}


def test_everything_asked_of_a_force_is_on_one_page_with_what_is_late_in_words() -> None:
    question = with_a_question()
    request, material = with_force(), a_summary_is_asked()
    officer = a_user(Role.POLICE_OFFICER)
    with time_machine.travel(ASKED_AT + timedelta(days=13)):
        read = signed_in(a_lead(request)).get(reverse("referrals:asked")).text
        to_officer = signed_in(officer).get(reverse("referrals:asked")).text
    places = [
        read.index(words)
        for words in (question.reference, reverse("support:detail", args=[request.pk]), "3 days late")
    ]
    assert places[1:] == sorted(places[1:])
    assert reverse("material:asked_detail", args=[material.pk]) in read
    assert "Accept or decline: Tracing an absconder" in read
    assert "Your lead accepts or declines: Tracing an absconder" in to_officer
    entry = AuditEvent.objects.filter(kind="referral.asked_viewed").earliest("pk")
    assert entry.detail["support.supportrequest"] == [request.pk]
    assert entry.recipient == "West Midlands Police"

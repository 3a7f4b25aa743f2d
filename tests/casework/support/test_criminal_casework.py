"""Criminal Casework: asks from the flag or for value added activity, and sees no working notes."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from casework import actions as casework_actions
from casework.support import actions
from casework.support.models import SupportRequest
from nexus.accounts.models import Force
from nexus.accounts.roles import Role
from nexus.ui.navigation import destinations
from tests.builders import NOON, a_force, a_user, an_assigned_case, progress
from tests.casework.support.builders import (
    ASKED_AT,
    SUBJECT,
    a_draft,
    accepted,
    again,
    answers,
    page,
    submitted,
    taking_part,
    with_force,
)
from tests.referrals.croydon import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


def test_criminal_casework_asks_from_the_flag_and_sees_no_working_notes() -> None:
    case, cc = an_assigned_case(), a_user(Role.CRIMINAL_CASEWORK)
    casework_actions.add_note(case_id=case.pk, by=case.case_owner, now=ASKED_AT, text="Ours alone.")
    client, ask = signed_in(cc), reverse("support:ask", args=[case.referral.reference])
    seen = client.get(ask).text
    assert "availability of resource will be a factor" in seen
    read = client.post(ask, answers(own_reference="CC/9"), follow=True).text
    assert "Submit the request" in read and "CC/9" in read and "West Midlands Police" in read
    request = SupportRequest.objects.get()
    read += client.post(reverse("support:submit", args=[request.pk]), follow=True).text
    read += client.get(reverse("support:list")).text
    assert "the Referrals Office, which passes it on" in read
    assert "Ours alone." not in read and "town centre" not in read  # notes, and the referral's own words
    for name in ("support:case", "casework:detail", "referrals:detail"):
        assert client.get(reverse(name, args=[case.referral.reference])).status_code == 404
    assert page(request, a_user(Role.CRIMINAL_CASEWORK)).status_code == 404  # a colleague's


def test_value_added_activity_is_offered_for_forces_that_take_part() -> None:
    taking_part()
    client, ask = signed_in(a_user(Role.CRIMINAL_CASEWORK)), reverse("support:ask_value_added")
    seen = client.get(ask).text
    assert reverse("referrals:flags") in seen and "no force has made commitments for it" in seen
    assert "Greater Manchester" in seen and "West Midlands" not in seen
    born = {"subject_born-day": "3", "subject_born-month": "2", "subject_born-year": "1991"}
    said = {"force": "06", "own_reference": "CC/77/1204", "subject_name": "Brask, Odile", **born}
    read = client.post(ask, answers(**said), follow=True).text
    assert "value added activity" in read and "3 February 1991" in read
    for part in ("the name", "the date of birth", "which force is asked", "your reference"):
        assert f"> {part}</span>" in read, part
    assert {name: getattr(SupportRequest.objects.get(), name) for name in SUBJECT} == SUBJECT
    assert "Enter the name" in client.post(ask, answers(**{**said, "subject_name": ""})).text


def test_the_administrator_says_who_takes_part() -> None:
    force, client = a_force("06"), signed_in(a_user(Role.ADMINISTRATOR))
    path = reverse("administration:force_change", args=["06"])
    client.post(path, {"engaged": "yes", "value_added_activity": "on", "region": "north_west"})
    assert Force.objects.get(pk=force.pk).value_added_activity
    refused = client.post(path, {"engaged": "no", "value_added_activity": "on", "region": "north_west"})
    assert "Only an engaged force takes part in value added activity" in refused.text
    assert "Takes part" in client.get(reverse("administration:forces")).text


def test_no_page_that_criminal_casework_can_open_shows_a_working_note() -> None:
    """Every page is opened that a link leads to from where their day begins."""
    case, cc = an_assigned_case(), a_user(Role.CRIMINAL_CASEWORK)
    secrets = [f"Ours alone, {number}." for number in range(6)]
    about: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": ASKED_AT}
    casework_actions.add_note(**about, text=secrets[0])
    casework_actions.record_barrier(**about, kind="claim", since=NOON.date(), details=secrets[1])
    said = {"name": secrets[2], "relation": "partner", "source": "Him", "disclosable": False}
    casework_actions.add_person(**about, known=secrets[2], **said)
    progress(case, text=secrets[3])
    with_force(case=case, asked=secrets[4])  # Liverpool's own request
    request = submitted(a_draft(case=case, by=cc))
    office = a_user(Role.REFERRALS_OFFICER)
    actions.pass_on(request_id=request.pk, by=office, now=ASKED_AT)
    accepted(again(request))
    secrets[5] = case.referral.decisions.get().balance
    client = signed_in(cc)
    found = client.post(reverse("referrals:flags"), {"words": "Zelmanov"})
    seen, to_open = set(), [found.url, *(path for _, path in destinations(cc.role))]
    while to_open:
        path = to_open.pop()
        answer = client.get(path)
        if path in seen or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        seen.add(path)
        assert [secret for secret in secrets if secret in answer.text] == [], path
        linked = {unescape(each) for each in re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text)}
        to_open += [each for each in linked - seen if not each.startswith(("/sign-out", "/assets"))]
    assert reverse("support:detail", args=[request.pk]) in seen
    assert reverse("support:ask", args=[case.referral.reference]) in seen
    assert not any("/casework/" in path for path in seen)

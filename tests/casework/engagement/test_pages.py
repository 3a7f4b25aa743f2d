"""The pages: what each reader sees and does not see, the pass phrase, what is red, and how many queries a list takes."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.requests_to_force import STOPPED, requests_to_force
from casework.engagement.rules.risks import Answered
from casework.engagement.states import MOVES
from casework.engagement.tasks import expire, tell_of_overdue
from casework.engagement.timeline import TITLES
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.waiting import waiting_for
from tests.access.operations import AUTHORISING, moment
from tests.builders import PASSWORD, a_user
from tests.casework.engagement.builders import (
    a_draft,
    a_verbal_one,
    accepted,
    assessed,
    at,
    filled,
    read,
    requested,
    sections_written,
    signing,
    tasked,
)
from tests.identity import code_of, unconfirmed
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, name: str, *args: Any, now: Any = None, query: str = "", status: int = 200) -> str:
    with time_machine.travel(now or at(12)):
        answer = client_of(user).get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def queries(user: User, name: str, *args: Any) -> int:
    with time_machine.travel(at(12)), CaptureQueriesContext(connection) as seen:
        client_of(user).get(reverse(name, args=args))
    return len(seen)


def test_the_force_reads_what_it_needs_for_safety_and_nothing_more(case: Case) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    engagement = accepted(officer=officer, case=case)
    text = page(officer, "engagement:detail", engagement.pk)
    for part in (
        "Four officers and a van.",
        "Two large dogs.",
        "Not before 6am.",
        "14 Quince Row",
        "Are there warnings",
    ):
        assert part in text
    for part in (
        "absconded twice",
        "Necessary and proportionate",
        "medical condition",
        "adult at risk",
        "Dog handler",
    ):
        assert part not in text
    assert case.case_owner.email in text
    assert text.index("Are there warnings") < text.index("Record that it was carried out")
    actions.reopen(
        engagement_id=engagement.pk, by=case.case_owner, now=at(11), reason="He has moved to Leeds."
    )
    text = page(officer, "engagement:detail", engagement.pk)
    assert "Do not act on it" in text and "14 Quince Row" not in text and "He has moved" not in text
    assert "Called back" in page(officer, "engagement:list")


def test_a_void_authorisation_stays_in_sight(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = tasked(cio=cio, case=case)
    actions.reopen(
        engagement_id=engagement.pk, by=case.case_owner, now=at(11), reason="He has moved to Leeds."
    )
    text = page(cio, "engagement:detail", engagement.pk)
    row = Authorisation.objects.get(engagement=engagement)
    assert "Void since" in text and "He has moved to Leeds." in text and row.sha256 in text
    timeline = page(cio, "casework:timeline", case.referral.reference)
    assert "Arrest: reopened to be changed, authorisation void" in timeline
    assert set(TITLES) == set(MOVES)


def test_a_code_is_entered_again(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = assessed(cio=cio, case=case)
    address = reverse("engagement:authorise", args=[engagement.pk])
    with time_machine.travel(at(12)):
        client = unconfirmed(client_of(cio))
        for password, sentence in (
            ("", "Enter the code from your app"),
            ("000000", "The code is not right"),
        ):
            answer = client.post(address, {**AUTHORISING, "one_time_password": password})
            assert sentence in answer.content.decode()
            assert password in ("", "000000") or password not in answer.content.decode()
        for _ in range(9):
            client.post(address, {**AUTHORISING, "one_time_password": "000000"})
        assert (
            "Too many attempts"
            in client.post(address, {**AUTHORISING, "one_time_password": code_of(cio)}).content.decode()
        )
    engagement.refresh_from_db()
    assert engagement.state == "risk_assessed"


def test_a_wrong_code_sent_with_a_token_stays_on_record(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = assessed(cio=cio, case=case)
    body = {"reasons": "Necessary.", "one_time_password": "000000"}
    with time_machine.travel(at(12)):
        answer = Caller(cio).post(f"engagements/{engagement.pk}/authorise/", body)
    assert (answer.status_code, errors_of(answer)["one_time_password"]) == (
        400,
        ["The code is not right, or was used before. Enter the code your app shows now"],
    )
    assert AuditEvent.objects.filter(kind="user.not_confirmed", by_id=cio.pk).count() == 1


def test_the_right_code_authorises_at_this_moment(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = assessed(cio=cio, case=case)
    shown = {"sha256": sha256_of(exact_text(engagement)), **moment("expires", "2026-11-18", "6pm")}
    with time_machine.travel(at(12), tick=False):
        address = reverse("engagement:authorise", args=[engagement.pk])
        proof = {"one_time_password": code_of(cio)}
        answer = unconfirmed(client_of(cio)).post(address, {**AUTHORISING, **shown, **proof})
    assert answer.status_code == 302
    row = Authorisation.objects.get(engagement=engagement)
    assert row.confirmed_at == row.authorised_at == at(12)
    assert PASSWORD not in str(row.__dict__)


def test_what_was_not_written_up_is_red_everywhere(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = a_verbal_one(cio=cio, case=case)
    late = at(10 + 25)
    assert "Not written up in time" not in page(cio, "engagement:list")
    for name, args in (("list", []), ("discussion", []), ("detail", [engagement.pk])):
        assert "Not written up in time" in page(cio, f"engagement:{name}", *args, now=late)
    report = page(cio, "engagement:verbal", now=late)
    assert "Overdue" in report and "To be written up (1)" in report and "Written up (0)" in report
    line = next(line for line in waiting_for(cio, late) if "Verbal" in line.words)
    assert (line.count, line.overdue) == (1, 1)


def test_what_waits_for_whom(case: Case) -> None:
    cio, senior = a_user(Role.CIO_HMI), a_user(Role.SENIOR_CASEWORKER)
    officer, owner = a_user(Role.POLICE_OFFICER), case.case_owner
    assert owner
    a_draft(case=case)
    requested(case=case)
    tasked(cio=cio, case=case)
    words = {
        user: {line.words for line in waiting_for(user, at(12))} for user in (cio, officer, owner, senior)
    }
    assert "Requests to quality-assure" in words[cio]
    assert "Operations to accept or decline" in words[officer]
    assert "Operations to send" in words[owner]
    assert "Trafficking outcomes to record" not in words[senior]
    page = client_of(cio).get(reverse("waiting")).content.decode()
    assert "Requests to quality-assure (1)" in page and "Quality-assure the request: " in page


def test_the_list_is_filtered_and_sorted(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    requested(case=case, kind="escort")
    a_draft(case=case)
    assert "Operations (2)" in page(cio, "engagement:list")
    assert "Operations (1)" in page(cio, "engagement:list", query="?state=requested&sort=-name")
    assert "No operations match" in page(cio, "engagement:list", query="?kind=detention&force=06&blocked=on")
    assert "Operations (2)" in page(case.case_owner, "engagement:list", query="?mine=on")


def test_adults_at_risk_stand_before_the_details_of_a_detention(case: Case) -> None:
    draft = a_draft(case=case, kind="detention")
    owner = draft.requested_by
    text = page(owner, "engagement:save_details", draft.pk, status=409)
    assert "before you ask for a detention" in text and '<form method="post" novalidate' not in text
    answer = client_of(owner).post(
        reverse("engagement:save_risks", args=[draft.pk]), {"adults_at_risk_words": "Seen."}
    )
    assert "Select yes, no or not known" in answer.content.decode()


def test_the_discussion_list_goes_by_region_and_day(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    requested(case=case, force="46")
    requested(case=case, force="20")
    a_draft(case=case, force="20")  # without a time: it belongs to every day
    text = page(cio, "engagement:discussion")
    assert text.index("South East (1)") < text.index("West Midlands (2)") and "OFFICIAL-SENSITIVE" in text
    only = page(cio, "engagement:discussion", query="?region=south_east")
    assert "South East (1)" in only and "West Midlands (" not in only
    before = page(cio, "engagement:discussion", query="?ends_on-day=17&ends_on-month=11&ends_on-year=2026")
    assert "West Midlands (1)" in before and "South East (" not in before
    assert "1 operation in 1 region" in before and "17 November 2026" in before
    after = page(
        cio, "engagement:discussion", query="?starts_on-day=30&starts_on-month=11&starts_on-year=2026"
    )
    assert "West Midlands (1)" in after
    assert "Operations (2)" in page(cio, "engagement:list", query="?region=west_midlands")


def test_what_is_missing_is_linked_and_nothing_is_offered_that_is_refused(case: Case) -> None:
    draft = a_draft(case=case)
    owner = draft.requested_by
    for name, status in (("detail", 200), ("request", 409)):
        text = page(owner, f"engagement:{name}", draft.pk, status=status)
        assert reverse("engagement:save_details", args=[draft.pk]) + "?missing=1#id_legal_power" in text
        assert reverse("engagement:save_risks", args=[draft.pk]) + "?missing=1#id_adults_at_risk" in text
        assert "Enter when the operation is to begin and end" in text
    sends = reverse("engagement:request", args=[draft.pk])
    assert f'href="{sends}"' not in page(owner, "engagement:detail", draft.pk)
    assert 'id="id_legal_power"' in page(owner, "engagement:save_details", draft.pk)
    filled(draft)
    assert f'href="{sends}"' in page(owner, "engagement:detail", draft.pk)
    reader = page(a_user(Role.MANAGER), "engagement:detail", a_draft(case=case).pk)
    assert "Select the legal power" in reader and "#id_legal_power" not in reader


def test_a_risk_assessment_saved_with_open_questions_names_links_and_marks_them(case: Case) -> None:
    draft = a_draft(case=case)
    page_of_risks, client = reverse("engagement:save_risks", args=[draft.pk]), client_of(draft.requested_by)
    with time_machine.travel(at(12)):
        first = client.get(page_of_risks).content.decode()
        saved = client.post(page_of_risks, {"adults_at_risk": "yes"}, follow=True).content.decode()
        marked = client.get(page_of_risks).content.decode()
    assert "govuk-error-message" not in first
    assert "Missing from “Risk assessment”:" in saved
    for field in ("adults_at_risk_words", "at_risk_level", "trafficking"):
        assert f'href="{page_of_risks}?missing=1#id_{field}"' in saved and f'id="id_{field}-error"' in marked
    assert 'id="id_adults_at_risk-error"' not in marked
    assert f'href="{page_of_risks}?missing=1#id_adults_at_risk_words" role="button"' in saved  # Continue


def test_what_is_known_is_not_typed_again(case: Case) -> None:
    cio, owner = a_user(Role.CIO_HMI), case.case_owner
    assert owner
    for user, name in ((owner, "start"), (cio, "log_verbal")):
        text = page(user, f"engagement:{name}", case.referral.reference)
        assert '<option value="20" selected>West Midlands Police' in text
    assert 'value="17"' in text  # the day and the time of the call are now
    requested(case=case, risks={"warnings": Answered("yes", "Two dogs in the yard.")})
    again = a_draft(case=case, kind="escort")
    assert "14 Quince Row, Port Selby" in page(owner, "engagement:save_details", again.pk)
    assert "Two dogs in the yard." in page(owner, "engagement:save_risks", again.pk)
    header = page(owner, "engagement:case", case.referral.reference)
    assert "arnings for officers" in header


def test_the_force_is_warned_when_what_was_said_on_the_telephone_no_longer_stands(case: Case) -> None:
    cio, officer = a_user(Role.CIO_HMI), a_user(Role.POLICE_OFFICER)
    engagement = a_verbal_one(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "now": at(10.5)}
    actions.task(**one, by=cio)
    actions.accept(**one, by=officer)
    assert "This operation has no live authorisation" not in page(
        officer, "engagement:detail", engagement.pk, now=at(11)
    )
    later = {"adults_at_risk": Answered("yes", "His doctor rang.")}
    actions.save_risks(**one, by=case.case_owner, risks=later, at_risk_level="2", safety_note="")
    text = page(officer, "engagement:detail", engagement.pk, now=at(11))
    assert "This operation has no live authorisation. Do not act on it" in text and "doctor" not in text
    assert "Do not act on it" in page(officer, "engagement:list", now=at(11))
    with time_machine.travel(at(11)):
        assert [each.act for each in requests_to_force(user=officer)] == [STOPPED]


def test_until_it_is_signed_the_force_reads_what_was_said(case: Case) -> None:
    """The case-owner may change the sections meanwhile, and nobody on the telephone said them."""
    cio, officer = a_user(Role.CIO_HMI), a_user(Role.POLICE_OFFICER)
    engagement = a_verbal_one(cio=cio, case=case)
    actions.task(engagement_id=engagement.pk, by=cio, now=at(10.2))
    sections_written(engagement, by=case.case_owner, now=at(11))
    unsigned = {"legal_power": "", "address": "", "safety_note": "", "live": True}
    client = client_of(officer)
    with time_machine.travel(at(12)):
        said = client.get(f"/api/v1/engagements/{engagement.pk}/").json()
        assert [each.due_on for each in requests_to_force(user=officer)] == [None]
    assert said["told"] | unsigned == said["told"] and "dog handler first" in said["told"]["asked"]
    assert said["window_starts_at"] is said["window_ends_at"] is None
    assert "As agreed by telephone" in page(officer, "engagement:list")
    text = page(officer, "engagement:detail", engagement.pk)
    assert "14 Quince Row" not in text and "dog handler first" in text and "Not signed yet" in text
    read(engagement, cio, at(12))
    now = at(12.1)
    actions.write_up(engagement_id=engagement.pk, by=cio, now=now, confirmed_at=now, **signing(engagement))
    assert "14 Quince Row" in page(officer, "engagement:detail", engagement.pk, now=at(12.2))


def test_a_write_up_goes_section_by_section(case: Case) -> None:
    cio = a_user(Role.CIO_HMI)
    engagement = a_verbal_one(cio=cio, case=case)
    signs = reverse("engagement:write_up", args=[engagement.pk])
    text = page(cio, "engagement:detail", engagement.pk)
    assert "Before you can sign it" in text and "Sign the write-up" in text and f'href="{signs}"' not in text
    assert "What is missing" in page(cio, "engagement:write_up", engagement.pk, status=409)
    assert 'name="asked"' not in page(cio, "engagement:save_details", engagement.pk)
    sections_written(engagement, by=cio, now=at(11))
    assert f'href="{signs}"' in page(cio, "engagement:detail", engagement.pk)
    assert page(cio, "engagement:write_up", engagement.pk).count("<textarea") == 2


def test_lists_take_as_many_queries_for_twelve_as_for_two(case: Case) -> None:
    cio, officer = a_user(Role.CIO_HMI), a_user(Role.POLICE_OFFICER)
    pages: tuple[tuple[User, str, list[str]], ...] = (
        (cio, "engagement:list", []),
        (cio, "engagement:discussion", []),
        (cio, "engagement:verbal", []),
        (cio, "engagement:case", [case.referral.reference]),
        (officer, "engagement:list", []),
    )

    def more(number: int) -> None:
        for _ in range(number):
            made = a_verbal_one(cio=cio, case=case)
            actions.task(engagement_id=made.pk, by=cio, now=at(10.1))

    more(2)
    few = [queries(user, name, *args) for user, name, args in pages]
    more(10)
    assert Engagement.objects.count() == 12
    assert [queries(user, name, *args) for user, name, args in pages] == few


def test_the_schedule_knows_its_tasks(settings: Any) -> None:
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {expire.name, tell_of_overdue.name} <= names
    expire()
    tell_of_overdue()

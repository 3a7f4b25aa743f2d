"""The Decision tab, drafting a section a page, and the list of decisions to review."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.decisions import actions as decision_actions
from casework.decisions.models import Decision
from casework.decisions.queries import gaps_of, work_waiting
from casework.decisions.wording import task_list, which_act
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_challenge,
    a_draft_decision,
    a_made_decision,
    a_reviewed_decision,
    a_served_decision,
    a_submitted_decision,
    a_user,
    an_assigned_case,
)

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tab(decision: Decision, user: User) -> str:
    page = reverse("decisions:detail", args=[decision.case.referral.reference])
    return signed_in(user).get(page).content.decode()


def test_a_draft_is_a_task_list_with_what_it_lacks() -> None:
    case = an_assigned_case()
    client, reference = signed_in(case.case_owner), case.referral.reference
    page = client.get(reverse("decisions:detail", args=[reference])).content.decode()
    assert "Draft a decision" in page and "checked" not in page
    client.post(reverse("decisions:draft", args=[reference]))
    decision = Decision.objects.get()
    page = tab(decision, case.case_owner)
    assert "Before you can submit or make it" in page and "Submit for review" not in page
    family = reverse("decisions:section", args=[reference, decision.pk, "family"])
    asked = client.get(family).content.decode().replace("Not checked by a lawyer", "")
    assert 'type="radio"' in asked and " checked" not in asked and "govuk-error-message" not in asked
    sent = {"children": "no", "children_reasons": "None known to the force.", "partner": "yes"}
    assert client.post(family, sent).status_code == 302
    page = tab(decision, case.case_owner)
    assert "give the reasons for “Is there a partner" in page and "Is a child under 18 affected?”" not in page
    assert "None known to the force." in client.get(family).content.decode()


def test_saving_leads_to_the_next_section_that_lacks_something_or_to_the_list() -> None:
    decision = a_draft_decision(an_assigned_case(), children="", trafficking="")
    client, where = signed_in(decision.drafted_by), [decision.case.referral.reference, decision.pk]
    safeguards = reverse("decisions:section", args=[*where, "safeguards"])
    family = reverse("decisions:section", args=[*where, "family"])
    sent = {"trafficking": "none", "trafficking_reasons": "The record of 3 May.", "adult_at_risk": "no"}
    answer = client.post(safeguards, {**sent, "then": "list"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("decisions:detail", args=where[:1])
    assert "Saved. 2 sections still need something" in answer.content.decode()
    assert client.post(safeguards, sent)["Location"] == family
    done = {
        "children": "no",
        "children_reasons": "None known to the force.",
        "partner": "no",
        "partner_reasons": "None known to the force.",
    }
    assert client.post(family, done)["Location"] == safeguards
    last = client.post(safeguards, {**sent, "adult_at_risk_reasons": "The interview of 3 May."}, follow=True)
    assert "Saved. Nothing is missing" in last.content.decode()
    assert "Submit for review" in last.content.decode()


def test_what_a_saved_section_lacks_is_named_on_the_next_page_and_marked_on_its_own() -> None:
    decision = a_draft_decision(an_assigned_case(), children="", partner="")
    client, where = signed_in(decision.drafted_by), [decision.case.referral.reference, decision.pk]
    family = reverse("decisions:section", args=[*where, "family"])
    sent = {"children": "no", "partner": "no", "partner_reasons": "He lives alone, his record says."}
    saved = client.post(family, sent, follow=True)
    lacks = f'href="{family}?missing=1#id_children_reasons"'
    assert "Missing from “" in saved.content.decode() and lacks in saved.content.decode()
    page = client.get(family).content.decode()
    marked = re.findall(r"id=\"(id_\w+)-error\"", page)
    assert marked == ["id_children_reasons"]


def test_what_a_saved_finding_lacks_is_named_and_marked() -> None:
    decision = a_draft_decision(an_assigned_case())
    finding = decision.findings.get()
    client, where = signed_in(decision.drafted_by), [decision.case.referral.reference, decision.pk]
    page = reverse("decisions:change_finding", args=[*where, finding.pk])
    saved = client.post(page, {"allegation": finding.allegation, "proved": "yes"}, follow=True)
    assert f'href="{page}?missing=1#id_evidence"' in saved.content.decode()
    marked = client.get(page).content.decode()
    assert 'id="id_evidence-error"' in marked and 'id="id_proved-error"' not in marked


def test_every_gap_leads_to_the_field_where_it_is_filled_in() -> None:
    decision = a_draft_decision(an_assigned_case(), route="conviction_led", partner="", material="yes")
    client, where = signed_in(decision.drafted_by), [decision.case.referral.reference]
    decision.findings.update(proved=None)
    page = client.get(reverse("decisions:detail", args=where)).content.decode()
    links = re.findall(r'href="(/decisions/[^"#]+)#(id_[^"]+)">', page)
    assert f'href="{"#".join(links[0])}" role="button"' in page  # Continue
    assert [field for _, field in links] == [
        "id_route",
        "id_legal_basis",
        "id_proved",
        "id_partner",
        "id_material",
    ]
    for address, field in links:
        assert f'id="{field}"' in client.get(address).content.decode()


def test_a_page_that_shows_the_whole_text_counts_as_reading_it() -> None:
    decision, senior = a_submitted_decision(an_assigned_case()), a_user(Role.SENIOR_CASEWORKER)
    page = reverse("decisions:approve", args=[decision.case.referral.reference, decision.pk])
    client = signed_in(senior)
    unread = client.post(page, {"reasons": "It holds, as the file shows."})
    assert unread.status_code == 409
    assert "Open and read the decision in full first" in unread.content.decode()
    assert "He struck a shop worker on 4 March." in client.get(page).content.decode()
    assert client.post(page, {"reasons": "It holds, as the file shows."}).status_code == 302


BUILT = (
    a_draft_decision,
    a_submitted_decision,
    a_reviewed_decision,
    a_made_decision,
    a_served_decision,
    a_challenge,
)


def buttons(page: str) -> list[str]:
    return re.findall(r'class="govuk-button[^>]*>\s*([^<]+?)\s*<', page)


@pytest.mark.parametrize("built", BUILT, ids=lambda built: built.__name__)
def test_each_state_shows_what_can_be_done_next(built: Any) -> None:
    made = built(an_assigned_case())
    decision = getattr(made, "decision", made)
    owner, senior, manager = decision.case.case_owner, a_user(Role.SENIOR_CASEWORKER), a_user(Role.MANAGER)
    next_one = {
        "draft": ("Make the decision", owner),
        "submitted": ("Review the decision", senior),
        "reviewed": ("Make the decision", owner),
        "decided": ("Record the service", owner),
        "served": ("Record a challenge", owner),
    }
    words, who = next_one[decision.state]
    assert words in buttons(tab(decision, who))
    assert words not in buttons(tab(decision, manager))
    assert ("must act" in tab(decision, manager)) == (decision.state != "served")
    if made is not decision:
        assert "Record how the challenge ended" in tab(decision, owner)


def test_a_refused_act_says_why_and_keeps_what_was_typed() -> None:
    decision = a_made_decision(an_assigned_case())
    page = reverse("decisions:serve", args=[decision.case.referral.reference, decision.pk])
    day = {"on-day": "1", "on-month": "11", "on-year": "2026"}
    sent = {
        "how": "post",
        "rule": "Regulation 7",
        "to": "Counsel",
        "by_whom": "Us",
        "place": "in_uk",
        "appeal": "tribunal",
        "shared_text": "Served.",
        **day,
    }
    answer = signed_in(decision.case.case_owner).post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Counsel" in text
    assert "cannot have been served before the day it was made" in text and "name the other document" in text


def test_the_list_of_decisions_to_review_and_what_waits() -> None:
    drafter, senior = a_user(Role.CASE_OWNER), a_user(Role.SENIOR_CASEWORKER)

    def submitted() -> None:
        a_submitted_decision(an_assigned_case(case_owner=drafter))

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert signed_in(senior).get(reverse("decisions:reviews")).status_code == 200
        return len(caught)

    submitted()
    submitted()
    with_two = queries()
    for _ in range(4):
        submitted()
    assert queries() == with_two
    (line,) = work_waiting(user=senior, now=NOON + timedelta(days=1))
    assert (line.words, line.count, line.overdue) == ("Decisions to review", 6, 0)
    (late,) = work_waiting(user=senior, now=timezone.now() + timedelta(days=60))
    assert late.overdue == 6
    assert list(work_waiting(user=drafter, now=NOON)) == []


def test_the_timeline_tells_it() -> None:
    decision = a_reviewed_decision(an_assigned_case())
    page = reverse("casework:timeline", args=[decision.case.referral.reference])
    text = signed_in(decision.case.case_owner).get(page).content.decode()
    for words in (
        "Decision 1 begun",
        "Decision 1 submitted for review",
        "Decision 1 reviewed",
        "It holds, as the file shows.",
    ):
        assert words in text


def test_what_the_case_has_recorded_stands_beside_the_question_and_against_a_no() -> None:
    case = an_assigned_case()
    Referral.objects.filter(pk=case.referral_id).update(health_condition="yes", has_children="yes")
    decision, senior = a_draft_decision(case), a_user(Role.SENIOR_CASEWORKER)
    where, said = [case.referral.reference, decision.pk], "The case has recorded: health condition"
    client = signed_in(case.case_owner)
    section = client.get(reverse("decisions:section", args=[*where, "safeguards"])).content.decode()
    assert "Recorded on this case" in section and said in section and "recorded: children" not in section
    assert said in tab(decision, case.case_owner)
    assert said in client.get(reverse("decisions:submit", args=where)).content.decode()
    decision_actions.submit(decision_id=decision.pk, by=case.case_owner, now=NOON + timedelta(hours=3))
    assert said in tab(decision, senior)
    assert said in signed_in(senior).get(reverse("decisions:approve", args=where)).content.decode()


def test_findings_are_required_from_the_start_where_the_route_is_a_deportation() -> None:
    case = an_assigned_case()
    decision = decision_actions.draft(case_id=case.pk, by=case.case_owner, now=NOON)
    for route, status in (("conviction_led", "incomplete"), ("administrative_removal", "optional")):
        decision.case.route = route
        tasks = task_list(decision, gaps_of(decision, now=NOON), writable=True)
        assert [task["status"] for task in tasks if task["title"] == "Findings"] == [status]


def test_the_draft_says_which_of_the_two_buttons_is_meant() -> None:
    decision = a_draft_decision(an_assigned_case())
    page = tab(decision, decision.case.case_owner)
    assert "One person may make this decision" in page
    answers = {**decision.answers, "material": {"choice": "yes", "reasons": "The statement of the officer."}}
    Decision.objects.update(relies_on_material=True, answers=answers)
    assert "One person may make this decision" not in tab(decision, decision.case.case_owner)
    decision.refresh_from_db()
    words, because = which_act(decision, ["submit"], now=NOON)
    assert words.startswith("Two people decide this") and because.startswith(
        "The decision relies on Nexus material"
    )
    assert which_act(decision, [], now=NOON) == []

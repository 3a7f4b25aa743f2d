"""The assessment page: who it is, the referral, the rules line by line, and what happens next."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals import actions
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_complete_draft,
    a_submitted,
    a_user,
    an_acceptance,
    in_triage,
    with_a_question,
)
from tests.policies import LIMB_WORDS
from tests.referrals.croydon import SEES_NO_REFERRAL, a_stranger, as_role, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
TABS = ("detail", "assessment", "timeline", "decide")


def read(referral: Referral, name: str = "detail", role: Role = Role.REFERRALS_OFFICER) -> str:
    response = as_role(role).get(page_of(name, referral))
    assert response.status_code == 200
    return response.text


def test_each_limb_stands_with_its_words_evidence_and_what_would_change_it() -> None:
    page = read(a_submitted(immigration_status="limited_leave"))
    for limb, words in LIMB_WORDS.items():
        assert f"Limb {limb} " in page
        assert words in page
    assert "Disclosable material: a summary of the material." in page
    assert "5 more dated convictions would meet the guide. It is a guide only." in page
    assert "This limb is for a subject with: no valid leave." in page
    assert "These rules inform. A named person decides." in page
    assert (
        "Policy of 15 March 2017: Operation Nexus – High Harm, version 1.0, in force on 16 November 2026, when"
        in page
    )
    assert "From 16 November 2023" not in page
    assert "from 16 November 2023 to 16 November 2026, both days included" in page
    assert "Flag: <strong>Nexus High Harm (Regional)</strong>. The flag is not allocation." in page


def test_the_referral_stands_beside_by_section() -> None:
    page = read(a_submitted())
    for words in (
        "Referrer and channel",
        "Repeated assaults in the town centre.",
        "1999/0123456X",
        "Commitments",
    ):
        assert words in page


def test_each_event_says_whether_it_counts() -> None:
    draft = a_complete_draft()
    events: dict[str, dict[str, Any]] = {
        "Theft": {"kind": "conviction", "part": "convicted", "convicted_on": date(2026, 1, 5)},
        "Fraud": {"kind": "conviction", "part": "convicted", "convicted_on": date(2016, 1, 5)},
        "Assault": {"kind": "conviction", "part": "victim"},
    }
    for offence, values in events.items():
        actions.add_row(
            referral_id=draft.pk, by=draft.created_by, now=NOON, kind="conduct",
            values={"offence": offence, "grounding": "fact", **values},
        )  # fmt: skip
    page = read(actions.submit(referral_id=draft.pk, by=draft.created_by, now=NOON), "assessment")
    assert page.count(">Counted</strong>") == 1
    assert "Not counted. Before the period." in page
    assert "Not counted. The subject is the victim: never counted as offending." in page
    assert "Events in which the subject was a victim or witness are not counted as offending." in page


def test_risk_is_said_in_words() -> None:
    page = read(
        a_submitted(
            channel="live_time", in_custody=True, custody_reference="1",
            custody_clock_started_at=timezone.now() - timedelta(hours=26, minutes=1),
            date_of_birth=date(2010, 1, 1), trafficking_indicator="yes", vulnerability_details="Told a nurse.",
        )
    )  # fmt: skip
    identity = page.split('class="moj-identity-bar')[1].split("</dl>")[0]
    assert "In custody, detention limit passed 2 hours 1 minute ago" in identity
    assert "Appears to be under 18; Trafficking indicator" in identity


def claimed_elsewhere() -> Referral:
    return in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo"))


def withdrawn() -> Referral:
    referral = a_submitted()
    return actions.withdraw(
        referral_id=referral.pk, by=referral.created_by, now=NOON, reason="Sent in error."
    )


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (a_submitted, ["Claim it and assess it", "Claim this referral"]),
        (claimed_elsewhere, ["Ask the force, or decide", "Piers Okonjo"]),
        (
            with_a_question,
            ["Waiting for the force’s answer", "West Midlands Police – by Monday 23 November 2026"],
        ),
        (lambda: an_acceptance().referral, ["Decided: the case goes on", "Nexus High Harm, Liverpool"]),
        (withdrawn, ["None: the force has withdrawn it"]),
    ],
)
def test_the_next_action_is_always_in_sight(build: Callable[[], Referral], words: list[str]) -> None:
    referral = build()
    for tab in TABS:
        page = read(referral, tab)
        assert [each for each in words if each not in page] == [], tab


def test_only_the_holder_is_offered_to_ask_and_decide() -> None:
    referral = in_triage()
    mine = signed_in(referral.claimed_by).get(page_of("detail", referral)).text
    assert [
        words for words in (">Accept</a>", ">Do not accept</a>", ">Redirect</a>") if words not in mine
    ] == []
    assert ">Ask the force</a>" in mine
    theirs = read(referral)
    assert ">Accept</a>" not in theirs
    assert ">Ask the force</a>" not in theirs
    assert "Release to the queue" in read(referral, role=Role.MANAGER)


def test_an_overdue_question_says_so() -> None:
    referral = with_a_question(due_on=date(2026, 11, 16))
    assert ">Overdue</strong>" in read(referral)
    assert ">Overdue</strong>" in read(referral, "timeline")


def test_after_the_decision_the_rules_stand_as_they_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    referral = an_acceptance(immigration_status="limited_leave").referral
    monkeypatch.setattr(
        "referrals.queries.assess", lambda facts, policy: pytest.fail("the decision keeps what was shown")
    )
    page = read(referral)
    assert "as it stood at the decision on 16 November 2026 at 1pm" in page


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.FORCE_LEAD])
def test_the_force_has_its_own_page_and_no_tabs(tab: str, role: Role) -> None:
    referral = in_triage()
    response = as_role(role).get(page_of(tab, referral))
    if tab == "detail":
        assert "These rules inform." not in response.text
    else:
        assert response.status_code == 403


@pytest.mark.parametrize("tab", TABS)
def test_whom_it_does_not_exist_for(tab: str) -> None:
    referral = in_triage()
    assert a_stranger().get(page_of(tab, referral)).status_code == 404
    for role in (*SEES_NO_REFERRAL, Role.CASE_OWNER):  # casework sees it once it is accepted
        assert as_role(role).get(page_of(tab, referral)).status_code == 404
    accepted = an_acceptance().referral
    assert as_role(Role.CASE_OWNER).get(page_of(tab, accepted)).status_code == 200


def test_each_page_read_is_recorded() -> None:
    referral = a_submitted()
    officer = a_user(Role.REFERRALS_OFFICER)
    client = signed_in(officer)
    for tab in TABS:
        client.get(page_of(tab, referral))
    assert kinds(referral)[-4:] == [
        "referral.viewed",
        "referral.assessment_viewed",
        "referral.timeline_viewed",
        "referral.decision_viewed",
    ]
    last = AuditEvent.objects.filter(subject_type="referrals.referral").latest("id")
    assert last.by_id == officer.pk
    assert last.request_id


def test_what_people_typed_is_shown_as_typed() -> None:
    page = read(a_submitted(surname="<script>alert(1)</script>", harm_narrative="{{ 7 * 7 }} <b>bold</b>"))
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }} &lt;b&gt;bold&lt;/b&gt;" in page

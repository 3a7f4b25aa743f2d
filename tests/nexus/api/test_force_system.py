"""The guide's programs at a real server: a force's records system, and the system that keys."""

import importlib.util
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from casework.keying.models import Keyed
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.bootstrap import CHECKOUT
from nexus.scope import SYSTEM, scope
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import ConductEvent, Question, Referral
from tests.builders import a_case, a_complete_draft, a_user
from tests.casework.reports.builders import a_released_report
from tests.nexus.api.test_whole_referral import OWN, WHOLE
from tests.programs import KEY, a_program

SCOPES = ("referrals:write", "changes:read", "to-be-keyed:write", "reports:read")


def guide() -> Any:
    """The script beside the guide, as an integrator would begin with it."""
    spec = importlib.util.spec_from_file_location(
        "force_system", CHECKOUT / "docs" / "api" / "force_system.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    settings.NEXUS_ADDRESS = live_server.url
    return str(live_server.url)


@pytest.mark.django_db(transaction=True)
def test_a_force_system_refers_retries_answers_and_follows_over_a_restart(
    address: str, tmp_path: Path
) -> None:
    script = guide()
    officer = a_user(Role.POLICE_OFFICER)
    asked = (address, a_program(a_user(Role.FORCE_LEAD), *SCOPES).pk, KEY, officer.email)
    system = script.ForceSystem(*asked, place=tmp_path / "place")
    key = str(uuid4())
    reference = system.start(key)
    assert system.start(key) == reference  # every call may be sent again
    system.save(reference, "harm", {"harm_narrative": "Repeated assaults."})
    assert {each["id"] for each in system.news()} == {reference}

    with scope(SYSTEM):
        complete = a_complete_draft(by=officer, now=timezone.now())
    sent, again = (system.submit(complete.reference, f"send-{complete.pk}") for _ in range(2))
    assert sent == again and sent["state"] == "submitted"
    asked_at, office = timezone.now(), a_user(Role.REFERRALS_OFFICER)
    with scope(SYSTEM):
        actions.claim(referral_id=complete.pk, by=office, now=asked_at)
        actions.request_information(
            referral_id=complete.pk,
            by=office,
            now=asked_at,
            questions=[NewQuestion("Which street?", add_working_days(asked_at, 5))],
        )

    restarted = script.ForceSystem(*asked, place=tmp_path / "place")
    told = [each["happened"] for each in restarted.news() if each["id"] == complete.reference]
    assert told[-3:] == ["referral.submitted", "referral.claimed", "referral.asked_about"]
    statement = tmp_path / "Statement of a neighbour.txt"
    statement.write_text("I saw him twice in Quince Row.")
    for _ in range(2):
        restarted.answer(complete.reference, "Quince Row.", f"answer-{complete.pk}", statement)
    with scope(SYSTEM):
        question = Question.objects.get()
        assert question.answer == "Quince Row."
        assert question.attachments.get().description == "Statement of a neighbour"  # one, of two calls
        assert Referral.objects.get(pk=complete.pk).state == "in_triage"
    assert [each["happened"] for each in restarted.news()] == [
        "referral.attachment_added",
        "referral.answered",
    ]
    answered = AuditEvent.objects.get(kind="referral.answered")
    assert answered.by_id == officer.pk and "program" in answered.detail


@pytest.mark.django_db(transaction=True)
def test_a_force_system_refers_in_one_call_and_takes_its_report(address: str, tmp_path: Path) -> None:
    lead, officer = a_user(Role.FORCE_LEAD), a_user(Role.POLICE_OFFICER)
    program = a_program(lead, *SCOPES)
    system = guide().ForceSystem(address, program.pk, KEY, officer.email, place=tmp_path / "place")
    first, again = (system.refer(OWN, WHOLE)["referral"]["reference"] for _ in range(2))
    assert first == again
    with scope(SYSTEM):
        assert ConductEvent.objects.filter(referral__own_reference=OWN).count() == len(WHOLE["conduct"])
        a_released_report()
    assert system.newest_report("pdf").startswith(b"%PDF")
    assert b"OFFICIAL-SENSITIVE" in system.newest_report("csv")


@pytest.mark.django_db(transaction=True)
def test_a_force_system_s_other_side_keys_a_batch_and_gives_its_receipts(address: str) -> None:
    with scope(SYSTEM):
        a_case()
    officer = a_user(Role.REFERRALS_OFFICER)
    atlas = guide().KeyingSystem(address, a_program(a_user(Role.MANAGER), *SCOPES).pk, KEY, officer.email)
    results = atlas.key_all()
    assert [each["confirmed"] for each in results].count(True) == 1  # the flag; allocations are Liverpool's
    with scope(SYSTEM):
        assert Keyed.objects.get().receipt.startswith("ATL-")

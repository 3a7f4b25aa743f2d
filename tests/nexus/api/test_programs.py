"""Programs of a force: they show a key, act for an officer of their force, and decide nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nexus.accounts import actions
from nexus.accounts.models import Integration, ProgramKey
from nexus.accounts.program_scopes import PARTS, READS, WRITES, choices
from nexus.accounts.roles import Role
from nexus.accounts.tokens import PROGRAM_TOKEN_LIFE
from nexus.api.authentication import NAME_THE_OFFICER, NOT_FOR_PROGRAMS, NOT_OF_THE_FORCE, ScopeAllows
from nexus.audit.models import AuditEvent
from nexus.audit.recording import has_viewed
from tests.builders import a_draft, a_force, a_submitted, a_user
from tests.nexus.api.calling import Caller
from tests.nexus.api.test_scopes import CHANGES, paths
from tests.programs import ProgramCaller, a_key, a_program, exchanged, public, signed

pytestmark = pytest.mark.django_db
EVERYTHING = [scope for how in (READS, WRITES) for scope, _ in choices(how)]


def test_a_program_shows_its_key_for_a_token_of_minutes(time_machine: Any) -> None:
    program = a_program()
    answer = exchanged(signed(program))
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    given = answer.json()
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 900, "referrals:read")
    assert program.keys.get().last_used_at is not None
    assert AuditEvent.objects.get(kind="program.token_issued").subject_id == str(program.pk)
    caller = ProgramCaller(program)
    assert caller.get("referrals/").status_code == 200
    time_machine.move_to(timezone.now() + PROGRAM_TOKEN_LIFE + timedelta(seconds=1))
    assert caller.get("referrals/").status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://elsewhere.example/token"},
        {"sub": "999999"},
        {"iss": "999999"},
        {"jti": None},
        {"exp": None},
        {"exp": timedelta(hours=2)},
        {"iat": -timedelta(hours=2), "exp": -timedelta(hours=1)},
    ],
    ids=str,
)
def test_an_assertion_that_is_not_quite_right_is_refused(wrong: dict[str, Any]) -> None:
    """Times are said from now."""
    now = timezone.now()
    claims = {name: now + value if isinstance(value, timedelta) else value for name, value in wrong.items()}
    assert exchanged(signed(a_program(), **claims)).status_code == 401


def test_an_assertion_is_good_once_and_with_its_own_key_alone() -> None:
    program = a_program()
    once = signed(program)
    assert [exchanged(once).status_code for _ in range(2)] == [200, 401]
    assert exchanged(signed(program, a_key())).status_code == 401
    assert exchanged("not a token").status_code == 401
    assert exchanged("").status_code == 400


def test_a_key_is_rotated_without_a_gap_and_a_withdrawn_one_ends_its_tokens() -> None:
    program, administrator, now, new = a_program(), a_user(Role.ADMINISTRATOR), timezone.now(), a_key()
    one = {"user_id": program.person_id, "by": administrator, "now": now}
    actions.add_key(**one, integration_id=program.pk, confirmed_at=now, public_key=public(new))
    caller = ProgramCaller(program)
    assert exchanged(signed(program, new)).status_code == 200
    actions.withdraw_key(**one, key_id=ProgramKey.objects.order_by("pk")[0].pk)
    assert caller.get("referrals/").status_code == 401
    assert exchanged(signed(program)).status_code == 401
    assert exchanged(signed(program, new)).status_code == 200


def test_a_program_of_somebody_who_left_gets_no_token() -> None:
    program = a_program()
    actions.disable_user(user_id=program.person_id, by=a_user(Role.ADMINISTRATOR), now=timezone.now())
    assert exchanged(signed(program)).status_code == 401


def test_a_program_acts_for_an_officer_of_its_force_and_the_record_names_both() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    program = a_program(a_user(Role.FORCE_LEAD), "referrals:write")
    draft = a_draft(by=officer)
    path, body = f"referrals/{draft.reference}/sections/harm/", {"harm_narrative": "Repeated assaults."}
    refused = ProgramCaller(program).send("patch", path, body)
    assert refused.status_code == 403 and NAME_THE_OFFICER in refused.text
    assert ProgramCaller(program, officer=officer).send("patch", path, body).status_code == 200
    entry = AuditEvent.objects.filter(kind="referral.changed").latest("pk")
    assert (entry.by_id, entry.detail["program"]) == (officer.pk, program.pk)


@pytest.mark.parametrize("who", ["foreign", "office", "disabled", "administrator", "nobody"])
def test_a_program_acts_for_nobody_else(who: str) -> None:
    named = {
        "foreign": lambda: a_user(Role.POLICE_OFFICER, force=a_force("46")).email,
        "office": lambda: a_user(Role.REFERRALS_OFFICER).email,
        "disabled": lambda: a_user(Role.POLICE_OFFICER, is_active=False).email,
        "administrator": lambda: a_user(Role.ADMINISTRATOR).email,
        "nobody": lambda: "nobody@police.example",
    }[who]()
    answer = ProgramCaller(a_program(), officer=named).get("referrals/")
    assert answer.status_code == 403 and NOT_OF_THE_FORCE in answer.text


def open_to(program: Integration, officer: Any, among: set[str] | None = None) -> set[str]:
    """The endpoints at which the program is let through with a call that changes something."""
    caller, through = ProgramCaller(program, officer=officer), set()
    for name, path in paths():
        if among and name.removeprefix("api:") not in among:
            continue
        for method in CHANGES:
            if name in {"api:token", "api:schema", "api:program_token"}:
                continue
            answer = caller.send(method, path.removeprefix("/api/v1/"))
            if answer.status_code != 403 or NOT_FOR_PROGRAMS not in answer.text:
                through.add(name.removeprefix("api:"))
    return through


def test_no_scope_decides_authorises_or_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    program = a_program(a_user(Role.MANAGER), *EVERYTHING)
    named = {endpoint for _, writes in PARTS.values() for endpoint in writes}
    assert open_to(program, officer) <= named
    words = ("accept", "decide", "approve", "authorise", "refuse", "redirect", "agree", "release", "judge")
    assert [name for name in named if any(word in name.split("_") for word in words)] == []
    monkeypatch.setattr(ScopeAllows, "program_may", lambda *args: True)
    decide = {"referral_accept", "engagement_authorise", "case_decision_approve"}
    assert open_to(program, officer, decide) == decide


def test_a_program_reads_the_parts_it_was_granted_and_no_other() -> None:
    caller = ProgramCaller(a_program(None, "reports:read"))
    assert caller.get("reports/").status_code == 200
    assert caller.get("session/").status_code == 200
    for path in ("referrals/", "changes/", "notifications/", "cases/"):
        assert caller.get(path).status_code == 403


def test_what_a_machine_read_no_person_has_read() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    referral = a_submitted(by=officer)
    path = f"referrals/{referral.reference}/"
    assert ProgramCaller(a_program(), officer=officer).get(path).status_code == 200
    assert Caller(officer).get(path).status_code == 200
    entries = AuditEvent.objects.filter(kind="referral.viewed", by_id=officer.pk)
    assert [sorted(entry.detail) for entry in entries.order_by("pk")] == [["program"], ["token"]]
    assert not has_viewed(by=officer, subject=referral, kind="referral.viewed")
    officer.through = {}
    client = Caller(None).client
    client.force_login(officer)
    client.get(f"/api/v1/{path}")
    assert has_viewed(by=officer, subject=referral, kind="referral.viewed")


def test_each_client_has_so_many_calls_a_minute_and_is_told(settings: Any, time_machine: Any) -> None:
    time_machine.move_to(timezone.now().replace(second=10, microsecond=0), tick=False)
    settings.NEXUS_API_CALLS_A_MINUTE = 2
    program, other = a_program(), a_program(None)
    caller = ProgramCaller(program)
    answers = [caller.get("referrals/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [
        '"calls";r=1;t=50',
        '"calls";r=0;t=50',
        '"calls";r=0;t=50',
    ]
    assert answers[0]["RateLimit-Policy"] == '"calls";q=2;w=60'
    assert answers[2]["Retry-After"] == "50"
    assert AuditEvent.objects.filter(kind="refusal.throttled").count() == 1
    assert ProgramCaller(other).get("referrals/").status_code == 200
    time_machine.move_to(timezone.now() + timedelta(seconds=51), tick=False)
    assert caller.get("referrals/").status_code == 200

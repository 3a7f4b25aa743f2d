"""A trafficking indicator is said and stops wherever a person is arrested, detained, served, decided on or authorised.

Each verb of operations, decisions and police support is of one of three sorts: it is stopped, it is done in sight of
the indicator, or it does nothing to the person. A verb of no sort fails; so does one that is not stopped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import actions as casework_actions
from casework import trafficking as one_function
from casework.decisions import actions as decision_actions
from casework.decisions.models import Letter
from casework.decisions.verbs import FINDINGS, OF_CHALLENGE, SECTIONS
from casework.decisions.verbs import LETTERS as LETTER_VERBS
from casework.decisions.verbs import MOVES as DECISION_VERBS
from casework.engagement.verbs import BEGIN
from casework.engagement.verbs import VERBS as OPERATION_VERBS
from casework.models import Case
from casework.printing import printed
from casework.rules.trafficking import Trafficking
from casework.support.verbs import VERBS as SUPPORT_VERBS
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from nexus.verbs import Verb
from referrals.models import Referral
from tests.builders import (
    NOON,
    a_draft_decision,
    a_made_decision,
    a_reviewed_decision,
    a_submitted_decision,
    a_user,
    an_assigned_case,
)
from tests.casework.engagement.builders import accepted, assessed, at, authorised, tasked
from tests.casework.support import builders as support

pytestmark = pytest.mark.django_db
NOW = at(9)

# Done in sight of it: nobody is touched by writing, asking, returning, refusing, ending or telling the truth.
IN_SIGHT: Mapping[str, set[str]] = {
    "operations": {
        *("start", "save_risks", "save_details", "settle_issue", "request", "quality_assure", "assess_risk"),
        *("send_back", "refuse", "record_trafficking", "write_up", "reopen", "withdraw", "decline"),
        *("execute", "abort", "record_outcome"),
    },
    "decisions": {
        *(*SECTIONS, *FINDINGS, *OF_CHALLENGE),
        *(
            "submit",
            "return_draft",
            "take_back",
            "lodge",
            "reconsider",
            "record_appeal_right",
            "write_letter",
        ),
    },
    "support": {"amend", "cancel", "add_message", "send_back", "decline", "fulfil"},
}
VERBS: Mapping[str, Mapping[str, Verb]] = {
    "operations": {**BEGIN, **OPERATION_VERBS},
    "decisions": {**SECTIONS, **FINDINGS, **DECISION_VERBS, **LETTER_VERBS, **OF_CHALLENGE},
    "support": SUPPORT_VERBS,
}


@dataclass(frozen=True)
class Stopped:
    """One verb that is stopped: its part, and what it would be done to, by whom, were there no indicator."""

    part: str
    name: str
    on: Callable[[Case], tuple[Any, Any]]
    page: Callable[[Any], str]
    endpoint: Callable[[Any], str]

    def reasons(self, target: Any, by: User) -> list[str]:
        return VERBS[self.part][self.name].reasons_against(target, by, NOW)


def operation(name: str, made: Callable[[Case, User, User], Any], who: str) -> Stopped:
    def on(case: Case) -> tuple[Any, Any]:
        cio, officer = a_user(Role.CIO_HMI), a_user(Role.POLICE_OFFICER)
        return made(case, cio, officer), {"cio": cio, "officer": officer, "owner": case.case_owner}[who]

    return Stopped(
        "operations",
        name,
        on,
        lambda row: reverse(f"engagement:{name}", args=[row.pk]),
        lambda row: reverse(f"api:engagement_{name}", args=[row.pk]),
    )


def stopped_operation(case: Case, cio: User, officer: User) -> Any:
    """Stopped by a claim that has been refused since."""
    made = accepted(case=case, cio=cio, officer=officer)
    about: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner}
    claim = casework_actions.record_barrier(
        **about, now=at(10.1), kind="claim", since=NOON.date(), details="Made."
    )
    casework_actions.lift_barrier(**about, now=at(10.2), barrier_id=claim.pk, reason="The claim was refused.")
    made.refresh_from_db()
    return made


def decision(name: str, made: Callable[[Case], Any], role: Role) -> Stopped:
    def on(case: Case) -> tuple[Any, Any]:
        found = made(case)
        if name == "make_letter":
            found = Letter(decision=found, template="notice")
        return found, case.case_owner if role == Role.CASE_OWNER else a_user(role)

    more = {"template": "notice"} if name == "make_letter" else {}

    def one(row: Any) -> Any:
        return getattr(row, "decision", row)

    return Stopped(
        "decisions",
        name,
        on,
        lambda row: reverse(
            f"decisions:{name}", args=[one(row).case.referral.reference, one(row).pk, *more.values()]
        ),
        lambda row: reverse(f"api:case_decision_{name}", kwargs={"decision_id": one(row).pk, **more}),
    )


def asked(name: str, made: Callable[[Case], Any], role: Role) -> Stopped:
    def on(case: Case) -> tuple[Any, Any]:
        found = made(case)
        by = {Role.CASE_OWNER: case.case_owner, Role.FORCE_LEAD: support.a_lead(found)}.get(role)
        return found, by or a_user(role)

    return Stopped(
        "support",
        name,
        on,
        lambda row: reverse(f"support:{name}", args=[row.pk]),
        lambda row: reverse(f"api:support_request_{name}", args=[row.pk]),
    )


def of_criminal_casework(case: Case) -> Any:
    draft = support.a_draft(case=case, by=a_user(Role.CRIMINAL_CASEWORK), kind="arrest")
    return support.submitted(draft)


STOPPED = (
    operation("authorise", lambda case, cio, officer: assessed(case=case, cio=cio), "cio"),
    operation("task", lambda case, cio, officer: authorised(case=case, cio=cio), "owner"),
    operation("accept", lambda case, cio, officer: tasked(case=case, cio=cio), "officer"),
    operation("look_again", stopped_operation, "cio"),
    decision("approve", a_submitted_decision, Role.SENIOR_CASEWORKER),
    decision("decide", lambda case: a_draft_decision(case, trafficking="pending"), Role.CASE_OWNER),
    decision("serve", a_made_decision, Role.CASE_OWNER),
    decision("make_letter", a_made_decision, Role.CASE_OWNER),
    asked("submit", lambda case: support.a_draft(case=case, kind="papers"), Role.CASE_OWNER),
    asked("pass_on", of_criminal_casework, Role.REFERRALS_OFFICER),
    asked("accept", lambda case: support.with_force(case=case, kind="arrest"), Role.FORCE_LEAD),
)
LOG_VERBAL = ("operations", "log_verbal")
each = pytest.mark.parametrize("verb", STOPPED, ids=[f"{verb.part}-{verb.name}" for verb in STOPPED])


def test_every_verb_is_of_one_sort() -> None:
    stopped = {(verb.part, verb.name) for verb in STOPPED} | {LOG_VERBAL}
    known = stopped | {(part, name) for part, names in IN_SIGHT.items() for name in names}
    assert known == {(part, name) for part, verbs in VERBS.items() for name in verbs}


def becomes_known(case: Case) -> None:
    """Behind the back of every action: what is stopped then is stopped by who asks, not by who was told."""
    Referral.objects.filter(pk=case.referral_id).update(trafficking_indicator="yes")


def is_said(text: str) -> bool:
    return "Trafficking indicator" in text or "Stop: " in text


def walk(verb: Stopped) -> list[str]:
    """What is wrong with it: it is not stopped by itself, on its page or at its endpoint, or nobody says why."""
    case = an_assigned_case()
    target, by = verb.on(case)
    before = verb.reasons(target, by)
    becomes_known(case)
    target = type(target).objects.get(pk=target.pk) if target.pk else target
    if isinstance(target, Letter):
        target.decision = type(target.decision).objects.get(pk=target.decision.pk)
    found = [f"it was stopped before: {before}"] if before else []
    if not any(map(is_said, verb.reasons(target, by))):
        return [*found, "nothing stands against it"]
    client = Client()
    client.force_login(by)
    with time_machine.travel(NOW):
        button = VERBS[verb.part][verb.name].button_only
        page = client.post(verb.page(target)) if button else client.get(verb.page(target))
        answer = client.post(verb.endpoint(target), {}, content_type="application/json")
    if page.status_code != 409 or not is_said(page.content.decode()):
        found.append(f"its page answers {page.status_code}")
    if answer.status_code != 409 or not is_said(" ".join(answer.json().get("reasons", []))):
        found.append(f"its endpoint answers {answer.status_code}")
    return found


@each
def test_a_trafficking_indicator_stops_every_verb_that_touches_the_person(verb: Stopped) -> None:
    assert walk(verb) == []


@each
def test_the_walk_would_find_a_verb_that_does_not_ask(verb: Stopped, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: with the one function taken away nothing of it is stopped, and the walk says so."""
    monkeypatch.setattr(one_function, "Trafficking", lambda *found: Trafficking())
    assert walk(verb) == ["nothing stands against it"]


def test_a_verbal_authorisation_is_not_logged_and_the_case_says_so_on_every_page() -> None:
    case, cio = an_assigned_case(), a_user(Role.CIO_HMI)
    becomes_known(case)
    client = Client()
    client.force_login(cio)
    pages = (
        "engagement:log_verbal",
        "engagement:case",
        "decisions:detail",
        "support:case",
        "casework:detail",
    )
    with time_machine.travel(NOW):
        answers = [client.get(reverse(name, args=[case.referral.reference])) for name in pages]
        logged = client.post(
            reverse("api:case_log_verbal", args=[case.referral.reference]),
            {},
            content_type="application/json",
        )
    assert [answer.status_code for answer in answers] == [409, 200, 200, 200, 200]
    assert all(is_said(answer.content.decode()) for answer in answers)
    assert logged.status_code == 409 and is_said(" ".join(logged.json()["reasons"]))
    case.refresh_from_db()
    content = printed(Case.objects.get(pk=case.pk), by=cio, now=NOW)
    assert "Trafficking indicator: the referral says so." in str(content["summary"])


def test_none_found_is_contradicted_on_the_spot() -> None:
    case = an_assigned_case()
    decision_row = a_draft_decision(case)  # which says "None found"
    becomes_known(case)
    client = Client()
    client.force_login(case.case_owner)
    page = reverse("decisions:section", args=[case.referral.reference, decision_row.pk, "safeguards"])
    with time_machine.travel(timezone.now()):
        text = client.get(page).content.decode()
    assert "the draft says “None found”. Trafficking indicator: the referral says so." in text
    submit = DECISION_VERBS["submit"].reasons_against(
        type(decision_row).objects.get(pk=decision_row.pk), case.case_owner, NOW
    )
    assert any("None found" in reason for reason in submit)


def test_an_indicator_that_becomes_known_makes_the_review_void_until_somebody_looks_again() -> None:
    case = an_assigned_case()
    reviewed = a_reviewed_decision(case, now=at(4), trafficking="pending")
    reviewer = reviewed.reviewed_by
    about: dict[str, Any] = {"case_id": case.pk, "now": at(6)}
    barrier = casework_actions.record_barrier(
        **about, by=case.case_owner, kind="trafficking", since=NOON.date(), details="Pending."
    )
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.reviewed_by) == ("submitted", None)
    history = list(reviewed.changes.values_list("verb", "by"))
    assert ("approve", reviewer.pk) in history and history[-1][0] == "void_review", "void, and not deleted"
    casework_actions.lift_barrier(
        case_id=case.pk,
        barrier_id=barrier.pk,
        by=a_user(Role.SENIOR_CASEWORKER),
        now=at(7),
        reason="It was decided on the papers.",
        outcome="conclusive_negative",
        ended_on=NOON.date(),
        ended_reference="NRM-1",
    )
    approve = {
        "decision_id": reviewed.pk,
        "by": reviewer,
        "now": at(8),
        "reasons": "It still holds, as the file shows.",
    }
    with pytest.raises(Refused, match="Open and read"):
        decision_actions.approve(**approve)

"""Nexus material in any state, reached by what people do. All of it is invented.

A step takes material on by one act of a person; a state's name builds it from the request on.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material, Version
from casework.material.rules import CHECKLIST
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.documents.models import Scan, StoredFile
from nexus.refusals import Refused
from tests.access.world import upload
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.desk import signed_in

NOW = NOON + timedelta(hours=4)
DUE = date(2026, 11, 30)
ASKED: dict[str, Any] = {
    "what": "Four incidents in the town centre.",
    "why": "They may show a current and ongoing threat.",
    "due_on": DUE,
    "fit_for_force": True,
}
AGAIN: dict[str, Any] = {"what": "Grade the sources.", "due_on": DUE, "fit_for_force": True}
SUMMARY = "Four incidents are recorded.\n\nTwo of them were witnessed by officers."
STATEMENT = (
    "1. I am a police constable.\n\n2. On 4 March 2026 I saw the assault.\n\n3. My colleague saw it too."
)
# What each verb takes besides the material, who and when.
GIVEN: dict[str, dict[str, Any]] = {
    "return_summary": AGAIN,
    "review_summary": {"relevant": True, "applicable": True, "reasons": "Two incidents bear on the threat."},
    "give_more_time": {"due_on": DUE + timedelta(days=7), "text": "Until the officer is back."},
    "commission": ASKED,
    "reject": AGAIN,
    "check_statement": {"points": {}, "paragraphs": {}, "records": {}},
    "approve": {"reasons": "In the agreed format and pertinent."},
    "rely_on": {},
    "ask_for_appeals_review": {"question": "An appeal is likely."},
    "advise": {"issues": "The second witness may be challenged.", "advice": "Call the first witness."},
    "serve": {"served_on": NOW.date(), "how": "With the decision, by hand"},
    "supersede": {"reason": "Asked twice."},
}


def do(verb: str, material: Material, by: User, **changed: Any) -> Any:
    return getattr(actions, verb)(material_id=material.pk, by=by, now=NOW, **{**GIVEN[verb], **changed})


def refusal(act: Callable[[], object]) -> str:
    """The sentences with which this is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


# Steps.


def requested(*, case: Case | None = None, by: User | None = None, **answers: Any) -> Material:
    case = case or an_assigned_case()
    title = answers.pop("title", "Assaults in the town centre")
    by = by or case.case_owner
    return actions.request_summary(case_id=case.pk, by=by, now=NOW, title=title, **{**ASKED, **answers})


def written(
    material: Material,
    text: str,
    *,
    by: User | None = None,
    records: int = 0,
    word: str = "record",
    author: str = "PC Rowan Ashdown",
    now: datetime = NOW,
) -> None:
    """The force attaches and writes; nothing is sent yet."""
    one = {"material_id": material.pk, "by": by or officer_of(material), "now": now}
    for number in range(records):
        what = "Crime report" if word == "record" else word
        actions.attach_record(**one, upload=upload(f"{word}{number}"), description=f"{what} {number}")
    StoredFile.objects.filter(scan=Scan.QUARANTINED).update(scan=Scan.CLEAN, scanned_at=now)
    actions.save_draft(**one, author=author, text=text)


def attached(material: Material, name: str, content: bytes) -> None:
    """The force attaches this very file; it is not scanned yet."""
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    actions.attach_record(**one, upload=SimpleUploadedFile(name, content), description=f"Record {name}")


def supplied(material: Material, *, by: User | None = None, now: datetime = NOW) -> Version:
    return actions.supply(material_id=material.pk, by=by or officer_of(material), now=now)


def sent(
    material: Material, text: str, *, by: User | None = None, now: datetime = NOW, **more: Any
) -> Version:
    """The force writes, attaches and sends what is asked now; a statement with its records."""
    asked = material.asks.get(closed_at=None)
    more.setdefault("records", 1 if asked.kind == "statement" and not asked.records.exists() else 0)
    written(material, text, by=by, now=now, **more)
    return supplied(material, by=by, now=now)


def answers_of(version: Version, **changed: Any) -> dict[str, Any]:
    """A check in which everything is well; `failing` names points that are not, `said` judges paragraphs."""
    failing = changed.get("failing", ())
    said = {number: Judgement("yes") for number in range(1, len(version.paragraphs) + 1)}
    return {
        "points": {code: code not in failing for code in CHECKLIST},
        "paragraphs": {**said, **changed.get("said", {})},
        "records": dict.fromkeys(version.ask.records.values_list("pk", flat=True), True),
    }


def check(material: Material, *, by: User | None = None, remarks: str = "", **changed: Any) -> Material:
    given = answers_of(statement_of(material), **changed)
    do("check_statement", material, by or owner_of(material), **given, remarks=remarks)
    return fresh(material)


def read(material: Material, by: User) -> None:
    """The Senior Caseworker opens the latest statement."""
    record(kind="material.version_viewed", by=by, subject=statement_of(material), now=NOW)


def approve(material: Material, *, by: User | None = None, **reasons: str) -> Material:
    by = by or a_user(Role.SENIOR_CASEWORKER)
    read(material, by)
    do("approve", material, by, **reasons)
    return fresh(material)


def by_owner(verb: str, material: Material, **changed: Any) -> Material:
    do(verb, material, owner_of(material), **changed)
    return fresh(material)


# States.


def summarised(**answers: Any) -> Material:
    material = requested(**answers)
    sent(material, SUMMARY)
    return fresh(material)


def reviewed(*, relevant: bool = True, applicable: bool = True, **answers: Any) -> Material:
    return by_owner("review_summary", summarised(**answers), relevant=relevant, applicable=applicable)


def commissioned(**answers: Any) -> Material:
    return by_owner("commission", reviewed(**answers))


def received(*, records: int = 1, **answers: Any) -> Material:
    material = commissioned(**answers)
    sent(material, STATEMENT, records=records)
    return fresh(material)


def checked(*, by: User | None = None, failing: tuple[str, ...] = (), **answers: Any) -> Material:
    said = answers.pop("said", {})
    return check(received(**answers), by=by, failing=failing, said=said)


def approved(*, by: User | None = None, **answers: Any) -> Material:
    return approve(checked(**answers), by=by)


def approved_for_criminal_casework(material: Material, said: dict[int, Judgement] | None = None) -> Material:
    """What the force accepted for Criminal Casework, on a case without a case-owner: two Senior Caseworkers see to it."""
    first, second = a_user(Role.SENIOR_CASEWORKER), a_user(Role.SENIOR_CASEWORKER)
    sent(material, SUMMARY)
    do("review_summary", fresh(material), first)
    do("commission", fresh(material), first)
    sent(fresh(material), STATEMENT)
    check(fresh(material), by=first, said=said or {})
    return approve(fresh(material), by=second)


def relied_on(**answers: Any) -> Material:
    return by_owner("rely_on", approved(**answers))


def with_appeals(**answers: Any) -> Material:
    return by_owner("ask_for_appeals_review", relied_on(**answers))


def advised(**answers: Any) -> Material:
    material = with_appeals(**answers)
    do("advise", material, a_user(Role.SPECIALIST_APPEALS))
    return fresh(material)


def served(**answers: Any) -> Material:
    return by_owner("serve", advised(**answers))


def rejected(**answers: Any) -> Material:
    return by_owner("reject", received(**answers))


def not_needed(**answers: Any) -> Material:
    material = reviewed(**answers)
    because = "The convictions are enough."
    actions.need_no_statement(case_id=material.case_id, by=owner_of(material), now=NOW, because=because)
    return fresh(material)


def superseded(**answers: Any) -> Material:
    return by_owner("supersede", requested(**answers))


IN_STATE = {
    "summary_requested": requested,
    "summary_received": summarised,
    "summary_reviewed": reviewed,
    "not_needed": not_needed,
    "commissioned": commissioned,
    "received": received,
    "checked": checked,
    "rejected": rejected,
    "approved": approved,
    "relied_on": relied_on,
    "with_appeals": with_appeals,
    "advised": advised,
    "served": served,
    "superseded": superseded,
}


def statement_of(material: Material) -> Version:
    return material.versions.filter(kind="statement").latest("number")


def officer_of(material: Material) -> User:
    return material.case.referral.created_by


def owner_of(material: Material) -> User:
    return cast(User, material.case.case_owner)


def fresh(material: Material) -> Material:
    return Material.objects.select_related("case__referral__force", "case__case_owner").get(pk=material.pk)


def page(user: User, name: str, *args: object, **query: str) -> str:
    """A page of Nexus material as this person reads it."""
    answer = signed_in(user).get(reverse(f"material:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()

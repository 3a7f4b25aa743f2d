"""Nexus material in any state, reached by what people do. All of it is invented."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material, Version
from casework.material.rules import CHECKLIST
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.documents.models import Scan, StoredFile
from tests.access.world import upload
from tests.builders import NOON, a_user, an_assigned_case

NOW = NOON + timedelta(hours=4)
DUE = date(2026, 11, 30)
ASKED: dict[str, Any] = {
    "what": "Four incidents in the town centre.",
    "why": "They may show a current and ongoing threat.",
    "due_on": DUE,
    "fit_for_force": True,
}
SUMMARY = "Four incidents are recorded.\n\nTwo of them were witnessed by officers."
STATEMENT = (
    "1. I am a police constable.\n\n2. On 4 March 2026 I saw the assault.\n\n3. My colleague saw it too."
)


def requested(*, case: Case | None = None, by: User | None = None, **answers: Any) -> Material:
    case = case or an_assigned_case()
    title = answers.pop("title", "Assaults in the town centre")
    by = by or case.case_owner
    return actions.request_summary(case_id=case.pk, by=by, now=NOW, title=title, **{**ASKED, **answers})


def sent(
    material: Material, text: str, *, by: User | None = None, records: int = 0, now: datetime = NOW
) -> Version:
    """The force writes, attaches and sends what is asked now."""
    one = {"material_id": material.pk, "by": by or officer_of(material), "now": now}
    for number in range(records):
        actions.attach_record(**one, upload=upload(f"record{number}"), description=f"Crime report {number}")
    StoredFile.objects.filter(scan=Scan.QUARANTINED).update(scan=Scan.CLEAN, scanned_at=now)
    actions.save_draft(**one, author="PC Rowan Ashdown", text=text)
    return actions.supply(**one)


def officer_of(material: Material) -> User:
    return material.case.referral.created_by


def summarised(**answers: Any) -> Material:
    material = requested(**answers)
    sent(material, SUMMARY)
    return fresh(material)


def reviewed(*, relevant: bool = True, applicable: bool = True, **answers: Any) -> Material:
    material = summarised(**answers)
    said = {"relevant": relevant, "applicable": applicable, "reasons": "Two incidents bear on the threat."}
    actions.review_summary(material_id=material.pk, by=owner_of(material), now=NOW, **said)
    return fresh(material)


def commissioned(**answers: Any) -> Material:
    material = reviewed(**answers)
    actions.commission(material_id=material.pk, by=owner_of(material), now=NOW, **ASKED)
    return fresh(material)


def received(*, records: int = 1, **answers: Any) -> Material:
    material = commissioned(**answers)
    sent(material, STATEMENT, records=records)
    return fresh(material)


def answers_of(version: Version, **changed: Any) -> dict[str, Any]:
    """A check in which everything is well; `failing` names points that are not, `said` judges paragraphs."""
    failing = changed.get("failing", ())
    said = {number: Judgement("yes") for number in range(1, len(version.paragraphs) + 1)}
    return {
        "points": {code: code not in failing for code in CHECKLIST},
        "paragraphs": {**said, **changed.get("said", {})},
        "records": dict.fromkeys(version.ask.records.values_list("pk", flat=True), True),
    }


def checked(*, by: User | None = None, failing: tuple[str, ...] = (), **answers: Any) -> Material:
    said = answers.pop("said", {})
    material = received(**answers)
    version = material.versions.filter(kind="statement").latest("number")
    by = by or owner_of(material)
    given = answers_of(version, failing=failing, said=said)
    actions.check_statement(material_id=material.pk, by=by, now=NOW, **given)
    return fresh(material)


def read(material: Material, by: User) -> None:
    """The Senior Caseworker opens the latest statement."""
    version = material.versions.filter(kind="statement").latest("number")
    record(kind="material.version_viewed", by=by, subject=version, now=NOW)


def approved(*, by: User | None = None, **answers: Any) -> Material:
    material = checked(**answers)
    by = by or a_user(Role.SENIOR_CASEWORKER)
    read(material, by)
    actions.approve(material_id=material.pk, by=by, now=NOW, reasons="In the agreed format and pertinent.")
    return fresh(material)


def relied_on(**answers: Any) -> Material:
    material = approved(**answers)
    return actions.rely_on(material_id=material.pk, by=owner_of(material), now=NOW)


def with_appeals(**answers: Any) -> Material:
    material = relied_on(**answers)
    asked = {"question": "An appeal is likely."}
    actions.ask_for_appeals_review(material_id=material.pk, by=owner_of(material), now=NOW, **asked)
    return fresh(material)


def advised(**answers: Any) -> Material:
    material = with_appeals(**answers)
    said = {"issues": "The second witness may be challenged.", "advice": "Call the first witness."}
    actions.advise(material_id=material.pk, by=a_user(Role.SPECIALIST_APPEALS), now=NOW, **said)
    return fresh(material)


def served(**answers: Any) -> Material:
    material = advised(**answers)
    how = {"served_on": NOW.date(), "how": "With the decision, by hand"}
    return actions.serve(material_id=material.pk, by=owner_of(material), now=NOW, **how)


def rejected(**answers: Any) -> Material:
    material = received(**answers)
    return actions.reject(material_id=material.pk, by=owner_of(material), now=NOW, **AGAIN)


def not_needed(**answers: Any) -> Material:
    material = reviewed(**answers)
    because = "The convictions are enough."
    actions.need_no_statement(case_id=material.case_id, by=owner_of(material), now=NOW, because=because)
    return fresh(material)


def superseded(**answers: Any) -> Material:
    material = requested(**answers)
    return actions.supersede(material_id=material.pk, by=owner_of(material), now=NOW, reason="Asked twice.")


AGAIN: dict[str, Any] = {"what": "Grade the sources.", "due_on": DUE, "fit_for_force": True}
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


def owner_of(material: Material) -> User:
    return cast(User, material.case.case_owner)


def fresh(material: Material) -> Material:
    return Material.objects.select_related("case__referral__force", "case__case_owner").get(pk=material.pk)

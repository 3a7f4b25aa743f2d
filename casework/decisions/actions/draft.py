"""A decision is drafted by the case-owner, section by section and allegation by allegation."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from casework.actions.steps import save
from casework.decisions.actions.steps import lock, lock_case, reasons_not_at_work, reasons_not_to_write
from casework.decisions.models import Claim, Decision, Finding
from casework.decisions.queries import standing_decision
from casework.decisions.rules.findings import reasons_not_to_find_on
from casework.decisions.rules.law import CHECKLIST, QUESTIONS
from casework.material.models import Material
from casework.material.queries import approved_for
from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.soft_delete import put_back, remove
from referrals.models import ConductEvent

FINDING_REASONS = "Enter the reasons for the finding."


def reasons_not_to_draft(case: Case, by: User) -> list[str]:
    """One decision at a time: a new one only when none stands."""
    standing = standing_decision(case)
    if standing:
        return [f"{standing} is already on this case: {standing.get_state_display().lower()}."]
    return reasons_not_at_work(case, by) or case.reasons_not_to_move("draft")


@transaction.atomic
def draft(*, case_id: int, by: User, now: datetime) -> Decision:
    """Begin to draft a decision; the case moves to “Decision being drafted”. Raises Refused."""
    case = lock_case(case_id, by=by, verb="draft")
    refuse_if(reasons_not_to_draft(case, by))
    decision = Decision.objects.create(
        case=case,
        number=case.decisions.count() + 1,
        checklist=CHECKLIST,
        drafted_by=by,
        drafted_at=now,
    )
    case.move("draft", by=by, now=now)
    save(case, done="drafted", by=by, now=now, is_progress=True, detail={"decision": decision.pk})
    return decision


@transaction.atomic
def save_section(
    *,
    decision_id: int,
    by: User,
    now: datetime,
    answers: Mapping[str, Mapping[str, str]],
    material: Iterable[Material] | None = None,
    claims: Iterable[Claim] | None = None,
) -> Decision:
    """Save answers, of one section or several, by the names of their questions; the others stay. Raises Refused.

    Anything may be left blank until the decision is submitted or made. `material` is the approved Nexus
    material it relies on, `claims` those it refuses; None leaves them as they were.
    """
    decision = lock(decision_id, by=by, verb="save_section")
    refuse_if(
        reasons_not_to_write(decision, by)
        or reasons_not_this_material(decision, material or ())
        + reasons_not_these_claims(decision, claims or ())
        + reasons_wordless(answers)
    )
    if material is not None:
        decision.material.set(material)
    if claims is not None:
        decision.claims.set(claims)
    given = {
        name: {"choice": answer.get("choice", ""), "reasons": answer.get("reasons", "")}
        for name, answer in answers.items()
        if name in QUESTIONS
    }
    decision.answers = {**decision.answers, **given}
    decision.relies_on_material = decision.answer_to("material") == "yes"
    written(decision, "section_saved", by=by, now=now, detail={"questions": sorted(given)})
    return decision


def reasons_wordless(answers: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Reasons may wait until the draft is submitted; words that say nothing are none."""
    return [
        sentence
        for name, answer in answers.items()
        if name in QUESTIONS
        for sentence in wordless(
            answer.get("reasons", ""), f"Enter the reasons for “{QUESTIONS[name].words}”.", optional=True
        )
    ]


def reasons_not_this_material(decision: Decision, material: Iterable[Material]) -> list[str]:
    """Only what a Senior Caseworker has approved on this very case."""
    approved = set(approved_for(decision.case).values_list("pk", flat=True))
    return [
        f"“{each.title}” is not approved material on this case."
        for each in material
        if each.pk not in approved
    ]


def reasons_not_these_claims(decision: Decision, claims: Iterable[Claim]) -> list[str]:
    """Only an open claim of this very case."""
    return [
        f"“{each}” is no open claim on this case."
        for each in claims
        if each.case_id != decision.case_id or each.end
    ]


def written(decision: Decision, done: str, *, by: User, now: datetime, detail: dict[str, object]) -> None:
    """When the text changed, and the audit entry: ids and names of sections, never what was written."""
    decision.written_at = now
    decision.save()
    record(
        kind=f"decision.{done}",
        by=by,
        subject=decision.case,
        now=now,
        detail={"decision": decision.pk, **detail},
    )


def reasons_not_this_event(decision: Decision, event: ConductEvent | None) -> list[str]:
    if event is None:
        return []
    if event.referral_id != decision.case.referral_id:
        return ["That event belongs to another referral."]
    if decision.findings.filter(event=event).exists():
        return ["There is already an allegation from this event."]
    return reasons_not_to_find_on(event.part)


@transaction.atomic
def add_finding(
    *,
    decision_id: int,
    by: User,
    now: datetime,
    allegation: str,
    event: ConductEvent | None = None,
    evidence: str = "",
    proved: bool | None = None,
    reasons: str = "",
) -> Finding:
    """Add an allegation, taken from a conduct event or written. Raises Refused."""
    decision = lock(decision_id, by=by, verb="add_finding")
    refuse_if(
        reasons_not_to_write(decision, by)
        or reasons_not_this_event(decision, event)
        + blank(allegation, "Enter what is alleged.")
        + wordless(reasons, FINDING_REASONS, optional=True)
    )
    finding = Finding.objects.create(
        decision=decision,
        event=event,
        allegation=allegation,
        evidence=evidence,
        proved=proved,
        reasons=reasons,
    )
    written(decision, "finding_added", by=by, now=now, detail={"finding": finding.pk})
    return finding


@transaction.atomic
def change_finding(
    *,
    decision_id: int,
    finding_id: int,
    by: User,
    now: datetime,
    allegation: str,
    evidence: str,
    proved: bool | None,
    reasons: str,
) -> Finding:
    """Write what was found of an allegation. Raises Finding.DoesNotExist for another decision's, and Refused."""
    decision = lock(decision_id, by=by, verb="change_finding")
    finding = decision.findings.get(pk=finding_id)
    refuse_if(
        reasons_not_to_write(decision, by)
        or blank(allegation, "Enter what is alleged.") + wordless(reasons, FINDING_REASONS, optional=True)
    )
    finding.allegation, finding.evidence = allegation, evidence
    finding.proved, finding.reasons = proved, reasons
    finding.save()
    written(decision, "finding_changed", by=by, now=now, detail={"finding": finding.pk})
    return finding


@transaction.atomic
def remove_finding(*, decision_id: int, finding_id: int, by: User, now: datetime) -> None:
    """Take an allegation out of the draft; it is kept and can be put back.

    Raises Finding.DoesNotExist for another decision's, and Refused.
    """
    decision = lock(decision_id, by=by, verb="remove_finding")
    finding = decision.findings.get(pk=finding_id)
    refuse_if(reasons_not_to_write(decision, by))
    remove(finding, by=by, now=now)
    written(decision, "finding_removed", by=by, now=now, detail={"finding": finding_id})


@transaction.atomic
def restore_finding(*, decision_id: int, finding_id: int, by: User, now: datetime) -> Finding:
    """Put a removed allegation back. Raises Finding.DoesNotExist for another decision's, and Refused."""
    decision = lock(decision_id, by=by, verb="restore_finding")
    finding = Finding.with_removed.get(pk=finding_id, decision=decision)
    refuse_if(reasons_not_to_write(decision, by))
    put_back(finding)
    written(decision, "finding_restored", by=by, now=now, detail={"finding": finding_id})
    return finding

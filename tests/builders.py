"""Builders reach a state through the actions people use, never by setting columns.

Every builder takes keyword answers that override the defaults. All people here are invented.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework import actions as casework_actions
from casework.actions.outcome import goes_on
from casework.decisions import actions as decision_actions
from casework.decisions.models import Challenge, Claim, Decision
from casework.material.queries import approved_for
from casework.models import Case, ProgressEvent
from nexus.accounts.models import Force, Team, User
from nexus.accounts.reference import load_reference_data
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Proposal, Referral, TriageDecision
from referrals.queries import unanswered

# A Monday in term: noon in London.
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
PASSWORD = "an invented pass phrase"
_numbers = count(1)

TEAM_OF = {
    Role.REFERRALS_OFFICER: "referrals_office",
    Role.CASE_OWNER: "nexus_high_harm",
    Role.SENIOR_CASEWORKER: "nexus_high_harm",
    Role.MANAGER: "nexus_high_harm",
    Role.CRIMINAL_CASEWORK: "criminal_casework",
    Role.SPECIALIST_APPEALS: "specialist_appeals",
}

COMPLETE: dict[str, Any] = {
    "officer": "PC Rowan Ashdown",
    "officer_contact": "rowan.ashdown@police.example",
    "supervisor": "PS Imran Calloway",
    "channel": "standard",
    "in_custody": False,
    "surname": "Zelmanov",
    "forenames": "Teodor",
    "date_of_birth": date(1988, 5, 17),
    "date_of_birth_precision": "exact",
    "sex": "male",
    "place_of_birth": "Port Selby",
    "may_be_british": "no",
    "may_be_irish": "no",
    "right_of_abode": "no",
    "long_resident": "no",
    "scope_evidence": "Passport seen in custody; Home Office record checked.",
    "pnc_id": "1999/0123456X",
    "immigration_status": "overstayer",
    "status_as_at": date(2026, 11, 2),
    "status_source": "Home Office record",
    "active_claim": "no",
    "active_police_interest": True,
    "interest_what": "Managed by the offender management unit.",
    "interest_by": "Offender management unit",
    "interest_on": date(2026, 11, 9),
    "removal_priority": True,
    "harm_physical": True,
    "harm_to_individuals": True,
    "harm_to_community": True,
    "harm_narrative": "Repeated assaults in the town centre.",
    "conduct_listed": True,
    "material_level": "summary",
    "threat_current": True,
    "threat_ongoing": True,
    "material_description": "A summary of four incidents.",
    "pending_criminal": "none_known",
    "pending_litigation": "none_known",
    "pending_appeals": "none_known",
    "has_partner": "no",
    "has_children": "not_known",
    "health_condition": "no",
    "mental_health_order": "no",
    "trafficking_indicator": "no",
    "under_18": "no",
    "attachments_listed": True,
    "commits_information": True,
    "commits_tracing": True,
    "commits_evidence": True,
    "commits_resources": True,
    "signatory": "Ch Insp Marit Hollins",
    "signatory_post": "Force lead for Nexus",
}

ACCEPTANCE: dict[str, Any] = {
    "reasons": "No leave, active interest and repeated violence: a priority for removal.",
    "balance": "No leave since 2019, seven years of residence, no family life shown.",
    "significant_impact": "yes",
    "impact_reasons": "Three people were hurt, one of them badly; the street is afraid.",
    "scope_confirmation": "Nationality document seen; not British or Irish.",
    "route": "administrative_removal",
    "police_statement": "not_necessarily",
}

REFUSAL: dict[str, Any] = {
    "reasons": "One event, long ago, and nothing current. You can discuss it with us.",
    "balance": "Long residence and a family outweigh one event.",
    "significant_impact": "no",
    "impact_reasons": "Nobody was hurt, and what was taken came back.",
}


def reference_data() -> None:
    """Forces and teams, where this test has none yet."""
    if not Team.objects.exists():
        load_reference_data()


def a_force(code: str = "20") -> Force:
    """West Midlands unless told otherwise."""
    reference_data()
    return Force.objects.get(code=code)


def a_user(role: Role, *, force: Force | None = None, **fields: Any) -> User:
    number = next(_numbers)
    if role in POLICE_ROLES:
        force = force or a_force()
    reference_data()
    team = TEAM_OF.get(role)
    password = fields.pop("password", PASSWORD)
    # As `create_user` would, without asking the database about each constraint beforehand: it holds them all the same.
    user = User(
        email=f"{role.value}.{number}@nexus.example",
        full_name=fields.pop("full_name", f"Person {number} {role.label}"),
        role=role,
        force=force,
        team=Team.objects.get(code=team) if team else None,
        nsa_accredited=fields.pop("nsa_accredited", role == Role.CASE_OWNER),
        **fields,
    )
    user.set_password(password)
    user.save()
    return user


def a_draft(*, by: User | None = None, now: datetime = NOON, **answers: Any) -> Referral:
    by = by or a_user(Role.POLICE_OFFICER)
    force = None if by.is_police else a_force()
    return actions.start(by=by, now=now, idempotency_key=uuid4(), force=force, **answers)


def a_complete_draft(*, by: User | None = None, now: datetime = NOON, **answers: Any) -> Referral:
    """A draft with every section answered, at once as through the API, and one nationality."""
    referral = a_draft(by=by, now=now, **{**COMPLETE, **answers})
    by = referral.created_by
    actions.add_row(
        referral_id=referral.pk,
        by=by,
        now=now,
        kind="nationality",
        values={"code": "XXX", "source": "claimed"},
    )
    return Referral.objects.get(pk=referral.pk)


def explained(draft: Referral, *, now: datetime = NOON) -> Referral:
    """The same draft, with what differs in it explained, if anything does."""
    if any(each.may_be_explained for each in unanswered(draft, timezone.localdate(now))):
        words = {"differences_explained": "The answers are right as the force knows them."}
        actions.save_section(
            referral_id=draft.pk, by=draft.created_by, now=now, section="commitment", values=words
        )
    return draft


def a_submitted(*, by: User | None = None, now: datetime = NOON, **answers: Any) -> Referral:
    referral = explained(a_complete_draft(by=by, now=now, **answers), now=now)
    return actions.submit(referral_id=referral.pk, by=referral.created_by, now=now)


def in_triage(
    *, by: User | None = None, officer: User | None = None, now: datetime = NOON, **answers: Any
) -> Referral:
    """Claimed and read by a referrals officer (`referral.claimed_by`)."""
    referral = a_submitted(by=by, now=now, **answers)
    officer = officer or a_user(Role.REFERRALS_OFFICER)
    referral = actions.claim(referral_id=referral.pk, by=officer, now=now + timedelta(minutes=10))
    record(kind="referral.viewed", by=officer, subject=referral, now=now + timedelta(minutes=11))
    return referral


def with_a_question(
    *,
    due_on: date | None = None,
    now: datetime = NOON,
    more: Sequence[NewQuestion] = (),
    **kwargs: Any,
) -> Referral:
    """Asked one question, to be answered in five working days, and `more`."""
    referral = in_triage(now=now, **kwargs)
    due_on = due_on or add_working_days(now, 5)
    actions.request_information(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=now + timedelta(minutes=20),
        questions=[NewQuestion("Which of the incidents were witnessed?", due_on), *more],
    )
    return Referral.objects.get(pk=referral.pk)


def read_by(officer: User, proposal: Proposal, *, now: datetime = NOON + timedelta(minutes=40)) -> User:
    """The officer has opened the referral on which the decision is proposed."""
    record(kind="referral.viewed", by=officer, subject=proposal.referral, now=now)
    return officer


def a_proposal(
    outcome: str = "not_accepted", *, referral: Referral | None = None, now: datetime = NOON, **answers: Any
) -> Proposal:
    """A decision put to a second reader by who holds the referral; `answers` are of the referral, or of the
    decision where a referral is given. For tests with `second_reading`."""
    said = ACCEPTANCE if outcome == "accepted" else REFUSAL
    if referral is None:
        referral = in_triage(now=now, **answers)
        answers = {}
    return actions.propose(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=now + timedelta(minutes=30),
        outcome=outcome,
        **{**said, **answers},
    )


def an_acceptance(*, now: datetime = NOON, held_by: Team | None = None, **kwargs: Any) -> TriageDecision:
    referral = in_triage(now=now, **kwargs)
    return actions.accept(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=now + timedelta(hours=1),
        held_by=held_by,
        **ACCEPTANCE,
    )


def decision_like(decision: TriageDecision, **changes: Any) -> TriageDecision:
    """Another row with the same answers but these, past every action. The database refuses it at the first thing that is wrong: with what `changes`
    hold, and only then because a second one would stand."""
    other = TriageDecision.objects.get(pk=decision.pk)
    other.pk = None
    for name, value in changes.items():
        setattr(other, name, value)
    other.save(force_insert=True)
    return other


def a_case(*, now: datetime = NOON, **kwargs: Any) -> Case:
    """Accepted, flagged and allocated to Liverpool; not yet assigned."""
    return Case.objects.get(referral=an_acceptance(now=now, **kwargs).referral)


def a_flag_only_case(*, now: datetime = NOON, **kwargs: Any) -> Case:
    """Accepted and flagged, but Criminal Casework holds it: open, not allocated to Liverpool."""
    load_reference_data()
    held_by = Team.objects.get(code="criminal_casework")
    return Case.objects.get(referral=an_acceptance(now=now, held_by=held_by, **kwargs).referral)


def an_assigned_case(*, case_owner: User | None = None, now: datetime = NOON, **kwargs: Any) -> Case:
    """With an accredited case-owner (`case.case_owner`) since two hours after submission."""
    case = a_case(now=now, **kwargs)
    return casework_actions.assign(
        case_id=case.pk,
        by=a_user(Role.MANAGER),
        now=now + timedelta(hours=2),
        case_owner=case_owner or a_user(Role.CASE_OWNER),
    )


# What a decision answers, by the names of its questions, where nothing stands against removal.
DECISION_ANSWERS: dict[str, str] = {
    "route": "administrative_removal",
    "legal_basis": "iaa_1999_s10",
    "significant_impact": "yes",
    "article_3": "no",
    "article_8": "yes",
    "gravity": "yes",
    "lawful": "yes",
    "necessary": "yes",
    "proportionate": "yes",
    "threat": "yes",
    "public_harm": "yes",
    "residence": "yes",
    "eea_protected": "no",
    "certified": "none",
    "appealable": "no_claim",
    "exceptions_s33": "no",
    "seriousness": "yes",
    "risk": "yes",
    "policy": "yes",
    "discretion": "yes",
    "protection": "no",
    "section_72": "no",
    "public_interest": "for",
    "foreign_criminal": "no",
    "exception_117c": "neither",
    "compelling": "no",
    "conduct_date": "before",
    "best_interests": "in_line",
    "qualifying_child": "no",
    "children": "no",
    "partner": "not_known",
    "trafficking": "none",
    "adult_at_risk": "no",
    "enquiries": "complete",
    "material": "no",
}


def decision_answers(**choices: str) -> dict[str, dict[str, str]]:
    """Every question answered with reasons, as `save_section` takes them."""
    chosen = {**DECISION_ANSWERS, **choices}
    return {name: {"choice": choice, "reasons": f"Looked at: {name}."} for name, choice in chosen.items()}


def a_claim(case: Case, *, now: datetime, **changes: Any) -> Claim:
    """The claim the subject made; the one on the case that is still open, where there is one."""
    standing = Claim.objects.filter(case=case, end="").first()
    words: dict[str, Any] = {
        "kind": "human_rights",
        "made_on": timezone.localdate(now),
        "how": "representations",
        "grounds": "He has lived here for nine years and has friends here.",
        **changes,
    }
    return standing or decision_actions.record_claim(case_id=case.pk, by=case.case_owner, now=now, **words)


def a_draft_decision(case: Case, *, now: datetime | None = None, **choices: str) -> Decision:
    """A draft of the case's own case-owner with every question answered, one allegation proved and a claim refused.

    With `material="yes"` it relies on what is approved on the case.
    """
    by, now = case.case_owner, now or NOON + timedelta(hours=3)
    decision = decision_actions.draft(case_id=case.pk, by=by, now=now)
    one: dict[str, Any] = {"decision_id": decision.pk, "by": by, "now": now}
    relied_on = list(approved_for(case)) if choices.get("material") == "yes" else []
    choices = {"appealable": "refuses_claim", **choices}
    claims = [a_claim(case, now=now)] if choices["appealable"] == "refuses_claim" else []
    answers = decision_answers(**choices)
    decision_actions.save_section(**one, answers=answers, material=relied_on, claims=claims)
    decision_actions.add_finding(
        **one,
        allegation="He struck a shop worker on 4 March.",
        evidence="The statement of the shop worker.",
        proved=True,
        reasons="Two people saw it.",
    )
    return Decision.objects.get(pk=decision.pk)


def read_in_full(decision: Decision, by: User, *, now: datetime) -> None:
    """Somebody has opened a page on which the whole decision stands."""
    record(kind="decision.viewed", by=by, subject=decision, now=now)


def a_submitted_decision(case: Case, *, now: datetime | None = None, **choices: str) -> Decision:
    now = now or NOON + timedelta(hours=3)
    decision = a_draft_decision(case, now=now, **choices)
    return decision_actions.submit(decision_id=decision.pk, by=case.case_owner, now=now)


def a_reviewed_decision(case: Case, *, now: datetime | None = None, **choices: str) -> Decision:
    now, senior = now or NOON + timedelta(hours=3), a_user(Role.SENIOR_CASEWORKER)
    decision = a_submitted_decision(case, now=now, **choices)
    read_in_full(decision, senior, now=now)
    return decision_actions.approve(
        decision_id=decision.pk, by=senior, now=now, reasons="It holds, as the file shows."
    )


def a_made_decision(case: Case, *, now: datetime | None = None, **choices: str) -> Decision:
    now = now or NOON + timedelta(hours=3)
    decision = a_draft_decision(case, now=now, **choices)
    read_in_full(decision, case.case_owner, now=now)
    return decision_actions.decide(
        decision_id=decision.pk,
        by=case.case_owner,
        now=now,
        reasons="The findings outweigh the residence.",
        shared_text="A decision was made.",
    )


SERVICE: dict[str, Any] = {
    "how": "post",
    "rule": "Immigration (Notices) Regulations 2003, regulation 7",
    "to": "The subject",
    "by_whom": "Nexus High Harm",
    "document": "Notice of decision, and the reasons",
    "place": "in_uk",
    "shared_text": "The decision was served.",
}


def a_served_decision(case: Case, *, now: datetime | None = None, **choices: str) -> Decision:
    now = now or NOON + timedelta(hours=3)
    decision = a_made_decision(case, now=now, **choices)
    day = timezone.localdate(now)
    return decision_actions.serve(
        decision_id=decision.pk, by=case.case_owner, now=now, on=day, document_on=day, **SERVICE
    )


def no_review_threatened(case: Case, *, now: datetime) -> None:
    """A Senior Caseworker records that nobody prepares a judicial review."""
    casework_actions.clarify(
        case_id=case.pk,
        by=a_user(Role.SENIOR_CASEWORKER),
        now=now,
        about="judicial_review",
        found=False,
        words="The representative wrote that no claim is intended.",
    )


def ready_for_removal(case: Case, *, now: datetime | None = None, served_days_ago: int = 21) -> Case:
    """Served so long ago that no appeal is in time, with the notices of removal given and their period over, and
    nothing of the person unknown."""
    now = now or NOON + timedelta(days=28)
    served_on = now - timedelta(days=served_days_ago)
    a_served_decision(case, now=served_on)
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": now}
    notice = {"kind": "both", "how": "By hand, by an officer.", "departure": "Tirana, by air, on the 20th."}
    casework_actions.give_removal_notice(**one, **notice, given_on=timezone.localdate(served_on))
    casework_actions.clarify(**one, about="children", found=False, words="Asked at interview: none.")
    no_review_threatened(case, now=now)
    return Case.objects.get(pk=case.pk)


def a_challenge(
    case: Case, *, kind: str = "appeal", now: datetime | None = None, **choices: str
) -> Challenge:
    now = now or NOON + timedelta(hours=3)
    decision = a_served_decision(case, now=now, **choices)
    return decision_actions.lodge(
        decision_id=decision.pk,
        by=case.case_owner,
        now=now,
        kind=kind,
        lodged_on=timezone.localdate(now),
        shared_text="A challenge was lodged.",
    )


# What leads from an assigned case to each later state.
LEADS_TO: dict[str, Callable[..., Any]] = {
    "drafted": a_draft_decision,
    "reviewed": a_reviewed_decision,
    "decided": a_made_decision,
    "served": a_served_decision,
    "challenged": a_challenge,
}


def progress(
    case: Case, kind: str = "contact", *, now: datetime | None = None, **answers: Any
) -> ProgressEvent:
    """One progress event by the case's own case-owner, shared with the force unless told otherwise."""
    now = now or NOON + timedelta(hours=3)
    values = {"text": "The officer in the case was told.", "shared_with_force": True, **answers}
    values.setdefault("happened_on", now.date())
    return casework_actions.record_progress(case_id=case.pk, by=case.case_owner, now=now, kind=kind, **values)


def a_case_in(state: str, *, now: datetime = NOON, **kwargs: Any) -> Case:
    """A case in any state, reached by what people do."""
    if state == "open":
        return a_flag_only_case(now=now, **kwargs)
    if state == "allocated":
        return a_case(now=now, **kwargs)
    case = an_assigned_case(now=now, **kwargs)
    if state not in ("assigned", "outcome", "closed"):
        progress(case, "evidence", now=now + timedelta(hours=3))
    if state in LEADS_TO:
        LEADS_TO[state](Case.objects.get(pk=case.pk), now=now + timedelta(hours=3))
    if state in ("outcome", "closed"):
        with_outcome(case, now=now + timedelta(hours=4))
    if state == "closed":
        casework_actions.close(case_id=case.pk, by=case.case_owner, now=now + timedelta(hours=5))
    return Case.objects.get(pk=case.pk)


def all_carried_over(case: Case, outcome: str, on: date) -> dict[str, str]:
    """A reason for everything that still goes on, and for a removal that the record does not show to be ready."""
    left = goes_on(Case.objects.get(pk=case.pk), outcome, on)
    return {each.key: "It goes on until it is recorded." for each in left}


def with_outcome(case: Case, *, outcome: str = "not_pursued", now: datetime | None = None) -> Case:
    """With an outcome; what still goes on is carried over."""
    now = now or NOON + timedelta(hours=4)
    return casework_actions.record_outcome(
        case_id=case.pk,
        by=case.case_owner,
        now=now,
        outcome=outcome,
        outcome_on=now.date(),
        reasons="The evidence no longer supports removal.",
        carried_over=all_carried_over(case, outcome, now.date()),
    )

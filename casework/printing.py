"""The whole case as one PDF: what its pages say, one part after the other. JSON values only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.models import Case, RelatedPerson
from casework.parts import case_parts
from casework.queries import people_of, related_to
from casework.readiness import reasons_not_ready
from casework.timeline import Entry, timeline
from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.ui.formatting import date, date_and_time, yesno
from referrals.duty_desk.models import TelephoneReferral
from referrals.queries import standing_decision
from referrals.risks import in_words, risk_flags
from referrals.rules.terms import Result, Suitability
from referrals.summary import SectionSummary, summary_of
from referrals.told_by_forces import told_by_forces

Rows = list[list[str]]


def printed(case: Case, *, by: User, now: datetime) -> dict[str, Any]:
    """Everything the reader of the whole case reads. `case` has its referral and force at hand."""
    referral = case.referral
    return {
        "reference": referral.reference,
        "made": f"Printed {date_and_time(now)} for {by.full_name}",
        "name": referral.subject_name,
        "summary": summary(case, reasons_not_ready(case, today=timezone.localdate(now))),
        "told": [
            [f"{date_and_time(each.at)}, {each.by}", each.kind, each.words]
            for each in told_by_forces(referral, by)
        ],
        "barriers": barriers(case),
        "related": [
            [str(each.other), each.row.get_kind_display(), each.row.reason] for each in related_to(case)
        ],
        "people": [person(each) for each in people_of(case) if each.stands],
        "assessment": assessment(case),
        "referral": [section(each) for each in summary_of(referral)],
        "timeline": [happened(entry) for entry in everything(case)],
        "progress": [
            [date(event.happened_on), event.get_kind_display(), event.text, yesno(event.shared_with_force)]
            for event in case.progress.all()
        ],
        "notes": [
            [f"{date_and_time(note.written_at)}, {note.written_by}", note.text]
            for note in case.notes.select_related("written_by")
        ],
        "tasks": [
            [task.title, str(task.owner), date(task.due_on), date(task.done_at) or "Open"]
            for task in case.tasks.select_related("owner")
        ],
        "parts": [
            {
                "title": each.title,
                "heads": list(each.heads),
                "rows": [list(map(str, row)) for row in each.rows],
            }
            for part in case_parts()
            if part.printed_sections
            for each in part.printed_sections(case=case)
        ],
        "calls": list(calls(case)),
        "documents": [
            [
                paper.description,
                paper.get_marking_display(),
                yesno(paper.disclosable),
                f"{date(paper.file.uploaded_at)}, {paper.file.uploaded_by}",
            ]
            for paper in case.documents.select_related("file__uploaded_by")
        ],
    }


def summary(case: Case, not_ready: list[str]) -> Rows:
    referral, decision = case.referral, standing_decision(case.referral)
    rows = [
        ["Subject", referral.subject_name],
        ["Who", referral.identity.beside],
        ["Reference", referral.reference],
        ["Force", referral.force.name],
        ["Flag", referral.flag_words],
        ["Risk", in_words(risk_flags(referral))],
        *(["Trafficking", sentence] for sentence in trafficking(case)),
        ["Stage", case.get_state_display()],
        ["Route", case.get_route_display()],
        ["Case-owner", str(case.case_owner or "Nobody yet")],
        ["Next action", f"{case.next_action}, by {date(case.next_action_on)}"],
        ["Opened", date_and_time(case.opened_at)],
    ]
    if not case.outcome:
        rows.append(["Ready for removal", "\n".join(not_ready) or "Yes"])
    if decision:
        rows.append(["Why it was accepted", decision.reasons])
        rows.append(["Is the impact significant?", decision.get_significant_impact_display()])
        rows.append(["What shows it", decision.impact_reasons])
        rows.append(["Balance", decision.balance])
    if case.outcome:
        rows.append(["Outcome", f"{case.get_outcome_display()}, {date(case.outcome_on)}"])
        rows.append(["Reasons of the outcome", case.outcome_reasons])
    return rows


def trafficking(case: Case) -> list[str]:
    """Where an indicator stands, or what ended it."""
    found = trafficking_of(case)
    return [*found.sentences, *(f"Ended: {end.sentence}" for end in found.ended)]


def assessment(case: Case) -> Rows:
    """What the rules showed when it was accepted, under the policy of that time: kept with the decision."""
    decision = standing_decision(case.referral)
    if decision is None:
        return []
    found, policy = decision.assessment, decision.policy
    return [
        ["Policy", f"{policy.title}, in force from {date(policy.in_force_from)}"],
        ["Suitability", Suitability(found["suitability"]).label],
        *([f"Limb {limb['limb']}", limb_in_words(limb)] for limb in found["limbs"]),
        [
            "Persistence guide",
            f"{'Met' if found['persistence']['guide_met'] else 'Not met'}\n{policy.guide_is_no_rule}",
        ],
        *(["Alert", alert] for alert in found["alerts"]),
        *(
            [f"Our reading of “{policy.quotation(topic).text}” ({policy.quotation(topic).source})", words]
            for topic, words in found.get("readings", {}).items()
        ),
    ]


def limb_in_words(limb: dict[str, Any]) -> str:
    """The result, the guidance's words, the evidence counted and what would have changed it, a line each."""
    lines = [Result(limb["result"]).label, f"“{limb['quotation']}” ({limb['source']})"]
    if limb.get("reading"):
        lines.append(f"Our reading: {limb['reading']}")
    lines += limb["evidence"]
    return "\n".join([*lines, *(f"What would change it: {each}" for each in limb["would_change"])])


def barriers(case: Case) -> Rows:
    return [
        [
            barrier.get_kind_display(),
            date(barrier.since),
            barrier.details,
            ". ".join(filter(None, [date(barrier.lifted_at), barrier.ended_by, barrier.lifted_because]))
            if barrier.lifted_at
            else "Open",
        ]
        for barrier in case.barriers.all()
    ]


def calls(case: Case) -> Iterator[list[str]]:
    """What came by telephone: the call that began the referral, and the advice given on it."""
    call = TelephoneReferral.objects.filter(referral=case.referral).prefetch_related("advice__by").first()
    if call is None:
        return
    yield [
        f"{date_and_time(call.taken_at)}, {call.taken_by}",
        f"{call.caller}, {call.contact}",
        call.why_urgent,
    ]
    for advice in call.advice.all():
        yield [f"{date_and_time(advice.at)}, {advice.by}", "Advice given", advice.text]


def person(known: RelatedPerson) -> list[str]:
    """Somebody without a case; of a victim and a witness it says that nothing counts as offending."""
    relation = known.get_relation_display()
    if known.never_offending:
        relation = f"{relation} (never counted as offending)"
    return [known.name, relation, f"{known.known}\nSource: {known.source}", yesno(known.disclosable)]


def everything(case: Case) -> list[Entry]:
    """The whole timeline, newest first: page by page, as the tab shows it."""
    page = timeline(case)
    entries = page.entries
    while page.next_before:
        page = timeline(case, before=page.next_before)
        entries = [*entries, *page.entries]
    return entries


def happened(entry: Entry) -> list[str]:
    return [date_and_time(entry.at), entry.title, str(entry.by or "The service"), entry.text]


def section(summary: SectionSummary) -> dict[str, Any]:
    """One section of the referral: its answers, and its tables row by row."""
    rows = [[answer.label, answer.text] for answer in summary.answers]
    for table in summary.tables:
        for row in table.rows:
            text = "\n".join(f"{answer.label}: {answer.text}" for answer in row.answers)
            rows.append([f"{table.title}: {row.title}", text or row.note])
    return {"title": summary.title, "rows": rows}

"""Litigation and live-time calls for the demonstration: one in every state worth seeing. Nothing in it is real."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.subjects import draw_subject
from casework.demonstration.timeline import Story, office_time
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from referrals.duty_desk import actions, queries
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.rules.pending import Ending, MatterKind, Team
from referrals.models import Referral
from referrals.rules.sections import SECTIONS
from referrals.states import State

INVENTED = " (Invented.)"
CALLED = 2  # referrals begun by telephone
APPEAL: dict[str, Any] = {
    "kind": MatterKind.APPEAL,
    "what": "Against the refusal of a human-rights claim." + INVENTED,
    "court": "First-tier Tribunal, Immigration and Asylum Chamber",
    "their_reference": "HU/00000/2026",
}
REVIEW: dict[str, Any] = {
    "kind": MatterKind.JUDICIAL_REVIEW,
    "what": "Of the decision to detain; permission not decided." + INVENTED,
    "court": "Upper Tribunal",
}
INJUNCTION: dict[str, Any] = {
    "kind": MatterKind.INJUNCTION,
    "what": "Against removal, pending the application." + INVENTED,
    "court": "High Court",
}


def duty_desk_stories(people: People, *, seed: str, now: datetime) -> list[Story]:
    return [
        litigation_story(people, now),
        completed_story(people, Random(f"{seed} call"), now),
        running_story(people, Random(f"{seed} running call"), now),
    ]


def litigation_story(people: People, now: datetime) -> Story:
    """Suspending and tasked; not judged, not tasked and unchecked; over. Cases that Liverpool works on."""
    at = office_time(now, 18, time(10, 5))
    yield at
    officer = people.having(Role.REFERRALS_OFFICER)[0]
    accepted = Referral.objects.filter(state=State.ACCEPTED, case__outcome="").order_by("-reference")[:3]
    day = timezone.localdate(at)
    listed = [
        actions.add_litigation(
            referral_id=referral.pk, by=officer, now=at, known_since=day - timedelta(days=20), **told
        )
        for referral, told in zip(accepted, (APPEAL, REVIEW, INJUNCTION), strict=False)
    ]
    yield (at := office_time(now, 12, time(11, 30)))
    if len(set(queries.not_tasked(officer)) & set(listed)) < 3:
        return  # one of the cases has ended meanwhile, and its litigation with it
    appeal, _, injunction = listed
    first: dict[str, Any] = {"matter_id": appeal.pk, "by": officer, "now": at}
    actions.judge_litigation(
        **first, suspends=True, reason="An appeal in time, with a right of appeal in the country." + INVENTED
    )
    actions.task_litigation(
        **first, to=Team.NEXUS_CASEWORK, reason="Nexus Casework will defend the decision." + INVENTED
    )
    actions.conclude_matter(
        matter_id=injunction.pk,
        by=officer,
        now=at,
        ending=Ending.DISCHARGED,
        result="Discharged by consent." + INVENTED,
        changes="Nothing stands in the way any more.",
    )


def conclude_litigation(case: Case, *, by: User, now: datetime) -> None:
    """Before anybody is removed in the demonstration what was pending has ended."""
    for matter in queries.standing_against_removal().filter(referral=case.referral_id):
        actions.conclude_matter(
            matter_id=matter.pk,
            by=by,
            now=now,
            ending=Ending.DISMISSED,
            result="Dismissed; there is no further appeal." + INVENTED,
            changes="Removal is open.",
        )


def taken(people: People, rng: Random, at: datetime, email: str, **told: Any) -> TelephoneReferral:
    """By whoever is on duty then."""
    officer = people.by_email[email]
    shift = queries.on_now(now=at).shift
    return actions.take_call(
        by=shift.person if shift else people.having(Role.CIO_HMI)[0],
        now=at,
        idempotency_key=UUID(int=rng.getrandbits(128), version=4),
        force=officer.force,
        caller=officer.full_name,
        account=officer,
        officer=officer.full_name,
        contact="0121 496 0000, extension 114",
        in_custody=True,
        **told,
    )


def running_story(people: People, rng: Random, now: datetime) -> Story:
    """Rung two hours ago; the force is still completing it, and the custody clock runs."""
    at = now - timedelta(hours=2)
    yield at
    call = taken(
        people,
        rng,
        at,
        "officer@wmp.example",
        custody_reference="Perry Barr PB/00114",
        custody_clock_started_at=at - timedelta(hours=5),
        why_urgent="Charged with affray, may be bailed this evening; six convictions since 2024." + INVENTED,
        asked="Will anybody come to serve papers before he leaves?",
        advice="Keep the passport found on him. Ring again before bail.",
        surname="Vrana",
        forenames="Radomil",
        sex="male",
        nationality="SVK",
    )
    yield (at := at + timedelta(minutes=50))
    cio = people.having(Role.CIO_HMI)[0]
    text = "The CIO has been told. Send the form within the hour." + INVENTED
    actions.log_advice(call_id=call.pk, by=cio, now=at, text=text)


def completed_story(people: People, rng: Random, now: datetime) -> Story:
    """Rung yesterday, completed and sent by the force within the hour: it waits in the queue."""
    at = now - timedelta(hours=21)
    yield at
    by = people.by_email["officer@met.example"]
    subject = draw_subject(rng, today=timezone.localdate(at))
    custody = {
        "custody_reference": "Charing Cross CX/00207",
        "custody_clock_started_at": at - timedelta(hours=1),
    }
    urgent = "In custody for robbery, no valid leave known." + INVENTED
    call = taken(people, rng, at, by.email, why_urgent=urgent, **custody)
    yield (at := at + timedelta(minutes=50))
    one: dict[str, Any] = {"referral_id": call.referral_id, "by": by, "now": at}
    for kind, rows in subject.rows.items():
        for values in rows:
            referral_actions.add_row(**one, kind=kind, values=values)
    commits = {f"commits_{what}": True for what in ("information", "tracing", "evidence", "resources")}
    answers = subject.answers | commits | {"in_custody": True, "channel": "live_time", **custody}
    answers |= {
        "officer": by.full_name,
        "officer_contact": by.email,
        "supervisor": "Inspector Hester Vane",
        "signatory": people.having(Role.FORCE_LEAD, force="01")[0].full_name,
        "signatory_post": "Force lead for Nexus",
    }
    for section in SECTIONS:
        values = {name: answers[name] for name in section.fields if name in answers}
        referral_actions.save_section(**one, section=section.key, values=values)
    referral_actions.submit(**one)

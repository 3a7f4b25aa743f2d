"""The story of the matrix: officers of two forces ask it before they refer, discuss, or leave it."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from casework.demonstration.referral_stories import ReferralStories
from casework.demonstration.subjects import PROFILES, Subject, draw_subject
from casework.demonstration.timeline import Story, office_time
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.duty_desk.models import Asker
from referrals.matrix import actions
from referrals.matrix.answers import HARM, VULNERABILITY, Answers, besides_of, subject_of
from referrals.matrix.models import MatrixAssessment

# What the matrix asks of what the referral asks.
COLUMNS = (
    "date_of_birth",
    "date_of_birth_precision",
    "right_of_abode",
    "long_resident",
    "immigration_status",
    "leave_continues",
    "age_at_arrival",
    "years_of_residence",
    "active_police_interest",
    "removal_priority",
    *HARM,
    "material_level",
    "threat_current",
    "threat_ongoing",
    *VULNERABILITY,
)
EVENT_COLUMNS = ("kind", "part", "offence", "convicted_on", "sentence_type", "sentence_months", "standing")
CONCERN = (
    "The matrix finds no limb met, and a neighbourhood team still sees harm every week. Three neighbours "
    "would speak. Should we refer, and with what? (Invented.)"
)
PROFILE = {profile.name: profile for profile in PROFILES}
PROFILE["british"] = replace(PROFILE["out_of_scope"], statuses=("british",))


@dataclass(frozen=True)
class Run:
    """One subject put to the matrix: how many working days ago, by which force, of what profile, and what follows."""

    days_ago: int
    force: str
    profile: str
    then: str = ""  # "decided" or "sent": it led to a referral; "discuss": to a question for the Duty Desk


WEST_MIDLANDS, MET = "20", "01"
RUNS = (
    Run(42, WEST_MIDLANDS, "no_leave", "decided"),
    Run(38, MET, "persistent"),
    Run(33, WEST_MIDLANDS, "british"),
    Run(29, MET, "custody"),
    Run(25, WEST_MIDLANDS, "undetermined"),
    Run(20, MET, "no_interest"),
    Run(16, WEST_MIDLANDS, "intelligence"),
    Run(12, MET, "overseas"),
    Run(8, WEST_MIDLANDS, "persistent", "sent"),
    Run(5, MET, "intelligence"),
    Run(3, WEST_MIDLANDS, "no_interest", "discuss"),
    Run(2, MET, "no_leave"),
)
REFERRED = sum(run.then in ("decided", "sent") for run in RUNS)


def matrix_stories(telling: ReferralStories, *, seed: str, now: datetime) -> list[Story]:
    return [
        run_story(telling, run, Random(f"{seed} matrix {number}"), now) for number, run in enumerate(RUNS)
    ]


def run_story(telling: ReferralStories, run: Run, rng: Random, now: datetime) -> Story:
    """Asked, and what the officer did then."""
    at = office_time(now, run.days_ago, time(rng.randint(9, 15), rng.randrange(60)))
    yield at
    by = telling.people.having(Role.POLICE_OFFICER, force=run.force)[0]
    subject = draw_subject(rng, today=timezone.localdate(at), profile=PROFILE[run.profile])
    assessment = asked(by, telling.people.forces[run.force], subject, f"OP-{rng.randint(100, 999)}", at)
    if not run.then:
        return
    yield (at := at + timedelta(minutes=12))
    if run.then == "discuss":
        discussed(assessment, by, at)
        return
    referral = actions.refer(assessment_id=assessment.pk, by=by, now=at)
    yield from telling.finish(rng, referral, subject, at, stops_after=run.then)


def asked(by: User, force: Force, subject: Subject, own_reference: str, at: datetime) -> MatrixAssessment:
    """The same subject as the referral would say it, without the names."""
    events = tuple(
        {name: event[name] for name in EVENT_COLUMNS if name in event} for event in subject.rows["conduct"]
    )
    columns = {name: subject.answers[name] for name in COLUMNS if name in subject.answers}
    answers = Answers(columns, tuple(row["code"] for row in subject.rows["nationality"]), events)
    return actions.assess(
        by=by,
        now=at,
        own_reference=own_reference,
        subject=subject_of(answers, force=force, on=timezone.localdate(at), own_reference=own_reference),
        besides=besides_of(answers),
    )


def discussed(assessment: MatrixAssessment, by: User, at: datetime) -> None:
    actions.discuss(
        assessment_id=assessment.pk,
        by=by,
        now=at,
        asker=Asker.FORCE,
        caller=by.full_name,
        contact=by.email,
        question=CONCERN,
    )

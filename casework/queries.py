"""Queries about one case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.models import (
    LIFTED_BY_A_SENIOR_CASEWORKER,
    Barrier,
    BarrierKind,
    Case,
    Clarification,
    Mention,
    OpenQuestion,
    ProgressEvent,
    RelatedCase,
    RelatedPerson,
)
from casework.permissions import WHO_MAY
from casework.rules.removal import OpenBarrier, OpenTask
from casework.states import State
from nexus.accounts.models import User
from nexus.once import once_a_reading
from nexus.parts import WorkWaiting
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.queries import standing_against_removal
from referrals.models import Referral
from referrals.parts import NextStep, Risk

# Who ends a barrier, in the sentence that says it stands.
BY_A_SENIOR = "a Senior Caseworker lifts it"
BY_EITHER = "the case-owner or a Senior Caseworker lifts it"


def referred_on(case: Case) -> date:
    """The London day on which the force submitted the referral."""
    return timezone.localdate(case.referral.submitted_at)


@once_a_reading
def open_barriers(case: Case) -> list[OpenBarrier]:
    """What was recorded on the case, and the litigation the Duty Desk watches."""
    recorded = [
        OpenBarrier(
            barrier.get_kind_display(),
            barrier.since,
            BY_A_SENIOR if barrier.kind in LIFTED_BY_A_SENIOR_CASEWORKER else BY_EITHER,
        )
        for barrier in case.barriers.filter(lifted_at=None)
    ]
    watched = standing_against_removal().filter(referral=case.referral_id)
    return recorded + [_of_litigation(matter) for matter in watched]


def _of_litigation(matter: PendingMatter) -> OpenBarrier:
    """Litigation stands against removal until somebody has said that it does not."""
    who = "the case-owner, a Senior Caseworker or the Duty Desk"
    until = f"it ends, or {who} judges that it does not suspend removal"
    if matter.suspends_removal is None:
        until = f"{who} records whether it suspends removal"
    return OpenBarrier(
        matter.get_kind_display(), matter.known_since or timezone.localdate(matter.made_at), until
    )


def risks_of_case(*, referral: Referral) -> list[Risk]:
    """A trafficking referral that stands against removal is a risk, whoever recorded it; and what was found out."""
    barriers = Barrier.objects.filter(case__referral=referral, lifted_at=None, kind=BarrierKind.TRAFFICKING)
    found = [Risk("trafficking", "trafficking indicator")] if barriers.exists() else []
    rows = Clarification.objects.filter(case__referral=referral).order_by("at", "pk")
    latest = {row.about: row for row in rows if row.about in RISK_OF}
    return found + [_found_out(each) for each in latest.values()]


# As the risks of a person are called and said elsewhere (referrals/risks.py, casework/engagement/queries.py).
RISK_OF = {
    OpenQuestion.UNDER_18: ("under 18", "under 18"),
    OpenQuestion.TRAFFICKING: ("trafficking", "trafficking indicator"),
    OpenQuestion.CLAIM: ("asylum or human-rights claim", "active asylum or human-rights claim"),
    OpenQuestion.CHILDREN: ("children", "children in the UK"),
    OpenQuestion.HEALTH: ("health", "health condition"),
    OpenQuestion.MENTAL_HEALTH: (
        "order under the Mental Health Act",
        "order under the Mental Health Act",
    ),
    OpenQuestion.ADULT_AT_RISK: ("adult at risk", "adult at risk"),
}


def _found_out(row: Clarification) -> Risk:
    name, words = RISK_OF[OpenQuestion(row.about)]
    return Risk(name, words) if row.found else Risk(name, ruled_out=True)


@once_a_reading
def latest_clarifications(case: Case) -> dict[str, Clarification]:
    """What was found out last of each question, by the question. One query."""
    rows = case.clarifications.select_related("by").order_by("at", "pk")
    return {row.about: row for row in rows}


def basis_of_age(referral: Referral) -> str:
    """What the referral says of the age, so that an answer counts only for what was said then."""
    born = f"{referral.date_of_birth:%Y-%m-%d}" if referral.date_of_birth else "not known"
    return f"born {born}; under 18: {referral.under_18 or 'not answered'}"


def open_tasks(case: Case) -> list[OpenTask]:
    return [
        OpenTask(task.title, str(task.owner), task.due_on)
        for task in case.tasks.filter(done_at=None).select_related("owner")
    ]


@dataclass(frozen=True)
class SharedProgress:
    """One thing the force reads about its case. Never a note, a name or anything internal."""

    on: date
    title: str
    text: str
    asked_of_force: str = ""


def shared_progress(*, referral: Referral) -> list[SharedProgress]:
    """What the force may read of the case, newest first: shared progress, and the outcome with its reasons."""
    case = Case.objects.filter(referral=referral).first()
    if case is None:
        return []
    standing = asked_of_force(case)
    events = [
        SharedProgress(
            on=event.happened_on,
            title=event.get_kind_display(),
            text=event.text,
            asked_of_force=event.asked_of_force if event == standing else "",
        )
        for event in case.progress.filter(shared_with_force=True)
    ]
    if case.outcome and case.outcome_on:
        events.append(SharedProgress(case.outcome_on, case.get_outcome_display(), case.outcome_reasons))
    return sorted(events, key=lambda item: item.on, reverse=True)


def held_by(*, referral: Referral) -> list[User]:
    """The case-owner, who hears what the force adds to an accepted referral."""
    case = Case.objects.filter(referral=referral).select_related("case_owner").first()
    return [case.case_owner] if case and case.case_owner else []


def next_steps(*, referral: Referral, by: User) -> list[NextStep]:
    """The case that was opened, for who may see it."""
    if not Case.objects.visible_to(by).filter(referral=referral).exists():
        return []
    return [NextStep("Open the case", reverse("casework:detail", args=[referral.reference]))]


def asked_of_force(case: Case) -> ProgressEvent | None:
    """The event that says what is asked of the force now.

    Each shared event replaces what was asked before, and nothing is asked on a case with an outcome.
    """
    if case.outcome:
        return None
    latest = case.progress.filter(shared_with_force=True).order_by("-recorded_at", "-pk").first()
    return latest if latest and latest.asked_of_force else None


@dataclass(frozen=True)
class Related:
    """A case, another beside it, and the row that says why."""

    case: Case
    row: RelatedCase
    other: Case


def relations_of(case: Case) -> list[Related]:
    """The cases that belong together with this one, and those that did, the newest first. One query."""
    rows = (
        RelatedCase.objects.filter(Q(case=case) | Q(other=case))
        .select_related("case__referral", "other__referral", "related_by", "ended_by")
        .prefetch_related("case__referral__nationalities", "other__referral__nationalities")
    )
    return [Related(case, row, row.other if row.case_id == case.pk else row.case) for row in rows]


def related_to(case: Case) -> list[Related]:
    """Those that belong together with it now."""
    return [related for related in relations_of(case) if related.row.ended_at is None]


def people_of(case: Case) -> list[RelatedPerson]:
    """Everybody who was ever written down for this case, oldest first; `stands` says who is known now. One query."""
    return list(case.people.select_related("added_by", "removed_by", "replaced_by"))


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py: the cases a manager gives to a case-owner."""
    if user.role in WHO_MAY["assign"]:
        found = Case.objects.visible_to(user).filter(state=State.ALLOCATED)
        yield WorkWaiting("Cases to assign", found, reverse("casework:unallocated"))


def mentions_of(person: User) -> QuerySet[Mention]:
    """Notes that mention this person and that they have not opened yet, the newest first."""
    unseen = Mention.objects.filter(person=person, seen_at=None)
    unseen = unseen.prefetch_related("note__case__referral__nationalities")
    return unseen.select_related("note__case__referral", "note__written_by").order_by("-note__written_at")

"""The commitment ledger, both ways: what each force was asked and did, and what Nexus did for it. Counted again each
time from the things themselves, so that each number can be followed to what it counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from casework.material.models import Ask
from casework.material.permissions import WHO_MAY as MATERIAL
from casework.models import ProgressEvent
from casework.parts import case_parts
from casework.support.models import SupportRequest
from casework.support.queries import RECORDED_AT, recorded_later, standing_of
from casework.support.rules import Asked, Commitment, Ledger, ledger, standing
from casework.support.states import REACHED_THE_FORCE
from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import the_one
from referrals.duty_desk.models import Enquiry
from referrals.models import Question, Referral, TriageDecision

OfForces = dict[int, list[Asked]]  # by the force's key


@dataclass(frozen=True)
class Given:
    """What one side did, in words, how often, and where it stands for the reader, if anywhere."""

    words: str
    count: int
    path: str = ""


def asked_of_forces(today: date, **of: Any) -> OfForces:
    """Everything asked of forces. `of` narrows it to a force or a referral. Three queries.

    The questions of the Referrals Office and Nexus material are additional information too. What the Home Office
    ended itself is not counted: cancelled, withdrawn, or not waited for any more.
    """
    found: OfForces = {}
    for part in (support_asked, questions_asked, material_asked):
        for force, thing in part(today, of):
            found.setdefault(force, []).append(thing)
    return found


def support_asked(today: date, of: Mapping[str, Any]) -> Iterator[tuple[int, Asked]]:
    reached = SupportRequest.objects.filter(state__in=REACHED_THE_FORCE, **of)
    for request in reached.annotate(recorded_at=RECORDED_AT).select_related("referral"):
        stands = standing_of(request, today)
        if stands:
            reference = request.referral.reference if request.referral else ""
            values = (request.get_kind_display(), reference, request.due_on, request.done_on)
            yield (
                request.force_id,
                Asked(request.commitment, stands, *values, ("support", request.pk), recorded_later(request)),
            )


def questions_asked(today: date, of: Mapping[str, Any]) -> Iterator[tuple[int, Asked]]:
    """What the Referrals Office asked and has been answered or still waits for."""
    counted = Q(answered_at__isnull=False) | Q(withdrawn_at=None, request__closed_at=None)
    questions = Question.objects.filter(counted, **along("request__referral", of))
    for question in questions.select_related("request__referral"):
        referral, what = question.request.referral, "Question of the Referrals Office"
        yield (
            referral.force_id,
            information(
                what, referral, question.due_on, question.answered_at, today, ("question", question.pk)
            ),
        )


def material_asked(today: date, of: Mapping[str, Any]) -> Iterator[tuple[int, Asked]]:
    """The summaries and statements that were asked for, and have come or are still waited for.

    What is given on a request for support is counted there, once.
    """
    counted = Q(material__support_request=None) & (Q(version__isnull=False) | Q(closed_at=None))
    requests = Ask.objects.filter(counted, **along("material__case__referral", of))
    for ask in requests.select_related("material__case__referral", "version"):
        referral, what = ask.material.case.referral, f"Nexus material: {ask.noun}"
        version = getattr(ask, "version", None)
        given_at = version.supplied_at if version else None
        row = ("material", ask.material_id)
        yield referral.force_id, information(what, referral, ask.due_on, given_at, today, row)


def information(
    what: str, referral: Referral, due_on: date, given_at: datetime | None, today: date, row: tuple[str, int]
) -> Asked:
    done_on = timezone.localdate(given_at) if given_at else None
    stands = standing(due_on=due_on, done_on=done_on, today=today)
    return Asked(Commitment.INFORMATION, stands, what, referral.reference, due_on, done_on, row)


def along(path: str, of: Mapping[str, Any]) -> dict[str, Any]:
    """The same narrowing, of rows that lie along this path from their referral."""
    return {path if name == "referral" else f"{path}__{name}": value for name, value in of.items()}


def asked_of_force(force: Force, today: date) -> list[Asked]:
    return asked_of_forces(today, force=force).get(force.pk, [])


def asked_for_referral(referral: Referral, today: date) -> list[Asked]:
    return [thing for things in asked_of_forces(today, referral=referral).values() for thing in things]


def ledger_of_referral(things: Iterable[Asked]) -> Ledger:
    """Only the four commitments: there is no value added activity for a referral."""
    found = ledger(things)
    del found[Commitment.VALUE_ADDED]
    return found


def path_of(thing: Asked, reader: User) -> str:
    """Where this reader finds it; empty where it is not for them."""
    kind, pk = thing.row
    if kind == "support":
        return reverse("support:detail", args=[pk])
    if kind == "question":
        return reverse("referrals:detail", args=[thing.reference])
    if reader.is_police:
        return reverse("material:asked_detail", args=[pk])
    return reverse("material:detail", args=[pk]) if MATERIAL.may("view_inside", reader) else ""


def given_to(force: Force, referral: Referral | None = None, *, reader: User) -> list[Given]:
    """What Nexus did for the force in return, for one referral or for all of the force's."""
    of_referral = {"referral": referral} if referral else {}
    mine = {"referral": referral} if referral else {"referral__force": force}
    case = {f"case__{name}": value for name, value in mine.items()}
    answered = Enquiry.objects.filter(asker="force", force=force, state="answered", **of_referral)
    decided = TriageDecision.objects.filter(superseded_at=None, **mine)
    shared = ProgressEvent.objects.filter(shared_with_force=True, **case)
    values = the_one(part.reports_given for part in case_parts())(force=force, referral=referral)
    reports = [Given(words, count, reports_path(force, reader)) for words, count in values]
    at = paths(referral, reader)
    return [
        Given("Referrals decided, with reasons", decided.count(), at["decided"]),
        Given("Progress shared with the force", shared.count(), at["shared"]),
        *reports,
        Given("Questions to the Duty Desk answered", answered.count(), at["answered"]),
    ]


def operations_of(force: Force, referral: Referral | None = None, *, reader: User) -> list[Given]:
    """What the force did of its operations: authorised one by one, and so in rows of their own (ADR 0024)."""
    values = the_one(part.operations_of_force for part in case_parts())(
        force=force, referral=referral, reader=reader
    )
    return [Given(*each) for each in values]


def paths(referral: Referral | None, reader: User) -> dict[str, str]:
    """Where a reader finds what Nexus did: the force on its own lists, who works the case on its tabs."""
    desk = reverse("duty_desk:enquiries")
    if reader.is_police:
        mine = reverse("referrals:list")
        return {"decided": mine, "shared": mine, "answered": desk}
    if referral is None:
        return {"decided": "", "shared": "", "answered": ""}
    progress = reverse("casework:progress", args=[referral.reference])
    return {
        "decided": reverse("casework:detail", args=[referral.reference]),
        "shared": progress,
        "answered": "",
    }


def reports_path(force: Force, reader: User) -> str:
    """Managers and the force read progress reports, nobody else."""
    return reverse("reports:list") if reader.role in (*POLICE_ROLES, Role.MANAGER) else ""

"""What is asked of the database about police support."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from casework.material.models import Ask
from casework.models import Case as NexusCase
from casework.models import ProgressEvent
from casework.support.models import REACHED_THE_FORCE, SupportRequest
from casework.support.permissions import OFFICE, WHO_MAY
from casework.support.rules import Asked, Commitment, Ledger, Standing, ledger, standing
from casework.support.states import WITH_THE_FORCE, State
from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.waiting import Waiting
from referrals.duty_desk.models import Enquiry
from referrals.models import Question, Referral, SpecialConditionsFlag, TriageDecision

Dated = tuple[int, date, datetime | None]  # the force, the day it was needed by, and when it was given
Given = tuple[str, int]  # what Nexus did for a force, in words, and how often


def requests() -> QuerySet[SupportRequest]:
    """With what a line of a list and a page needs, in one query."""
    return SupportRequest.objects.select_related(
        "force", "asked_by", "referral__force", "referral__case__case_owner", "referral__case__referral"
    )


def contact_of(request: SupportRequest) -> User:
    """The case-owner whom the force contacts: who has the case now, or who asked for Criminal Casework."""
    if request.from_criminal_casework or request.referral is None:
        return request.asked_by
    case = case_of(request.referral)
    owner = case.case_owner if case else None
    return owner if owner and owner.is_active else request.asked_by


def case_of(referral: Referral) -> NexusCase | None:
    return getattr(referral, "case", None)


def leads_of(force: Force) -> QuerySet[User]:
    return User.objects.filter(role=Role.FORCE_LEAD, force=force, is_active=True)


def is_flagged(referral: Referral) -> bool:
    return SpecialConditionsFlag.objects.standing().filter(referral=referral).exists()


def open_first() -> Case:
    """Sorts what waits for somebody before what is over."""
    over = (State.DECLINED, State.FULFILLED, State.CANCELLED)
    return Case(When(state__in=over, then=Value(1)), default=Value(0), output_field=IntegerField())


def engagement_path(request: SupportRequest) -> str:
    """Where operational engagement for the case is asked for; empty where there is no case of ours."""
    if request.referral is None or request.from_criminal_casework:
        return ""
    try:
        return reverse("engagement:case", args=[request.referral.reference])
    except NoReverseMatch:
        return ""


def of_own_cases(person: User) -> Q:
    """What Liverpool asked on this person's cases."""
    return Q(referral__case__case_owner=person, from_criminal_casework=False)


def is_overdue(today: date) -> Q:
    return Q(state__in=WITH_THE_FORCE, due_on__lt=today)


def filtered(
    among: QuerySet[SupportRequest], wanted: Mapping[str, Any], *, by: User, today: date
) -> QuerySet[SupportRequest]:
    """The requests asked for: by state (a list) and kind, of one's own cases, overdue."""
    if wanted.get("state"):
        among = among.filter(state__in=wanted["state"])
    if wanted.get("mine"):
        among = among.filter(of_own_cases(by))
    if wanted.get("overdue"):
        among = among.filter(is_overdue(today))
    return among.filter(kind=wanted["kind"]) if wanted.get("kind") else among


def standing_of(request: SupportRequest, today: date) -> Standing | None:
    """How the force stands to it; None while the force has not got it, or when it was cancelled."""
    if request.state not in REACHED_THE_FORCE:
        return None
    return standing(
        due_on=request.due_on, done_on=request.done_on, today=today, declined=request.decline_reason
    )


def asked_of_forces(today: date, **of: Any) -> dict[int, list[Asked]]:
    """Everything asked of forces, by the force's key. `of` narrows it: force or referral. Three queries.

    The questions of the Referrals Office and Nexus material are additional information too. What the Home Office
    ended itself is not counted: cancelled, withdrawn, or not waited for any more.
    """
    found: dict[int, list[Asked]] = {}
    for request in SupportRequest.objects.filter(state__in=REACHED_THE_FORCE, **of):
        stands = standing_of(request, today)
        if stands:
            found.setdefault(request.force_id, []).append(Asked(request.commitment, stands))
    for force, due_on, given_at in chain(questions_asked(**of), material_asked(**of)):
        given_on = timezone.localdate(given_at) if given_at else None
        stands = standing(due_on=due_on, done_on=given_on, today=today)
        found.setdefault(force, []).append(Asked(Commitment.INFORMATION, stands))
    return found


def questions_asked(**of: Any) -> QuerySet[Question, Dated]:
    """What the Referrals Office asked and has been answered or still waits for."""
    path = "request__referral"
    counted = Q(answered_at__isnull=False) | Q(withdrawn_at=None, request__closed_at=None)
    about = Question.objects.filter(counted, **along(path, of))
    return about.values_list(f"{path}__force_id", "due_on", "answered_at")


def material_asked(**of: Any) -> QuerySet[Ask, Dated]:
    """The summaries and statements that were asked for, and have come or are still waited for."""
    path = "material__case__referral"
    counted = Q(version__isnull=False) | Q(closed_at=None)
    about = Ask.objects.filter(counted, **along(path, of))
    return about.values_list(f"{path}__force_id", "due_on", "version__supplied_at")


def along(path: str, of: Mapping[str, Any]) -> dict[str, Any]:
    """The same narrowing, of rows that lie along this path from their referral."""
    return {path if name == "referral" else f"{path}__{name}": value for name, value in of.items()}


def ledger_of(force: Force, today: date) -> Ledger:
    return ledger(asked_of_forces(today, force=force).get(force.pk, []))


def ledger_of_referral(referral: Referral, today: date) -> Ledger:
    """Only the four commitments: there is no value added activity for a referral."""
    asked = asked_of_forces(today, referral=referral)
    found = ledger(thing for things in asked.values() for thing in things)
    del found[Commitment.VALUE_ADDED]
    return found


def given_to(force: Force, referral: Referral | None = None) -> list[Given]:
    """What Nexus did for the force in return, for one referral or for all of the force's.

    The reports stand above this part and are asked by name (NEXUS_REPORTS_GIVEN).
    """
    about = {"referral": referral} if referral else {}
    mine = {"referral": referral} if referral else {"referral__force": force}
    case = {f"case__{name}": value for name, value in mine.items()}
    answered = Enquiry.objects.filter(asker="force", force=force, state="answered", **about)
    decided = TriageDecision.objects.filter(superseded_at=None, **mine)
    shared = ProgressEvent.objects.filter(shared_with_force=True, **case)
    reports: Iterable[Given] = import_string(settings.NEXUS_REPORTS_GIVEN)(force=force, referral=referral)
    return [
        ("Referrals decided, with reasons", decided.count()),
        ("Progress shared with the force", shared.count()),
        *reports,
        ("Questions to the Duty Desk answered", answered.count()),
    ]


def waiting(*, user: User, now: datetime) -> Iterable[Waiting]:
    """What waits for this person: to pass on, to answer, to give, or to ask after."""
    today, path = timezone.localdate(now), reverse("support:list")

    def line(words: str, of: Q, query: str) -> Waiting:
        counted = SupportRequest.objects.visible_to(user).filter(of)
        late = Count("pk", filter=Q(due_on__lt=today))
        found = counted.aggregate(count=Count("pk"), late=late)
        return Waiting(words, found["count"], f"{path}?{query}", found["late"])

    if user.role in OFFICE:
        yield line(
            "Requests for police support to pass on", Q(state=State.SUBMITTED), f"state={State.SUBMITTED}"
        )
    if WHO_MAY.may("accept", user):
        words = "Requests for support to accept or decline"
        yield line(words, Q(state=State.WITH_FORCE), f"state={State.WITH_FORCE}")
    if user.role in POLICE_ROLES:
        yield line("Support your force has promised", Q(state=State.ACCEPTED), f"state={State.ACCEPTED}")
    if user.role == Role.CASE_OWNER:
        overdue = of_own_cases(user) & is_overdue(today)
        yield line("Police support that is overdue", overdue, "mine=on&overdue=on")

"""Queries about police support."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, Upper
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from casework.engagement.models import Engagement
from casework.engagement.queries import accepted_operations, name_of, reasons_not_done_in
from casework.material.queries import statement_of
from casework.material.states import ENDED as NOTHING_MORE
from casework.models import Case as NexusCase
from casework.parts import Unfinished
from casework.support.models import SupportChange, SupportRequest
from casework.support.permissions import ELSEWHERE, OFFICE, WHO_MAY
from casework.support.rules import DONE_IN, TOUCHES_THE_PERSON, Kind, Standing, standing
from casework.support.states import ENDED, REACHED_THE_FORCE, WITH_THE_FORCE, State
from casework.trafficking import reasons_trafficking_stops
from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import RequestToForce, WorkWaiting
from nexus.refusals import wordless
from referrals.models import Referral, SpecialConditionsFlag

ALIKE = 0.4  # of 1: how much of two names must be alike, of people born on the same day

# When a force recorded what it did; the day it was done is the force's own word.
RECORDED_AT = Subquery(
    SupportChange.objects.filter(support_request=OuterRef("pk"), verb="fulfil")
    .order_by("-pk")
    .values("at")[:1]
)


def requests(among: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    """With what a line of a list and a page needs, in one query."""
    beside = (
        "force",
        "asked_by",
        "referral__force",
        "referral__case__case_owner",
        "referral__case__referral",
        "material",
    )
    found = among.annotate(recorded_at=RECORDED_AT).select_related(*beside)
    return found.prefetch_related("referral__nationalities")


def recorded_later(request: Any) -> date | None:
    """The day the force recorded what it did, where that is not the day it says it was done.

    `request` has `recorded_at`.
    """
    if request.recorded_at is None:
        return None
    day = timezone.localdate(request.recorded_at)
    return day if day != request.done_on else None


def contact_of(request: SupportRequest) -> User:
    """The case-owner whom the force contacts: who has the case now, or who asked for Criminal Casework."""
    if request.from_criminal_casework or request.referral is None:
        return request.asked_by
    case = case_of(request.referral)
    owner = case.case_owner if case else None
    return owner if owner and owner.is_active else request.asked_by


def case_of(referral: Referral) -> NexusCase | None:
    return getattr(referral, "case", None)


# For whoever is not told why: the police, and Criminal Casework about a subject it only looked up.
STOP = (
    "Stop: nobody may be arrested or served with papers on this request now. Telephone the officer on call."
)


def reasons_support_stops(kind: str, referral: Referral | None, by: User) -> list[str]:
    """Why nobody may be arrested or served on such a request; in the same words as everywhere for who reads the case."""
    if kind not in TOUCHES_THE_PERSON or referral is None:
        return []
    reasons = reasons_trafficking_stops(case_of(referral))
    inside = not by.is_police and by.role not in ELSEWHERE and by.role != Role.REFERRALS_OFFICER
    return reasons if inside or not reasons else [STOP]


def operations_for(request: SupportRequest) -> QuerySet[Engagement]:
    """The operations that the force accepted, in which what is asked may have been done."""
    case = case_of(request.referral) if request.referral else None
    if case is None or not request.touches_the_person:
        return Engagement.objects.none()
    return accepted_operations(case, kinds=DONE_IN[Kind(request.kind)], force=request.force)


def operation_named(request: SupportRequest, by: User) -> str:
    """The operation in which it was done, for who may open it; empty for everybody else."""
    if request.operation_id is None:
        return ""
    found = Engagement.objects.visible_to(by).filter(pk=request.operation_id).select_related("force").first()
    return name_of(found) if found else ""


NO_OPERATION = (
    "There is no authorised operation of your force behind this request, so nothing can be recorded as done on it. "
    "A Chief Immigration Officer or HM Inspector authorises each arrest, detention, escort and service of papers. "
    "Telephone the case-owner. If something was done all the same, say so in a message at once."
)


def reasons_not_authorised(
    request: SupportRequest, operation: Engagement | None, authority: str, *, on: date
) -> list[str]:
    """Why it cannot have been done to the person: in a live authorised operation, or, where Criminal Casework asked,
    on an authority of its own that is named."""
    if not request.touches_the_person:
        return []
    case = case_of(request.referral) if request.referral else None
    if operation is None and request.from_criminal_casework:
        return wordless(
            authority, "Enter who authorised it: the name, the rank, the day and their reference."
        )
    if case is None:
        return [NO_OPERATION]
    kinds = DONE_IN[Kind(request.kind)]
    return reasons_not_done_in(operation, case, on=on, kinds=kinds, force=request.force, what="did it")


NOT_SENT = (
    "Disclosable intelligence is given as Nexus material, in the agreed format. Send the statement there first, or wait "
    "until none is needed."
)


def reasons_not_sent(request: SupportRequest) -> list[str]:
    """Why intelligence is not given yet: no statement was sent, and one may still be asked for."""
    material = request.material
    if not request.is_intelligence or material is None or material.state in NOTHING_MORE:
        return []
    return [] if statement_of(material) else [NOT_SENT]


def leads_of(force: Force) -> QuerySet[User]:
    return User.objects.filter(role=Role.FORCE_LEAD, force=force, is_active=True)


def is_flagged(referral: Referral) -> bool:
    return SpecialConditionsFlag.objects.standing().filter(referral=referral).exists()


def flags_like(name: str, born: date | None, by: User) -> list[SpecialConditionsFlag]:
    """The standing flags, as far as `by` may look them up, of people born on that day with a similar name."""
    full = Upper(Concat("referral__surname", Value(" "), "referral__forenames"))
    wanted = name.upper()
    alike = Q(closeness__gte=ALIKE) | Q(also_known__gte=ALIKE)
    found = (
        SpecialConditionsFlag.objects.visible_to(by)
        .standing()
        .filter(referral__date_of_birth=born)
        .annotate(
            closeness=TrigramSimilarity(full, wanted),
            also_known=Max(
                TrigramSimilarity(Upper("referral__aliases__name"), wanted),
                filter=Q(referral__aliases__removed_at=None),
            ),
        )
        .filter(alike)
    )
    return list(found.select_related("referral").order_by("pk"))


def open_first() -> Case:
    """Sorts what waits for somebody before what is over."""
    return Case(When(state__in=ENDED, then=Value(1)), default=Value(0), output_field=IntegerField())


def still_goes_on(*, case: NexusCase) -> list[Unfinished]:
    """What Liverpool asks of the force for this case and has not got, or has not sent yet."""
    rows = SupportRequest.objects.filter(referral=case.referral_id, from_criminal_casework=False)
    return [
        Unfinished(
            f"support_{row.pk}",
            f"Police support ({row.get_kind_display().lower()}) is now “{row.get_state_display()}”. Cancel it, or wait "
            "for the force.",
        )
        for row in rows.exclude(state__in=ENDED).order_by("pk")
    ]


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


def work_waiting(*, user: User, now: datetime) -> Iterable[WorkWaiting]:
    """What waits for this person: to pass on, to answer, to give, or to ask after."""
    today, path = timezone.localdate(now), reverse("support:list")

    def line(words: str, condition: Q, query: str) -> WorkWaiting:
        found = SupportRequest.objects.visible_to(user).filter(condition)
        return WorkWaiting(words, found, f"{path}?{query}", found.filter(due_on__lt=today))

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


def requests_to_force(*, user: User) -> Iterator[RequestToForce]:
    """For nexus/requests_to_force.py: what waits for the force's answer, and what it has promised."""
    if user.role not in POLICE_ROLES:
        return
    seen = SupportRequest.objects.visible_to(user).filter(state__in=WITH_THE_FORCE)
    lead = WHO_MAY.may("accept", user)
    first = "Accept or decline" if lead else "Your lead accepts or declines"
    for request in seen.select_related("referral"):
        kind = request.get_kind_display()
        yield RequestToForce(
            act=f"{first}: {kind}" if request.state == State.WITH_FORCE else f"Promised: {kind}",
            words=request.asked,
            subject=request.subject,
            reference=request.referral.reference if request.referral else "Value added activity",
            path=reverse("support:detail", args=[request.pk]),
            due_on=request.due_on,
            row=request,
        )

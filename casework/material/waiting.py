"""What of Nexus material waits for one person: what the force has sent or written, and what others have done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.material.models import Material
from casework.material.queries import FOR_APPEALS, UNANSWERED, overdue, to_approve, with_due_day
from casework.material.states import State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import due, foremost

OWN_MATERIAL_ACTS = {
    State.SUMMARY_RECEIVED: ("Review the summary of material", Urgency.ANSWERED),
    State.SUMMARY_REVIEWED: ("Commission a statement, or record that none is needed", Urgency.HELD),
    State.RECEIVED: ("Check the statement", Urgency.ANSWERED),
    State.ADVISED: ("Read the advice of Specialist Appeals", Urgency.ANSWERED),
}
TO_ANSWER = "Answer the message of the force about material"
TO_RELY_ON = "Read the approved material, and rely on it in your decision"
LATE = "Ask the force after its material"


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Four queries at most."""
    if user.role == Role.CASE_OWNER:
        yield from _own(user, now)
    elif user.role == Role.SENIOR_CASEWORKER:
        yield from _all(to_approve(user), "Approve the statement, or reject it")
        yield from _without_owner(user)
    elif user.role == Role.SPECIALIST_APPEALS:
        yield from _all(Material.objects.filter(FOR_APPEALS), "Review the material and advise on it")
    elif user.role == Role.CRIMINAL_CASEWORK:
        released = Material.objects.visible_to(user).filter(state=State.APPROVED)
        for material in foremost(released.select_related("case__referral"), "changed_at", "pk"):
            path = reverse("material:released", args=[material.pk])
            yield replace(_item(material, TO_RELY_ON, Urgency.ANSWERED), path=path)


def _own(user: User, now: datetime) -> Iterator[WaitingItem]:
    own = with_due_day(user).filter(case__case_owner=user, case__outcome="")
    for material in foremost(own.filter(state__in=OWN_MATERIAL_ACTS), "changed_at", "pk"):
        act, urgency = OWN_MATERIAL_ACTS[State(material.state)]
        yield _item(material, act, urgency)
    unanswered = own.filter(UNANSWERED).exclude(state__in=OWN_MATERIAL_ACTS)
    for material in foremost(unanswered, "changed_at", "pk"):
        yield _item(material, TO_ANSWER, Urgency.ANSWERED)
    for material in foremost(own.filter(overdue(timezone.localdate(now))), "due_on", "pk"):
        path, reference = _path(material), material.case.referral.reference
        since: date = material.due_on  # type: ignore[attr-defined]
        yield due(LATE, since, path, material, now=now, reference=reference)


def _without_owner(user: User) -> Iterator[WaitingItem]:
    """What was asked for Criminal Casework on a case that has no case-owner here: the Senior Caseworkers see to it."""
    found = with_due_day(user).filter(case__case_owner=None, case__outcome="")
    acting = Q(state__in=OWN_MATERIAL_ACTS) | UNANSWERED
    for material in foremost(found.filter(acting), "changed_at", "pk"):
        act, urgency = OWN_MATERIAL_ACTS.get(State(material.state), (TO_ANSWER, Urgency.ANSWERED))
        yield _item(material, f"{act}, for Criminal Casework", urgency)


def _all(found: QuerySet[Material], act: str) -> Iterator[WaitingItem]:
    open_cases = found.filter(case__outcome="").select_related("case__referral")
    for material in foremost(open_cases, "changed_at", "pk"):
        yield _item(material, act, Urgency.HELD)


def _item(material: Material, act: str, urgency: Urgency) -> WaitingItem:
    reference = material.case.referral.reference
    return WaitingItem(act, urgency, material.changed_at, _path(material), material, reference)


def _path(material: Material) -> str:
    return reverse("material:detail", args=[material.pk])

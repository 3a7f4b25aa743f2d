"""How the rota changes, and what the next one on duty is told."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from nexus.working_days import local_day
from referrals.duty_desk import actions
from referrals.duty_desk.actions.rota import permit_swap, reasons_not_to_change
from referrals.duty_desk.forms.rota import CancelForm, HandoverForm, ShiftForm, SwapForm, shift_answers
from referrals.duty_desk.lists import SHIFTS
from referrals.duty_desk.models import Shift
from referrals.duty_desk.permissions import ROTA
from referrals.duty_desk.views.rota import show_week


def week_of(shift: Shift) -> str:
    """The page of the rota with the shift."""
    return f"{reverse('duty_desk:rota')}?week={local_day(shift.starts_at)}"


def gap_to_fill(query: QueryDict) -> dict[str, Any]:
    """The gap that the address names."""
    return shift_answers(*(query.get(name, "") for name in ("duty", "start", "end")))


def own_shift(by: User, *, shift_id: int) -> Shift:
    """Who has a shift gives it away, or a manager. Raises Http404, PermissionDenied."""
    shift = SHIFTS.find(by, shift_id=shift_id)
    permit_swap(shift, by)
    return shift


SWAP = Verb(
    action=actions.swap_shift,
    form=SwapForm,
    form_kwargs=lambda shift, by: {"duty": shift.duty, "besides": shift.person_id},
    heading="Give the shift to somebody else",
    success="The rota is changed",
    address="swap/",
    reasons_against=lambda shift, by, now: reasons_not_to_change(shift, now),
)
CANCEL = Verb(
    action=actions.cancel_shift,
    form=CancelForm,
    heading="Take the shift off the rota",
    success="The rota is changed",
    address="cancel/",
    reasons_against=lambda shift, by, now: reasons_not_to_change(shift, now),
)
ADD = Verb(
    action=actions.add_shift,
    form=ShiftForm,
    initial_from=gap_to_fill,
    heading="Add a shift",
    button="Add the shift",
    success=lambda shift: f"{shift.person} is on the rota",
    address="shifts/add/",
    next_page=lambda nothing, shift: week_of(shift),
)
HAND_OVER = Verb(
    action=actions.write_handover,
    form=HandoverForm,
    heading="Hand over",
    success="The handover note is kept",
    address="handover/",
)


def show_shift(
    request: SignedInRequest, shift: Shift | None, name: str, *, status: int, **context: Any
) -> HttpResponse:
    return render(request, "referrals/duty_desk/shift.html", {"shift": shift, **context}, status=status)


def show_handover(
    request: SignedInRequest, nothing: None, name: str, *, status: int, form: HandoverForm, **context: Any
) -> HttpResponse:
    """Its form stands on the page of the week."""
    return show_week(request, form, status=status)


shift_pages = VerbPages(
    verbs={"cancel_shift": CANCEL},
    who_may=ROTA,
    find=SHIFTS.find,
    ids=lambda shift: {"shift_id": shift.pk},
    show=show_shift,
    back=lambda shift, by: week_of(shift),
)
swap_pages = replace(shift_pages, verbs={"swap_shift": SWAP}, find=own_shift)
rota_pages = VerbPages(
    verbs={"add_shift": ADD},
    who_may=ROTA,
    show=show_shift,
    back=lambda nothing, by: reverse("duty_desk:rota"),
)
handover_pages = replace(rota_pages, verbs={"write_handover": HAND_OVER}, show=show_handover)

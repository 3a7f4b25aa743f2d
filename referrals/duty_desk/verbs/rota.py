"""How the rota changes, and what the next one on duty is told."""

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from nexus.accounts.models import User
from nexus.verbs import Verb, VerbPages
from nexus.working_days import local_day
from referrals.duty_desk import actions
from referrals.duty_desk.actions.rota import permit_swap, reasons_not_to_change
from referrals.duty_desk.forms.rota import CancelForm, HandoverForm, ShiftForm, SwapForm, shift_answers
from referrals.duty_desk.lists import SHIFTS
from referrals.duty_desk.models import Shift
from referrals.duty_desk.permissions import ROTA

SHIFT_PAGE = "referrals/duty_desk/shift.html"


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
    template=SHIFT_PAGE,
    reasons_against=lambda shift, by, now: reasons_not_to_change(shift, now),
)
CANCEL = Verb(
    action=actions.cancel_shift,
    form=CancelForm,
    heading="Take the shift off the rota",
    success="The rota is changed",
    address="cancel/",
    template=SHIFT_PAGE,
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
    heading="Write a handover note",
    button="Save the note",
    success="The handover note is saved",
    address="handover/",
)


shift_pages = VerbPages(
    verbs={"cancel_shift": CANCEL},
    who_may=ROTA,
    find=SHIFTS.find,
    ids=lambda shift: {"shift_id": shift.pk},
    back=lambda shift, by: week_of(shift),
)
swap_pages = replace(shift_pages, verbs={"swap_shift": SWAP}, find=own_shift)
rota_pages = VerbPages(
    verbs={"add_shift": ADD, "write_handover": HAND_OVER},
    who_may=ROTA,
    back=lambda nothing, by: reverse("duty_desk:rota"),
)

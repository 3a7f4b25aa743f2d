"""One page for each thing that is done to material: a short form, one action, and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.actions.steps import reasons_not_theirs
from casework.material import actions, forms
from casework.material.actions.approving import reasons_not_to_approve
from casework.material.actions.asking import (
    reasons_not_to_commission,
    reasons_not_to_send_back,
)
from casework.material.actions.more_time import reasons_not_to_give_more_time
from casework.material.actions.relying import reasons_not_to_serve, reasons_not_to_supersede
from casework.material.actions.steps import reasons_case_ended, reasons_not_to
from casework.material.actions.supplying import open_ask
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.views.pages import show, visible
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal

Reasons = Callable[[Material, User], list[str]]
On = TypeVar("On")


@dataclass(frozen=True)
class Act(Generic[On]):
    """What a page does to a case or a piece of material: its action, its form, its words, and what may stand against it."""

    verb: str
    act: Callable[..., Any]
    form: type[forms.MaterialForm]
    heading: str
    done: str
    reasons: Callable[[On, User], list[str]]
    lead: str = ""
    quote: str = ""


def of(verb: str) -> Reasons:
    """The state and whose the case is, for a verb with nothing more against it."""
    return lambda material, by: reasons_not_to(verb, material, by)


def against_sending_back(verb: str) -> Reasons:
    return lambda material, by: reasons_not_to_send_back(verb, material, by)


def against_writing(material: Material, by: User) -> list[str]:
    return reasons_case_ended(material.case) or reasons_not_theirs(material.case, by)


SUMMARY_FIRST = (
    "Nexus High Harm will normally request a summary of the available material before commissioning "
    "comprehensive statements to ensure that the material requested is relevant and applicable to the case."
)
APPEALS = (
    "The Specialist Appeals team will review all Nexus material in cases where the enforcement decision is to "
    "be challenged at appeal and will advise on potential issues of challenge or scrutiny."
)

ACTS: dict[str, Act[Material]] = {
    act.verb: act
    for act in (
        Act(
            "review_summary",
            actions.review_summary,
            forms.ReviewForm,
            "Review the summary",
            "The review is recorded",
            of("review_summary"),
            quote=SUMMARY_FIRST,
        ),
        Act(
            "return_summary",
            actions.return_summary,
            forms.AgainForm,
            "Return the summary to the force",
            "The force is asked for a new version",
            against_sending_back("return_summary"),
        ),
        Act(
            "commission",
            actions.commission,
            forms.CommissionForm,
            "Commission the statement",
            "The statement is commissioned",
            reasons_not_to_commission,
            quote=SUMMARY_FIRST,
        ),
        Act(
            "approve",
            actions.approve,
            forms.ApproveForm,
            "Approve the statement",
            "The statement is approved and locked",
            reasons_not_to_approve,
            lead="The text and its records are locked by their hash. Every later change needs a new approval.",
        ),
        Act(
            "reject",
            actions.reject,
            forms.AgainForm,
            "Reject the statement",
            "The force is asked for a new version",
            against_sending_back("reject"),
        ),
        Act(
            "ask_for_appeals_review",
            actions.ask_for_appeals_review,
            forms.AppealsForm,
            "Ask Specialist Appeals",
            "Specialist Appeals are asked",
            of("ask_for_appeals_review"),
            quote=APPEALS,
        ),
        Act(
            "advise",
            actions.advise,
            forms.AdviseForm,
            "Advise on the material",
            "Your advice is recorded",
            of("advise"),
            quote=APPEALS,
        ),
        Act(
            "serve",
            actions.serve,
            forms.ServeForm,
            "Record service",
            "Service is recorded",
            reasons_not_to_serve,
        ),
        Act(
            "supersede",
            actions.supersede,
            forms.SupersedeForm,
            "Set the material aside",
            "The material is set aside",
            reasons_not_to_supersede,
            lead="You cannot undo this. Any open request to the force ends.",
        ),
        Act(
            "give_more_time",
            actions.give_more_time,
            forms.MoreTimeForm,
            "Give the force more time",
            "The force has more time, and has been told",
            reasons_not_to_give_more_time,
        ),
        Act(
            "write_message",
            actions.write_message,
            forms.MessageForm,
            "Write to the force",
            "Your message is sent",
            against_writing,
        ),
    )
}


# The check has a page of its own, with the text: views/checking.py.
CHECK: Act[Material] = Act(
    "check_statement",
    actions.check_statement,
    forms.MaterialForm,
    "Check the statement",
    "The check is recorded",
    of("check_statement"),
)


def open_to(by: User, material: Material) -> list[tuple[Act[Material], bool]]:
    """The acts of the person's role that nothing stands against now; true with the one that goes on, first."""
    onward = material.state_record.next_action.verb
    offered = [act for act in (CHECK, *ACTS.values()) if act.verb != "write_message"]
    able = [act for act in offered if WHO_MAY.may(act.verb, by) and not act.reasons(material, by)]
    return sorted(((act, act.verb == onward) for act in able), key=lambda pair: not pair[1])


# Acts by which the force is written to: they stand below what was written before.
WITH_THREAD = ("write_message", "give_more_time")


def page_for(verb: str) -> Callable[..., HttpResponse]:
    """The view of one act, named after its verb."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, material_id: int) -> HttpResponse:
        material = visible(request, material_id, "view_inside")
        WHO_MAY.permit(verb, request.user)
        return carry_out(request, material, ACTS[verb])

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = ACTS[verb].heading
    return view


def carry_out(request: SignedInRequest, material: Material, act: Act[Material]) -> HttpResponse:
    """Show the form; once it is filled in make the one call. Reasons stand first where there are any."""
    words = {
        "act": act,
        "back_url": reverse("material:detail", args=[material.pk]),
        "version": material.versions.first(),
        "ask": open_ask(material),
        "thread": list(material.messages.select_related("by")) if act.verb in WITH_THREAD else None,
        "review": material.appeals_reviews.filter(advised_at=None).first(),
    }
    reasons = act.reasons(material, request.user)
    if reasons and request.method == "GET":
        return show(request, material, "refused", status=409, refusals=reasons, **words)
    form, status = bind(act.form, request, material=material, by=request.user), 200
    if form.is_valid():
        try:
            act.act(material_id=material.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, act.done)
            return redirect("material:detail", material.pk)
    return show(request, material, "act", status=status, form=form, **words)

"""What casework and Specialist Appeals do to one piece of material."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from casework.actions.steps import reasons_not_theirs
from casework.material import actions, forms
from casework.material.actions.approving import reasons_not_to_approve
from casework.material.actions.asking import reasons_not_to_commission, reasons_not_to_send_back
from casework.material.actions.checking import check_before
from casework.material.actions.more_time import reasons_not_to_give_more_time
from casework.material.actions.relying import reasons_not_to_serve, reasons_not_to_supersede
from casework.material.actions.steps import reasons_case_ended, reasons_not_to
from casework.material.actions.supplying import open_ask
from casework.material.lists import MATERIAL
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.queries import checks_of, not_conduct, original_of, statement_of
from casework.material.rules import CHECKLIST
from casework.material.views.frame import inside
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm
from nexus.verbs import Verb, VerbPages

SUMMARY_FIRST = (
    "Nexus High Harm will normally request a summary of the available material before commissioning "
    "comprehensive statements to ensure that the material requested is relevant and applicable to the case."
)
AGREED_FORMAT = (
    "Disclosable police material must be drafted to an agreed format suitable for use in immigration casework "
    "decisions which can also be used in public appeal proceedings at Immigration & Asylum Tribunal."
)
APPEALS = (
    "The Specialist Appeals team will review all Nexus material in cases where the enforcement decision is to "
    "be challenged at appeal and will advise on potential issues of challenge or scrutiny."
)


def reasons_not_to_write(material: Material, by: User) -> list[str]:
    return reasons_case_ended(material.case) or reasons_not_theirs(material.case, by)


def check_form_for(material: Material, by: User) -> type[GovukForm]:
    """The form of the latest version of the statement; where none was sent, nothing can be checked."""
    version = statement_of(material)
    attached = list(version.ask.records.all()) if version else []
    return forms.check_form_of(version, attached, check_before(material)) if version else forms.CheckForm


def beside_check(material: Material, by: User) -> dict[str, Any]:
    """The text that is checked, what it was sent with, and what never counts as conduct."""
    version = statement_of(material)
    return {
        "version": version,
        "attached": list(version.ask.records.select_related("file")) if version else [],
        "original": original_of(version.ask) if version else None,
        "codes": list(CHECKLIST),
        "earlier": checks_of(material),
        "not_conduct": not_conduct(material),
    }


def thread_with_force(material: Material, by: User) -> dict[str, Any]:
    """What was written before stands above what is written now."""
    return {"ask": open_ask(material), "thread": list(material.messages.select_related("by"))}


def review_asked_for(material: Material, by: User) -> dict[str, Any]:
    return {"review": material.appeals_reviews.filter(advised_at=None).first()}


# In this order their buttons stand on the material's page, after the one that usually comes next.
VERBS = {
    "check_statement": Verb(
        action=actions.check_statement,
        form=forms.CheckForm,
        choose_form=check_form_for,
        heading="Check the statement",
        button="Record the check",
        success="The check is recorded",
        quote=AGREED_FORMAT,
        reasons_against=lambda material, by, now: reasons_not_to("check_statement", material, by),
        page_context=beside_check,
        template="casework/material/check",
    ),
    "review_summary": Verb(
        action=actions.review_summary,
        form=forms.ReviewForm,
        heading="Review the summary",
        success="The review is recorded",
        quote=SUMMARY_FIRST,
        reasons_against=lambda material, by, now: reasons_not_to("review_summary", material, by),
    ),
    "return_summary": Verb(
        action=actions.return_summary,
        form=forms.AgainForm,
        heading="Return the summary to the force",
        success="The force is asked for a new version",
        reasons_against=lambda material, by, now: reasons_not_to_send_back("return_summary", material, by),
    ),
    "commission": Verb(
        action=actions.commission,
        form=forms.CommissionForm,
        heading="Commission the statement",
        success="The statement is commissioned",
        quote=SUMMARY_FIRST,
        reasons_against=lambda material, by, now: reasons_not_to_commission(material, by),
        form_kwargs=lambda material, by: {"material": material},
    ),
    "approve": Verb(
        action=actions.approve,
        form=forms.ApproveForm,
        heading="Approve the statement",
        success="The statement is approved and locked",
        lead="The text and its records are locked by their hash. Every later change needs a new approval.",
        reasons_against=lambda material, by, now: reasons_not_to_approve(material, by),
    ),
    "reject": Verb(
        action=actions.reject,
        form=forms.AgainForm,
        heading="Reject the statement",
        success="The force is asked for a new version",
        reasons_against=lambda material, by, now: reasons_not_to_send_back("reject", material, by),
    ),
    "ask_for_appeals_review": Verb(
        action=actions.ask_for_appeals_review,
        form=forms.AppealsForm,
        heading="Ask Specialist Appeals",
        success="Specialist Appeals are asked",
        quote=APPEALS,
        reasons_against=lambda material, by, now: reasons_not_to("ask_for_appeals_review", material, by),
    ),
    "advise": Verb(
        action=actions.advise,
        form=forms.AdviseForm,
        heading="Advise on the material",
        success="Your advice is recorded",
        quote=APPEALS,
        reasons_against=lambda material, by, now: reasons_not_to("advise", material, by),
        page_context=review_asked_for,
    ),
    "serve": Verb(
        action=actions.serve,
        form=forms.ServeForm,
        heading="Record service",
        success="Service is recorded",
        reasons_against=lambda material, by, now: reasons_not_to_serve(material, by),
    ),
    "supersede": Verb(
        action=actions.supersede,
        form=forms.SupersedeForm,
        heading="Set the material aside",
        success="The material is set aside",
        lead="You cannot undo this. Any open request to the force ends.",
        reasons_against=lambda material, by, now: reasons_not_to_supersede(material, by),
    ),
    "give_more_time": Verb(
        action=actions.give_more_time,
        form=forms.MoreTimeForm,
        heading="Give the force more time",
        success="The force has more time, and has been told",
        reasons_against=lambda material, by, now: reasons_not_to_give_more_time(material, by),
        page_context=thread_with_force,
    ),
    "write_message": Verb(
        action=actions.write_message,
        form=forms.MessageForm,
        heading="Write to the force",
        button="Send the message",
        success="Your message is sent",
        reasons_against=lambda material, by, now: reasons_not_to_write(material, by),
        page_context=thread_with_force,
    ),
}


def show(
    request: SignedInRequest, material: Material, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb in the frame of the material's case."""
    template = context["verb"].template or "casework/material/act"
    context = {"version": material.versions.first(), **context}
    return inside(request, material, name, template, status=status, **context)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=lambda by, **address: MATERIAL.open(by, "view_inside", **address),
    ids=lambda material: {"material_id": material.pk},
    show=show,
    back=lambda material, by: reverse("material:detail", args=[material.pk]),
)

"""One page for each thing that is done with an engagement: a short form, one action, back to its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework.engagement import actions, forms
from casework.engagement.actions.change import reasons_not_to_reopen
from casework.engagement.actions.decide import reasons_not_read, reasons_not_to_authorise
from casework.engagement.actions.force import reasons_not_to_accept, reasons_not_to_end
from casework.engagement.actions.steps import reasons_not_to
from casework.engagement.actions.task import reasons_not_to_task
from casework.engagement.actions.trafficking import reasons_not_to_review
from casework.engagement.actions.write import reasons_not_to_request, reasons_not_to_save_details
from casework.engagement.models import Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.queries import told
from casework.engagement.views.engagement import inside, viewed, visible, whole
from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal


@dataclass(frozen=True)
class Act:
    """What a page does: its action's verb, its form and its words; what is shown beside the form."""

    verb: str
    form: type[GovukForm]
    heading: str
    button: str
    done: str
    lead: str = ""
    warns: bool = False  # cannot be taken back


ACTS = {
    act.verb: act
    for act in (
        Act(
            "save_risks",
            forms.RisksForm,
            "Risk assessment",
            "Save the answers",
            "The risk assessment is saved",
            "“Not known” is an answer. What is not known needs a word on whom you asked.",
        ),
        Act(
            "save_details", forms.DetailsForm, "What is asked", "Save what is asked", "What is asked is saved"
        ),
        Act(
            "request",
            forms.ConfirmForm,
            "Send the request",
            "Send it to the CIO or HMI",
            "The request is with the CIOs and HMI",
            "They check it, assess its risk, and authorise, refuse or return it. It cannot be changed meanwhile.",
        ),
        Act(
            "quality_assure",
            forms.QualityForm,
            "Quality-assure the request",
            "Confirm the quality",
            "The request is quality-assured. Assess its risk next",
        ),
        Act(
            "assess_risk",
            forms.RiskLevelForm,
            "Assess the risk",
            "Keep the assessment",
            "The risk is assessed. Authorise, refuse or return it next",
        ),
        Act(
            "send_back",
            forms.IssuesForm,
            "Return the request",
            "Return the request",
            "The request is returned with its issues",
        ),
        Act(
            "authorise",
            forms.AuthoriseForm,
            "Authorise the operation",
            "Authorise it in my name",
            "The operation is authorised. It can be tasked to the force",
            "You authorise exactly the text below. Any change of it makes your authorisation void.",
            warns=True,
        ),
        Act(
            "refuse",
            forms.RefuseForm,
            "Refuse the operation",
            "Refuse it in my name",
            "The operation is refused",
            warns=True,
        ),
        Act(
            "record_trafficking",
            forms.TraffickingForm,
            "Record the trafficking outcome",
            "Record the outcome",
            "The trafficking outcome is recorded",
            "Until an outcome is recorded, nobody can authorise or task the operation.",
        ),
        Act(
            "write_up",
            forms.WriteUpForm,
            "Write up the verbal authorisation",
            "Keep it in writing, in my name",
            "The verbal authorisation is written up",
            "The whole request, its risk assessment and your reasons. It ends when the verbal one does.",
        ),
        Act(
            "task",
            forms.ConfirmForm,
            "Task the force",
            "Task the force",
            "The force has been tasked",
            "The force reads what is asked, where and when, the answers marked for it, and the conditions.",
        ),
        Act(
            "reopen",
            forms.ReopenForm,
            "Change the request",
            "Make the authorisation void and change it",
            "The request is open again. Nothing stands authorised",
            "Its authorisation becomes void at once, and a force that has it is told not to act. "
            "It is checked and authorised anew.",
            warns=True,
        ),
        Act(
            "withdraw",
            forms.WithdrawForm,
            "Withdraw the request",
            "Withdraw the request",
            "The request is withdrawn",
            "A force that has it is told not to act. This cannot be taken back.",
            warns=True,
        ),
        Act(
            "accept",
            forms.AcceptForm,
            "Accept the operation",
            "Accept it for the force",
            "You have accepted the operation",
        ),
        Act(
            "decline",
            forms.DeclineForm,
            "Decline the operation",
            "Decline it for the force",
            "You have declined the operation",
        ),
        Act(
            "execute",
            forms.ExecuteForm,
            "Record that it was carried out",
            "Record it",
            "It is recorded as carried out. Record the outcome next",
        ),
        Act(
            "abort",
            forms.AbortForm,
            "Record that it was broken off",
            "Record it",
            "It is recorded as broken off. Record the outcome next",
        ),
        Act(
            "record_outcome",
            forms.OutcomeForm,
            "Record the outcome",
            "Record the outcome",
            "The outcome is recorded",
        ),
    )
}
CONFIRMED = ("authorise", "write_up")  # the pass phrase is entered again


def reasons_against(verb: str, engagement: Engagement, by: User) -> list[str]:
    """Everything that stands against it before anything is typed."""
    now = timezone.now()
    fuller: dict[str, Callable[[], list[str]]] = {
        "save_details": lambda: reasons_not_to_save_details(engagement, by),
        "request": lambda: reasons_not_to_request(engagement, by, now=now),
        "quality_assure": lambda: reasons_not_read(engagement, by),
        "refuse": lambda: reasons_not_read(engagement, by),
        "authorise": lambda: reasons_not_to_authorise(engagement, by),
        "record_trafficking": lambda: reasons_not_to_review(engagement, by),
        "task": lambda: reasons_not_to_task(engagement, by, now=now),
        "reopen": lambda: reasons_not_to_reopen(engagement, by),
        "accept": lambda: reasons_not_to_accept(engagement, by, now=now),
        "execute": lambda: reasons_not_to_end("execute", engagement, by),
        "abort": lambda: reasons_not_to_end("abort", engagement, by),
    }
    return reasons_not_to(verb, engagement, by) or fuller.get(verb, list)()


def options(request: SignedInRequest, verb: str, engagement: Engagement) -> dict[str, Any]:
    """What a form needs to know beyond what is typed."""
    found: dict[str, Any] = {}
    if verb in ("save_risks", "write_up"):
        found["initial"] = forms.risk_initial(engagement)
    if verb in ("save_details", "write_up"):
        found["kind"] = engagement.kind
        found["initial"] = {**found.get("initial", {}), **forms.detail_initial(engagement)}
    if verb in CONFIRMED:
        found |= {"by": request.user, "counted": throttle.key(request, request.user.email)}
    return found


def values_of(form: GovukForm, verb: str, now: Any) -> dict[str, Any]:
    """What the action takes; of a pass phrase the moment only."""
    values = form.answers() if isinstance(form, forms.RiskFields) else dict(form.cleaned_data)
    if verb in CONFIRMED:
        values.pop("password")
        values["confirmed_at"] = now
    return values


def page_for(verb: str) -> Callable[..., HttpResponse]:
    """The view of one act, named after its verb."""

    @sensitive_post_parameters("password")
    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, engagement_id: int) -> HttpResponse:
        engagement, act, now = visible(request, engagement_id, verb), ACTS[verb], timezone.now()
        form, status = bind(act.form, request, **options(request, verb, engagement)), 200
        if form.is_valid():
            try:
                getattr(actions, verb)(
                    engagement_id=engagement.pk, by=request.user, now=now, **values_of(form, verb, now)
                )
            except Refused as refused:
                show_refusal(form, refused)
                status = 409
            else:
                messages.success(request, act.done)
                return redirect("engagement:detail", engagement.pk)
        return shown(request, engagement, act, form, status)

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = ACTS[verb].heading
    return view


def shown(
    request: SignedInRequest, engagement: Engagement, act: Act, form: GovukForm, status: int, **more: Any
) -> HttpResponse:
    """The form with what it is about, or why it cannot be done now."""
    by = request.user
    context = {
        "act": act,
        "form": form,
        "refusals": [] if form.is_bound else reasons_against(act.verb, engagement, by),
        "back_url": reverse("engagement:detail", args=[engagement.pk]),
        **more,
    }
    viewed(request, engagement, act.verb)
    if by.role in FORCE:
        return render(request, "engagement/force_act.html", {**told(engagement), **context}, status=status)
    context = {**whole(engagement, by, timezone.now()), **context}
    return inside(request, engagement, "engagement/act", status=status, **context)


SETTLE = Act("settle_issue", forms.SettleForm, "Settle an issue", "Keep the answer", "The issue is settled")


@require_http_methods(["GET", "POST"])
def settle_issue(request: SignedInRequest, engagement_id: int, issue_id: int) -> HttpResponse:
    """Say how one issue was settled."""
    engagement = visible(request, engagement_id, "settle_issue")
    issue = get_object_or_404(engagement.issues, pk=issue_id)
    form, status = bind(forms.SettleForm, request), 200
    if form.is_valid():
        try:
            actions.settle_issue(
                engagement_id=engagement.pk,
                issue_id=issue.pk,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, SETTLE.done)
            return redirect("engagement:detail", engagement.pk)
    return shown(request, engagement, SETTLE, form, status, issue=issue)

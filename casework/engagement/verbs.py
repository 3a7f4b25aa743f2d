"""Everything that is done to an operation, a row a verb: its page and its endpoint are made from it (nexus/verbs.py)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from casework.engagement import actions, forms
from casework.engagement.actions.change import reasons_not_to_reopen
from casework.engagement.actions.decide import reasons_not_read, reasons_not_to_authorise
from casework.engagement.actions.force import reasons_not_to_accept, reasons_not_to_end
from casework.engagement.actions.steps import reasons_not_to
from casework.engagement.actions.stop import reasons_not_to_look_again
from casework.engagement.actions.task import reasons_not_to_task
from casework.engagement.actions.trafficking import reasons_not_to_review
from casework.engagement.actions.verbal import reasons_not_to_log, reasons_not_to_write_up
from casework.engagement.actions.write import (
    reasons_not_to_request,
    reasons_not_to_save_details,
    reasons_not_to_start,
)
from casework.engagement.exact_text import exact_text, on_one_line, sha256_of, text_to_sign
from casework.engagement.lists import OPERATIONS
from casework.engagement.models import Engagement, Issue
from casework.engagement.permissions import FORCE, WHO_MAY
from casework.engagement.queries import (
    disclosed_to_force,
    known_already,
    last_address,
    name_of,
    points_of_case,
)
from casework.engagement.rules.gaps import COMPLETING
from casework.engagement.rules.risks import AT_ONCE, Question
from casework.engagement.views.engagement import inside, whole
from casework.engagement.wording import dissent_from_it, unanswered_risks
from casework.lists import CASES
from casework.models import Case
from casework.views.frame import show as show_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date_and_time
from nexus.verbs import Verb, VerbPages

ReasonsAgainst = Callable[[Engagement, User, datetime], list[str]]


def standing_against(verb: str, more: ReasonsAgainst | None = None) -> ReasonsAgainst:
    """Its state, whose case and whose request it is; then what else stands against it, of which nothing is typed yet."""

    def reasons(engagement: Engagement, by: User, now: datetime) -> list[str]:
        return reasons_not_to(verb, engagement, by) or (more(engagement, by, now) if more else [])

    return reasons


def unread(engagement: Engagement, by: User, now: datetime) -> list[str]:
    return reasons_not_read(engagement, by)


def risks(engagement: Engagement, by: User) -> dict[str, Any]:
    return {"initial": forms.risk_initial(engagement), "known": known_already(engagement)}


def details(engagement: Engagement, by: User) -> dict[str, Any]:
    """Of a verbal authorisation what is asked was said, and is not asked again."""
    last = None if engagement.address else last_address(engagement)
    found: dict[str, Any] = {
        "kind": engagement.kind,
        "was_said": engagement.to_write_up,
        "initial": forms.detail_initial(engagement, last=last),
    }
    if last:
        found["address_from"] = f"Taken over: {name_of(last)}. Check that it is current."
    elif engagement.case.referral.in_custody and engagement.case.referral.custody_reference:
        custody = engagement.case.referral.custody_reference
        found["address_from"] = f"The referral says: in custody, reference {custody}."
    return found


def answers_to(questions: tuple[Question, ...]) -> dict[str, serializers.Field]:
    """Two fields a question, for the schema."""
    found: dict[str, serializers.Field] = {}
    for question in questions:
        found[question.value] = serializers.CharField(
            required=False, label=question.label, help_text="yes, no or not_known"
        )
        found[f"{question.value}_words"] = serializers.CharField(required=False)
    return found


def as_shown(engagement: Engagement, by: User) -> dict[str, Any]:
    """The text that the page shows, its digest, and until when the time asked for lasts."""
    text = text_to_sign(engagement) if engagement.to_write_up else exact_text(engagement)
    ends = forms.begins_with("expires", engagement.window_ends_at)
    return {"initial": {"sha256": sha256_of(text), "shown_text": on_one_line(text), **ends}}


def open_issue(engagement: Engagement, *, issue_id: int) -> Issue:
    return get_object_or_404(engagement.issues.select_related("engagement__case__case_owner"), pk=issue_id)


REQUESTER = {
    "save_risks": Verb(
        action=actions.save_risks,
        form=forms.RisksForm,
        heading="Risk assessment",
        button="Save the answers",
        success="The risk assessment is saved",
        lead="“Not known” is an answer. If something is not known, say whom you asked.",
        reasons_against=standing_against("save_risks"),
        form_kwargs=risks,
        unanswered=unanswered_risks,
        partial=True,
        extra_fields=answers_to(tuple(Question)),
    ),
    "save_details": Verb(
        action=actions.save_details,
        form=forms.DetailsForm,
        heading="What is asked",
        button="Save the request",
        success="The request is saved",
        reasons_against=standing_against(
            "save_details", lambda engagement, by, now: reasons_not_to_save_details(engagement, by)
        ),
        form_kwargs=details,
        partial=True,
    ),
    "settle_issue": Verb(
        action=actions.settle_issue,
        form=forms.SettleForm,
        heading="Settle an issue",
        button="Save the answer",
        success="The issue is settled",
        address="issues/<int:issue_id>/settle/",
        find_part=open_issue,
        reasons_against=lambda issue, by, now: reasons_not_to("settle_issue", issue.engagement, by),
        form_kwargs=lambda issue, by: {"initial": {"reply": issue.reply}},
        page_context=lambda issue, by: {"issue": issue},
    ),
    "request": Verb(
        action=actions.request,
        heading="Send the request",
        button="Send it to the CIO or HMI",
        success="The request is with the CIOs and HMI",
        lead="They check it, assess the risk, and authorise, refuse or return it. You cannot change it in the meantime.",
        reasons_against=lambda engagement, by, now: reasons_not_to_request(engagement, by, now=now),
    ),
    "task": Verb(
        action=actions.task,
        heading="Task the force",
        success="The force has been tasked",
        lead="The force sees the request, where and when, the risk answers marked for it, and the conditions.",
        reasons_against=standing_against(
            "task", lambda engagement, by, now: reasons_not_to_task(engagement, by, now=now)
        ),
    ),
    "look_again": Verb(
        action=actions.look_again,
        form=forms.LookAgainForm,
        heading="Ask for a new authorisation",
        button="Send it to the CIO or HMI",
        success="The request waits for a new authorisation",
        lead="It was stopped because something became known. A CIO or HMI looks at the same text again, and the force is "
        "tasked again.",
        reasons_against=standing_against(
            "look_again", lambda engagement, by, now: reasons_not_to_look_again(engagement, by, now=now)
        ),
    ),
    "reopen": Verb(
        action=actions.reopen,
        form=forms.ReopenForm,
        heading="Change the request",
        button="Make the authorisation void and change it",
        success="The request is open again. It is no longer authorised",
        lead="Its authorisation becomes void at once, and a force that has it is told not to act. "
        "It is checked and authorised again.",
        warns=True,
        reasons_against=standing_against(
            "reopen", lambda engagement, by, now: reasons_not_to_reopen(engagement, by)
        ),
    ),
    "withdraw": Verb(
        action=actions.withdraw,
        form=forms.WithdrawForm,
        heading="Withdraw the request",
        success="The request is withdrawn",
        lead="A force that has it is told not to act. You cannot undo this.",
        warns=True,
        reasons_against=standing_against("withdraw"),
    ),
}

AUTHORISER = {
    "quality_assure": Verb(
        action=actions.quality_assure,
        form=forms.QualityForm,
        heading="Quality-assure the request",
        button="Confirm the quality",
        success="The request is quality-assured. Assess its risk next",
        instead=dissent_from_it,
        reasons_against=standing_against("quality_assure", unread),
    ),
    "assess_risk": Verb(
        action=actions.assess_risk,
        form=forms.RiskLevelForm,
        heading="Assess the risk",
        button="Save the assessment",
        success="The risk is assessed. Authorise, refuse or return it next",
        reasons_against=standing_against("assess_risk"),
    ),
    "send_back": Verb(
        action=actions.send_back,
        form=forms.IssuesForm,
        heading="Return the request",
        success="The request is returned with its issues",
        instead=dissent_from_it,
        reasons_against=standing_against("send_back"),
    ),
    "authorise": Verb(
        action=actions.authorise,
        form=forms.AuthoriseForm,
        heading="Authorise the operation",
        button="Authorise the operation",
        success="The operation is authorised. It can be tasked to the force",
        lead="You authorise exactly the text below. Any change to it makes your authorisation void.",
        warns=True,
        confirmed=True,
        instead=dissent_from_it,
        reasons_against=standing_against(
            "authorise", lambda engagement, by, now: reasons_not_to_authorise(engagement, by)
        ),
        form_kwargs=as_shown,
    ),
    "refuse": Verb(
        action=actions.refuse,
        form=forms.RefuseForm,
        heading="Refuse the operation",
        button="Refuse the operation",
        success="The operation is refused",
        warns=True,
        instead=dissent_from_it,
        reasons_against=standing_against("refuse", unread),
    ),
    # The Senior Caseworker's
    "record_trafficking": Verb(
        action=actions.record_trafficking,
        form=forms.TraffickingForm,
        heading="Record whether it may go ahead despite trafficking",
        button="Record it",
        success="It is recorded whether the operation may go ahead",
        lead="Until then nobody can authorise or task the operation. Record what was decided about trafficking itself "
        "on the case, at its barrier.",
        reasons_against=standing_against(
            "record_trafficking", lambda engagement, by, now: reasons_not_to_review(engagement, by)
        ),
    ),
    "write_up": Verb(
        action=actions.write_up,
        form=forms.WriteUpForm,
        heading="Sign the write-up",
        button="Sign the written record",
        success="The verbal authorisation is written up",
        lead="Every section is complete. You sign exactly the text below. It ends when the verbal authorisation does.",
        confirmed=True,
        reasons_against=lambda engagement, by, now: reasons_not_to_write_up(engagement, by, now=now),
        form_kwargs=as_shown,
    ),
}

OF_THE_FORCE = {
    "accept": Verb(
        action=actions.accept,
        form=forms.AcceptForm,
        heading="Accept the operation",
        button="Accept it for the force",
        success="You have accepted the operation",
        reasons_against=standing_against(
            "accept", lambda engagement, by, now: reasons_not_to_accept(engagement, by, now=now)
        ),
    ),
    "decline": Verb(
        action=actions.decline,
        form=forms.DeclineForm,
        heading="Decline the operation",
        button="Decline it for the force",
        success="You have declined the operation",
        reasons_against=standing_against("decline"),
    ),
    "execute": Verb(
        action=actions.execute,
        form=forms.ExecuteForm,
        heading="Record that it was carried out",
        button="Record it",
        success="Recorded as carried out. Record the outcome next",
        reasons_against=standing_against(
            "execute", lambda engagement, by, now: reasons_not_to_end("execute", engagement, by)
        ),
    ),
    "abort": Verb(
        action=actions.abort,
        form=forms.AbortForm,
        heading="Record that it was aborted",
        button="Record it",
        success="Recorded as aborted. Record the outcome next",
        reasons_against=standing_against(
            "abort", lambda engagement, by, now: reasons_not_to_end("abort", engagement, by)
        ),
    ),
    "record_outcome": Verb(
        action=actions.record_outcome,
        form=forms.OutcomeForm,
        heading="Record the outcome",
        success="The outcome is recorded",
        reasons_against=standing_against("record_outcome"),
    ),
}

VERBS = {**REQUESTER, **AUTHORISER, **OF_THE_FORCE}


def show(
    request: SignedInRequest, engagement: Engagement, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb: for the force by itself, for the Home Office in the frame of its case."""
    by, now = request.user, timezone.now()
    OPERATIONS.viewed(by, engagement, page=name)
    if by.role in FORCE:
        context = {**disclosed_to_force(engagement, at=now), **context, "name": name}
        return render(request, "casework/engagement/force_act.html", context, status=status)
    context = {**whole(engagement, by, now), **context, "name": name}
    # Of what is missing the page itself tells, each with the way to it.
    context["missing"] = context["gaps"] if name in COMPLETING and context["refusals"] else []
    return inside(request, engagement, "casework/engagement/act", status=status, **context)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=OPERATIONS.find,
    ids=lambda engagement: {"engagement_id": engagement.pk},
    show=show,
    back=lambda engagement, by: reverse("engagement:detail", args=[engagement.pk]),
)

# The two ways an operation begins: a case-owner asks for one, or a CIO logs what was said at night.
BEGIN = {
    "start": Verb(
        action=actions.start,
        form=forms.StartForm,
        heading="Ask for an operation",
        button="Continue",
        lead="You then complete the risk assessment and the details. Nothing is sent until you choose to send it.",
        reasons_against=lambda case, by, now: reasons_not_to_start(case, by),
        form_kwargs=lambda case, by: {"initial": forms.force_of(case)},
        next_page=lambda case, made: reverse("engagement:save_risks", args=[made.pk]),
    ),
    "log_verbal": Verb(
        action=actions.log_verbal,
        form=forms.VerbalForm,
        heading="Log a verbal authorisation",
        button="Log the authorisation",
        success=lambda made: (
            f"The verbal authorisation is logged. Write it up by {date_and_time(made.write_up_due_at)}"
        ),
        lead="Out of hours only. The address, the legal power and the whole risk assessment are written up "
        "afterwards; until then it is live within its own limits.",
        confirmed=True,
        reasons_against=lambda case, by, now: reasons_not_to_log(case, by),
        form_kwargs=lambda case, by: {
            "case": case,
            "initial": {**forms.force_of(case), **forms.begins_with("asked", timezone.now())},
        },
        page_context=lambda case, by: {"points": points_of_case(case)},
        next_page=lambda case, made: reverse("engagement:detail", args=[made.pk]),
        extra_fields=answers_to(AT_ONCE),
    ),
}


def show_begin(
    request: SignedInRequest, case: Case, name: str, *, status: int, **context: Any
) -> HttpResponse:
    return show_case(request, case, "operations", "casework/engagement/begin", status=status, **context)


begin_pages = VerbPages(
    verbs=BEGIN,
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show_begin,
    back=lambda case, by: reverse("engagement:case", args=[case.referral.reference]),
)

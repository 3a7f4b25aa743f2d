"""What is done about the material of a case as a whole: ask for a summary, or say that no statement is needed."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from casework.lists import CASES
from casework.material import actions, forms, queries
from casework.material.actions.asking import reasons_not_to_request
from casework.material.actions.no_statement import reasons_not_to_do_without, reasons_not_to_withdraw
from casework.material.permissions import WHO_MAY
from casework.material.verbs.casework import SUMMARY_FIRST
from casework.models import Case
from casework.views.frame import show as show_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from referrals.queries import standing_decision

NOT_ALWAYS = "It is important to note that police intelligence statements may not always be required."


def need_of_statement(case: Case, by: User) -> dict[str, Any]:
    """What the rules indicate now, and as triage judged it."""
    return {
        "indicated": queries.statement_indicated(case),
        "decision": standing_decision(case.referral),
    }


BEGIN = {
    "request_summary": Verb(
        action=actions.request_summary,
        form=forms.RequestForm,
        heading="Request a summary from the force",
        success="The force is asked for a summary",
        quote=SUMMARY_FIRST,
        address="request/",
        reasons_against=lambda case, by, now: reasons_not_to_request(case, by),
        next_page=lambda case, made: reverse("material:detail", args=[made.pk]),
    ),
}
NO_STATEMENT = {
    "need_no_statement": Verb(
        action=actions.need_no_statement,
        form=forms.BecauseForm,
        heading="Record that no statement is needed",
        success="Recorded: no statement is needed",
        lead="Any open request for a summary ends. You can withdraw this later.",
        quote=NOT_ALWAYS,
        reasons_against=lambda case, by, now: reasons_not_to_do_without(case, by),
        page_context=need_of_statement,
        template="casework/material/no_statement",
    ),
    "withdraw_no_statement": Verb(
        action=actions.withdraw_no_statement,
        form=forms.WithdrawForm,
        heading="Withdraw “no statement needed”",
        success="A statement may be asked for again",
        lead="Any summary the force has sent must then be reviewed again.",
        reasons_against=lambda case, by, now: reasons_not_to_withdraw(case, by),
        page_context=need_of_statement,
        template="casework/material/no_statement",
    ),
}


def show(request: SignedInRequest, case: Case, name: str, *, status: int, **context: Any) -> HttpResponse:
    """The page of a verb in the frame of its case."""
    template = context["verb"].template or "casework/material/act"
    return show_case(request, case, "material", template, status=status, name=name, **context)


pages = VerbPages(
    verbs={**BEGIN, **NO_STATEMENT},
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show,
    back=lambda case, by: reverse("material:of_case", args=[case.referral.reference]),
)

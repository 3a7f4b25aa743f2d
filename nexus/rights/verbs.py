"""What is done about a person's request for access, a row a verb."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.accounts.models import User
from nexus.documents.serving import as_attachment
from nexus.requests import SignedInRequest
from nexus.rights import actions, forms
from nexus.rights.actions.answering import reasons_ended, reasons_not_to_answer, reasons_not_to_decide
from nexus.rights.items import undecided
from nexus.rights.lists import REQUESTS
from nexus.rights.models import AccessRequest
from nexus.rights.permissions import WHO_MAY
from nexus.rights.states import State
from nexus.verbs import Verb, VerbPages

AT_ONCE = 10  # texts on one page to decide
NOT_ANSWERED = "Answer the request first. Until then nothing leaves."


def page_of(asked: AccessRequest, by: User) -> str:
    return reverse("rights:detail", args=[asked.pk])


def after_deciding(asked: AccessRequest, result: AccessRequest) -> str:
    """The next texts, or the request once all is decided."""
    return reverse("rights:decide" if undecided(asked) else "rights:detail", args=[asked.pk])


VERBS = {
    "add_record": Verb(
        action=actions.add_record,
        form=forms.RecordForm,
        heading="Add a record of the person",
        button="Add the record",
        success=lambda added: f"{added} is added",
        reasons_against=lambda asked, by, now: reasons_ended(asked),
    ),
    "decide": Verb(
        action=actions.decide,
        form=forms.DecideForm,
        form_kwargs=lambda asked, by: {"items": undecided(asked)[:AT_ONCE]},
        page_context=lambda asked, by: {"to_decide": len(undecided(asked))},
        heading="Decide what is disclosed",
        button="Save and go on",
        lead="Names of other people that the record knows are removed already. Read each text for others.",
        success="Your decisions are saved",
        reasons_against=lambda asked, by, now: reasons_not_to_decide(asked),
        next_page=after_deciding,
    ),
    "answer": Verb(
        action=actions.answer,
        heading="Answer the request",
        lead="Afterwards you can download the export and give it to the person.",
        success="The request is answered. Download the export and give it to the person",
        reasons_against=lambda asked, by, now: reasons_not_to_answer(asked),
    ),
    "refuse": Verb(
        action=actions.refuse,
        form=forms.RefuseForm,
        heading="Do not answer with an export",
        button="Record why",
        success="It is recorded why the request is not answered with an export",
        reasons_against=lambda asked, by, now: reasons_ended(asked),
    ),
    "export": Verb(
        action=actions.export,
        heading="Download the export",
        button_only=True,
        reasons_against=lambda asked, by, now: [] if asked.state == State.ANSWERED else [NOT_ANSWERED],
        answer_with=lambda request, asked, made: as_attachment(made.content, made.name, "application/zip"),
    ),
}


def show(
    request: SignedInRequest, asked: AccessRequest, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of a verb, with the request it is about."""
    REQUESTS.viewed(request.user, asked, page=name)
    return render(request, "nexus/rights/act.html", {"asked": asked, **context}, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=REQUESTS.find,
    ids=lambda asked: {"request_id": asked.pk},
    show=show,
    back=page_of,
)

RECEIVING = {
    "receive": Verb(
        action=actions.receive,
        form=forms.ReceiveForm,
        heading="Write down a request for access",
        button="Save the request",
        success=lambda asked: f"{asked} is written down",
        next_page=lambda nothing, asked: page_of(asked, asked.received_by),
    ),
}
receiving_pages = VerbPages(
    verbs=RECEIVING, who_may=WHO_MAY, back=lambda nothing, by: reverse("rights:register")
)

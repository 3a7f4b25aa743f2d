"""What is done to a record that has passed its period, a row a verb."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.retention import actions, forms
from nexus.retention.actions.erase import reasons_not_to_erase, reasons_not_to_propose
from nexus.retention.lists import REVIEWS
from nexus.retention.models import Review
from nexus.retention.permissions import WHO_MAY
from nexus.retention.queries import what_goes
from nexus.verbs import Verb, VerbPages


def unless_moved(verb: str) -> Callable[[Review, User, datetime], list[str]]:
    """What its state says against it."""
    return lambda review, by, now: review.reasons_not_to_move(verb)


def goes_with_it(review: Review, by: User) -> dict[str, Any]:
    """For the page of an erasure: how much of what goes."""
    return {"goes": what_goes(review)}


VERBS = {
    "keep": Verb(
        action=actions.keep,
        form=forms.KeepForm,
        heading="Keep the record longer",
        button="Keep it",
        success=lambda review: f"{review} is kept, and is reviewed again on its day",
        reasons_against=unless_moved("keep"),
    ),
    "hold": Verb(
        action=actions.hold,
        form=forms.HoldForm,
        heading="Put the record on legal hold",
        button="Put it on hold",
        success=lambda review: f"{review} is on legal hold. Nobody can erase it until the hold is lifted",
        reasons_against=unless_moved("hold"),
    ),
    "lift": Verb(
        action=actions.lift,
        form=forms.BecauseForm,
        heading="Lift the legal hold",
        success=lambda review: f"The hold on {review} is lifted. It is to be reviewed",
        reasons_against=unless_moved("lift"),
    ),
    "propose": Verb(
        action=actions.propose,
        form=forms.ProposeForm,
        heading="Propose to erase the record",
        button="Propose to erase it",
        lead="Nothing is erased yet. A second manager reads your reasons and confirms it, or sends it back.",
        success=lambda review: f"A second manager must confirm that {review} is erased",
        reasons_against=lambda review, by, now: reasons_not_to_propose(review),
        page_context=goes_with_it,
    ),
    "send_back": Verb(
        action=actions.send_back,
        form=forms.BecauseForm,
        heading="Do not erase the record",
        button="Send the proposal back",
        success=lambda review: f"{review} is not erased. It is to be reviewed again",
        reasons_against=unless_moved("send_back"),
    ),
    "erase": Verb(
        action=actions.erase,
        form=ConfirmedForm,
        confirmed=True,
        heading="Erase the record",
        button="Erase it for good",
        lead="This cannot be taken back. Only the reference, days and outcome codes stay, with who erased it and why.",
        warns=True,
        success=lambda review: f"{review} is erased",
        reasons_against=lambda review, by, now: reasons_not_to_erase(review, by),
        page_context=goes_with_it,
    ),
}


def page_of(review: Review, by: User) -> str:
    return reverse("retention:detail", args=[review.pk])


def show(
    request: SignedInRequest, review: Review, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of a verb, with what is known of the review."""
    REVIEWS.viewed(request.user, review, page=name)
    return render(request, "nexus/retention/act.html", {"review": review, **context}, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=REVIEWS.find,
    ids=lambda review: {"review_id": review.pk},
    show=show,
    back=page_of,
)

OPENING = {
    "open_review": Verb(
        action=actions.open_review,
        form=forms.OpenForm,
        heading="Review a record now",
        button="Open the review",
        lead="Do this where a record must not be erased, or where its person asked for it to be erased.",
        success=lambda review: f"{review} is to be reviewed",
        next_page=lambda nothing, review: page_of(review, review.opened_by),
    ),
}
opening_pages = VerbPages(verbs=OPENING, who_may=WHO_MAY, back=lambda nothing, by: reverse("retention:queue"))

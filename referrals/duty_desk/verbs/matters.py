"""What is written of a pending matter, and how one is added to a referral."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from referrals.duty_desk import actions
from referrals.duty_desk.actions.litigation import reasons_only_litigation
from referrals.duty_desk.actions.matters import reasons_not_to_check, reasons_not_to_watch
from referrals.duty_desk.forms.pending import (
    CheckForm,
    ConcludeForm,
    JudgeForm,
    LitigationForm,
    MatterForm,
    TaskForm,
)
from referrals.duty_desk.lists import PENDING, WATCHED
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.permissions import MATTERS
from referrals.models import Referral


def page_of(matter: PendingMatter) -> str:
    return reverse("duty_desk:matter", args=[matter.pk])


def judgement_of(matter: PendingMatter) -> dict[str, str]:
    """What stands and a new answer replaces: whoever answers sees it, and a colleague's newer one is not replaced unseen."""
    answer = {True: "yes", False: "no", None: ""}[matter.suspends_removal]
    return {"suspends": answer, "reason": matter.suspends_reason}


VERBS = {
    "check_matter": Verb(
        action=actions.check_matter,
        form=CheckForm,
        heading="Record a check",
        button="Record the check",
        success="The check is recorded",
        address="check/",
        reasons_against=lambda matter, by, now: reasons_not_to_check(matter),
    ),
    "task_litigation": Verb(
        action=actions.task_litigation,
        form=TaskForm,
        heading="Task the litigation",
        success="The litigation is tasked",
        lead="Tasking says who deals with the litigation. It moves neither the case nor its allocation: a case "
        "that Criminal Casework holds stays there.",
        address="task/",
        form_kwargs=lambda matter, by: {"initial": {"to": matter.tasked_to}},
        reasons_against=lambda matter, by, now: reasons_only_litigation(matter),
    ),
    "judge_litigation": Verb(
        action=actions.judge_litigation,
        form=JudgeForm,
        heading="Does it suspend removal?",
        button="Record the effect",
        success="The effect on removal is recorded",
        lead="While you say yes, nobody can record that the subject was removed or deported. Your answer and "
        "reason replace the earlier ones, which stay readable.",
        address="judge/",
        form_kwargs=lambda matter, by: {"initial": judgement_of(matter)},
        reasons_against=lambda matter, by, now: reasons_only_litigation(matter),
    ),
    "conclude_matter": Verb(
        action=actions.conclude_matter,
        form=ConcludeForm,
        form_kwargs=lambda matter, by: {"kind": matter.kind},
        heading="Record that it has ended",
        success="Record that the matter has ended",
        lead="What it changes is for people to decide: nothing about the referral or the case changes by itself.",
        address="conclude/",
        reasons_against=lambda matter, by, now: reasons_not_to_check(matter),
    ),
}


def show(
    request: SignedInRequest, matter: PendingMatter, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb, with what is known of the matter above its form."""
    PENDING.viewed(request.user, matter)
    context |= {"matter": matter, "referral": matter.referral, "name": name}
    return render(request, "referrals/duty_desk/matter_act.html", context, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=MATTERS,
    find=PENDING.find,
    ids=lambda matter: {"matter_id": matter.pk},
    show=show,
    back=lambda matter, by: page_of(matter),
)

ADD = {
    "add_matter": Verb(
        action=actions.add_matter,
        form=MatterForm,
        heading="Add a pending criminal matter",
        button="Add the matter",
        success="The matter is listed",
        reasons_against=lambda referral, by, now: reasons_not_to_watch(referral),
        next_page=lambda referral, matter: page_of(matter),
    ),
    "add_litigation": Verb(
        action=actions.add_litigation,
        form=LitigationForm,
        heading="Add immigration litigation",
        button="Add the matter",
        success="The matter is listed",
        reasons_against=lambda referral, by, now: reasons_not_to_watch(referral),
        next_page=lambda referral, matter: page_of(matter),
    ),
}


def show_add(
    request: SignedInRequest, referral: Referral, name: str, *, status: int, **context: Any
) -> HttpResponse:
    WATCHED.viewed(request.user, referral)
    return render(
        request, "referrals/duty_desk/matter_act.html", {"referral": referral, **context}, status=status
    )


add_pages = VerbPages(
    verbs=ADD,
    who_may=MATTERS,
    find=WATCHED.find,
    ids=lambda referral: {"referral_id": referral.pk},
    show=show_add,
    back=lambda referral, by: reverse("referrals:detail", args=[referral.reference]),
)

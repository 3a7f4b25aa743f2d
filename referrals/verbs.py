"""Everything that is done to a referral, a row a verb: its page and its endpoint are made from it (nexus/verbs.py).

By hand stay the draft's sections and rows (views/draft.py, rows.py), several questions in one request
(views/asking.py), and the page on which a proposed decision is read and answered (views/second_reading.py).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial, update_wrapper
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages
from referrals import actions
from referrals.actions.adding import reasons_not_to_add
from referrals.actions.asking import reasons_not_to_take_back, reasons_settled
from referrals.actions.correcting import reasons_looked_at, reasons_not_to_correct, reasons_told
from referrals.actions.decide import reasons_not_to_decide
from referrals.actions.draft import reasons_not_to_edit
from referrals.actions.flag import reasons_not_to_remove_flag, reasons_not_to_set_flag_again
from referrals.actions.second_reading import reasons_not_to_recall
from referrals.actions.triage import reasons_not_to_claim, reasons_not_to_hand_over, reasons_not_to_release
from referrals.correctable import find_correctable, find_recipient, find_stale
from referrals.forms.correct import CorrectForm, ReconsiderForm, ToldForm, correct_form
from referrals.forms.follow import AddForm, AnswerForm, ReassignForm, WithdrawForm
from referrals.forms.notes import NoteForm
from referrals.forms.pages import TABLE_PAGE
from referrals.forms.rows import ROW_MODELS
from referrals.forms.start import StartForm
from referrals.forms.triage import (
    AcceptForm,
    AgreeForm,
    HandOverForm,
    NotAcceptForm,
    RecallForm,
    RedirectForm,
    ReleaseForm,
    RemoveFlagForm,
    ReopenForm,
    SendBackForm,
    SetFlagAgainForm,
    TakeBackForm,
    WithdrawQuestionForm,
)
from referrals.instead import dissent_or_note
from referrals.lists import (
    PROPOSED,
    REFERRALS,
    find_question,
    find_removed_row,
)
from referrals.models import Outcome, Proposal, Question, Referral, TriageDecision
from referrals.permissions import PROPOSALS, WHO_MAY
from referrals.queries import open_questions
from referrals.rules.policies import policy_on
from referrals.rules.sections import SECTIONS
from referrals.views import decision_context, flags
from referrals.views.triage import show

# How the pages of the Referrals Office are written down as read, and the tab they stand in.
DECISION: dict[str, Any] = {
    "read": "decision_viewed",
    "tab": "Decision",
    "check": "referrals/decide/confirm.html",
}
FLAG: dict[str, Any] = {"read": "decision_viewed"}
QUESTION: dict[str, Any] = {"read": "question_viewed"}


def page_of(name: str) -> Callable[..., str]:
    """The address of a page of the referral, given it or what was done to it, and anything."""
    return lambda referral, _: reverse(f"referrals:{name}", args=[referral.reference])


def section_page(row: Any) -> str:
    """The page of the draft that lists rows of this kind."""
    kind = next(kind for kind, model in ROW_MODELS.items() if isinstance(row, model))
    return reverse("referrals:section", args=[row.referral.reference, TABLE_PAGE[kind].key])


def decided(words: str) -> Callable[[TriageDecision | Proposal], str]:
    """What is said of a decision once it is made, or proposed where a second officer reads it first."""
    proposed = "waits for a second reader. Nothing is decided yet"
    return lambda made: f"{made.referral.reference} {proposed if isinstance(made, Proposal) else words}"


def decision(verb: str, **row: Any) -> Verb:
    """One of the three decisions: written beside the rules, checked, made."""
    return Verb(
        reasons_against=lambda referral, by, now: reasons_not_to_decide(referral, verb, by),
        initial_from=lambda query: {"again": query.get("again", "")},
        page_context=decision_context.context,
        check_context=partial(decision_context.check_context, verb),
        back=page_of("decide"),
        extra=DECISION,
        **row,
    )


DECISIONS = {
    "accept": decision(
        "accept",
        action=actions.accept,
        template="referrals/decide/accept.html",
        form=AcceptForm,
        heading="Accept the referral",
        success=decided("has been accepted. Key the flag, then confirm it under To key"),
        form_kwargs=lambda referral, by: {"own": referral.proposals.filter(proposed_by=by)},
    ),
    "not_accept": decision(
        "not_accept",
        action=actions.not_accept,
        template="referrals/decide/not_accept.html",
        form=NotAcceptForm,
        heading="Do not accept the referral",
        success=decided("has not been accepted"),
        form_kwargs=lambda referral, by: {"own": referral.proposals.filter(proposed_by=by)},
        warns=True,
    ),
    "redirect": decision(
        "redirect",
        action=actions.redirect,
        template="referrals/decide/redirect.html",
        form=RedirectForm,
        heading="Redirect the referral",
        success=decided("has been redirected"),
        warns=True,
    ),
}

TRIAGE = {
    "claim": Verb(
        action=actions.claim,
        heading="Claim this referral",
        success=lambda referral: f"You hold {referral.reference}",
        reasons_against=lambda referral, by, now: reasons_not_to_claim(referral, by),
        button_only=True,
    ),
    "release": Verb(
        action=actions.release,
        form=ReleaseForm,
        heading="Release to the queue",
        button="Release",
        success=lambda referral: f"{referral.reference} is back in the queue",
        reasons_against=lambda referral, by, now: reasons_not_to_release(referral, by),
        next_page=lambda referral, _: reverse("desk:queue"),
        template="referrals/triage/release.html",
        extra={"read": "release_viewed"},
    ),
    "withdraw_question": Verb(
        action=actions.withdraw_question,
        form=WithdrawQuestionForm,
        heading="Withdraw a question",
        button="Withdraw the question",
        success="The question has been withdrawn",
        address="questions/<int:question_id>/withdraw/",
        find_part=find_question,
        reasons_against=lambda question, by, now: (
            reasons_settled(question) or reasons_not_to_take_back(question.request.referral, by)
        ),
        page_context=lambda question, by: {
            "question": question,
            "last": open_questions(question.request.referral).count() == 1,
        },
        back=page_of("timeline"),
        template="referrals/triage/withdraw_question.html",
        extra=QUESTION,
    ),
    "take_back": Verb(
        action=actions.take_back,
        form=TakeBackForm,
        heading="Continue without the answers",
        button="Take the referral back",
        success=lambda referral: f"{referral.reference} is back in triage",
        reasons_against=lambda referral, by, now: reasons_not_to_take_back(referral, by),
        page_context=lambda referral, by: {"questions": list(open_questions(referral))},
        back=page_of("timeline"),
        template="referrals/triage/take_back.html",
        extra=QUESTION,
    ),
    "reopen": Verb(
        action=actions.reopen,
        form=ReopenForm,
        heading="Reopen the referral",
        button="Reopen",
        success=lambda referral: f"{referral.reference} is in triage again, and you hold it",
        lead="The earlier decision and its reasons stay on record. "
        "The referral comes back into triage and you hold it.",
        reasons_against=lambda referral, by, now: referral.reasons_not_to_move("reopen"),
        back=page_of("decide"),
        next_page=page_of("detail"),
        extra=DECISION,
    ),
    "add_note": Verb(
        action=actions.add_note,
        form=NoteForm,
        heading="Add a note",
        button="Save the note",
        success=lambda note: f"{note.get_kind_display()} added to {note.referral.reference}",
        lead="A working note, or what whoever goes on with it needs to know. It stands on the timeline in your name "
        "and stays inside the Home Office.",
        next_page=page_of("timeline"),
        extra={"read": "timeline_viewed", "tab": "Timeline and questions"},
    ),
    "remove_flag": Verb(
        action=actions.remove_flag,
        form=RemoveFlagForm,
        heading="Remove the flag",
        success=lambda flag: (
            f"The flag of {flag.referral.reference} is removed. Key it, then confirm it under To key"
        ),
        reasons_against=lambda referral, by, now: reasons_not_to_remove_flag(referral.flag),
        page_context=flags.context,
        check_context=lambda referral, by, form: form.cleaned_data,
        back=page_of("decide"),
        warns=True,
        template="referrals/flags/remove_flag.html",
        extra=FLAG,
    ),
    "set_flag_again": Verb(
        action=actions.set_flag_again,
        form=SetFlagAgainForm,
        heading="Set the flag again",
        success=lambda flag: (
            f"The flag of {flag.referral.reference} is set again. Key it, then confirm it under To key"
        ),
        reasons_against=lambda referral, by, now: reasons_not_to_set_flag_again(referral.flag),
        page_context=flags.context,
        check_context=lambda referral, by, form: form.cleaned_data,
        back=page_of("decide"),
        template="referrals/flags/set_flag_again.html",
        extra=FLAG,
    ),
}

# Their pages are others: the desk hands over one as it does many, the draft is sent from its check page.
HAND_OVER = Verb(
    action=actions.hand_over,
    form=HandOverForm,
    heading="Hand over",
    reasons_against=lambda referral, by, now: reasons_not_to_hand_over(referral, by),
)
SUBMIT = Verb(action=actions.submit, heading="Send the referral")

POLICE = {
    "add_information": Verb(
        action=actions.add_information,
        form=AddForm,
        heading="Add information or a document",
        button="Send it",
        success="What you added has been sent to who is working on it",
        lead="Whoever holds the referral or its case is told at once. A decision that was proposed before is void.",
        reasons_against=lambda referral, by, now: reasons_not_to_add(referral),
        template="referrals/follow/add_information.html",
    ),
    "answer": Verb(
        action=actions.answer_information,
        form=AnswerForm,
        heading="Answer the Referrals Office",
        button="Send the answer",
        success=lambda question: f"Your answer has been sent to the Referrals Office{still_open(question)}",
        permission=lambda referral: "answer_information",
        address="questions/<int:question_id>/answer/",
        find_part=find_question,
        reasons_against=lambda question, by, now: reasons_settled(question),
        page_context=lambda question, by: {
            "question": question,
            "question_of_clock": question.request.referral.detention_question(timezone.now()),
            "others": open_questions(question.request.referral).exclude(pk=question.pk).count(),
        },
        template="referrals/follow/answer.html",
    ),
    "reassign_question": Verb(
        action=actions.reassign_question,
        form=ReassignForm,
        heading="Who should answer this question?",
        button="Assign the question",
        success=lambda question: f"{question.owner} will answer the question",
        lead="They are told now, and reminded before the due date. Anybody in your force can still answer.",
        address="questions/<int:question_id>/owner/",
        find_part=find_question,
        reasons_against=lambda question, by, now: reasons_settled(question),
        form_kwargs=lambda question, by: {"question": question},
        page_context=lambda question, by: {"question": question},
        next_page=lambda question, _: reverse("referrals:asked"),
        template="referrals/follow/reassign_question.html",
    ),
    "restore_row": Verb(
        action=actions.restore_row,
        heading="Put a removed row back",
        success="It has been put back",
        button_only=True,
        permission=lambda referral: "edit",
        address="rows/<slug:kind>/<int:row_id>/restore/",
        find_part=find_removed_row,
        reasons_against=lambda row, by, now: reasons_not_to_edit(row.referral),
        back=page_of("tasks"),
        next_page=lambda row, restored: section_page(row),
    ),
    "withdraw": Verb(
        action=actions.withdraw,
        form=WithdrawForm,
        heading="Withdraw this referral",
        button="Withdraw the referral",
        success=lambda referral: f"Referral {referral.reference} has been withdrawn",
        reasons_against=lambda referral, by, now: referral.reasons_not_to_move("withdraw"),
        warns=True,
        template="referrals/follow/withdraw.html",
    ),
}

CORRECTION: dict[str, Any] = {"read": "corrections_viewed", "tab": "Referral"}
# On pages alone: what is corrected, and what follows, is read beside what was recorded.
CORRECTIONS = {
    "correct": Verb(
        action=actions.correct,
        form=CorrectForm,
        heading="Correct a recorded fact",
        button="Correct it",
        success="The fact is corrected, and the original kept. See what rests on it and who is to be told",
        lead="What was assessed or decided before is marked stale, and the force is told.",
        permission=lambda referral: "correct",
        address="correct/<slug:page>/",
        find_part=find_correctable,
        choose_form=lambda found, by: correct_form(found.page),
        form_kwargs=lambda found, by: {"referral": found.referral},
        reasons_against=lambda found, by, now: reasons_not_to_correct(found.referral),
        extra=CORRECTION,
    ),
    "reconsider": Verb(
        action=actions.reconsider,
        form=ReconsiderForm,
        heading="Say what follows of the correction",
        button="Save what follows",
        success=lambda stale: f"It is recorded what follows for: {stale}",
        permission=lambda referral: "correct",
        address="corrections/<int:stale_id>/reconsider/",
        find_part=find_stale,
        reasons_against=lambda stale, by, now: reasons_looked_at(stale),
        page_context=lambda stale, by: {"of_correction": stale},
        template="referrals/corrections/of.html",
        extra=CORRECTION,
    ),
    "tell_recipient": Verb(
        action=actions.tell_recipient,
        form=ToldForm,
        heading="Record that they were told",
        button="Save",
        success=lambda told: f"It is recorded that they were told: {told}",
        permission=lambda referral: "correct",
        address="corrections/recipients/<int:recipient_id>/told/",
        find_part=find_recipient,
        reasons_against=lambda told, by, now: reasons_told(told),
        page_context=lambda told, by: {"of_correction": told},
        template="referrals/corrections/of.html",
        extra=CORRECTION,
    ),
}

# What is done to no referral yet: a new one, or the most urgent of those that wait.
WITHOUT_A_REFERRAL = {
    "start": Verb(
        action=actions.start,
        form=StartForm,
        heading="Start a referral",
        button="Start the referral",
        form_kwargs=lambda _, by: {"by": by, "initial": {"key": uuid4()}},
        page_context=lambda _, by: {"policy": policy_on(timezone.localdate()), "sections": SECTIONS},
        next_page=lambda _, referral: reverse("referrals:tasks", args=[referral.reference]),
        template="referrals/draft/start.html",
    ),
    "take_next": Verb(
        action=actions.take_next,
        heading="Take the next referral",
        success=lambda referral: f"You now hold {referral.reference}, the next in the queue",
        back=lambda _, by: reverse("desk:queue"),
        next_page=lambda _, referral: reverse("referrals:detail", args=[referral.reference]),
        button_only=True,
    ),
}

# A decision put to a second officer. It is answered on the page on which it is read, so only `recall` has its own.
RECALL = {
    "recall": Verb(
        action=actions.recall,
        form=RecallForm,
        heading="Take the proposed decision back",
        button="Take it back",
        success=lambda proposal: f"The decision proposed on {proposal.referral.reference} is taken back",
        lead="It becomes void and stays on record. You still hold the referral, and can change what you wrote "
        "and propose it again.",
        reasons_against=lambda proposal, by, now: reasons_not_to_recall(proposal, by),
        next_page=lambda proposal, _: reverse("referrals:decide", args=[proposal.referral.reference]),
        extra={"read": "proposal_viewed", "tab": "Decision"},
    ),
}
SECOND_READING = {
    "agree": Verb(
        action=actions.agree,
        form=AgreeForm,
        heading="Agree to the proposed decision",
        reasons_against=lambda proposal, by, now: proposal.reasons_not_to_move("agree"),
        instead=lambda proposal, by: dissent_or_note(proposal.referral, proposal, "the second reading"),
    ),
    "send_back": Verb(action=actions.send_back, form=SendBackForm, heading="Return the proposed decision"),
    **RECALL,
}


def still_open(question: Question) -> str:
    """. 2 questions still to answer"""
    left = open_questions(question.request.referral).count()
    return f". {count(left, 'question')} still to answer" if left else ""


def show_triage(
    request: SignedInRequest, referral: Referral, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb of the Referrals Office, under the referral's identity bar; or its check page."""
    verb = context["verb"]
    template = verb.template or "referrals/verb.html"
    if context["check"] is not None:
        template = verb.extra.get("check", template)
    return show(request, referral, template, read=verb.extra["read"], status=status, name=name, **context)


def show_police(
    request: SignedInRequest, referral: Referral, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb of the force."""
    REFERRALS.viewed(request.user, referral, page=name)
    context |= {"referral": referral}
    return render(request, context["verb"].template, context, status=status)


def show_proposal(
    request: SignedInRequest, proposal: Proposal, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb of a proposed decision, under its referral's identity bar."""
    return show_triage(request, proposal.referral, name, status=status, proposal=proposal, **context)


def as_proposed(verb: str, outcome: Outcome, action: Callable[..., Any]) -> Verb:
    """A decision with the action that proposes it, or that does so where a second officer reads it first."""
    return replace(DECISIONS[verb], action=update_wrapper(partial(action, outcome=outcome), action))


OF_REFERRAL: dict[str, Any] = {
    "who_may": WHO_MAY,
    "find": REFERRALS.find,
    "ids": lambda referral: {"referral_id": referral.pk},
    "back": lambda referral, by: reverse("referrals:detail", args=[referral.reference]),
}
triage_pages = VerbPages(
    verbs={
        **TRIAGE,
        **DECISIONS,
        "accept": as_proposed("accept", Outcome.ACCEPTED, actions.decide_or_propose),
        "not_accept": as_proposed("not_accept", Outcome.NOT_ACCEPTED, actions.decide_or_propose),
    },
    show=show_triage,
    **OF_REFERRAL,
)
correction_pages = VerbPages(
    verbs=CORRECTIONS,
    show=show_triage,
    **{
        **OF_REFERRAL,
        "back": lambda referral, by: reverse("referrals:corrections", args=[referral.reference]),
    },
)
police_pages = VerbPages(verbs=POLICE, show=show_police, **OF_REFERRAL)
proposal_pages = VerbPages(
    verbs=RECALL,
    who_may=PROPOSALS,
    find=PROPOSED.find,
    ids=lambda proposal: {"proposal_id": proposal.pk},
    show=show_proposal,
    back=lambda proposal, by: reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk]),
)
start_pages = VerbPages(
    verbs=WITHOUT_A_REFERRAL,
    who_may=WHO_MAY,
    back=lambda _, by: reverse("referrals:list"),
)


def offered(referral: Referral, by: User) -> list[tuple[str, Verb]]:
    """The verbs whose buttons stand on every page of the referral: those reached from the referral itself, of the
    person's role, that nothing stands against now."""
    now, reached_here = timezone.now(), {name: verb for name, verb in TRIAGE.items() if verb.back is None}
    return [
        (name, verb)
        for name, verb in reached_here.items()
        if WHO_MAY.may(name, by) and not verb.reasons_against(referral, by, now)
    ]

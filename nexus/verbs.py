"""A verb is one row of its part's `verbs.py`. Its page, button, refusal and endpoint are made from that row.

    VERBS = {
        "accept": Verb(action=actions.accept, form=forms.AcceptForm, heading="Accept the request", success="It is accepted"),
    }
    pages = VerbPages(verbs=VERBS, find=…, show=…, …)     # urlpatterns = [*pages.urls("<int:request_id>/")]
    requests = Resource(verbs=VERBS, …)                    # nexus/api/resources.py mounts the same rows

What every verb promises is kept here and nowhere else: outside what a person may see is 404, a role that may not is
403, what stands against it is said before anything is typed (409), a refusal leaves what was typed on the page
(409), and what was done is said after a redirect. A journey of several pages stays by hand, on `attempt` and `press`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from nexus.accounts.confirming import confirmation
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from nexus.accounts.second_factor.proof import CODE, KEY
from nexus.audit.recording import last_change
from nexus.instead import Instead, Offer, offer
from nexus.refusals import Refused, refuse_if
from nexus.requests import SignedInRequest
from nexus.rows import take_turns
from nexus.ui import formatting
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.ui.unanswered import Unanswered, is_begun, mark_unanswered, name_unanswered
from nexus.ui.views import conflict

# The two buttons of a check page, and what they send as `step`: do it, or go back to the form.
CONFIRM, CHANGE = "confirm", "change"
# What a verb is done to: a referral, a case, one of its barriers; None where there is nothing yet.
Target = Any


class NoFields(GovukForm):
    """Nothing to fill in: the button is the answer."""


def no_reasons(on: Target, by: User, now: datetime) -> list[str]:
    return []


def no_context(on: Target, by: User) -> dict[str, Any]:
    return {}


def nothing_unanswered(on: Target) -> Sequence[Unanswered]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One thing a person does to a row.

    `action` is called with the row's id, `by`, `now`, the ids that `address` names, and the form's answers (its
    `answers()`, where it has them). `reasons_against` says in sentences what stands against it before anything is
    typed. `form_kwargs` is what the form is made with, on the page and for the endpoint; `page_context` is what only
    the page has beside it. All are given the row, or what `find_part` finds in it by the ids of the address (it
    raises Http404 where there is none).
    """

    action: Callable[..., Any]
    heading: str
    form: type[forms.BaseForm] = NoFields
    button: str = ""  # the heading, where it says nothing else
    success: str | Callable[[Any], str] = ""  # the sentence afterwards, or what makes it of the result
    lead: str = ""
    quote: str = ""  # the guidance's own sentence
    reasons_against: Callable[[Target, User, datetime], list[str]] = no_reasons
    form_kwargs: Callable[[Target, User], dict[str, Any]] = no_context
    initial_from: Callable[[QueryDict], dict[str, Any]] | None = None  # what the form begins with, of ?name=…
    page_context: Callable[[Target, User], dict[str, Any]] = no_context
    # What its page may be saved without and still lacks: named afterwards, of the result, and marked on the page.
    unanswered: Callable[[Target], Sequence[Unanswered]] = nothing_unanswered
    # Asks once more before anything is done: what the check page says of the valid form. It may raise Refused.
    check_context: Callable[[Target, User, Any], dict[str, Any]] | None = None
    # Asks whoever does it to confirm that it is they (its form is a ConfirmedForm); the action gets `confirmed_at`.
    confirmed: bool = False
    warns: bool = False  # cannot be taken back
    button_only: bool = False  # one button on another page: no page of its own
    # Its address below the row's, as "issues/<int:issue_id>/": its name with dashes, where none is given; "" where
    # its page is that of the row.
    address: str | None = None
    find_part: Callable[..., Any] | None = None
    # Addresses, where they are not the page of the row: the page it is reached from, of the row and the person
    # ("Cancel" leads there, and so does its end); the next page, of what it was done to and the result.
    back: Callable[[Target, User], str] | None = None
    next_page: Callable[[Target, Any], str] | None = None
    # Answers itself, from what it was done to and the result, where that is shown this once.
    answer_with: Callable[[SignedInRequest, Target, Any], HttpResponse] | None = None
    permission: Callable[[Target], str] | None = None  # its name in WHO_MAY, where that is another
    permissions: Sequence[str] = ()  # every name it may have, where that hangs on the row
    # A colleague was faster: what can still be done with what was typed, offered on the page that refuses it.
    instead: Callable[[Target, User], Instead] | None = None
    template: str = ""  # a template of its own, where the part's page of a verb is not enough
    extra: Mapping[str, Any] = field(default_factory=dict)  # words that only the part's own template shows
    # Only for the endpoint: keep what the form begins with for what the body does not name; fields that the form
    # makes for the row at hand; the form itself, where there are several of which `form` is the fullest.
    partial: bool = False
    extra_fields: Mapping[str, Any] = field(default_factory=dict)
    choose_form: Callable[[Target, User], type[forms.BaseForm]] | None = None

    def form_class_for(self, on: Target, by: User) -> type[forms.BaseForm]:
        return self.choose_form(on, by) if self.choose_form else self.form

    def form_kwargs_for(self, on: Target, by: User, request: HttpRequest) -> dict[str, Any]:
        """What its form is made with."""
        proof = {"confirmation": confirmation(request, by)} if self.confirmed else {}
        initial = {"initial": self.initial_from(request.GET)} if self.initial_from else {}
        return {**self.form_kwargs(on, by), **initial, **proof}

    def address_for(self, name: str) -> str:
        """Where it stands below the row."""
        return f"{name.replace('_', '-')}/" if self.address is None else self.address

    def permission_for(self, name: str, row: Target) -> str:
        """What WHO_MAY calls it."""
        return self.permission(row) if self.permission else name

    def roles(self, name: str, who_may: WhoMay) -> frozenset[Role]:
        """Who may do it to some row."""
        named = self.permissions or [self.permission(None) if self.permission else name]
        return frozenset().union(*(who_may[each] for each in named))

    def check(self, on: Target, by: User, now: datetime, form: forms.BaseForm) -> dict[str, Any]:
        """What its check page says of a valid form. Raises Refused with what stands against it."""
        refuse_if(self.reasons_against(on, by, now))
        return self.check_context(on, by, form) if self.check_context else {}

    def carry_out(self, form: forms.BaseForm, *, by: User, now: datetime, **ids: Any) -> Any:
        """The one call, with the answers of a valid form. Raises Refused."""
        answers = answers_of(form)
        if self.confirmed:
            for name in (CODE, KEY):
                answers.pop(name, None)
            confirmed_at: datetime | None = getattr(form, "confirmed_at", None)
            answers["confirmed_at"] = min(confirmed_at, now) if confirmed_at else None
        return self.action(by=by, now=now, **ids, **answers)

    def offer_instead(self, on: Target, by: User, now: datetime, form: forms.BaseForm) -> Offer | None:
        """What can still be done with a refused form; nothing where only the form itself was wrong."""
        overtaken = self.instead and form.is_bound and self.reasons_against(on, by, now)
        return offer(self.instead(on, by), form) if self.instead and overtaken else None

    def success_message(self, result: Any) -> str:
        """The sentence after it was done."""
        return self.success if isinstance(self.success, str) else self.success(result)


Verbs = Mapping[str, Verb]


def show_plainly(
    request: SignedInRequest, row: Target, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb in no frame, of which no reading is recorded. Its template has the row as `target`."""
    template = context["verb"].template or "verb.html"
    return render(request, template, {"target": row, **context}, status=status)


@dataclass(frozen=True, kw_only=True)
class VerbPages:
    """The pages of the verbs that are done to one kind of row.

    `find(user, **address)` gives the row or raises Http404 outside what the person sees, and `ids(row)` names it to
    the action; a verb that makes something new needs neither. `show(request, row, name, status=…, **context)` puts
    the page into its frame and records that it was read; in its context, `check` is what a check page says, else
    None. `back(row, user)` is the page of the row.
    """

    verbs: Verbs
    who_may: WhoMay
    find: Callable[..., Target] = lambda by: None
    ids: Callable[[Target], dict[str, Any]] = lambda row: {}
    show: Callable[..., HttpResponse] = show_plainly
    back: Callable[[Target, User], str]

    def urls(self, one: str) -> list[URLPattern]:
        """The addresses of all verbs of the row that stands at `one`, each named after its verb."""
        return [
            path(one + verb.address_for(name), self.view(name), name=name)
            for name, verb in self.verbs.items()
        ]

    def available_to(self, on: Target, by: User, *, now: datetime) -> list[str]:
        """The verbs of the person's role that nothing stands against now, in the order of their table."""
        may = (
            name for name, verb in self.verbs.items() if self.who_may.may(verb.permission_for(name, on), by)
        )
        return [name for name in may if not self.verbs[name].reasons_against(on, by, now)]

    def view(self, name: str) -> Callable[..., HttpResponse]:
        """The view of one verb: a page with its form, or one button's POST."""
        verb = self.verbs[name]

        @sensitive_post_parameters(CODE, KEY)
        @require_http_methods(["POST"] if verb.button_only else ["GET", "POST"])
        def view(request: SignedInRequest, **address: Any) -> HttpResponse:
            of_part = verb.address_for(name)
            named = {each: value for each, value in address.items() if f":{each}>" in of_part}
            row = self.permitted(request, name, **{each: address[each] for each in address.keys() - named})
            on = verb.find_part(row, **named) if verb.find_part else row
            return self.answer(request, name, row, on, named)

        view.__name__ = view.__qualname__ = name
        view.__doc__ = verb.heading
        return view

    def permitted(self, request: SignedInRequest, name: str, **address: Any) -> Target:
        """The row behind the address. Whoever saves waits for those who save it now: a form is compared with what it
        finds (nexus/ui/stale.py). Raises Http404 outside what the person sees, PermissionDenied for their role."""
        row = self.find(request.user, **address)
        self.who_may.permit(self.verbs[name].permission_for(name, row), request.user)
        if request.method != "POST" or not isinstance(row, Model):
            return row
        take_turns(row)
        return self.find(request.user, **address)

    def answer(
        self, request: SignedInRequest, name: str, row: Target, on: Target, named: dict[str, Any]
    ) -> HttpResponse:
        """What stands against it, its form, its refusal, or the way on once it is done."""
        verb, by, now = self.verbs[name], request.user, timezone.now()
        form = bind(verb.form_class_for(on, by), request, **verb.form_kwargs_for(on, by, request))
        refusals = [] if form.is_bound else verb.reasons_against(on, by, now)
        status, check = 409 if refusals else 200, None
        step = request.POST.get("step") if verb.check_context else CONFIRM
        if form.is_valid() and step == CONFIRM:
            ids = {**self.ids(row), **named}
            tried = attempt(form, verb.carry_out, form=form, by=by, now=now, **ids)
            if tried.succeeded:
                return self.onward(request, verb, on, row, tried.result)
            status = tried.status
        elif form.is_valid() and step != CHANGE:
            tried = attempt(form, verb.check, on=on, by=by, now=now, form=form)
            check, status = tried.result, tried.status
        if verb.button_only:
            return conflict(request, reasons_of(form), self.back_url(verb, row, by))
        instead = verb.offer_instead(on, by, now, form)
        return self.page(
            request, name, row, on, form, refusals=refusals, status=status, check=check, instead=instead
        )

    def page(
        self,
        request: SignedInRequest,
        name: str,
        row: Target,
        on: Target,
        form: forms.BaseForm,
        **context: Any,
    ) -> HttpResponse:
        """The page of the verb: its words and its form, or the `refusals` beforehand; `status` is its own."""
        verb, by = self.verbs[name], request.user
        words = {"verb": verb, "form": form, "refusals": [], "status": 200, "check": None, "instead": None}
        words["back_url"] = self.back_url(verb, row, by)
        if getattr(form, "conflicts", ()):
            words["saved_by"] = who_changed(*(each for each in (row, on) if isinstance(each, Model)))
        if not context.get("refusals"):
            questions = context.pop("unanswered", ()) or verb.unanswered(on)
            words["open_questions"] = mark_unanswered(form, request, questions, begun=is_begun(form))
        return self.show(request, row, name, **{**words, **verb.page_context(on, by), **context})

    def back_url(self, verb: Verb, row: Target, by: User) -> str:
        """The page the verb is reached from."""
        return (verb.back or self.back)(row, by)

    def onward(
        self, request: SignedInRequest, verb: Verb, on: Target, row: Target, result: Any
    ) -> HttpResponse:
        """Say that it is done, and go where it leads."""
        if verb.answer_with:
            answer = verb.answer_with(request, on, result)
            answer.had_effect = True  # type: ignore[attr-defined]  # a second press does not do it again
            return answer
        if words := verb.success_message(result):
            messages.success(request, words)
        name_unanswered(request, verb.heading, verb.unanswered(result))
        back = self.back_url(verb, row, request.user)
        return redirect(verb.next_page(on, result) if verb.next_page else back)


def who_changed(*rows: Model) -> str:
    """Who changed one of the rows last, and when: for the page on which two people's texts stand side by side."""
    change = last_change(*rows)
    person = User.objects.filter(pk=change.by_id).first() if change and change.by_id else None
    return f"{person.full_name}, {formatting.date_and_time(change.at)}" if change and person else ""


@dataclass(frozen=True)
class Attempt:
    """What came of a call: its result, or the reasons it was refused with."""

    result: Any = None
    reasons: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        return not self.reasons

    @property
    def status(self) -> int:
        return 200 if self.succeeded else 409


def attempt(into: forms.BaseForm | None, act: Callable[..., Any], **values: Any) -> Attempt:
    """Make the one call. A refusal goes into the form's error summary, where what was typed still stands."""
    try:
        return Attempt(result=act(**values))
    except Refused as refused:
        if into is not None:
            show_refusal(into, refused)
        return Attempt(reasons=tuple(refused.reasons))


def press(
    request: SignedInRequest,
    act: Callable[..., Any],
    *,
    success: str,
    next_page: str,
    back: str = "",
    **values: Any,
) -> HttpResponse:
    """One button: the call, `success` said on the page `next_page`; or 409 with the reasons and the way back."""
    tried = attempt(None, act, by=request.user, now=timezone.now(), **values)
    if not tried.succeeded:
        return conflict(request, list(tried.reasons), back or next_page)
    if success:
        messages.success(request, success)
    return redirect(next_page)


def answers_of(form: forms.BaseForm) -> dict[str, Any]:
    """The answers of a valid form in the words of the action: its `answers()`, or what it has cleaned."""
    answers = getattr(form, "answers", None)
    return dict(answers() if answers else form.cleaned_data)


def reasons_of(form: forms.BaseForm) -> list[str]:
    """What is wrong with a form as a whole, in sentences."""
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]

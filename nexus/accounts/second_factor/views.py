"""The second step of signing in, and one's own app, keys and codes on paper."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from nexus.accounts import carrying, entering, throttle
from nexus.accounts.confirming import tell_of_failure
from nexus.accounts.models import User
from nexus.accounts.second_factor import actions, codes, half_way, keys, proof
from nexus.accounts.second_factor.forms import NEW_KEY, SetUpAppForm, SetUpKeyForm
from nexus.accounts.second_factor.half_way import HalfWay
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm
from nexus.verbs import answers_of, attempt

TOO_MANY = "Too many attempts. Wait {minutes} minutes, then try again"


@sensitive_post_parameters(proof.CODE, proof.KEY, carrying.FIELD)
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: set up a second factor, or give it. Nobody is signed in before."""
    half = half_way.found(request)
    if half is None:
        return redirect("accounts:sign_in")
    return answer(request, half, sent=request.method == "POST")


def answer(request: HttpRequest, half: HalfWay, *, sent: bool) -> HttpResponse:
    """The page of the second step, or what follows where its form was `sent` and is right."""
    step = give if codes.has_second_factor(half.person) else set_up
    return step(request, half, sent=sent)


def begin(request: HttpRequest, person: User) -> HttpResponse:
    """The page of the second step, in answer to a right password; what had been typed travels along in it."""
    return answer(request, half_way.begin(request, person), sent=False)


def give(request: HttpRequest, half: HalfWay, *, sent: bool) -> HttpResponse:
    """A code or a key."""
    form = proof.ProofForm(request.POST if sent else None, person=half.person)
    if form.is_valid():
        code, key = form.cleaned_data[proof.CODE], form.cleaned_data[proof.KEY]
        if given_with := accepted(request, half.person, form, code=code, key=key):
            return entering.enter(request, half.person, given_with)
    context = {"form": form, **entering.onward(request)}
    return render(request, "nexus/accounts/second_factor/give.html", context)


def accepted(request: HttpRequest, person: User, form: forms.BaseForm, *, code: str, key: str = "") -> str:
    """What it was given with; "" with the reason at the form's field. Wrong ones are counted for this browser or
    address, so that nobody is shut out by a stranger, recorded, and told to the person."""
    counted = f"{throttle.key(request, person.email)}:second"
    if throttle.is_closed(counted):
        form.add_error(proof.CODE, TOO_MANY.format(minutes=throttle.MINUTES))
        return ""
    now = timezone.now()
    given_with = proof.accept(person, code=code, key=key, now=now)
    if given_with:
        throttle.forget(counted)
        return given_with
    throttle.count(counted)
    form.add_error(proof.CODE, proof.NOT_RIGHT)
    record(kind="user.second_factor_failed", by=None, subject=person, now=now, request_id=person.request_id)
    tell_of_failure(person, now=now)
    return ""


def set_up(request: HttpRequest, half: HalfWay, *, sent: bool) -> HttpResponse:
    """The first app or key. Codes on paper are on the page that follows, this once."""
    person, now = half.person, timezone.now()
    app, key = SetUpAppForm(), SetUpKeyForm()
    form: GovukForm = app
    if sent and NEW_KEY in request.POST:
        form = key = SetUpKeyForm(request.POST)
    elif sent:
        form = app = SetUpAppForm(request.POST)
    if form.is_valid():
        act = actions.add_key if form is key else actions.add_app
        if attempt(form, act, by=person, now=now, **answers_of(form)).succeeded:
            made = actions.first_recovery_codes(by=person, now=now)
            return entering.enter(request, person, "key" if form is key else "app", recovery_codes=made)
    context = {
        "form": form,
        "app": app,
        "key": key,
        "secret": codes.readable(app.secret),
        "picture": codes.picture(person, app.secret),
        "asked_of_key": keys.asked_to_add(person),
        **entering.onward(request),
    }
    return render(request, "nexus/accounts/second_factor/set_up.html", context)


@require_http_methods(["GET"])
def yours(request: SignedInRequest) -> HttpResponse:
    """One's app, keys and codes on paper."""
    person = request.user
    context = {
        "factors": codes.factors_of(person),
        "codes_left": codes.codes_left(person),
        "back_url": reverse("accounts:account"),
    }
    return render(request, "nexus/accounts/second_factor/yours.html", context)

"""Every component on pages of its own: the URLconf of the kit's tests, never of the service."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from nexus.accounts.models import Force
from nexus.ui.charts import Bar
from nexus.ui.dates import PartialDate
from nexus.ui.forms import (
    GovukDateField,
    GovukForm,
    Look,
    PartialDateField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
    bind,
)
from nexus.ui.lists import Sort
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict, too_large

NATIONALITIES = [("", "---------"), ("ALB", "Albania"), ("FRA", "France"), ("XXA", "Stateless")]


class EveryWidget(GovukForm):
    """One field of each kind."""

    surname = TextField(label="Surname", max_length=60)
    fee = forms.DecimalField(label="Fine", max_digits=8, decimal_places=2, min_value=0)
    email = forms.EmailField(label="Contact e-mail address")
    months = forms.IntegerField(label="Length of sentence", min_value=1, max_value=600)
    narrative = TextField(label="What happened", multi_line=True, max_length=2000)
    note = TextField(label="Note", multi_line=True, max_length=100, required=False)
    born = PartialDateField(label="Date of birth", not_future=True)
    arrested = GovukDateField(label="Date of arrest", past=True)
    british = YesNoField(label="Is the person British?")
    threat = YesNoNotKnownField(label="Is the threat current?")
    nationality = forms.ChoiceField(label="Nationality", choices=NATIONALITIES)
    channel = forms.ChoiceField(
        label="Channel",
        choices=[("standard", "Standard"), ("live", "Live-time")],
        widget=forms.RadioSelect,
    )
    harms = forms.MultipleChoiceField(
        label="Kinds of harm",
        choices=[("physical", "Physical"), ("emotional", "Emotional"), ("none", "None of these")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="I confirm that the force will serve papers")
    document = forms.FileField(label="Document", widget=forms.FileInput(attrs={"accept": ".pdf"}))
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")

    look = {
        "surname": Look(width=20, hint="As on the travel document", spellcheck=False),
        "fee": Look(prefix="£", width=10),
        "months": Look(suffix="months", width=3),
        "note": Look(optional=True, rows=3),
        "arrested": Look(noun="the date of arrest", hint="For example, 27 3 2026"),
        "british": Look(missing="Select yes if the person is British", inline=True),
        "channel": Look(item_hints={"live": "Somebody is in custody now"}),
        "harms": Look(noun="the kinds of harm", exclusive="none"),
    }


class OneQuestion(GovukForm):
    """A page whose legend is its h1."""

    threat = YesNoNotKnownField(label="Is the threat to the public current and ongoing?")


class Filters(GovukForm):
    name = TextField(label="Name of the force", required=False)
    engaged = forms.MultipleChoiceField(
        label="Engaged",
        required=False,
        choices=[("True", "Engaged"), ("False", "Not engaged")],
        widget=forms.CheckboxSelectMultiple,
    )
    look = {"engaged": Look(small=True)}


@login_not_required
def every_widget(request: HttpRequest) -> HttpResponse:
    form = bind(EveryWidget, request)
    if form.is_valid():
        messages.success(request, "The form has been saved")
        return redirect("gallery:components")
    context = {"form": form, "back_url": "/", "heading": "Every kind of question", "caption": "Gallery"}
    return render(request, "components/question_page.html", context)


@login_not_required
def one_question(request: HttpRequest) -> HttpResponse:
    form = bind(OneQuestion, request)
    if form.is_valid():
        return redirect("gallery:components")
    return render(request, "components/question_page.html", {"form": form, "back_url": "/"})


def protected(request: HttpRequest) -> HttpResponse:
    form = bind(OneQuestion, request)
    if form.is_valid():
        messages.success(request, "Saved " + form.cleaned_data["threat"])
        return redirect("gallery:components")
    return render(request, "components/question_page.html", {"form": form})


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """The pieces of a case page, in the state of a busy case."""
    at = dt.datetime(2026, 11, 14, 6, 27, tzinfo=dt.UTC)
    context = {
        "name": "Ağası Çelik-Öztürk فاطمة",
        "born": PartialDate(dt.date(1986, 1, 1), "year_only"),
        "entries": [
            {
                "title": "Statement received",
                "by": "Ada Brown",
                "at": at,
                "text": "Two pages.\nSigned.",
                "tag": "The force may see this",
            },
            {"title": "Case opened", "by": "the service", "at": at.date()},
        ],
        "bars": [Bar("Greater Manchester", 41), Bar("Avon & Somerset", 12), Bar("Devon & Cornwall", 0)],
        "tasks": [
            {"title": "Referrer and channel", "href": "#a", "status": "completed"},
            {
                "title": "Identity",
                "href": "#b",
                "status": "incomplete",
                "hint": "Names, aliases, nationality",
            },
            {"title": "Conduct events", "href": "#c", "status": "in_progress"},
            {"title": "Check answers", "status": "cannot_start"},
        ],
        "due": dt.date(2026, 11, 16),
    }
    return render(request, "gallery.html", context)


@login_not_required
def listing(request: HttpRequest) -> HttpResponse:
    """A list with filters, sorting and pages, over the forces."""
    form = Filters(request.GET)
    forces = Force.objects.all()
    if form.is_valid() and form.cleaned_data["engaged"]:
        forces = forces.filter(engaged__in=[v == "True" for v in form.cleaned_data["engaged"]])
    if form.is_valid() and form.cleaned_data["name"]:
        forces = forces.filter(name__icontains=form.cleaned_data["name"])
    sort = Sort(request, {"name": ["name"], "code": ["code"], "since": ["engaged_on", "name"]}, "name")
    page = KeysetPage(forces, request, order=sort.order, size=10)
    return render(request, "gallery_list.html", {"filters": form, "sort": sort, "page": page})


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    return conflict(request, ["Ada Brown holds this referral. Ask them to release it."], "/")


@login_not_required
def large(request: HttpRequest) -> HttpResponse:
    return too_large(request)


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("a secret reason")


@login_not_required
def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a secret reason")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret reason")


gallery_patterns = [
    path("form/", every_widget, name="form"),
    path("question/", one_question, name="question"),
    path("protected/", protected, name="protected"),
    path("components/", components, name="components"),
    path("list/", listing, name="list"),
    path("409/", refused, name="409"),
    path("413/", large, name="413"),
    path("403/", forbidden, name="403"),
    path("400/", suspicious, name="400"),
    path("500/", broken, name="500"),
]

handler400 = "nexus.ui.views.bad_request"
handler403 = "nexus.ui.views.forbidden"
handler404 = "nexus.ui.views.not_found"
handler500 = "nexus.ui.views.server_error"
urlpatterns = [
    path("gallery/", include((gallery_patterns, "gallery"))),
    # Names the navigation knows, so that it shows.
    path("gallery-referrals/", include(([path("", listing, name="list")], "referrals"))),
    path("gallery-reports/", include(([path("", components, name="list")], "reports"))),
    path("", include("nexus.ui.urls")),
    path("", include("nexus.notifications.urls")),
    path("", include("nexus.accounts.urls")),
    path("", include("nexus.drafts.urls")),
    path("developers/", include("nexus.developers.urls")),
]

"""The draft, for the force: the task list, its pages, check and submit. It starts in verbs.py."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.unanswered import mark_unanswered, name_unanswered
from nexus.ui.views import conflict
from nexus.verbs import Attempt, attempt, who_changed
from referrals import actions
from referrals.actions.draft import reasons_not_to_edit
from referrals.conduct import conduct_lines, count_in_words
from referrals.forms.answers import AnswersForm
from referrals.forms.events import OFFENCE_LIST, ConductTableForm
from referrals.forms.grouped import NATIONALITY_LIST, SubjectForm
from referrals.forms.pages import (
    PAGE,
    ROUTE,
    TASKS,
    Page,
    page_after,
    page_of,
    title_of,
    without_unasked,
)
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.progress import (
    gap_links,
    groups_of,
    is_begun,
    open_tasks,
    resume_at,
    unanswered_on,
    unanswered_until,
)
from referrals.queries import contradictions_of, gaps_of, policy_for, what_to_do
from referrals.queue import custody_clock
from referrals.repeated import referred_before
from referrals.rules.checks import worked_out
from referrals.rules.identifiers import doubt_about_home_office_reference
from referrals.rules.nationalities import NATIONALITY_CHOICES
from referrals.rules.offences import OFFENCES
from referrals.rules.sections import SECTION
from referrals.states import State
from referrals.summary import removed_rows_of, summary_of

# Sections on which the person is identified: who was referred before is said there.
IDENTIFY = ("identity", "identifiers")


def no_longer_a_draft(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """A draft's page after the referral was sent or withdrawn: reading goes on, writing is refused."""
    back = reverse("referrals:detail", args=[referral.reference])
    if request.method == "POST":
        return conflict(request, reasons_not_to_edit(referral), back)
    return redirect(back)


@require_GET
def tasks(request: SignedInRequest, reference: str) -> HttpResponse:
    """The task list, and where to go on."""
    referral = REFERRALS.open(request.user, "edit", reference=reference)
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    REFERRALS.viewed(request.user, referral, page="tasks")
    gaps = gaps_of(referral)
    context = {
        "referral": referral,
        "groups": groups_of(referral, gaps),
        "completed": len(TASKS) - len(open_tasks(gaps)),
        "sections": len(TASKS),
        "resume": resume_at(referral, gaps),
        "clock": custody_clock(referral, timezone.now(), {State.DRAFT}),
        "back_url": reverse("referrals:list"),
    }
    return render(request, "referrals/draft/tasks.html", context)


@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, reference: str, section: str) -> HttpResponse:
    """One page: what is right is saved as it is left; what is wrong stays on the page with its error."""
    referral = REFERRALS.open_in_turn(request, "edit", reference=reference)
    page = PAGE.get(section)
    if page is None:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    differed = {each.sentence for each in contradictions_of(referral)}
    form = form_of(page, request, referral)
    if request.method == "GET":
        return page_shown(request, referral, page, form)
    if form is None:
        return onward(request, referral, page)
    right = form.is_valid()
    if form.conflicts:
        return page_shown(request, referral, page, form, status=409)
    tried = attempt(form, save, request=request, referral=referral, page=page, answers=form)
    if not tried.succeeded:
        return page_shown(request, referral, page, form, status=tried.status)
    name_what_differs(request, tried.result, differed)
    if right and "add" in request.POST:
        messages.success(request, "The event has been added")
        return redirect(f"{request.path}{'?return=check' if returning(request) else ''}#line")
    return onward(request, tried.result, page) if right else page_shown(request, tried.result, page, form)


def form_of(page: Page, request: SignedInRequest, referral: Referral) -> AnswersForm | None:
    """The page's form; that of the conduct table has a line for one more event, where asked like another (`?like=`)."""
    if page.table != "conduct":
        return bind(page.form, request, referral=referral) if page.form else None
    number = request.GET.get("like", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    like = referral.conduct.filter(pk=int(number)).first() if known else None
    return bind(ConductTableForm, request, referral=referral, adding="add" in request.POST, like=like)


def name_what_differs(request: SignedInRequest, referral: Referral, before: set[str]) -> None:
    """Say at once what this save has brought into contradiction. It is saved all the same."""
    for each in contradictions_of(referral):
        if each.sentence not in before:
            messages.success(
                request, f"Saved. {each.sentence}: {what_to_do(each)} before you submit the referral"
            )


def save(*, request: SignedInRequest, referral: Referral, page: Page, answers: AnswersForm) -> Referral:
    """Save what was right, and empty the follow-up answers that are no longer asked. Raises Refused."""
    values = answers.values()
    for column, value in values.items():
        setattr(referral, column, value)
    sections = {
        key: {name: value for name, value in values.items() if name in SECTION[key].fields}
        | without_unasked(SECTION[key], referral, typed=values if page.also else ())
        for key in page.sections
    }
    rows = answers.rows()
    return actions.save_page(
        referral_id=referral.pk, by=request.user, now=timezone.now(), sections=sections, **rows
    )


def page_shown(
    request: SignedInRequest,
    referral: Referral,
    page: Page,
    form: AnswersForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    REFERRALS.viewed(request.user, referral, page=page.key)
    tables = [table for each in summary_of(referral) for table in each.tables if table.kind == page.table]
    policy = policy_for(referral)
    missing = unanswered_on(referral, page, gaps_of(referral))
    begun = returning(request) or is_begun(page, referral)
    context = {
        "open_questions": mark_unanswered(form, request, missing, begun=begun),
        "referral": referral,
        "page": page,
        "quotations": [policy.quotation(topic) for topic in page.topics],
        "form": form,
        "table": tables[0] if tables else None,
        "differences": differences_on(page, referral),
        "worked_out": worked_out(referral, referral.reference_date),
        "before": referred_before(referral, request.user) if set(page.sections) & set(IDENTIFY) else [],
        "removed": removed_rows_of(referral, page.table) if page.table else [],
        "caption": title_of(page),
        "parts": {field: title for title, field in page.parts},
        "nationality_list": NATIONALITY_LIST if isinstance(form, SubjectForm) else "",
        "nationalities": NATIONALITY_CHOICES,
        "saved_by": who_changed(referral) if form and form.conflicts else "",
        "returning": returning(request),
        "back_url": reverse(
            "referrals:check" if returning(request) else "referrals:tasks", args=[referral.reference]
        ),
    }
    if page.table == "conduct":
        context |= conduct_context(referral)
    return render(request, page.template, context, status=status)


def conduct_context(referral: Referral) -> dict[str, Any]:
    """What the table of conduct shows besides its form."""
    lines = conduct_lines(referral)
    return {
        "lines": lines,
        "counted": count_in_words(lines, referral),
        "offence_list": OFFENCE_LIST,
        "offences": OFFENCES,
    }


def differences_on(page: Page, referral: Referral) -> dict[str, list[str]]:
    """What differs, by the field of this page at which it is named; the page on differences names all of them."""
    found: dict[str, list[str]] = {}
    for each in contradictions_of(referral):
        explained_here = page.key == "differences" and each.may_be_explained
        field = "differences_explained" if explained_here else each.field
        if field in page.columns:
            found.setdefault(field, []).append(each.sentence)
    return found


def returning(request: SignedInRequest) -> bool:
    """Whether the person came from "Check your answers" and is to go back there."""
    return request.GET.get("return") == "check"


def onward(request: SignedInRequest, referral: Referral, page: Page) -> HttpResponse:
    """The next page of the section; else back to the task list, or to where the person came from. What the section
    lacks so far is named there; "Check your answers" lists everything that is missing itself."""
    doubt = doubt_about_home_office_reference(referral.home_office_reference)
    if "identifiers" in page.sections and doubt:
        messages.success(request, f"Saved. {doubt}")
    if "later" in request.POST:
        messages.success(
            request, f"Your answers are saved. Come back to {referral.reference} when you are ready"
        )
        return redirect("referrals:list")
    following, gaps = page_after(page, referral, alone=returning(request)), gaps_of(referral)
    if returning(request):
        open_pages = {page_of(gap.field).key for gap in gaps}
        if not following or following.key not in open_pages:
            return redirect("referrals:check", referral.reference)
    name_unanswered(request, title_of(page), unanswered_until(referral, page, gaps))
    if following:
        to = reverse("referrals:section", args=[referral.reference, following.key])
        return redirect(f"{to}?return=check" if returning(request) else to)
    return redirect("referrals:check" if page in ROUTE else "referrals:tasks", referral.reference)


@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every answer with its Change link, and everything missing; then submit, once however often pressed."""
    referral = REFERRALS.open(request.user, "submit", reference=reference)
    if referral.submitted_at:
        return redirect("referrals:submitted", referral.reference)
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(None, actions.submit, referral_id=referral.pk, by=request.user, now=timezone.now())
        if tried.succeeded:
            return redirect("referrals:submitted", referral.reference)
    REFERRALS.viewed(request.user, referral, page="check")
    gaps = gaps_of(referral)
    missing = gap_links(referral, gaps)
    told = {item["text"] for item in missing}
    others = [{"text": reason} for reason in tried.reasons if reason.rstrip(".") not in told]
    context = {
        "referral": referral,
        "summary": summary_of(referral),
        "missing": missing,
        "needed": {gap.field for gap in gaps},
        "page_problems": others + missing if tried.reasons else [],
        "doubt": doubt_about_home_office_reference(referral.home_office_reference),
        "before": referred_before(referral, request.user),
        "page_of": page_of,
        **conduct_context(referral),
        "back_url": reverse("referrals:tasks", args=[referral.reference]),
    }
    return render(request, "referrals/draft/check.html", context, status=tried.status)


@require_GET
def submitted(request: SignedInRequest, reference: str) -> HttpResponse:
    """The confirmation: the reference and what happens next."""
    referral = REFERRALS.open(request.user, "submit", reference=reference)
    raised = getattr(referral, "telephone", None)
    if not referral.submitted_at and not (raised and raised.taken_by_id == request.user.pk):
        return redirect("referrals:tasks", referral.reference)
    REFERRALS.viewed(request.user, referral, page="submitted")
    sent = "submitted" if referral.submitted_at else "raised"
    return render(request, f"referrals/draft/{sent}.html", {"referral": referral})

"""The matrix for those who refer: the form, the result, and the force's runs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.drafts import can_keep
from nexus.ui.paging import KeysetPage
from nexus.verbs import attempt
from referrals.datawash.models import WashRow
from referrals.forms.events import OFFENCE_LIST
from referrals.matrix import actions, forms
from referrals.matrix.answers import answers_of, besides_of, subject_of
from referrals.matrix.lists import RESULTS
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.queries import answered, differences_of, known_from, reading_of, wash_rows
from referrals.matrix.reading import PROVISIONAL
from referrals.models import Referral
from referrals.rules.offences import OFFENCES
from referrals.rules.policies import policy_on


@require_http_methods(["GET", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """The short form: from a data-wash row (`?row=`), from an earlier run (`?again=`) or empty."""
    WHO_MAY.permit("use", request.user)
    row = row_of(request)
    if request.method == "GET":
        return form_shown(request, opened(request, row), row)
    if "add" in request.POST or "remove" in request.POST:
        return form_shown(request, forms.rearranged(request.POST, request.user), row)
    sheet, status = forms.bound(request.POST, request.user), 200
    differing = forms.disagreements(sheet, timezone.localdate()) if sheet.is_valid() else []
    as_they_stand = forms.digest_of(differing)
    if differing and not (as_they_stand and request.POST.get("stands") == as_they_stand):
        forms.name_at_fields(differing)
        return form_shown(request, sheet, row, as_they_stand=as_they_stand)
    if sheet.is_valid():
        tried = attempt(sheet.form, assessed, request=request, sheet=sheet, row=row)
        if tried.succeeded:
            return redirect("matrix:result", tried.result.pk)
        status = tried.status
    return form_shown(request, sheet, row, status)


def row_of(request: SignedInRequest) -> WashRow | None:
    """The data-wash row the address names, or 404 where it does not exist for this person."""
    row_id = request.GET.get("row", "")
    if not row_id:
        return None
    number = int(row_id) if row_id.isascii() and row_id.isdigit() and len(row_id) < 19 else 0
    row: WashRow = get_object_or_404(wash_rows(request.user), pk=number)
    return row


def opened(request: SignedInRequest, row: WashRow | None) -> forms.Sheet:
    """The form with what is known, or with its draft. What a row tells is a disclosure to the force."""
    by, again = request.user, request.GET.get("again", "")
    if row:
        recipient = by.force.name if by.force else ""
        record(
            kind="matrix.prefilled",
            by=by,
            subject=row,
            now=timezone.now(),
            recipient=recipient,
        )
        return forms.blank(by, known_from(row), row.force_row_ref[:60])
    if again.isascii() and again.isdigit():
        earlier = RESULTS.open(by, "view", assessment_id=int(again[:18]))
        return forms.blank(by, answers_of(earlier.subject, earlier.besides), earlier.own_reference)
    return forms.with_draft(request, by)


def assessed(request: SignedInRequest, sheet: forms.Sheet, row: WashRow | None) -> MatrixAssessment:
    """Ask the rules, and keep what they said."""
    by, now, answers = request.user, timezone.now(), sheet.answers()
    force = by.force or sheet.form.cleaned_data["force"]
    reference = sheet.form.cleaned_data["own_reference"]
    on = timezone.localdate(now)
    return actions.assess(
        by=by,
        now=now,
        force=force,
        own_reference=reference,
        subject=subject_of(answers, force=force, on=on, own_reference=reference),
        besides=besides_of(answers),
        wash_row=row,
    )


def form_shown(
    request: SignedInRequest,
    sheet: forms.Sheet,
    row: WashRow | None,
    status: int = 200,
    as_they_stand: str = "",
) -> HttpResponse:
    """`as_they_stand`: the answers do not agree, as is named at their fields, and may be right all the same."""
    can_keep(sheet.form, request)
    context = {
        "sheet": sheet,
        "forms": sheet.forms,
        "row": row,
        "as_they_stand": as_they_stand,
        "most_events": forms.MOST_EVENTS,
        "offence_list": OFFENCE_LIST,
        "offences": OFFENCES,
        "policy": policy_on(timezone.localdate()),
        "back_url": reverse("matrix:list"),
    }
    return render(request, "referrals/matrix/start.html", context, status=status)


@require_GET
def result(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    """What the rules said, with everything an officer can act on."""
    by = request.user
    assessment = RESULTS.open(by, "view", assessment_id=assessment_id)
    RESULTS.viewed(by, assessment)
    seen, row = Referral.objects.visible_to(by), assessment.wash_row
    of_row = row.referral_id if row and row.referral_id != assessment.referral_id else None
    context = {
        "assessment": assessment,
        "policy": assessment.policy,
        "found": assessment.found,
        "reading": reading_of(assessment),
        "answered": answered(assessment),
        "differences": differences_of(assessment),
        "under_18": assessment.besides.get("columns", {}).get("under_18") == "yes",
        "referral": seen.filter(pk=assessment.referral_id).first(),
        "referral_of_row": seen.filter(pk=of_row).first(),
        "may_refer": WHO_MAY.may("refer", by),
        "may_discuss": WHO_MAY.may("discuss", by),
        "provisional": PROVISIONAL,
        "back_url": reverse("matrix:list"),
    }
    return render(request, "referrals/matrix/result.html", context)


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """The force's runs, newest first; for the Home Office those that reached it."""
    WHO_MAY.permit("view", request.user)
    everything = RESULTS.seen(request.user)
    filters = forms.ListFilter(request.GET)
    wanted = filters.cleaned_data["outcome"] if filters.is_valid() else []
    found = everything.filter(outcome__in=wanted) if wanted else everything
    page = KeysetPage(found, request, order=["-made_at", "-pk"], anchors=everything)
    RESULTS.listed(request.user, page.rows)
    context = {"page": page, "filters": filters, "may_use": WHO_MAY.may("use", request.user)}
    return render(request, "referrals/matrix/list.html", context)
